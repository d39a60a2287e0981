package argand.ptycho;

import argand.data.Quality;
import java.util.Locale;

/// The linear map that moves of positions have in common, by least squares,
///
///     d_j ≈ A (r_j − r̄)      over all views                                          (1)
///
/// and what is left of them, the random part, which gives A its uncertainty: how far another scan
/// by
/// the same stage would find other values.
///
/// @param map A about the middle of the positions in the file [px]
/// @param sigmaY uncertainty of A's elements that multiply rows
/// @param sigmaX uncertainty of A's elements that multiply columns
/// @param random rms length of what is left [px]
record AffineFit(LinearMap map, double sigmaY, double sigmaX, double random) {
  /// @param y rows where the file puts the views [px]
  /// @param x columns
  static AffineFit of(double[] y, double[] x, PositionMoves moves) {
    int n = y.length;
    double meanY = mean(y);
    double meanX = mean(x);
    double yy = 0;
    double yx = 0;
    double xx = 0;
    double[] down = new double[2];
    double[] right = new double[2];
    for (int j = 0; j < n; j++) {
      double v = y[j] - meanY;
      double u = x[j] - meanX;
      yy += v * v;
      yx += v * u;
      xx += u * u;
      down[0] += v * moves.down()[j];
      down[1] += u * moves.down()[j];
      right[0] += v * moves.right()[j];
      right[1] += u * moves.right()[j];
    }
    // a line of views says nothing across itself: the ridge then leaves zero there
    double ridge = 1e-6 * (yy + xx);
    double a = yy + ridge;
    double d = xx + ridge;
    double determinant = a * d - yx * yx;
    var map =
        new LinearMap(
            (d * down[0] - yx * down[1]) / determinant,
            (a * down[1] - yx * down[0]) / determinant,
            (d * right[0] - yx * right[1]) / determinant,
            (a * right[1] - yx * right[0]) / determinant,
            meanY,
            meanX);
    double sum = 0;
    for (int j = 0; j < n; j++) {
      double restY = moves.down()[j] - map.down(y[j], x[j]);
      double restX = moves.right()[j] - map.right(y[j], x[j]);
      sum += restY * restY + restX * restX;
    }
    double ofAxis = Math.sqrt(sum / Math.max(1, 2 * n - 6));
    return new AffineFit(
        map,
        ofAxis * Math.sqrt(d / determinant),
        ofAxis * Math.sqrt(a / determinant),
        Math.sqrt(sum / n));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// Part by which the field is larger than the file says.
  double scale() {
    return 0.5 * (map.yy() + map.xx());
  }

  /// Part by which rows are longer than columns.
  double asymmetry() {
    return map.yy() - map.xx();
  }

  /// Angle by which the field is turned, from x towards y [rad].
  double rotation() {
    return 0.5 * (map.yx() - map.xy());
  }

  /// Angle missing between the axes [rad].
  double shear() {
    return map.yx() + map.xy();
  }

  private double sigma() {
    return Math.hypot(sigmaY, sigmaX);
  }

  /// Numbers and a sentence.
  Quality quality() {
    double half = 0.5 * sigma();
    return Quality.NONE
        .withMetric("positionScale", scale())
        .withMetric("positionScaleSigma", half)
        .withMetric("positionAsymmetry", asymmetry())
        .withMetric("positionAsymmetrySigma", sigma())
        .withMetric("positionRotation", rotation())
        .withMetric("positionRotationSigma", half)
        .withMetric("positionShear", shear())
        .withMetric("positionShearSigma", sigma())
        .withMetric("positionRandomRmsPx", random)
        .withVerdict(
            String.format(
                Locale.ROOT,
                "Common to all positions: scale %+.2f ± %.2f %%, rows against columns %+.2f ± %.2f"
                    + " %%, rotation %+.2f ± %.2f mrad, shear %+.2f ± %.2f mrad; what is left is %.3g"
                    + " px rms.",
                100 * scale(),
                100 * half,
                100 * asymmetry(),
                100 * sigma(),
                1e3 * rotation(),
                1e3 * half,
                1e3 * shear(),
                1e3 * sigma(),
                random));
  }

  /// Who is to be blamed for the scale, in a sentence; none where there is no scale to speak of.
  String scaleSentence(PixelSize pixelSize) {
    boolean seen = Math.abs(scale()) > sigma();
    return switch (pixelSize) {
      case FIXED ->
          seen
              ? "The scale is taken as an error of the stage, because the size of a pixel counts as"
                  + " known (pixelSize: fixed)."
              : "";
      case FREE ->
          String.format(
              Locale.ROOT,
              "The scale is attributed to the size of a pixel (pixelSize: free): pixels and distance"
                  + " are %.4f times those of the file, positions keep its scale.",
              1 / (1 + scale()));
    };
  }
}
