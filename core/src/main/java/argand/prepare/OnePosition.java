package argand.prepare;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.physics.Metres;

/// Frames that are to become one must stand at one place.
final class OnePosition {
  private OnePosition() {}

  /// @param verb that asks
  /// @throws InvalidInput where two of the frames are more than a pixel of the sample apart
  static void check(String verb, DiffractionScan scan, int[] group, String hint) {
    var sample = scan.geometry().sample();
    for (int frame : group) {
      double down = scan.positions().y()[frame] - scan.positions().y()[group[0]];
      double right = scan.positions().x()[frame] - scan.positions().x()[group[0]];
      if (Math.abs(down) > sample.pixelY() || Math.abs(right) > sample.pixelX()) {
        throw new InvalidInput(
            verb + ": distance between frames " + group[0] + " and " + frame,
            Metres.text(Math.hypot(down, right)),
            "no more than a pixel of the sample, as they show one position",
            hint);
      }
    }
  }
}
