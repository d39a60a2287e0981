package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.flow.ImageFile;

/// Counts that do not come from the sample: air, slits, stray light. Each is a record that a recipe
/// can name; the permits clause is the register.
public sealed interface Background {
  /// The background of each pixel [counts].
  ///
  /// @param mean mean frame; NaN where it is not to be trusted
  float[] of(float[] mean, Grid detector);

  /// The same everywhere, as given.
  record Level(@Param("counts of a pixel in a frame") double counts) implements Background {
    public Level {
      Check.within("counts", counts, 0, 1e30, "");
    }

    @Override
    public float[] of(float[] mean, Grid detector) {
      float[] all = new float[detector.size()];
      java.util.Arrays.fill(all, (float) counts);
      return all;
    }
  }

  /// From a frame without the sample, or of the stray light alone.
  record Image(
      @Param("one image or several, whose mean is taken") ImageFile image,
      @Param(value = "factor, such as the ratio of exposures", byDefault = "1") double scale)
      implements Background {
    public Image {
      Check.within("scale", scale, 0, 1e30, "");
    }

    @Override
    public float[] of(float[] mean, Grid detector) {
      float[] level = PixelStatistics.of(image.read(detector)).mean();
      for (int i = 0; i < level.length; i++) {
        level[i] *= (float) scale;
      }
      return level;
    }
  }

  /// From the corners of the frames, where the sample scatters least: a polynomial of the pixel's
  /// row and column through the mean frame there, carried on over the whole frame, not below zero.
  /// It is too high by what the sample does scatter there.
  record Corners(
      @Param(
              value = "least distance of a corner pixel from the middle ÷ half width of the frame",
              byDefault = "1.1")
          double beyond,
      @Param(value = "0 for the same everywhere, 1 for a slope, 2 for a bowl", byDefault = "0")
          int degree)
      implements Background {
    public Corners {
      Check.within("beyond", beyond, 0.1, 1.35, "");
      Check.within("degree", degree, 0, 2, "");
    }

    @Override
    public float[] of(float[] mean, Grid detector) {
      int terms = (degree + 1) * (degree + 2) / 2;
      double[][] normal = new double[terms][terms + 1];
      double[] powers = new double[terms];
      int count = 0;
      for (int i = 0; i < mean.length; i++) {
        powers(i, detector, powers);
        if (!Float.isNaN(mean[i]) && Math.hypot(y(i, detector), x(i, detector)) >= beyond) {
          count++;
          for (int a = 0; a < terms; a++) {
            for (int b = 0; b < terms; b++) {
              normal[a][b] += powers[a] * powers[b];
            }
            normal[a][terms] += powers[a] * mean[i];
          }
        }
      }
      if (count < 4 * terms) {
        throw new InvalidInput(
            "subtractBackground: good pixels in the corners",
            count,
            "at least " + 4 * terms,
            "lower beyond, or mask less");
      }
      double[] weights = solved(normal);
      float[] level = new float[mean.length];
      for (int i = 0; i < level.length; i++) {
        powers(i, detector, powers);
        double sum = 0;
        for (int a = 0; a < terms; a++) {
          sum += weights[a] * powers[a];
        }
        level[i] = (float) Math.max(0, sum);
      }
      return level;
    }

    /// Distance from the middle, −1 … 1.
    private static double y(int i, Grid grid) {
      return (i / grid.columns() - grid.rows() / 2) / (grid.rows() / 2.0);
    }

    private static double x(int i, Grid grid) {
      return (i % grid.columns() - grid.columns() / 2) / (grid.columns() / 2.0);
    }

    private void powers(int i, Grid grid, double[] into) {
      double y = y(i, grid);
      double x = x(i, grid);
      into[0] = 1;
      if (degree > 0) {
        into[1] = y;
        into[2] = x;
      }
      if (degree > 1) {
        into[3] = y * y;
        into[4] = x * x;
        into[5] = y * x;
      }
    }

    /// Gauss–Jordan on at most six normal equations, which are positive definite.
    private static double[] solved(double[][] a) {
      int n = a.length;
      for (int p = 0; p < n; p++) {
        for (int r = 0; r < n; r++) {
          double factor = r == p ? 0 : a[r][p] / a[p][p];
          for (int c = p; c <= n && factor != 0; c++) {
            a[r][c] -= factor * a[p][c];
          }
        }
      }
      double[] x = new double[n];
      for (int p = 0; p < n; p++) {
        x[p] = a[p][n] / a[p][p];
      }
      return x;
    }
  }
}
