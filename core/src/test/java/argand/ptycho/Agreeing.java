package argand.ptycho;

import argand.array.ComplexField;

/// How well an object agrees with the truth where the probe lit it, after removing what
/// ptychography cannot know: a common shift, a linear phase ramp and a complex factor.
final class Agreeing {
  private Agreeing() {}

  /// √(Σ w |k O' − T|² / Σ w |T|²) over the pixels whose summed illumination is above a tenth of
  /// its greatest.
  static double nrmse(ComplexField found, ComplexField truth, Windows windows, ComplexField probe) {
    int rows = found.grid().rows();
    int columns = found.grid().columns();
    boolean[] lit = lit(windows, probe);
    double best = Double.POSITIVE_INFINITY;
    // the shift to within a fiftieth of a pixel: coarse search, then halved steps around the best
    double dy = 0;
    double dx = 0;
    for (double step = 1; step > 0.01; step /= 2) {
      double y0 = dy;
      double x0 = dx;
      for (int v = -2; v <= 2; v++) {
        for (int u = -2; u <= 2; u++) {
          double value = at(found, truth, lit, rows, columns, y0 + v * step, x0 + u * step);
          if (value < best) {
            best = value;
            dy = y0 + v * step;
            dx = x0 + u * step;
          }
        }
      }
    }
    return best;
  }

  static boolean[] lit(Windows windows, ComplexField probe) {
    var object = windows.object();
    double[] light = new double[object.size()];
    double most = 0;
    for (int j = 0; j < windows.count(); j++) {
      for (int r = 0; r < probe.grid().rows(); r++) {
        for (int c = 0; c < probe.grid().columns(); c++) {
          int k = (windows.row(j) + r) * object.columns() + windows.column(j) + c;
          double a = probe.re(r, c);
          double b = probe.im(r, c);
          light[k] += a * a + b * b;
          most = Math.max(most, light[k]);
        }
      }
    }
    boolean[] lit = new boolean[light.length];
    for (int k = 0; k < lit.length; k++) {
      lit[k] = light[k] > 0.1 * most;
    }
    return lit;
  }

  private static double at(
      ComplexField found,
      ComplexField truth,
      boolean[] lit,
      int rows,
      int columns,
      double dy,
      double dx) {
    double[] tr = new double[rows * columns];
    double[] ti = new double[rows * columns];
    double[] re = new double[rows * columns];
    double[] im = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int k = r * columns + c;
        if (lit[k]) {
          re[k] = sampled(found, r + dy, c + dx, true);
          im[k] = sampled(found, r + dy, c + dx, false);
          tr[k] = truth.re(r, c);
          ti[k] = truth.im(r, c);
        }
      }
    }
    // q = T* O' holds the ramp: its slope from the mean step of phase between neighbours, refined
    // once
    double slopeY = 0;
    double slopeX = 0;
    for (int round = 0; round < 3; round++) {
      double yr = 0;
      double yi = 0;
      double xr = 0;
      double xi = 0;
      int reach = round == 0 ? 1 : 8 * round;
      for (int r = 0; r < rows - reach; r++) {
        for (int c = 0; c < columns - reach; c++) {
          int k = r * columns + c;
          if (!lit[k]) {
            continue;
          }
          double qr = tr[k] * re[k] + ti[k] * im[k];
          double qi = tr[k] * im[k] - ti[k] * re[k];
          int below = k + reach * columns;
          int right = k + reach;
          if (lit[below]) {
            double br = tr[below] * re[below] + ti[below] * im[below];
            double bi = tr[below] * im[below] - ti[below] * re[below];
            yr += qr * br + qi * bi;
            yi += qr * bi - qi * br;
          }
          if (lit[right]) {
            double br = tr[right] * re[right] + ti[right] * im[right];
            double bi = tr[right] * im[right] - ti[right] * re[right];
            xr += qr * br + qi * bi;
            xi += qr * bi - qi * br;
          }
        }
      }
      double stepY = Math.atan2(yi, yr) / reach;
      double stepX = Math.atan2(xi, xr) / reach;
      slopeY += stepY;
      slopeX += stepX;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int k = r * columns + c;
          double angle = -(stepY * r + stepX * c);
          double a = re[k] * Math.cos(angle) - im[k] * Math.sin(angle);
          im[k] = re[k] * Math.sin(angle) + im[k] * Math.cos(angle);
          re[k] = a;
        }
      }
    }
    double sr = 0;
    double si = 0;
    double power = 0;
    double all = 0;
    for (int k = 0; k < re.length; k++) {
      sr += re[k] * tr[k] + im[k] * ti[k];
      si += re[k] * ti[k] - im[k] * tr[k];
      power += re[k] * re[k] + im[k] * im[k];
      all += tr[k] * tr[k] + ti[k] * ti[k];
    }
    return Math.sqrt(Math.max(0, 1 - (sr * sr + si * si) / (power * all)));
  }

  /// Cubic interpolation, edges repeated.
  private static double sampled(ComplexField f, double y, double x, boolean real) {
    int r = (int) Math.floor(y);
    int c = (int) Math.floor(x);
    double[] wy = cubic(y - r);
    double[] wx = cubic(x - c);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      int row = Math.clamp(r + i - 1, 0, f.grid().rows() - 1);
      for (int k = 0; k < 4; k++) {
        int column = Math.clamp(c + k - 1, 0, f.grid().columns() - 1);
        sum += wy[i] * wx[k] * (real ? f.re(row, column) : f.im(row, column));
      }
    }
    return sum;
  }

  private static double[] cubic(double t) {
    return new double[] {
      -0.5 * t + t * t - 0.5 * t * t * t,
      1 - 2.5 * t * t + 1.5 * t * t * t,
      0.5 * t + 2 * t * t - 1.5 * t * t * t,
      -0.5 * t * t + 0.5 * t * t * t
    };
  }
}
