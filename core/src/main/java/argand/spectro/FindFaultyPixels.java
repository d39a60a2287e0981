package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Arrays;

/// Hot, dead and flickering pixels and dust, found over all energies and masked.
///
/// In each image a pixel is compared with the median of its eight neighbours. A faulty pixel
/// differs from them in the same sense, or wildly, at every energy; a sharp edge of the sample
/// differs on one side only and as its neighbours do. Two numbers for each pixel, each against the
/// spread (1.4826 of the median deviation) of that number over the image:
///
/// 1. |mean over energies of the difference|: hot, dead, dust;
/// 2. standard deviation over energies of the difference: flickering.
///
/// Where there are flats, number 1 is taken from them (there is no sample in them); else also from
/// the images, where a sample of structure as fine as a pixel can feign a fault. Pixels that are
/// NaN
/// at every energy are masked.
public record FindFaultyPixels(
    @Param(value = "how many robust standard deviations", byDefault = "8") double sigmas)
    implements StackStep {
  private static final double LARGEST_SHARE = 0.1;

  public FindFaultyPixels {
    Check.within("sigmas", sigmas, 3, 1000, "");
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    input.mustBeImages("findFaultyPixels", "detectors have no voxels");
    Grid grid = input.grid();
    boolean[] good = input.mask().good().clone();
    var images = Differences.of(input.images(), grid, input.count());
    var steady =
        input
            .emptyBeam()
            .map(EmptyBeam::flats)
            .map(flats -> Differences.of(flats, grid, flats.count()))
            .orElse(images);
    int offset = flag(steady.mean(), good, sigmas);
    int flickering = input.count() < 4 ? 0 : flag(images.deviation(), good, sigmas);
    int silent = 0;
    for (int i = 0; i < good.length; i++) {
      if (good[i] && images.seen[i] == 0) {
        good[i] = false;
        silent++;
      }
    }
    String found =
        offset + " hot, dead or dusty, " + flickering + " flickering, " + silent + " silent pixels";
    if (offset + flickering > LARGEST_SHARE * input.mask().count()) {
      throw new InvalidInput(
          "findFaultyPixels",
          found,
          "at most a tenth of " + input.mask().count() + " pixels",
          "raise sigmas, or bin images whose structure is as fine as a pixel");
    }
    watch.tell(new Progress.Noted("findFaultyPixels: " + found + " masked"));
    return input.withMask(new Mask(grid, good)).withStep("findFaultyPixels: " + found);
  }

  /// Masks what stands out; returns how many.
  private static int flag(float[] number, boolean[] good, double sigmas) {
    float[] known = new float[number.length];
    int n = 0;
    for (int i = 0; i < number.length; i++) {
      if (good[i] && !Float.isNaN(number[i])) {
        known[n++] = number[i];
      }
    }
    if (n == 0) {
      return 0;
    }
    float[] sorted = Arrays.copyOf(known, n);
    Arrays.sort(sorted);
    float middle = sorted[n / 2];
    for (int i = 0; i < n; i++) {
      sorted[i] = Math.abs(known[i] - middle);
    }
    Arrays.sort(sorted);
    double limit = sigmas * 1.4826 * Math.max(sorted[n / 2], 1e-7 * Math.abs(middle));
    int flagged = 0;
    for (int i = 0; i < number.length; i++) {
      if (good[i] && Math.abs(number[i] - middle) > limit) {
        good[i] = false;
        flagged++;
      }
    }
    return flagged;
  }

  /// Sums over planes of the difference from the median of the neighbours.
  private record Differences(double[] sum, double[] squares, int[] seen) {
    static Differences of(argand.data.Planes planes, Grid grid, int count) {
      int size = grid.size();
      var all = new Differences(new double[size], new double[size], new int[size]);
      float[] plane = new float[size];
      float[] near = new float[8];
      for (int e = 0; e < count; e++) {
        planes.read(e, 0, size, plane, 0);
        for (int r = 0; r < grid.rows(); r++) {
          for (int c = 0; c < grid.columns(); c++) {
            int i = r * grid.columns() + c;
            int n = Neighbours.of(plane, grid, r, c, near);
            if (!Float.isNaN(plane[i]) && n > 2) {
              double d = plane[i] - Neighbours.median(near, n);
              all.sum[i] += d;
              all.squares[i] += d * d;
              all.seen[i]++;
            }
          }
        }
      }
      return all;
    }

    float[] mean() {
      float[] mean = new float[sum.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (sum[i] / seen[i]);
      }
      return mean;
    }

    float[] deviation() {
      float[] deviation = new float[sum.length];
      for (int i = 0; i < deviation.length; i++) {
        double m = sum[i] / seen[i];
        deviation[i] = (float) Math.sqrt(Math.max(0, squares[i] / seen[i] - m * m));
      }
      return deviation;
    }
  }
}
