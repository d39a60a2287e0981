package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.List;

/// Short and long exposures of each position → one frame of high dynamic range, with its variance.
///
/// Pixels that are saturated in the long exposure are taken from the short one, dim ones mostly
/// from the long one: weights are inverse variances ({@link MergedFrames}). Saturated pixels must
/// have been marked before, by `calibrate: {saturation: 65535}`. The result is in quanta of all
/// exposures together.
public record MergeExposures(
    @Param(value = "exposures of each position, in their order in the file", unit = "s")
        List<Double> exposures,
    @Param(
            value =
                "interleaved: all exposures of a position follow each other; blocks: the whole scan"
                    + " once for each exposure",
            byDefault = "interleaved")
        Order order)
    implements ScanStep {
  /// How exposures follow each other.
  public enum Order {
    INTERLEAVED,
    BLOCKS
  }

  public MergeExposures {
    if (exposures.size() < 2) {
      throw new InvalidInput(
          "exposures", exposures.size() + " of them", "two or more", "exposures: [0.1 s, 1 s]");
    }
    exposures.forEach(exposure -> Check.within("exposures", exposure, 1e-12, 1e6, "s"));
    exposures = List.copyOf(exposures);
  }

  /// @throws InvalidInput unless all exposures of a position stand at the same place
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    int times = exposures.size();
    int count = scan.frames().count();
    if (count % times != 0) {
      throw new InvalidInput(
          "mergeExposures: number of frames",
          count,
          "a multiple of " + times + ", the number of exposures",
          "");
    }
    int views = count / times;
    int[][] group = new int[views][times];
    int[] first = new int[views];
    for (int j = 0; j < views; j++) {
      for (int k = 0; k < times; k++) {
        group[j][k] = order == Order.INTERLEAVED ? j * times + k : k * views + j;
      }
      first[j] = group[j][0];
      OnePosition.check(
          "mergeExposures",
          scan,
          group[j],
          order == Order.INTERLEAVED ? "try order: blocks" : "try order: interleaved");
    }
    double[] seconds = exposures.stream().mapToDouble(Double::doubleValue).toArray();
    String done = count + " exposures merged into " + views + " frames, " + this;
    watch.tell(new Progress.Noted("mergeExposures: " + done));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions().select(first),
        new MergedFrames(scan.frames(), seconds, group),
        scan.mask(),
        scan.probe(),
        scan.source().withStep(done));
  }
}
