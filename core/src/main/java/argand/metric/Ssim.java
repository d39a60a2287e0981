package argand.metric;

import argand.Paper;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.RealField;

/// Structural similarity: the mean over the image of (2 μ_a μ_b + C₁)(2 σ_ab + C₂) / ((μ_a² + μ_b²
/// + C₁)(σ_a² + σ_b² + C₂)) under a Gaussian window of 11 × 11 pixels, σ = 1.5; C₁ = (0.01 L)², C₂
/// = (0.03 L)², L the range of values. Only windows that lie wholly inside count.
///
/// For complex images products are Re(a b*), so that a complex number counts as a vector in the
/// plane; for real ones this is the published formula.
@Paper(
    value =
        "Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, IEEE Trans. Image Process. 13, 600–612 (2004):"
            + " Image quality assessment",
    doi = "10.1109/TIP.2003.819861")
public final class Ssim {
  private static final int REACH = 5;
  private static final double[] GAUSS = gauss();

  private Ssim() {}

  /// Of two real images whose values span `range`.
  public static double of(RealField a, RealField b, double range) {
    double[][] real = {plane(a)};
    double[][] other = {plane(b)};
    return of(real, other, a.grid().rows(), a.grid().columns(), range);
  }

  /// Of two complex images; the range is the diameter 2 max|b − ⟨b⟩| of the second, the truth.
  public static double of(ComplexField a, ComplexField b) {
    var grid = b.grid();
    double re = 0;
    double im = 0;
    double[][] first = new double[2][grid.size()];
    double[][] second = new double[2][grid.size()];
    for (int r = 0, k = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++, k++) {
        first[0][k] = a.re(r, c);
        first[1][k] = a.im(r, c);
        second[0][k] = b.re(r, c);
        second[1][k] = b.im(r, c);
        re += second[0][k] / grid.size();
        im += second[1][k] / grid.size();
      }
    }
    double radius = 0;
    for (int k = 0; k < grid.size(); k++) {
      radius = Math.max(radius, Math.hypot(second[0][k] - re, second[1][k] - im));
    }
    return of(first, second, grid.rows(), grid.columns(), 2 * radius);
  }

  private static double of(double[][] a, double[][] b, int rows, int columns, double range) {
    Check.atLeast("rows of an image for SSIM", rows, GAUSS.length);
    Check.atLeast("columns of an image for SSIM", columns, GAUSS.length);
    int n = (rows - 2 * REACH) * (columns - 2 * REACH);
    double[] meanProduct = new double[n];
    double[] meanSquares = new double[n];
    double[] products = new double[n];
    double[] squares = new double[n];
    for (int part = 0; part < a.length; part++) {
      double[] x = a[part];
      double[] y = b[part];
      double[] xx = new double[x.length];
      double[] xy = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        xx[i] = x[i] * x[i] + y[i] * y[i];
        xy[i] = x[i] * y[i];
      }
      double[] meanX = smooth(x, rows, columns);
      double[] meanY = smooth(y, rows, columns);
      double[] meanXx = smooth(xx, rows, columns);
      double[] meanXy = smooth(xy, rows, columns);
      for (int i = 0; i < n; i++) {
        meanProduct[i] += meanX[i] * meanY[i];
        meanSquares[i] += meanX[i] * meanX[i] + meanY[i] * meanY[i];
        products[i] += meanXy[i];
        squares[i] += meanXx[i];
      }
    }
    double c1 = 0.01 * range * 0.01 * range;
    double c2 = 0.03 * range * 0.03 * range;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double covariance = products[i] - meanProduct[i];
      double variances = squares[i] - meanSquares[i];
      sum +=
          (2 * meanProduct[i] + c1)
              * (2 * covariance + c2)
              / ((meanSquares[i] + c1) * (variances + c2));
    }
    return sum / n;
  }

  private static double[] smooth(double[] image, int rows, int columns) {
    int width = columns - 2 * REACH;
    double[] across = new double[rows * width];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < width; c++) {
        double sum = 0;
        for (int t = 0; t < GAUSS.length; t++) {
          sum += GAUSS[t] * image[r * columns + c + t];
        }
        across[r * width + c] = sum;
      }
    }
    double[] smooth = new double[(rows - 2 * REACH) * width];
    for (int i = 0; i < smooth.length; i++) {
      double sum = 0;
      for (int t = 0; t < GAUSS.length; t++) {
        sum += GAUSS[t] * across[i + t * width];
      }
      smooth[i] = sum;
    }
    return smooth;
  }

  private static double[] plane(RealField image) {
    double[] plane = new double[image.values().length];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = image.values()[i];
    }
    return plane;
  }

  private static double[] gauss() {
    double[] w = new double[2 * REACH + 1];
    double sum = 0;
    for (int t = 0; t < w.length; t++) {
      w[t] = Math.exp(-0.5 * (t - REACH) * (t - REACH) / (1.5 * 1.5));
      sum += w[t];
    }
    for (int t = 0; t < w.length; t++) {
      w[t] /= sum;
    }
    return w;
  }
}
