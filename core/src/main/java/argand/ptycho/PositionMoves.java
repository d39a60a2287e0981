package argand.ptycho;

import argand.data.Curve;
import argand.data.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How far positions have moved from where the file says, less the move they have in common [px of
/// the sample].
record PositionMoves(double[] down, double[] right) {
  static PositionMoves of(Windows windows) {
    return new PositionMoves(centred(windows.moveY()), centred(windows.moveX()));
  }

  private static double[] centred(float[] moves) {
    double[] values = IntStream.range(0, moves.length).mapToDouble(j -> moves[j]).toArray();
    double mean = Arrays.stream(values).sum() / values.length;
    return Arrays.stream(values).map(v -> v - mean).toArray();
  }

  /// Root of the mean squared length.
  double rms() {
    double sum = 0;
    for (int j = 0; j < down.length; j++) {
      sum += down[j] * down[j] + right[j] * right[j];
    }
    return Math.sqrt(sum / down.length);
  }

  private double longest() {
    double longest = 0;
    for (int j = 0; j < down.length; j++) {
      longest = Math.max(longest, Math.hypot(down[j], right[j]));
    }
    return longest;
  }

  /// Numbers, the drift curve, a sentence.
  Quality quality() {
    double[] views = IntStream.range(0, down.length).asDoubleStream().toArray();
    return Quality.NONE
        .withMetric("positionMoveRmsPx", rms())
        .withMetric("positionMoveLargestPx", longest())
        .withFigure(
            "Moves of the positions",
            List.of(
                new Curve("down", "view", "px of the sample", views, down),
                new Curve("to the right", "view", "px of the sample", views, right)))
        .withVerdict(
            String.format(
                Locale.ROOT,
                "The probe stood %.3g px rms (at most %.3g px) from where the file says, not counting"
                    + " a displacement common to all views, which nothing measures.",
                rms(),
                longest()));
  }
}
