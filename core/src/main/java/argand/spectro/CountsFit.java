package argand.spectro;

import argand.Paper;
import argand.array.Mask;
import argand.data.EmptyBeam;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import java.util.Optional;
import java.util.function.Supplier;

/// The fit of every pixel to its counts, which asks nothing of a logarithm: thin and dense areas,
/// few counts and none are all alike.
///
/// With the dark level d, the empty beam F (mean of m frames, less d) and the ratio s of exposures,
/// counts N are Poisson with mean μ + d, μ = s F exp(−Ax). Fisher scoring (iteratively reweighted
/// least squares) until x does not move:
///
/// 1. η = Ax, μ = s F e^{−η}
/// 2. z = η + (μ + d − N)/μ
/// 3. 1/w = (μ + d)/μ² + 1/(m F), the second term for the noise of the empty beam
/// 4. x = argmin Σ w (z − Ax)² under the constraints, exactly
///
/// It begins with −ln((N − d + ½)/(s F)). The weights come from the fit and not from the counts
/// themselves: weights 1/N favour what came out low by chance.
@Paper(
    value = "McCullagh & Nelder, Generalized Linear Models, 2nd edition (Chapman & Hall 1989)",
    doi = "10.1007/978-1-4899-3242-6")
final class CountsFit {
  private static final int MOST_ROUNDS = 25;
  private static final double STILL = 1e-6;

  /// No step changes the mean of a datum by more than this factor's logarithm.
  private static final double MOST_STEP = 3;

  private final FitColumns columns;
  private final Supplier<BoundedQuadratic> constraint;
  private final EmptyBeam beam;
  private final int n;
  private final int q;
  private final double[][] rows;

  CountsFit(FitColumns columns, Supplier<BoundedQuadratic> constraint, EmptyBeam beam) {
    this.columns = columns;
    this.constraint = constraint;
    this.beam = beam;
    n = columns.used().length;
    q = columns.count();
    rows = new double[n][q];
    for (int e = 0; e < n; e++) {
      for (int k = 0; k < q; k++) {
        rows[e][k] = columns.column(k)[e];
      }
    }
  }

  private final class Desk {
    final BoundedQuadratic solver = constraint.get();
    final BoundedQuadratic plain = BoundedQuadratic.unconstrained(q);
    final NormalEquations sums = new NormalEquations(q);
    final float[] flats = new float[n * PixelBlocks.SIZE];
    final double[] counts = new double[n];
    final double[] empty = new double[n];
    final double[] x = new double[q];
    final double[] next = new double[q];
    final double[] free = new double[q];
    final double[] covariance = new double[q * q];
  }

  FitMaps fit(Planes images, Mask mask, Optional<FractionData> fields, Watch watch) {
    var maps = new FitMaps(images.grid(), columns.names(), watch.workers());
    var desks = new Desk[watch.workers().threads()];
    int[] used = columns.used();
    PixelBlocks.forEach(
        images.select(used),
        watch.workers(),
        (block, first, length, spectra, worker) -> {
          if (watch.stopped()) {
            return;
          }
          if (desks[worker] == null) {
            desks[worker] = new Desk();
          }
          var desk = desks[worker];
          for (int e = 0; e < n; e++) {
            beam.flats()
                .read(beam.flatOf(used[e]), first, length, desk.flats, e * PixelBlocks.SIZE);
          }
          for (int i = 0; i < length; i++) {
            if (mask.good()[first + i]) {
              pixel(spectra, first, i, desk, maps, fields);
            }
          }
        });
    return maps;
  }

  private void pixel(
      float[] spectra, int first, int i, Desk desk, FitMaps maps, Optional<FractionData> fields) {
    double dark = beam.dark().isPresent() ? beam.dark().get().values()[first + i] : 0;
    int good = 0;
    for (int e = 0; e < n; e++) {
      desk.counts[e] = spectra[e * PixelBlocks.SIZE + i];
      desk.empty[e] = desk.flats[e * PixelBlocks.SIZE + i] - dark;
      boolean known = Double.isFinite(desk.counts[e]) && desk.empty[e] > 0;
      desk.empty[e] = known ? desk.empty[e] : 0;
      good += known ? 1 : 0;
    }
    if (good < q || !start(dark, desk)) {
      return;
    }
    if (!score(dark, desk)) {
      return;
    }
    desk.plain.solve(desk.sums.g, desk.sums.c, desk.free);
    desk.plain.covariance(desk.sums.g, desk.covariance);
    maps.set(first + i, desk.x, desk.covariance, q, desk.solver.touches(desk.x));
    fields.ifPresent(f -> f.set(first + i, desk.free, desk.covariance, q));
    judge(first + i, dark, good, desk, maps);
  }

  private boolean start(double dark, Desk desk) {
    desk.sums.clear();
    for (int e = 0; e < n; e++) {
      if (desk.empty[e] > 0) {
        double seen = Math.max(desk.counts[e] - dark, 0) + 0.5;
        double density = Math.log(beam.exposureRatio() * desk.empty[e] / seen);
        desk.sums.add(seen, rows[e], density);
      }
    }
    desk.sums.complete();
    return desk.solver.solve(desk.sums.g, desk.sums.c, desk.x);
  }

  /// Lines 1 to 4 until x is still.
  private boolean score(double dark, Desk desk) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      desk.sums.clear();
      for (int e = 0; e < n; e++) {
        if (desk.empty[e] > 0) {
          double eta = density(e, desk.x);
          double mean = beam.exposureRatio() * desk.empty[e] * Math.exp(-eta);
          double move = (mean + dark - desk.counts[e]) / mean;
          double variance = (mean + dark) / (mean * mean) + 1 / (beam.flatFrames() * desk.empty[e]);
          double z = eta + Math.max(-MOST_STEP, Math.min(MOST_STEP, move));
          desk.sums.add(1 / variance, rows[e], z);
        }
      }
      desk.sums.complete();
      if (!desk.solver.solve(desk.sums.g, desk.sums.c, desk.next)) {
        return false;
      }
      double moved = 0;
      for (int e = 0; e < n; e++) {
        moved = Math.max(moved, Math.abs(density(e, desk.next) - density(e, desk.x)));
      }
      System.arraycopy(desk.next, 0, desk.x, 0, q);
      if (moved < STILL) {
        return true;
      }
    }
    return true;
  }

  private double density(int e, double[] x) {
    double eta = 0;
    for (int k = 0; k < q; k++) {
      eta += rows[e][k] * x[k];
    }
    return eta;
  }

  /// Misfit in optical density for the error and the R-factor, in counts for χ².
  private void judge(int pixel, double dark, int good, Desk desk, FitMaps maps) {
    double rest = 0;
    double square = 0;
    double chi = 0;
    for (int e = 0; e < n; e++) {
      if (desk.empty[e] > 0) {
        double eta = density(e, desk.x);
        double full = beam.exposureRatio() * desk.empty[e];
        double mean = full * Math.exp(-eta);
        double seen = Math.max(desk.counts[e] - dark, 0) + 0.5;
        double density = Math.log(full / seen);
        rest += (density - eta) * (density - eta);
        square += density * density;
        double variance = mean + dark + mean * mean / (beam.flatFrames() * desk.empty[e]);
        double off = desk.counts[e] - dark - mean;
        chi += off * off / variance;
      }
    }
    maps.error[pixel] = (float) (rest / good);
    maps.rFactor[pixel] = (float) (rest / square);
    maps.chiSquare[pixel] = good > q ? (float) (chi / (good - q)) : Float.NaN;
  }
}
