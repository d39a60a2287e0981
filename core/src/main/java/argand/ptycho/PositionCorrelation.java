package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;

/// A stage of {@link Positions} between search and slopes: the shift of the object in a view that
/// the measurement asks for, found by sub-pixel cross-correlation ({@link ViewShift}), and how far
/// to follow it.
///
/// The shift of one projection is a small part of the way, so it is multiplied by a gain. The paper
/// adapts one gain to all from turn to turn; here each view finds its own in the turn: from an
/// eighth of a pixel it doubles as long as the view's error falls. So a view goes several pixels in
/// a turn where slopes are limited to half a pixel.
///
/// @param radius farthest that a view goes in a turn [px]
/// @param turns that it takes part in; slopes alone end the run
@Paper(
    value =
        "F. Zhang et al., Translation position determination in ptychographic coherent diffraction"
            + " imaging, Opt. Express 21, 13592 (2013)",
    doi = "10.1364/OE.21.013592")
public record PositionCorrelation(
    @Param(value = "pixels that a view goes at most in a turn", byDefault = "8") double radius,
    @Param(value = "turns of the refinement that begin with it", byDefault = "15") int turns) {
  private static final double FIRST = 0.125;

  /// At most 8 px in each of 15 turns.
  public static final PositionCorrelation DEFAULT = new PositionCorrelation(8, 15);

  public PositionCorrelation {
    Check.within("radius", radius, FIRST, 64, "px");
    Check.atLeast("turns", turns, 1);
  }

  /// Error of a view when it stands so many pixels below and to the right of where it does.
  interface ErrorAt {
    double of(double down, double right);
  }

  /// How far along a shift the error falls, by steps that double: the best of these, or none.
  ///
  /// @return down, right [px]
  double[] along(double[] shift, ErrorAt error) {
    double[] best = {0, 0};
    double length = Math.hypot(shift[0], shift[1]);
    double least = error.of(0, 0);
    for (double step = FIRST; step <= radius && length > 0; step *= 2) {
      double down = step * shift[0] / length;
      double right = step * shift[1] / length;
      double found = error.of(down, right);
      if (!(found < least)) {
        break;
      }
      least = found;
      best = new double[] {down, right};
    }
    return best;
  }
}
