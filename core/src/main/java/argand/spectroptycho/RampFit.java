package argand.spectroptycho;

import argand.array.ComplexField;
import argand.array.Mask;

/// The complex scale and linear phase ramp of an image where its transmission is 1:
/// O(r, c) ≈ modulus · exp(i (phase + down (r − r₀) + right (c − c₀))), (r₀, c₀) the image's
/// middle.
///
/// (1) the ramp from the products of neighbours Σ O(r + 1, c) O*(r, c), which no wrapping can
///     mislead;
/// (2) a weighted line through the phase that is left, weights |O|, which is then far from ±π.
///
/// @param down [rad/pixel]
/// @param right [rad/pixel]
record RampFit(double modulus, double phase, double down, double right) {
  private static final int ROUNDS = 3;

  static RampFit of(ComplexField object, Mask region) {
    var grid = object.grid();
    double[] down = new double[2];
    double[] right = new double[2];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        if (region.at(r, c)) {
          if (r + 1 < grid.rows() && region.at(r + 1, c)) {
            addProduct(object, r, c, r + 1, c, down);
          }
          if (c + 1 < grid.columns() && region.at(r, c + 1)) {
            addProduct(object, r, c, r, c + 1, right);
          }
        }
      }
    }
    var fit = level(object, region, Math.atan2(down[1], down[0]), Math.atan2(right[1], right[0]));
    for (int round = 0; round < ROUNDS; round++) {
      fit = improved(object, region, fit);
    }
    return fit;
  }

  /// sum += O(r₁, c₁) O*(r, c)
  private static void addProduct(ComplexField object, int r, int c, int r1, int c1, double[] sum) {
    double a = object.re(r, c);
    double b = object.im(r, c);
    double x = object.re(r1, c1);
    double y = object.im(r1, c1);
    sum[0] += x * a + y * b;
    sum[1] += y * a - x * b;
  }

  /// Modulus and phase for a given ramp.
  private static RampFit level(ComplexField object, Mask region, double down, double right) {
    double re = 0;
    double im = 0;
    int n = 0;
    var grid = object.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        if (region.at(r, c)) {
          double angle = down * (r - grid.rows() / 2) + right * (c - grid.columns() / 2);
          double cos = Math.cos(angle);
          double sin = Math.sin(angle);
          re += object.re(r, c) * cos + object.im(r, c) * sin;
          im += object.im(r, c) * cos - object.re(r, c) * sin;
          n++;
        }
      }
    }
    return new RampFit(Math.hypot(re, im) / n, Math.atan2(im, re), down, right);
  }

  private static RampFit improved(ComplexField object, Mask region, RampFit fit) {
    var grid = object.grid();
    double[][] normal = new double[3][4];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        if (region.at(r, c)) {
          double y = r - grid.rows() / 2;
          double x = c - grid.columns() / 2;
          double angle = fit.phase + fit.down * y + fit.right * x;
          double re = object.re(r, c) * Math.cos(angle) + object.im(r, c) * Math.sin(angle);
          double im = object.im(r, c) * Math.cos(angle) - object.re(r, c) * Math.sin(angle);
          double[] row = {1, y, x, Math.atan2(im, re)};
          double weight = Math.hypot(re, im);
          for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 4; k++) {
              normal[i][k] += weight * row[i] * row[k];
            }
          }
        }
      }
    }
    double[] turn = solved(normal);
    return level(object, region, fit.down + turn[1], fit.right + turn[2]);
  }

  /// Gauss–Jordan of three equations; what is not determined stays 0.
  private static double[] solved(double[][] a) {
    double[] x = new double[3];
    boolean[] there = new boolean[3];
    for (int i = 0; i < 3; i++) {
      there[i] = Math.abs(a[i][i]) > 1e-9;
      if (there[i]) {
        for (int k = 0; k < 3; k++) {
          double factor = k == i ? 0 : a[k][i] / a[i][i];
          for (int j = 0; j < 4; j++) {
            a[k][j] -= factor * a[i][j];
          }
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      x[i] = there[i] ? a[i][3] / a[i][i] : 0;
    }
    return x;
  }

  /// O over scale and ramp; a new field.
  ComplexField removedFrom(ComplexField object) {
    var grid = object.grid();
    var level = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double angle = phase + down * (r - grid.rows() / 2) + right * (c - grid.columns() / 2);
        double cos = Math.cos(angle) / modulus;
        double sin = Math.sin(angle) / modulus;
        level.set(
            r,
            c,
            (float) (object.re(r, c) * cos + object.im(r, c) * sin),
            (float) (object.im(r, c) * cos - object.re(r, c) * sin));
      }
    }
    return level;
  }
}
