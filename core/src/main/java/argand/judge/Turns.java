package argand.judge;

import argand.physics.Geometry.Regime;
import java.util.Optional;

/// Do frames and scan lie to each other as stated? The turns and mirrors that would bring them
/// together are tried.
///
/// In the far field a half turn of the frames is the conjugate of object and probe with the same
/// residual, so four classes can be told apart: as stated, transposed, one axis flipped, a quarter
/// turn. In the near field all eight.
final class Turns {
  /// Part of the excess that the right one must take away.
  private static final double GAIN = 0.5;

  private Turns() {}

  private record Turn(double a, double b, double c, double d, Cause cause, String words) {}

  private static final Turn[] FAR = {
    new Turn(0, 1, 1, 0, Cause.TRANSPOSED_DETECTOR, "rows and columns exchanged"),
    new Turn(1, 0, 0, -1, Cause.FLIPPED_AXIS, "one axis of the scan the other way"),
    new Turn(0, 1, -1, 0, Cause.QUARTER_TURN, "a quarter turn between frames and scan"),
  };

  private static final Turn[] NEAR = {
    FAR[0],
    FAR[1],
    FAR[2],
    new Turn(-1, 0, 0, 1, Cause.FLIPPED_AXIS, "the y axis of the scan the other way"),
    new Turn(-1, 0, 0, -1, Cause.FLIPPED_AXIS, "both axes of the scan the other way"),
    new Turn(0, -1, -1, 0, Cause.TRANSPOSED_DETECTOR, "rows and columns exchanged, both flipped"),
    new Turn(0, -1, 1, 0, Cause.QUARTER_TURN, "a quarter turn between frames and scan"),
  };

  /// @param asStated with the same number of modes
  static Optional<Finding> of(Trials trials, Trials.Fit asStated, int modes) {
    Turn best = null;
    double least = asStated.excess() * (1 - GAIN);
    boolean near = trials.scan().geometry().regime() == Regime.NEAR_FIELD;
    for (var turn : near ? NEAR : FAR) {
      double excess = trials.moved(turn.a, turn.b, turn.c, turn.d, modes).excess();
      if (excess < least) {
        least = excess;
        best = turn;
      }
    }
    return best == null ? Optional.empty() : Optional.of(finding(best, asStated.excess(), least));
  }

  private static Finding finding(Turn turn, double before, double after) {
    String what =
        switch (turn.cause) {
          case TRANSPOSED_DETECTOR -> "The detector is transposed";
          case FLIPPED_AXIS -> "An axis of the scan is flipped";
          default -> "Frames and scan are a quarter turn apart";
        };
    String remedy =
        switch (turn.cause) {
          case TRANSPOSED_DETECTOR -> "Read with transposeFrames: true (or swapAxes: true).";
          case FLIPPED_AXIS ->
              "Read with flipX: true or flipY: true; the right one makes matter retard the wave.";
          default -> "Read with transposeFrames: true and flipX: true or flipY: true.";
        };
    return new Finding(
        turn.cause,
        String.format(
            java.util.Locale.ROOT,
            "%s: with %s a short trial leaves %.0f %% of the misfit. %s",
            what,
            turn.words,
            100 * after / before,
            remedy));
  }
}
