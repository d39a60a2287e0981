package argand.spectro;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The fit of every pixel where the references may all be shifted by one energy δ of its own:
///
///     y(E) = Σ x_k A_k(E − δ) + background
///
/// By Gauss and Newton: with x and δ of before, the columns A_k(E − δ), the background and
/// D = −Σ x_k A_k′(E − δ) are fitted, the amount of D is the change of δ, and δ stays within its
/// bound, which counts as its error beforehand. The covariance is that of all, so what amounts
/// share with δ stands in their errors.
///
/// Where the misfit, minimised over x, does not rise by 1 from δ to one linear error on either
/// side,
/// the error is that of the likelihood: σ² = ∫(δ′ − δ)² p dδ′/∫p dδ′ within the bound, p the
/// exponential of minus half of that misfit, and the amounts' share of it grows with it. So where
/// there is hardly any matter δ means nothing and its error says so.
final class ShiftFit {
  private static final int MOST_ROUNDS = 12;
  private static final double STILL_EV = 1e-5;

  /// How far from 1 the rise of the misfit at one linear error may be, as a factor.
  private static final double LINEAR = 1.15;

  /// Points on either side of δ at which the likelihood is looked at, and linear errors that they
  /// reach.
  private static final int POINTS = 16;

  private static final double REACH = 6;

  private final FitColumns columns;
  private final double mostEv;
  private final double[] lower;
  private final double[] upper;
  private final boolean[] summed;
  private final int n;
  private final int q;
  private final int references;
  private final double[] energies;
  private final ReferenceSpline[] splines;

  /// @param mostEv bound of |δ| [eV]
  /// @param lower and upper bounds and marks of the sum, of references and background
  ShiftFit(
      FitColumns columns,
      List<Spectrum> spectra,
      double mostEv,
      double[] lower,
      double[] upper,
      boolean[] summed) {
    this.columns = columns;
    this.mostEv = mostEv;
    n = columns.used().length;
    q = columns.count();
    references = columns.references();
    this.lower = Arrays.copyOf(lower, q + 1);
    this.upper = Arrays.copyOf(upper, q + 1);
    this.summed = Arrays.copyOf(summed, q + 1);
    energies = columns.energyEv();
    splines = new ReferenceSpline[references];
    for (int k = 0; k < references; k++) {
      splines[k] = new ReferenceSpline(spectra.get(k));
      splines[k].mustCover(energies[0] - mostEv, energies[n - 1] + mostEv);
    }
  }

  private final class Desk {
    final NormalEquations sums = new NormalEquations(q + 1);
    final NormalEquations start = new NormalEquations(q);
    final BoundedQuadratic plain = BoundedQuadratic.unconstrained(q);
    final BoundedQuadratic all = BoundedQuadratic.unconstrained(q + 1);
    final BoundedQuadratic constraint = new BoundedQuadratic(lower, upper, summed);
    final BoundedQuadratic within =
        new BoundedQuadratic(
            Arrays.copyOf(lower, q), Arrays.copyOf(upper, q), Arrays.copyOf(summed, q));
    final double[] trial = new double[q];
    final double[] row = new double[q + 1];
    final double[] x = new double[q];
    final double[] next = new double[q + 1];
    final double[] covariance = new double[(q + 1) * (q + 1)];
    final double[] weights = new double[n];
    final double[][] values = new double[references][n];
    final double[][] slopes = new double[references][n];
    float[] variance = new float[0];
  }

  /// What it found: the maps of any fit, and the shift with its error [eV].
  record Found(FitMaps maps, FoundMap shift) {}

  Found fit(
      Planes images,
      Optional<Planes> variance,
      Mask mask,
      Optional<FractionData> fields,
      Watch watch) {
    var maps = new FitMaps(images.grid(), columns.names(), watch.workers());
    var shift = new RealField(images.grid());
    var sigma = new RealField(images.grid());
    Arrays.fill(shift.values(), Float.NaN);
    Arrays.fill(sigma.values(), Float.NaN);
    var noise = variance.map(v -> v.select(columns.used()));
    var desks = new Desk[watch.workers().threads()];
    PixelBlocks.forEach(
        images.select(columns.used()),
        watch.workers(),
        (block, start, length, spectra, worker) -> {
          if (watch.stopped()) {
            return;
          }
          if (desks[worker] == null) {
            desks[worker] = new Desk();
          }
          var desk = desks[worker];
          noise.ifPresent(v -> read(v, start, length, desk));
          for (int i = 0; i < length; i++) {
            if (mask.good()[start + i]) {
              double delta = pixel(spectra, start, i, noise.isPresent(), desk, maps, fields);
              shift.values()[start + i] = (float) delta;
              sigma.values()[start + i] =
                  Double.isNaN(delta)
                      ? Float.NaN
                      : (float) Math.sqrt(desk.covariance[q * (q + 1) + q]);
            }
          }
        });
    return new Found(maps, new FoundMap("energy shift", "eV", shift, Optional.of(sigma)));
  }

  private void read(Planes variance, int start, int length, Desk desk) {
    if (desk.variance.length == 0) {
      desk.variance = new float[n * PixelBlocks.SIZE];
    }
    for (int e = 0; e < n; e++) {
      variance.read(e, start, length, desk.variance, e * PixelBlocks.SIZE);
    }
  }

  /// δ, or NaN where the data do not determine the fit.
  private double pixel(
      float[] y,
      int start,
      int i,
      boolean noiseKnown,
      Desk desk,
      FitMaps maps,
      Optional<FractionData> fields) {
    int good = 0;
    for (int e = 0; e < n; e++) {
      float value = y[e * PixelBlocks.SIZE + i];
      double v = noiseKnown ? desk.variance[e * PixelBlocks.SIZE + i] : 1;
      boolean known = Math.abs(value) < 1e30f && v > 0 && v < Double.POSITIVE_INFINITY;
      desk.weights[e] = known ? 1 / v : 0;
      good += known ? 1 : 0;
    }
    if (good < q + 1 || !unshifted(y, i, desk)) {
      return Double.NaN;
    }
    double delta = 0;
    double tie = tie(y, i, good, noiseKnown, desk);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      sums(y, i, delta, tie, desk);
      double[] least = lower.clone();
      double[] most = upper.clone();
      least[q] = -mostEv - delta;
      most[q] = mostEv - delta;
      if (!new BoundedQuadratic(least, most, summed).solve(desk.sums.g, desk.sums.c, desk.next)) {
        return Double.NaN;
      }
      delta += desk.next[q];
      System.arraycopy(desk.next, 0, desk.x, 0, q);
      if (Math.abs(desk.next[q]) < STILL_EV) {
        break;
      }
    }
    sums(y, i, delta, tie, desk);
    double[] free = new double[q + 1];
    if (!desk.all.solve(desk.sums.g, desk.sums.c, free)) {
      return Double.NaN;
    }
    desk.all.covariance(desk.sums.g, desk.covariance);
    double noise = finish(y, start + i, i, good, noiseKnown, desk, maps);
    widen(y, i, delta, tie, noise, desk);
    boolean bound = desk.constraint.touches(desk.next);
    maps.set(start + i, desk.x, desk.covariance, q + 1, bound);
    fields.ifPresent(f -> f.set(start + i, free, desk.covariance, q + 1));
    return delta;
  }

  private boolean unshifted(float[] y, int i, Desk desk) {
    desk.start.clear();
    for (int e = 0; e < n; e++) {
      if (desk.weights[e] > 0) {
        for (int k = 0; k < q; k++) {
          desk.row[k] = columns.column(k)[e];
        }
        desk.start.add(desk.weights[e], desk.row, y[e * PixelBlocks.SIZE + i]);
      }
    }
    desk.start.complete();
    return desk.plain.solve(desk.start.g, desk.start.c, desk.x);
  }

  private void move(double delta, Desk desk) {
    for (int k = 0; k < references; k++) {
      splines[k].shifted(energies, delta, desk.values[k], desk.slopes[k]);
    }
  }

  private void row(int e, Desk desk) {
    double slope = 0;
    for (int k = 0; k < q; k++) {
      if (k < references) {
        desk.row[k] = desk.values[k][e];
        slope -= desk.x[k] * desk.slopes[k][e];
      } else {
        desk.row[k] = columns.column(k)[e];
      }
    }
    desk.row[q] = slope;
  }

  private void sums(float[] y, int i, double delta, double tie, Desk desk) {
    desk.sums.clear();
    move(delta, desk);
    for (int e = 0; e < n; e++) {
      if (desk.weights[e] > 0) {
        row(e, desk);
        desk.sums.add(desk.weights[e], desk.row, y[e * PixelBlocks.SIZE + i]);
      }
    }
    desk.sums.g[(q + 1) * (q + 1) - 1] += tie;
    desk.sums.c[q] -= tie * delta;
    desk.sums.complete();
  }

  /// The weight with which δ is drawn to zero: that of a datum with the error `mostEv`.
  private double tie(float[] y, int i, int good, boolean noiseKnown, Desk desk) {
    double rest = 0;
    for (int e = 0; e < n && !noiseKnown; e++) {
      if (desk.weights[e] > 0) {
        double r = y[e * PixelBlocks.SIZE + i];
        for (int k = 0; k < q; k++) {
          r -= columns.column(k)[e] * desk.x[k];
        }
        rest += r * r;
      }
    }
    double noise = noiseKnown ? 1 : Math.max(rest / Math.max(1, good - q), 1e-30);
    return 1 / (noise * mostEv * mostEv);
  }

  /// Residuals, and the covariance times the noise of the pixel where that is not known.
  ///
  /// @return the noise, over what the weights say
  private double finish(
      float[] y, int pixel, int i, int good, boolean noiseKnown, Desk desk, FitMaps maps) {
    double rest = 0;
    double square = 0;
    double chi = 0;
    for (int e = 0; e < n; e++) {
      if (desk.weights[e] > 0) {
        row(e, desk);
        double r = y[e * PixelBlocks.SIZE + i];
        square += r * r;
        for (int k = 0; k < q; k++) {
          r -= desk.row[k] * desk.x[k];
        }
        rest += r * r;
        chi += desk.weights[e] * r * r;
      }
    }
    double over = good > q + 1 ? chi / (good - q - 1) : Double.NaN;
    maps.error[pixel] = (float) (rest / good);
    maps.rFactor[pixel] = (float) (rest / square);
    maps.chiSquare[pixel] = noiseKnown ? (float) over : Float.NaN;
    if (!noiseKnown) {
      for (int k = 0; k < desk.covariance.length; k++) {
        desk.covariance[k] *= over;
      }
    }
    return noiseKnown ? 1 : over;
  }

  /// The error of δ from the likelihood where it is not that of a parabola.
  private void widen(float[] y, int i, double delta, double tie, double noise, Desk desk) {
    int stride = q + 1;
    double linear = desk.covariance[q * stride + q];
    double sigma = Math.sqrt(linear);
    double least = misfit(y, i, delta, tie, desk);
    boolean parabola = true;
    for (int side = -1; side <= 1; side += 2) {
      double at = delta + side * sigma;
      double rise = Math.abs(at) > mostEv ? 0 : (misfit(y, i, at, tie, desk) - least) / noise;
      parabola &= rise > 1 / LINEAR && rise < LINEAR;
    }
    if (parabola || !(sigma > 0)) {
      return;
    }
    double from = Math.max(-mostEv, delta - REACH * sigma);
    double to = Math.min(mostEv, delta + REACH * sigma);
    double all = 0;
    double square = 0;
    for (int point = 0; point <= 2 * POINTS; point++) {
      double at = from + (to - from) * point / (2 * POINTS);
      double end = point == 0 || point == 2 * POINTS ? 0.5 : 1;
      double p = end * Math.exp(-(misfit(y, i, at, tie, desk) - least) / (2 * noise));
      all += p;
      square += p * (at - delta) * (at - delta);
    }
    double found = square / all;
    double more = found / linear - 1;
    double[] share = new double[stride];
    for (int k = 0; k < stride; k++) {
      share[k] = desk.covariance[k * stride + q];
    }
    for (int k = 0; k < stride; k++) {
      for (int l = 0; l < stride; l++) {
        desk.covariance[k * stride + l] += more * share[k] * share[l] / linear;
      }
    }
  }

  /// Σ w r² + tie δ² at a given δ, least over the amounts.
  private double misfit(float[] y, int i, double delta, double tie, Desk desk) {
    move(delta, desk);
    desk.start.clear();
    for (int e = 0; e < n; e++) {
      if (desk.weights[e] > 0) {
        row(e, desk);
        desk.start.add(desk.weights[e], desk.row, y[e * PixelBlocks.SIZE + i]);
      }
    }
    desk.start.complete();
    if (!desk.within.solve(desk.start.g, desk.start.c, desk.trial)) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = tie * delta * delta;
    for (int e = 0; e < n; e++) {
      if (desk.weights[e] > 0) {
        row(e, desk);
        double r = y[e * PixelBlocks.SIZE + i];
        for (int k = 0; k < q; k++) {
          r -= desk.row[k] * desk.trial[k];
        }
        sum += desk.weights[e] * r * r;
      }
    }
    return sum;
  }
}
