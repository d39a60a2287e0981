package argand.spectro;

import argand.array.InvalidInput;
import argand.data.Spectrum;

/// How far the energies and the resolution of a measurement are from those of a reference: the
/// shift δ, the width w of a Gaussian, scale c₁ and level c₀ that make
///
///     c₀ + c₁ (G_w ∗ reference)(E − δ)
///
/// fit the data best. The reference is a spline; δ and w by Gauss–Newton steps from a search over a
/// grid. Where the data are the sharper ones, they are broadened instead, and w is negative.
///
/// @param shiftEv to be added to the reference's energies, subtracted from the data's [eV]
/// @param shiftSigmaEv from the scatter about the fit [eV]
/// @param widthEv standard deviation of the Gaussian; negative when the data are sharper [eV]
/// @param widthSigmaEv [eV]
/// @param scale c₁
/// @param residual rms of what is left
public record EnergyMismatch(
    double shiftEv,
    double shiftSigmaEv,
    double widthEv,
    double widthSigmaEv,
    double scale,
    double residual) {
  private static final int NODES = 33;
  private static final int ROUNDS = 60;

  /// Compares over [from, to] [eV], δ within ± `most` eV.
  public static EnergyMismatch of(
      Spectrum data, Spectrum reference, double from, double to, double most) {
    var direct = fit(data, reference, from, to, most);
    if (direct.widthEv > 3 * direct.widthSigmaEv) {
      return direct;
    }
    var swapped = fit(reference, data, from, to, most);
    return swapped.widthEv > 3 * swapped.widthSigmaEv
            && swapped.residual / Math.abs(swapped.scale) < direct.residual
        ? new EnergyMismatch(
            -swapped.shiftEv,
            swapped.shiftSigmaEv,
            -swapped.widthEv,
            swapped.widthSigmaEv,
            1 / swapped.scale,
            swapped.residual)
        : direct;
  }

  private static EnergyMismatch fit(
      Spectrum data, Spectrum reference, double from, double to, double most) {
    int[] inside =
        new EnergyWindow("range", from, to).indices(data.energyEv(), 8, "a comparison of energies");
    double[] x = EnergyWindow.at(data.energyEv(), inside);
    double[] y = EnergyWindow.at(data.values(), inside);
    double[] known = reference.energyEv();
    if (known[0] > x[0] || known[known.length - 1] < x[x.length - 1]) {
      throw new InvalidInput(
          "reference " + reference.name(),
          new EnergyWindow("", known[0], known[known.length - 1]).text(),
          "energies that cover " + new EnergyWindow("", x[0], x[x.length - 1]).text(),
          "narrow the range");
    }
    var spline = new CubicSpline(known, reference.values());
    double step = (x[x.length - 1] - x[0]) / (x.length - 1);
    double shift = 0;
    double width = step;
    double best = Double.POSITIVE_INFINITY;
    for (double d = -most; d <= most; d += step / 2) {
      for (double w : new double[] {0, step, 3 * step}) {
        double rms = residual(x, y, model(spline, x, d, w)).rms;
        if (rms < best) {
          best = rms;
          shift = d;
          width = w;
        }
      }
    }
    double damping = 1e-3;
    for (int round = 0; round < ROUNDS; round++) {
      double[] moved = improved(spline, x, y, shift, width, damping);
      double rms = residual(x, y, model(spline, x, moved[0], moved[1])).rms;
      boolean better = rms < best;
      damping = better ? damping / 3 : damping * 10;
      if (better) {
        shift = moved[0];
        width = moved[1];
        best = rms;
      }
      if (damping > 1e8) {
        break;
      }
    }
    var end = residual(x, y, model(spline, x, shift, width));
    double[] sigma = sigma(spline, x, y, shift, width, end.rms);
    return new EnergyMismatch(shift, sigma[0], Math.abs(width), sigma[1], end.scale, end.rms);
  }

  private static double[] model(CubicSpline spline, double[] x, double shift, double width) {
    double[] model = new double[x.length];
    for (int e = 0; e < x.length; e++) {
      double sum = 0;
      double all = 0;
      for (int k = 0; k < NODES; k++) {
        double t = 4.0 * (2 * k - NODES + 1) / (NODES - 1);
        double weight = Math.exp(-t * t / 2);
        sum += weight * spline.at(x[e] - shift - t * width);
        all += weight;
      }
      model[e] = sum / all;
    }
    return model;
  }

  private record Linear(double level, double scale, double rms, double[] left) {}

  /// Level and scale by least squares, and what is left.
  private static Linear residual(double[] x, double[] y, double[] model) {
    int n = x.length;
    double my = 0;
    double mm = 0;
    for (int e = 0; e < n; e++) {
      my += y[e] / n;
      mm += model[e] / n;
    }
    double yy = 0;
    double ym = 0;
    for (int e = 0; e < n; e++) {
      ym += (y[e] - my) * (model[e] - mm);
      yy += (model[e] - mm) * (model[e] - mm);
    }
    double scale = yy > 0 ? ym / yy : 0;
    double[] left = new double[n];
    double sum = 0;
    for (int e = 0; e < n; e++) {
      left[e] = y[e] - my - scale * (model[e] - mm);
      sum += left[e] * left[e];
    }
    return new Linear(my - scale * mm, scale, Math.sqrt(sum / n), left);
  }

  /// Derivatives of what is left by shift and width², scale and level fitted anew.
  private static double[][] slopes(
      CubicSpline spline, double[] x, double[] y, double shift, double width) {
    double h = 1e-3;
    double square = width * width;
    var a = residual(x, y, model(spline, x, shift + h, width)).left;
    var b = residual(x, y, model(spline, x, shift - h, width)).left;
    double up = Math.sqrt(square + h);
    double down = Math.sqrt(Math.max(0, square - h));
    var c = residual(x, y, model(spline, x, shift, up)).left;
    var d = residual(x, y, model(spline, x, shift, down)).left;
    double[][] slopes = new double[2][x.length];
    for (int e = 0; e < x.length; e++) {
      slopes[0][e] = (a[e] - b[e]) / (2 * h);
      slopes[1][e] = (c[e] - d[e]) / (up * up - down * down);
    }
    return slopes;
  }

  private static double[][] normal(double[][] slopes) {
    double[][] normal = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 2; k++) {
        for (int e = 0; e < slopes[0].length; e++) {
          normal[i][k] += slopes[i][e] * slopes[k][e];
        }
      }
    }
    return normal;
  }

  private static double[] improved(
      CubicSpline spline, double[] x, double[] y, double shift, double width, double damping) {
    double[] left = residual(x, y, model(spline, x, shift, width)).left;
    double[][] slopes = slopes(spline, x, y, shift, width);
    double[][] normal = normal(slopes);
    double[][] right = new double[2][1];
    for (int i = 0; i < 2; i++) {
      normal[i][i] = normal[i][i] * (1 + damping) + 1e-30;
      for (int e = 0; e < left.length; e++) {
        right[i][0] -= slopes[i][e] * left[e];
      }
    }
    double[][] by = SmallMatrix.solve(normal, right);
    return new double[] {shift + by[0][0], Math.sqrt(Math.max(0, width * width + by[1][0]))};
  }

  private static double[] sigma(
      CubicSpline spline, double[] x, double[] y, double shift, double width, double rms) {
    double[][] n = normal(slopes(spline, x, y, shift, width));
    double determinant = n[0][0] * n[1][1] - n[0][1] * n[1][0];
    double variance = rms * rms * x.length / Math.max(1, x.length - 4);
    double ofShift = Math.sqrt(variance * n[1][1] / determinant);
    double ofSquare = Math.sqrt(variance * n[0][0] / determinant);
    // σ of w from that of w²; near 0 the width itself is of the order √σ(w²)
    double ofWidth = width * width > ofSquare ? ofSquare / (2 * width) : Math.sqrt(ofSquare);
    return new double[] {ofShift, ofWidth};
  }
}
