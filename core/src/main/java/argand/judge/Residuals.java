package argand.judge;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// How well a reconstruction explains its measurement, summed by view and by detector pixel.
///
/// The deviance of a pixel is 2 (λ − n + n ln(n/λ)) of its counts n about the computed mean λ; what
/// shot noise alone would make of it is `expected`. Where the frames carry a variance v it is
/// (n − λ)²/v, and 1.
///
/// @param good trusted detector pixels; all else is 0
/// @param views sums over the good pixels of each view
/// @param pixels sums over the views of each pixel, row by row
public record Residuals(Grid grid, boolean[] good, Sums views, Sums pixels) {
  /// Views that are summed by themselves before the blocks are added up in order.
  private static final int BLOCKS = 8;

  /// Sums of measured counts, computed means, deviances, and expected deviances.
  public record Sums(double[] counts, double[] computed, double[] deviance, double[] expected) {
    Sums(int length) {
      this(new double[length], new double[length], new double[length], new double[length]);
    }

    private void add(int k, double n, double mean, double off, double noise) {
      counts[k] += n;
      computed[k] += mean;
      deviance[k] += off;
      expected[k] += noise;
    }

    private void add(Sums other) {
      for (int k = 0; k < counts.length; k++) {
        add(k, other.counts[k], other.computed[k], other.deviance[k], other.expected[k]);
      }
    }

    public double allCounts() {
      return Arrays.stream(counts).sum();
    }

    public double allComputed() {
      return Arrays.stream(computed).sum();
    }

    public double allDeviance() {
      return Arrays.stream(deviance).sum();
    }

    public double allExpected() {
      return Arrays.stream(expected).sum();
    }
  }

  public static Residuals of(DiffractionScan scan, Reconstruction result, Workers workers) {
    double[] ones = new double[scan.frames().count()];
    Arrays.fill(ones, 1);
    return of(scan, result, ones, workers);
  }

  /// @param flux by which the computed counts of each view are multiplied
  public static Residuals of(
      DiffractionScan scan, Reconstruction result, double[] flux, Workers workers) {
    return of(scan, result, flux, Optional::empty, workers);
  }

  /// @param flux by which the computed counts of each view are multiplied
  /// @param spread how light spreads over the detector, anew for each thread
  public static Residuals of(
      DiffractionScan scan,
      Reconstruction result,
      double[] flux,
      Supplier<Optional<Spread>> spread,
      Workers workers) {
    var grid = scan.frames().grid();
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good();
    int count = scan.frames().count();
    var views = new Sums(count);
    int blocks = Math.min(BLOCKS, count);
    var parts = new Sums[blocks];
    Arrays.setAll(parts, b -> new Sums(grid.size()));
    workers.forEach(
        blocks,
        (b, worker) -> {
          var computed = new ComputedFrames(result, spread.get());
          var frame = new RealField(grid);
          var mean = new RealField(grid);
          var variance = new RealField(grid);
          var known = scan.frames().variance();
          var beside = scan.frames().background().map(RealField::values);
          for (int j = b * count / blocks; j < (b + 1) * count / blocks; j++) {
            int view = j;
            scan.frames().read(j, frame);
            known.ifPresent(of -> of.read(view, variance));
            computed.compute(j, mean);
            for (int i = 0; i < good.length; i++) {
              double n = frame.values()[i];
              if (good[i] && Double.isFinite(n)) {
                double m = mean.values()[i] * flux[j] + (beside.isPresent() ? beside.get()[i] : 0);
                double v = variance.values()[i];
                double off = known.isPresent() ? (n - m) * (n - m) / v : ShotNoise.deviance(n, m);
                double noise = known.isPresent() ? 1 : ShotNoise.expected(m);
                if (!(off < Double.POSITIVE_INFINITY)) {
                  continue; // a variance of nothing says nothing
                }
                views.add(j, n, m, off, noise);
                parts[b].add(i, n, m, off, noise);
              }
            }
          }
        });
    var pixels = new Sums(grid.size());
    for (var part : parts) {
      pixels.add(part);
    }
    return new Residuals(grid, good, views, pixels);
  }

  /// Misfit beyond shot noise ÷ counts: about the square of the relative error of the computed
  /// intensities.
  public double error() {
    return Math.max(0, views.allDeviance() - views.allExpected()) / Math.max(1, views.allCounts());
  }

  /// Deviance ÷ what shot noise alone would leave; 1 when nothing is wrong.
  public double dispersion() {
    return views.allDeviance() / views.allExpected();
  }
}
