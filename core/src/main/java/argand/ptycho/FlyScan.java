package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;

/// A stage that moves evenly while the shutter is open: a view is the mean of what the probe makes
/// of everywhere along its way, which is centred on the position in the file; taken over a few
/// places by Gauss' rule ({@link GaussLegendre}). Forth or back makes no difference.
@Paper(
    value =
        "J. N. Clark, X. Huang, R. J. Harder, I. K. Robinson, Dynamic imaging using ptychography,"
            + " Phys. Rev. Lett. 112, 113901 (2014)",
    doi = "10.1103/PhysRevLett.112.113901")
public record FlyScan(
    @Param(value = "way down the rows during one exposure", unit = "m", byDefault = "0 m")
        double down,
    @Param(value = "way along the columns during one exposure", unit = "m", byDefault = "0 m")
        double right,
    @Param(
            value = "places along the way that are computed: 3 for a way of 5 px, 4 for 10 px",
            byDefault = "4")
        int steps) {
  public FlyScan {
    Check.within("down", down, -1, 1, "m");
    Check.within("right", right, -1, 1, "m");
    Check.within("steps", steps, 2, 100, "");
    if (down == 0 && right == 0) {
      throw new InvalidInput(
          "flyScan", "a way of 0 m", "the way of the stage during one exposure", "");
    }
  }
}
