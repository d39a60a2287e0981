package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.Median;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/// Bursts of short exposures → one frame for each position, without those in which the stage, the
/// beam or the detector was not itself.
///
/// Frame k of a burst is compared with the sum m of its other frames, s = Σn_k/Σm:
///
///     d_k = Σ (n_k − s m)² / Σ (1 + s) s m
///
/// 1 for shot noise alone. Left out is what lies more than `sigmas` robust standard deviations, and
/// more than 0.3, above the median d of all bursts, and the rest beyond the share `keep` of each
/// burst that agrees best. What is kept is added up and brought to the counts of a whole burst; the
/// variance goes with it.
///
/// Where the stage trembles in every frame by more than a pixel of the sample, merging blurs:
/// reconstruct the frames unmerged, with `refine: [positions]`.
public record MergeBursts(
    @Param("frames of each position, which follow each other") int frames,
    @Param(value = "robust standard deviations above which a frame is left out", byDefault = "6")
        double sigmas,
    @Param(value = "share of each burst to keep, those frames that agree best", byDefault = "1")
        double keep)
    implements ScanStep {
  /// A burst of two cannot say which of them is wrong.
  private static final int FEWEST = 3;

  private static final double LEAST_EXCESS = 0.3;
  private static final double LARGEST_SHARE = 0.5;

  public MergeBursts {
    Check.atLeast("frames", frames, FEWEST);
    Check.within("sigmas", sigmas, 2, 1000, "");
    Check.within("keep", keep, 0.01, 1, "");
  }

  /// @throws InvalidInput unless the frames of a burst stand at one place, or when half of all
  ///     would be left out
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    int count = scan.frames().count();
    if (count % frames != 0) {
      throw new InvalidInput(
          "mergeBursts: number of frames",
          count,
          "a multiple of " + frames + ", the frames of a burst",
          "");
    }
    int views = count / frames;
    int[][] bursts = new int[views][];
    int[] first = new int[views];
    for (int j = 0; j < views; j++) {
      bursts[j] = IntStream.range(j * frames, (j + 1) * frames).toArray();
      first[j] = j * frames;
      OnePosition.check("mergeBursts", scan, bursts[j], "is `frames` the length of a burst?");
    }
    double[] distance = distances(scan, bursts, watch);
    int[][] kept = kept(bursts, distance);
    int out = count - Arrays.stream(kept).mapToInt(burst -> burst.length).sum();
    String done =
        String.format(
            Locale.ROOT,
            "%d frames of %d bursts merged, %d left out (median distance of a frame from its burst"
                + " %.3g times that of shot noise)",
            count - out,
            views,
            out,
            Median.of(distance));
    watch.tell(new Progress.Noted("mergeBursts: " + done));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions().select(first),
        new BurstFrames(scan.frames(), kept, frames),
        scan.mask(),
        scan.probe(),
        scan.source().withStep(done).withNote(done));
  }

  private int[][] kept(int[][] bursts, double[] distance) {
    double middle = Median.of(distance);
    double spread =
        1.4826 * Median.of(Arrays.stream(distance).map(d -> Math.abs(d - middle)).toArray());
    double most = middle + Math.max(sigmas * spread, LEAST_EXCESS);
    int[][] kept = new int[bursts.length][];
    int out = 0;
    for (int j = 0; j < bursts.length; j++) {
      int[] good =
          Arrays.stream(bursts[j])
              .filter(k -> distance[k] <= most)
              .boxed()
              .sorted(Comparator.comparingDouble(k -> distance[k]))
              .limit(Math.max(1, Math.round(keep * frames)))
              .mapToInt(Integer::intValue)
              .sorted()
              .toArray();
      if (good.length == 0) {
        throw new InvalidInput(
            "mergeBursts: burst " + j,
            "no frame that agrees with the others",
            "at least one",
            "raise sigmas, or drop bad frames first (dropBadFrames)");
      }
      out += (int) Arrays.stream(bursts[j]).filter(k -> !(distance[k] <= most)).count();
      kept[j] = good;
    }
    if (out > LARGEST_SHARE * bursts.length * frames) {
      throw new InvalidInput(
          "mergeBursts",
          out + " of " + bursts.length * frames + " frames disagree with their bursts",
          "at most half",
          "raise sigmas; a stage that trembles all the time is better solved for unmerged, with"
              + " refine: [positions]");
    }
    return kept;
  }

  /// d_k of every frame.
  private static double[] distances(DiffractionScan scan, int[][] bursts, Watch watch) {
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(scan.frames().grid())).good();
    double[] distance = new double[scan.frames().count()];
    watch
        .workers()
        .forEach(
            bursts.length,
            (j, worker) -> {
              float[][] counts = BurstFrames.read(scan.frames(), bursts[j]);
              double[] found = distances(counts, good);
              System.arraycopy(found, 0, distance, bursts[j][0], found.length);
            });
    return distance;
  }

  private static double[] distances(float[][] counts, boolean[] good) {
    double[] sum = new double[good.length];
    for (float[] frame : counts) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += frame[i]; // NaN in one frame: not compared in any
      }
    }
    double[] distance = new double[counts.length];
    for (int k = 0; k < counts.length; k++) {
      double own = 0;
      double others = 0;
      for (int i = 0; i < sum.length; i++) {
        if (good[i] && !Double.isNaN(sum[i])) {
          own += counts[k][i];
          others += sum[i] - counts[k][i];
        }
      }
      double s = own / others;
      double square = 0;
      double expected = 0;
      for (int i = 0; i < sum.length; i++) {
        if (good[i] && !Double.isNaN(sum[i])) {
          double mean = s * (sum[i] - counts[k][i]);
          square += Math.pow(counts[k][i] - mean, 2);
          expected += (1 + s) * mean;
        }
      }
      boolean lost = !(s * (counts.length - 1) > 0.5 && s * (counts.length - 1) < 2);
      distance[k] = lost ? Double.POSITIVE_INFINITY : square / expected;
    }
    return distance;
  }
}
