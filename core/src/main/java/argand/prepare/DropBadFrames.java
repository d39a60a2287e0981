package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.Median;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Leaves out frames whose total counts or centre of mass are outliers: beam lost, shutter closed,
/// read-out failed.
///
/// A frame is bad when its counts are beyond `sigmas` robust standard deviations of the median, and
/// by more than a tenth of it; or its centre of mass likewise, and by more than a pixel. The robust
/// standard deviation is 1.4826 times the median distance from the median. The frames left out are
/// named in a note.
public record DropBadFrames(
    @Param(value = "how many robust standard deviations from the median", byDefault = "8")
        double sigmas)
    implements ScanStep {
  private static final double LARGEST_SHARE = 0.3;

  public DropBadFrames {
    Check.within("sigmas", sigmas, 3, 1000, "");
  }

  /// @throws InvalidInput when more than three of ten frames would be left out
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    int count = scan.frames().count();
    double[][] found = measures(scan, watch);
    boolean[] bad = new boolean[count];
    for (int k = 0; k < 3; k++) {
      double middle = Median.of(found[k]);
      double[] away = Arrays.stream(found[k]).map(v -> Math.abs(v - middle)).toArray();
      double spread = 1.4826 * Median.of(away);
      double least = k == 0 ? 0.1 * Math.abs(middle) : 1;
      for (int j = 0; j < count; j++) {
        // also what is not a number
        bad[j] |= !(away[j] <= Math.max(sigmas * spread, least));
      }
    }
    int[] out = IntStream.range(0, count).filter(j -> bad[j]).toArray();
    if (out.length == 0) {
      watch.tell(new Progress.Noted("dropBadFrames: none found"));
      return scan;
    }
    if (out.length > LARGEST_SHARE * count) {
      throw new InvalidInput(
          "dropBadFrames",
          out.length + " of " + count + " frames are outliers",
          "at most three of ten",
          "raise sigmas, or mask bad pixels first (findBadPixels)");
    }
    String note =
        out.length
            + " of "
            + count
            + " frames left out, their counts or centres are outliers: "
            + Arrays.stream(out).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    watch.tell(new Progress.Noted("dropBadFrames: " + note));
    int[] kept = IntStream.range(0, count).filter(j -> !bad[j]).toArray();
    var rest = scan.select(kept);
    return rest.withSource(scan.source().withStep("drop bad frames").withNote(note));
  }

  /// Counts, row and column of the centre of mass [pixels] of each frame.
  private static double[][] measures(DiffractionScan scan, Watch watch) {
    var grid = scan.geometry().detector();
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good();
    double[][] found = new double[3][scan.frames().count()];
    watch
        .workers()
        .forEach(
            scan.frames().count(),
            (j, worker) -> {
              var frame = new RealField(grid);
              scan.frames().read(j, frame);
              double sum = 0;
              double rows = 0;
              double columns = 0;
              for (int i = 0; i < good.length; i++) {
                double counts = good[i] && !Float.isNaN(frame.values()[i]) ? frame.values()[i] : 0;
                sum += counts;
                rows += counts * (i / grid.columns());
                columns += counts * (i % grid.columns());
              }
              found[0][j] = sum;
              found[1][j] = rows / sum;
              found[2][j] = columns / sum;
            });
    return found;
  }
}
