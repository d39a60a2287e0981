package argand.register;

import argand.array.ComplexField;
import argand.array.Grid;

/// A band-limited image on other pixels: separable interpolation by a sinc under a Kaiser window
/// (β = 6, sixteen zeros to each side), cut off at the coarser of the two Nyquist frequencies.
/// Beyond the edge the last pixel is repeated.
///
/// It passes frequencies to 1e-3 up to 0.88 of the cut-off along each axis, a half at it, and 1e-3
/// from 1.12 of it.
public final class Resampling {
  private static final int ZEROS = 16;
  private static final double BETA = 6;

  private Resampling() {}

  /// The source at rows firstRow + i · pixelY′/pixelY, columns firstColumn + j · pixelX′/pixelX of
  /// its own pixels.
  public static ComplexField onto(
      Grid target, ComplexField source, double firstRow, double firstColumn) {
    var from = source.grid();
    var across =
        new Taps(target.columns(), from.columns(), target.pixelX() / from.pixelX(), firstColumn);
    var down = new Taps(target.rows(), from.rows(), target.pixelY() / from.pixelY(), firstRow);
    double[] re = new double[from.rows() * target.columns()];
    double[] im = new double[re.length];
    for (int r = 0; r < from.rows(); r++) {
      for (int c = 0; c < target.columns(); c++) {
        double x = 0;
        double y = 0;
        for (int t = 0; t < across.count; t++) {
          double w = across.weight[c][t];
          x += w * source.re(r, across.index[c][t]);
          y += w * source.im(r, across.index[c][t]);
        }
        re[r * target.columns() + c] = x;
        im[r * target.columns() + c] = y;
      }
    }
    var result = new ComplexField(target);
    for (int r = 0; r < target.rows(); r++) {
      for (int c = 0; c < target.columns(); c++) {
        double x = 0;
        double y = 0;
        for (int t = 0; t < down.count; t++) {
          int at = down.index[r][t] * target.columns() + c;
          x += down.weight[r][t] * re[at];
          y += down.weight[r][t] * im[at];
        }
        result.set(r, c, (float) x, (float) y);
      }
    }
    return result;
  }

  /// For each target pixel along one axis: which source pixels, with which weights (sum 1).
  private static final class Taps {
    final int count;
    final int[][] index;
    final double[][] weight;

    Taps(int targets, int sources, double ratio, double first) {
      double stretch = Math.max(1, ratio);
      int reach = (int) Math.ceil(ZEROS * stretch);
      count = 2 * reach + 1;
      index = new int[targets][count];
      weight = new double[targets][count];
      for (int i = 0; i < targets; i++) {
        double at = first + i * ratio;
        int middle = (int) Math.rint(at);
        double sum = 0;
        for (int t = 0; t < count; t++) {
          int source = middle + t - reach;
          double w = kernel((source - at) / stretch);
          index[i][t] = Math.clamp(source, 0, sources - 1);
          weight[i][t] = w;
          sum += w;
        }
        for (int t = 0; t < count; t++) {
          weight[i][t] /= sum;
        }
      }
    }
  }

  private static double kernel(double x) {
    double edge = x / ZEROS;
    if (Math.abs(edge) >= 1) {
      return 0;
    }
    double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return sinc * bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
  }

  /// Modified Bessel function I₀ by its power series.
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
