package argand.singlepixel;

import argand.array.Grid;
import argand.array.RealField;
import argand.register.CubicBSpline;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// What structured light is compared with: a beam that is focused and stepped over the field, as
/// many exposures as there are patterns, and an image interpolated between the points (cubic
/// spline).
///
/// Points lie in a raster of R × C ≤ N as even as the field allows. The beam is a Gaussian as wide
/// (full width at half maximum) as the step, a pixel at least, so that neighbouring points see
/// neighbouring matter. Each exposure counts as many quanta in the mean as one under a pattern: the
/// photons on the sample are the same.
///
/// @param rows of points
/// @param columns of points
public record PointScan(int rows, int columns) {
  private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));
  private static final int FIRST_TAP = 1 - CubicBSpline.REACH;

  /// Of at most so many points over this grid.
  public static PointScan of(int points, Grid grid) {
    int best = 1;
    double most = Double.NEGATIVE_INFINITY;
    for (int rows = 1; rows <= Math.min(points, grid.rows()); rows++) {
      int columns = Math.min(points / rows, grid.columns());
      double stretch = Math.log((double) rows * grid.columns() / ((double) columns * grid.rows()));
      // a point lost costs as much as steps that differ by its share
      double value = Math.log((double) rows * columns) - Math.abs(stretch);
      if (value > most) {
        most = value;
        best = rows;
      }
    }
    return new PointScan(best, Math.min(points / best, grid.columns()));
  }

  /// The image of a sample, in its own unit.
  ///
  /// @param counts in the mean exposure; 0 for no noise
  public RealField image(RealField sample, double counts, SplittableRandom random) {
    var grid = sample.grid();
    double[] seen = seen(sample);
    if (counts > 0) {
      double mean = 0;
      for (double value : seen) {
        mean += value / seen.length;
      }
      for (int i = 0; i < seen.length; i++) {
        double expected = Math.max(1e-9, seen[i] * counts / mean);
        seen[i] = PoissonSampler.of(random::nextLong, expected).sample() * mean / counts;
      }
    }
    double[][] down = interpolation(rows, grid.rows());
    double[][] across = interpolation(columns, grid.columns());
    var image = new RealField(grid);
    double[] along = new double[rows * grid.columns()];
    for (int i = 0; i < along.length; i++) {
      for (int k = 0; k < columns; k++) {
        along[i] += across[i % grid.columns()][k] * seen[i / grid.columns() * columns + k];
      }
    }
    for (int i = 0; i < grid.size(); i++) {
      double sum = 0;
      for (int k = 0; k < rows; k++) {
        sum += down[i / grid.columns()][k] * along[k * grid.columns() + i % grid.columns()];
      }
      image.values()[i] = (float) sum;
    }
    return image;
  }

  /// The sample under the beam at each point.
  private double[] seen(RealField sample) {
    var grid = sample.grid();
    double[][] down = beam(rows, grid.rows());
    double[][] across = beam(columns, grid.columns());
    double[] seen = new double[rows * columns];
    for (int p = 0; p < seen.length; p++) {
      double[] y = down[p / columns];
      double[] x = across[p % columns];
      for (int r = 0; r < y.length; r++) {
        double sum = 0;
        for (int c = 0; y[r] > 0 && c < x.length; c++) {
          sum += x[c] * sample.at(r, c);
        }
        seen[p] += y[r] * sum;
      }
    }
    return seen;
  }

  /// [point][pixel] share of the beam's light.
  private static double[][] beam(int points, int pixels) {
    double step = (double) pixels / points;
    double sigma = Math.max(1, step) / FWHM_PER_SIGMA;
    double[][] beam = new double[points][pixels];
    for (int p = 0; p < points; p++) {
      double center = (p + 0.5) * step - 0.5;
      double all = 0;
      for (int k = 0; k < pixels; k++) {
        double away = (k - center) / sigma;
        beam[p][k] = Math.abs(away) < 5 ? Math.exp(-away * away / 2) : 0;
        all += beam[p][k];
      }
      for (int k = 0; k < pixels; k++) {
        beam[p][k] /= all;
      }
    }
    return beam;
  }

  /// [pixel][point] weights; the outermost points are repeated outwards.
  private static double[][] interpolation(int points, int pixels) {
    double[][] weights = new double[pixels][points];
    for (int k = 0; k < pixels; k++) {
      double place = (k + 0.5) * points / pixels - 0.5;
      int whole = (int) Math.floor(place);
      double[] taps = CubicBSpline.cardinal(place - whole);
      for (int t = 0; t < taps.length; t++) {
        weights[k][Math.clamp(whole + t + FIRST_TAP, 0, points - 1)] += taps[t];
      }
    }
    return weights;
  }
}
