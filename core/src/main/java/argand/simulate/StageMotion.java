package argand.simulate;

import argand.Param;
import argand.array.Check;

/// How the stage moves while the shutter is open. An exposure is the incoherent sum of everywhere
/// the probe stood.
public record StageMotion(
    @Param(
            value = "rms distance along each axis from shot to shot's mean place",
            unit = "m",
            byDefault = "0 m")
        double vibration,
    @Param(
            value = "way that the probe travels along x during a shot, evenly, about its place",
            unit = "m",
            byDefault = "0 m")
        double sweep,
    @Param(value = "places in which a vibrating stage is caught in one view", byDefault = "1")
        int shots,
    @Param(
            value =
                "keep every shot as a frame of its own with its part of the photons, all stated to"
                    + " stand at the nominal position",
            byDefault = "false")
        boolean burst) {
  /// A stage that stands still.
  public static final StageMotion NONE = new StageMotion(0, 0, 1, false);

  public StageMotion {
    Check.within("vibration", vibration, 0, 1, "m");
    Check.within("sweep", sweep, 0, 1, "m");
    Check.within("shots", shots, 1, 10_000, "");
  }
}
