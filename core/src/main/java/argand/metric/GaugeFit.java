package argand.metric;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.register.PhaseCorrelation;
import argand.register.SpectrumPeak;
import java.util.Arrays;
import java.util.List;

/// Finds the {@link Gauge} that brings `a` closest to `b` where the weights are.
///
/// (1) The displacement first, from the products of neighbours f(r + e) f*(r): in them a ramp is
///     only a constant factor, so that it cannot hide the displacement;
/// (2) the ramp as the peak of the transform of w a(r) b*(r − s);
/// (3) the scale A exp(iφ) = Σ w b* a / Σ w |b|²;
/// (4) all six numbers together by Gauss–Newton on Σ w |b − gauge⁻¹ a|², which converges
///     quadratically.
///
/// @param a the image to be brought to b
/// @param b what it is compared with, of the same size
/// @param weight 0 … 1 for each pixel: where they are compared
/// @param fade 0 … 1 for each pixel: what is 0 is replaced by the mean before fractions of a pixel
///     are shifted, so that wrap-around and pixels no one measured do not ring into the compared
///     ones; it must be 1 in and near the weight
record GaugeFit(ComplexField a, ComplexField b, RealField weight, RealField fade) {
  private static final int UNKNOWNS = 6;
  private static final int STEPS = 20;

  GaugeFit {
    Check.same("rows", a.grid().rows(), b.grid().rows());
    Check.same("columns", a.grid().columns(), b.grid().columns());
    if (!(weight.sum() > 0)) {
      throw new InvalidInput("region of comparison", "empty", "pixels that both images have", "");
    }
  }

  /// All pixels count, and the fields are periodic.
  static GaugeFit everywhere(ComplexField a, ComplexField b) {
    var ones = new RealField(b.grid());
    Arrays.fill(ones.values(), 1);
    return new GaugeFit(a, b, ones, ones);
  }

  Gauge fit() {
    var gauge = start();
    for (int step = 0; step < STEPS; step++) {
      var next = improved(gauge);
      double change =
          Math.abs(next.shiftRowsPx() - gauge.shiftRowsPx())
              + Math.abs(next.shiftColumnsPx() - gauge.shiftColumnsPx())
              + Math.abs(next.rampRows() - gauge.rampRows()) * a.grid().rows()
              + Math.abs(next.rampColumns() - gauge.rampColumns()) * a.grid().columns();
      gauge = next;
      if (step > 2 && change < 1e-6) {
        break;
      }
    }
    return gauge;
  }

  /// gauge⁻¹ a, with the fade before the fractional shift.
  ComplexField aligned(Gauge gauge) {
    var f = gauge.level(a);
    fadeToMean(f);
    Gauge.moved(f, -gauge.shiftRowsPx(), -gauge.shiftColumnsPx());
    return f;
  }

  private void fadeToMean(ComplexField f) {
    double re = 0;
    double im = 0;
    double sum = 0;
    var grid = f.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        re += weight.at(r, c) * f.re(r, c);
        im += weight.at(r, c) * f.im(r, c);
        sum += weight.at(r, c);
      }
    }
    float x = (float) (re / sum);
    float y = (float) (im / sum);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        float t = fade.at(r, c);
        if (t < 1) {
          f.set(r, c, x + t * (f.re(r, c) - x), y + t * (f.im(r, c) - y));
        }
      }
    }
  }

  private Gauge start() {
    var d =
        PhaseCorrelation.PLAIN.between(
            List.of(neighbours(b, 1, 0), neighbours(b, 0, 1)),
            List.of(neighbours(a, 1, 0), neighbours(a, 0, 1)));
    var shifted = b.copy();
    Gauge.moved(shifted, Math.rint(d.rowsPx()), Math.rint(d.columnsPx()));
    var product = new ComplexField(a.grid());
    for (int i = 0; i < product.re().length; i++) {
      double re = (double) a.re()[i] * shifted.re()[i] + (double) a.im()[i] * shifted.im()[i];
      double im = (double) a.im()[i] * shifted.re()[i] - (double) a.re()[i] * shifted.im()[i];
      product.re()[i] = (float) re;
      product.im()[i] = (float) im;
    }
    weigh(product);
    var ramp = SpectrumPeak.of(List.of(product));
    double k = 2 * Math.PI * ramp.rows() / a.grid().rows();
    double l = 2 * Math.PI * ramp.columns() / a.grid().columns();
    return scaled(new Gauge(1, 0, k, l, d.rowsPx(), d.columnsPx()));
  }

  /// The same ramp and shift with the best complex scale.
  private Gauge scaled(Gauge gauge) {
    var g = aligned(gauge);
    double re = 0;
    double im = 0;
    double norm = 0;
    var grid = b.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double w = weight.at(r, c);
        re += w * ((double) g.re(r, c) * b.re(r, c) + (double) g.im(r, c) * b.im(r, c));
        im += w * ((double) g.im(r, c) * b.re(r, c) - (double) g.re(r, c) * b.im(r, c));
        norm += w * ((double) b.re(r, c) * b.re(r, c) + (double) b.im(r, c) * b.im(r, c));
      }
    }
    if (!(norm > 0)) {
      throw new InvalidInput(
          "the image to compare with", "zero where it is compared", "a nonzero image", "");
    }
    double amplitude = Math.hypot(re, im) / norm;
    return new Gauge(
        gauge.amplitude() * (amplitude > 0 ? amplitude : 1),
        gauge.phase() + Math.atan2(im, re),
        gauge.rampRows(),
        gauge.rampColumns(),
        gauge.shiftRowsPx(),
        gauge.shiftColumnsPx());
  }

  /// f(r + e) f*(r) less its weighted mean, weighted.
  private ComplexField neighbours(ComplexField f, int down, int right) {
    var grid = f.grid();
    var product = new ComplexField(grid);
    double re = 0;
    double im = 0;
    double sum = 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        int below = (r + down) % grid.rows();
        int beside = (c + right) % grid.columns();
        double x = f.re(below, beside);
        double y = f.im(below, beside);
        double p = x * f.re(r, c) + y * f.im(r, c);
        double q = y * f.re(r, c) - x * f.im(r, c);
        product.set(r, c, (float) p, (float) q);
        re += weight.at(r, c) * p;
        im += weight.at(r, c) * q;
        sum += weight.at(r, c);
      }
    }
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        product.set(
            r, c, (float) (product.re(r, c) - re / sum), (float) (product.im(r, c) - im / sum));
      }
    }
    weigh(product);
    return product;
  }

  private void weigh(ComplexField f) {
    for (int r = 0; r < f.grid().rows(); r++) {
      for (int c = 0; c < f.grid().columns(); c++) {
        float w = weight.at(r, c);
        f.set(r, c, w * f.re(r, c), w * f.im(r, c));
      }
    }
  }

  /// One Gauss–Newton step. With g = gauge⁻¹ a, to first order
  /// b ≈ g + (γ′ + iγ″) g + iκ·(r − r₀) g + σ·∇g.
  private Gauge improved(Gauge gauge) {
    var g = aligned(gauge);
    var down = derivative(g, true);
    var right = derivative(g, false);
    int rows = g.grid().rows();
    int columns = g.grid().columns();
    double[][] normal = new double[UNKNOWNS][UNKNOWNS + 1];
    double[] x = new double[UNKNOWNS];
    double[] y = new double[UNKNOWNS];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double w = weight.at(r, c);
        if (w == 0) {
          continue;
        }
        double re = g.re(r, c);
        double im = g.im(r, c);
        x[0] = re;
        y[0] = im;
        x[1] = -im;
        y[1] = re;
        x[2] = -im * (r - rows / 2);
        y[2] = re * (r - rows / 2);
        x[3] = -im * (c - columns / 2);
        y[3] = re * (c - columns / 2);
        x[4] = down.re(r, c);
        y[4] = down.im(r, c);
        x[5] = right.re(r, c);
        y[5] = right.im(r, c);
        double missRe = b.re(r, c) - re;
        double missIm = b.im(r, c) - im;
        for (int i = 0; i < UNKNOWNS; i++) {
          for (int j = i; j < UNKNOWNS; j++) {
            normal[i][j] += w * (x[i] * x[j] + y[i] * y[j]);
          }
          normal[i][UNKNOWNS] += w * (x[i] * missRe + y[i] * missIm);
        }
      }
    }
    double[] p = solved(normal);
    // A step of more than half a pixel would leave the range of the first order.
    double sigmaRows = Math.clamp(p[4], -0.5, 0.5);
    double sigmaColumns = Math.clamp(p[5], -0.5, 0.5);
    double shiftRows = gauge.shiftRowsPx() + sigmaRows;
    double shiftColumns = gauge.shiftColumnsPx() + sigmaColumns;
    return scaled(
        new Gauge(
            gauge.amplitude(),
            gauge.phase(),
            gauge.rampRows() - p[2],
            gauge.rampColumns() - p[3],
            shiftRows,
            shiftColumns));
  }

  private static ComplexField derivative(ComplexField g, boolean alongRows) {
    var f = g.copy();
    int n = f.grid().rows();
    int m = f.grid().columns();
    var fft = new Fft2(n, m);
    fft.transform(f);
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < m; c++) {
        int index = alongRows ? Gauge.signed(r, n) : Gauge.signed(c, m);
        int size = alongRows ? n : m;
        double q = 2 * index == size ? 0 : 2 * Math.PI * index / size / ((double) n * m);
        float re = f.re(r, c);
        f.set(r, c, (float) (-q * f.im(r, c)), (float) (q * re));
      }
    }
    fft.transformBack(f);
    return f;
  }

  /// Cholesky's solution of the scaled normal equations, with a whisper of damping for fields that
  /// leave a number open (a constant field has no displacement).
  private static double[] solved(double[][] normal) {
    double[] size = new double[UNKNOWNS];
    for (int i = 0; i < UNKNOWNS; i++) {
      size[i] = normal[i][i] > 0 ? 1 / Math.sqrt(normal[i][i]) : 0;
    }
    double[][] l = new double[UNKNOWNS][UNKNOWNS];
    for (int j = 0; j < UNKNOWNS; j++) {
      for (int i = j; i < UNKNOWNS; i++) {
        double sum = normal[j][i] * size[i] * size[j];
        if (i == j) {
          sum = normal[i][i] > 0 ? 1 + 1e-9 : 1;
        }
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j][j];
      }
    }
    double[] p = new double[UNKNOWNS];
    for (int i = 0; i < UNKNOWNS; i++) {
      double sum = normal[i][UNKNOWNS] * size[i];
      for (int k = 0; k < i; k++) {
        sum -= l[i][k] * p[k];
      }
      p[i] = sum / l[i][i];
    }
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
      double sum = p[i];
      for (int k = i + 1; k < UNKNOWNS; k++) {
        sum -= l[k][i] * p[k];
      }
      p[i] = sum / l[i][i];
    }
    for (int i = 0; i < UNKNOWNS; i++) {
      p[i] *= size[i];
    }
    return p;
  }
}
