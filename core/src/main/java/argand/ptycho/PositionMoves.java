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

  /// A stroke for each view, from where the file puts it to where it was found, longer than true by
  /// a power of ten where that is needed to see it.
  ///
  /// @param y rows where the file puts the views [px]
  /// @param x columns
  Quality map(double[] y, double[] x) {
    double spread = 0;
    double meanY = Arrays.stream(y).average().orElse(0);
    double meanX = Arrays.stream(x).average().orElse(0);
    for (int j = 0; j < y.length; j++) {
      spread += Math.pow(y[j] - meanY, 2) + Math.pow(x[j] - meanX, 2);
    }
    double step = Math.sqrt(spread) / y.length; // about the distance of neighbours, over 2.5
    double longer = rms() > 0 ? Math.pow(10, Math.max(0, Math.floor(Math.log10(step / rms())))) : 1;
    double[] up = new double[3 * y.length];
    double[] across = new double[3 * y.length];
    for (int j = 0; j < y.length; j++) {
      up[3 * j] = meanY - y[j];
      across[3 * j] = x[j] - meanX;
      up[3 * j + 1] = up[3 * j] - longer * down[j];
      across[3 * j + 1] = across[3 * j] + longer * right[j];
      up[3 * j + 2] = Double.NaN; // the pen is lifted
      across[3 * j + 2] = across[3 * j + 1];
    }
    String name = longer == 1 ? "moves" : String.format(Locale.ROOT, "moves, %.0f times", longer);
    return Quality.NONE.withFigure(
        "Map of the moves",
        List.of(new Curve(name, "column, px of the sample", "up, px of the sample", across, up)));
  }
}
