package argand.ptycho;

import argand.Paper;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import java.util.Optional;

/// What a camera adds to shot noise, for likelihoods that weigh counts by their variance.
///
/// Where frames carry a variance v, r = v − n is the part of it that is not the counts n, the same
/// in every view. n + r has the mean I + r and the variance v: a Poisson number of that mean has
/// both. So with
///
///     n ← max(0, n + r),   b ← b + r
///
/// b the background that is added to the computed I, the Poisson likelihood has the right first two
/// moments, and the Gaussian one becomes ½ (I − n)²/(v + 1), weighted by the variance. Counts below
/// zero, noise about an empty pixel, keep their say: cut off at zero they would make dark pixels
/// brighter than they are.
@Paper(
    value =
        "D. L. Snyder, C. W. Helstrom, A. D. Lanterman, M. Faisal, R. L. White, Compensation for"
            + " readout noise in CCD images, J. Opt. Soc. Am. A 12, 272 (1995)",
    doi = "10.1364/JOSAA.12.000272")
final class ReadoutNoise {
  /// Counts² below which a detector counts quanta.
  private static final double LEAST = 0.05;

  /// Frames that are looked at.
  private static final int SAMPLE = 64;

  private ReadoutNoise() {}

  /// The scan with its noise so shifted; itself where it has shot noise alone.
  static DiffractionScan shifted(DiffractionScan scan) {
    Optional<Frames> variance = scan.frames().variance();
    if (variance.isEmpty()) {
      return scan;
    }
    var added = added(scan.frames(), variance.get());
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(added.grid())).good();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < good.length; i++) {
      sum += good[i] ? added.values()[i] : 0;
      count += good[i] ? 1 : 0;
    }
    return sum < LEAST * count
        ? scan
        : new DiffractionScan(
            scan.geometry(),
            scan.positions(),
            new Shifted(scan.frames(), added),
            scan.mask(),
            scan.probe(),
            scan.source());
  }

  /// r of each pixel: the mean of v in frames in which n is not above zero, whose variance has no
  /// part of the counts; where there are none, of v − n, which matters little beside so much light.
  private static RealField added(Frames frames, Frames variance) {
    var grid = frames.grid();
    double[] dark = new double[grid.size()];
    int[] times = new int[grid.size()];
    double[] lit = new double[grid.size()];
    int[] seen = new int[grid.size()];
    var counts = new RealField(grid);
    var scatter = new RealField(grid);
    int sample = Math.min(SAMPLE, frames.count());
    for (int k = 0; k < sample; k++) {
      int view = (int) ((long) k * frames.count() / sample);
      frames.read(view, counts);
      variance.read(view, scatter);
      for (int i = 0; i < dark.length; i++) {
        float n = counts.values()[i];
        float v = scatter.values()[i];
        if (Float.isFinite(n) && Float.isFinite(v)) {
          lit[i] += v - n;
          seen[i]++;
          dark[i] += n <= 0 ? v : 0;
          times[i] += n <= 0 ? 1 : 0;
        }
      }
    }
    var added = new RealField(grid);
    for (int i = 0; i < dark.length; i++) {
      double r = times[i] > 0 ? dark[i] / times[i] : seen[i] > 0 ? lit[i] / seen[i] : 0;
      added.values()[i] = (float) Math.max(0, r);
    }
    return added;
  }

  /// Counts of the light alone in an average view: all that was counted less the background.
  static double lightCounts(PtychoModel model, DiffractionScan scan) {
    double mean = model.counts() / model.count();
    double background = 0;
    var level = scan.frames().background();
    if (level.isPresent()) {
      boolean[] good = scan.mask().orElseGet(() -> Mask.all(level.get().grid())).good();
      for (int i = 0; i < good.length; i++) {
        background += good[i] ? level.get().values()[i] : 0;
      }
    }
    return Math.max(0.01 * mean, mean - background);
  }

  private record Shifted(Frames frames, RealField added) implements Frames {
    @Override
    public int count() {
      return frames.count();
    }

    @Override
    public Grid grid() {
      return frames.grid();
    }

    @Override
    public void read(int index, RealField into) {
      frames.read(index, into);
      for (int i = 0; i < into.values().length; i++) {
        into.values()[i] = Math.max(0, into.values()[i] + added.values()[i]); // NaN stays NaN
      }
    }

    @Override
    public Optional<Frames> variance() {
      return frames.variance();
    }

    @Override
    public Optional<RealField> background() {
      var all = new RealField(added.grid());
      var known = frames.background();
      for (int i = 0; i < all.values().length; i++) {
        all.values()[i] = added.values()[i] + (known.isPresent() ? known.get().values()[i] : 0);
      }
      return Optional.of(all);
    }

    @Override
    public long memoryBytes() {
      return frames.memoryBytes();
    }
  }
}
