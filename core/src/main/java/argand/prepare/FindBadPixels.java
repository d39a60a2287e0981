package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.Optional;

/// Finds hot, dead and saturated pixels by themselves and masks them.
///
/// A pixel is compared with its eight neighbours, good ones only, twice:
///
/// 1. its mean over the frames with the median m of theirs: hot above m + s, dead below m − s;
/// 2. its least value over the frames with the greatest of theirs: stuck when it never falls to
///    what they reach.
///
/// s = `sigmas` · √(m/frames + v), v the square of 1.4826 times the median distance of the
/// neighbours from m and a twentieth of m: shot noise, and how unlike neighbours are. Dead is asked
/// only where m is bright enough for zero to be beyond s. A frame of structure as fine as a pixel
/// can hide or feign a defect; the limits make that rare.
public record FindBadPixels(
    @Param(value = "how many standard deviations from its neighbours", byDefault = "8")
        double sigmas,
    @Param(
            "counts at which the detector saturates: a pixel that reaches them in any frame is masked")
        java.util.OptionalDouble saturation)
    implements ScanStep {
  /// More than that share of bad pixels is no defect but a wrong assumption.
  private static final double LARGEST_SHARE = 0.1;

  public FindBadPixels {
    Check.within("sigmas", sigmas, 3, 1000, "");
    saturation.ifPresent(full -> Check.within("saturation", full, 1e-30, 1e30, "counts"));
  }

  /// Eight standard deviations, no saturation.
  public static FindBadPixels defaults() {
    return new FindBadPixels(8, java.util.OptionalDouble.empty());
  }

  /// @throws InvalidInput when more than a tenth of the good pixels would be masked
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    Grid grid = scan.geometry().detector();
    var before = scan.mask().orElseGet(() -> Mask.all(grid));
    var seen = Seen.of(scan, watch);
    boolean[] good = before.good().clone();
    double full = saturation.orElse(Double.POSITIVE_INFINITY);
    int saturated = 0;
    for (int i = 0; i < good.length; i++) {
      if (good[i] && seen.most[i] >= full) {
        good[i] = false;
        saturated++;
      }
    }
    int hot = 0;
    int dead = 0;
    // twice: a hot neighbour found in the first round no longer speaks in the second
    for (int round = 0; round < 2; round++) {
      boolean[] judged = good.clone();
      for (int i = 0; i < good.length; i++) {
        int verdict = good[i] ? seen.verdict(i, good, sigmas) : 0;
        judged[i] &= verdict == 0;
        hot += verdict > 0 ? 1 : 0;
        dead += verdict < 0 ? 1 : 0;
      }
      good = judged;
    }
    String found = hot + " hot, " + dead + " dead, " + saturated + " saturated pixels masked";
    if (hot + dead > LARGEST_SHARE * before.count()) {
      throw new InvalidInput(
          "findBadPixels",
          found,
          "at most a tenth of " + before.count() + " pixels",
          "raise sigmas, or bin frames whose speckle is as fine as a pixel");
    }
    watch.tell(new Progress.Noted("findBadPixels: " + found));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        Optional.of(new Mask(grid, good)),
        scan.probe(),
        scan.source().withStep("find bad pixels: " + found));
  }

  /// Mean, least and greatest value of each pixel over the frames.
  private record Seen(Grid grid, int frames, double[] mean, float[] least, float[] most) {
    static Seen of(DiffractionScan scan, Watch watch) {
      Grid grid = scan.geometry().detector();
      int count = scan.frames().count();
      var seen =
          new Seen(
              grid, count, new double[grid.size()], new float[grid.size()], new float[grid.size()]);
      Arrays.fill(seen.least, Float.POSITIVE_INFINITY);
      Arrays.fill(seen.most, Float.NEGATIVE_INFINITY);
      var frame = new RealField(grid);
      int[] trusted = new int[grid.size()];
      for (int j = 0; j < count; j++) {
        scan.frames().read(j, frame);
        for (int i = 0; i < grid.size(); i++) {
          float value = frame.values()[i];
          if (Float.isNaN(value)) {
            continue;
          }
          trusted[i]++;
          seen.mean[i] += value;
          seen.least[i] = Math.min(seen.least[i], value);
          seen.most[i] = Math.max(seen.most[i], value);
        }
      }
      for (int i = 0; i < grid.size(); i++) {
        seen.mean[i] /= Math.max(1, trusted[i]);
      }
      return seen;
    }

    /// 1 hot, −1 dead, 0 sound or without three good neighbours.
    int verdict(int i, boolean[] good, double sigmas) {
      double[] near = new double[8];
      double greatest = Double.NEGATIVE_INFINITY;
      int count = 0;
      int row = i / grid.columns();
      int column = i % grid.columns();
      for (int r = Math.max(0, row - 1); r <= Math.min(grid.rows() - 1, row + 1); r++) {
        for (int c = Math.max(0, column - 1); c <= Math.min(grid.columns() - 1, column + 1); c++) {
          int k = r * grid.columns() + c;
          if (k != i && good[k]) {
            near[count++] = mean[k];
            greatest = Math.max(greatest, most[k]);
          }
        }
      }
      if (count < 3) {
        return 0;
      }
      double m = median(near, count);
      double[] away = new double[count];
      for (int k = 0; k < count; k++) {
        away[k] = Math.abs(near[k] - m);
      }
      double unlike = 1.4826 * median(away, count) + 0.05 * Math.abs(m);
      double s = sigmas * Math.sqrt(Math.max(m, 1.0 / frames) / frames + unlike * unlike);
      if (!(mean[i] <= m + s) || (frames > 1 && least[i] > greatest)) {
        return 1;
      }
      // on a steep flank the median is no proof: three of four neighbours must be bright, the
      // others
      // may be dead themselves
      Arrays.sort(near, 0, count);
      boolean silent = most[i] <= 0 && near[count / 4] * frames > sigmas * sigmas;
      return silent || mean[i] < m - s ? -1 : 0;
    }

    private static double median(double[] values, int count) {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    }
  }
}
