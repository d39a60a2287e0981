package argand.prepare;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.flow.Watch;

/// The mean of each pixel over the frames in which it is trusted; NaN where it never is, or is
/// masked.
final class MeanFrame {
  private static final int FRAMES_OF_A_BLOCK = 16;

  private MeanFrame() {}

  static float[] of(DiffractionScan scan, Watch watch) {
    var grid = scan.geometry().detector();
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good();
    int count = scan.frames().count();
    int blocks = (count + FRAMES_OF_A_BLOCK - 1) / FRAMES_OF_A_BLOCK;
    double[] sum = new double[grid.size()];
    int[] trusted = new int[grid.size()];
    int threads = watch.workers().threads();
    // as many blocks as there are threads at a time: added in order, in bounded memory
    for (int first = 0; first < blocks; first += threads) {
      int some = Math.min(threads, blocks - first);
      int begin = first;
      double[][] sums = new double[some][grid.size()];
      int[][] seen = new int[some][grid.size()];
      watch
          .workers()
          .forEach(
              some,
              (block, worker) -> {
                int from = (begin + block) * FRAMES_OF_A_BLOCK;
                add(
                    scan,
                    from,
                    Math.min(count, from + FRAMES_OF_A_BLOCK),
                    sums[block],
                    seen[block]);
              });
      for (int block = 0; block < some; block++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += sums[block][i];
          trusted[i] += seen[block][i];
        }
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = good[i] && trusted[i] > 0 ? (float) (sum[i] / trusted[i]) : Float.NaN;
    }
    return mean;
  }

  private static void add(DiffractionScan scan, int from, int to, double[] sum, int[] trusted) {
    var frame = new RealField(scan.frames().grid());
    for (int j = from; j < to; j++) {
      scan.frames().read(j, frame);
      for (int i = 0; i < sum.length; i++) {
        float value = frame.values()[i];
        if (!Float.isNaN(value)) {
          sum[i] += value;
          trusted[i]++;
        }
      }
    }
  }
}
