package argand.spectro;

import argand.array.Check;
import argand.array.RealField;

/// The mean of images as they lie, NaN where none is known.
final class RunningMean {
  private final double[] sum;
  private final int[] seen;
  private final RealField mean;

  RunningMean(RealField first) {
    sum = new double[first.values().length];
    seen = new int[sum.length];
    mean = new RealField(first.grid());
    add(first);
  }

  void add(RealField image) {
    Check.same("pixels", image.values().length, sum.length);
    for (int i = 0; i < sum.length; i++) {
      if (!Float.isNaN(image.values()[i])) {
        sum[i] += image.values()[i];
        seen[i]++;
      }
      mean.values()[i] = seen[i] == 0 ? Float.NaN : (float) (sum[i] / seen[i]);
    }
  }

  RealField mean() {
    return mean;
  }
}
