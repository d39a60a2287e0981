package argand.multivariate;

import java.util.SplittableRandom;

/// Spectra of very many pixels, made anew each time a block is read: mixtures of two shapes in any
/// share with noise of their own, and, for one pixel in `every`, another shape, with a peak before
/// the edge.
///
/// @param every 0 for none
record RareSpectra(int count, int features, double noise, int every, long seed) implements Points {
  boolean isRare(int point) {
    return every > 0 && mixed(seed ^ point) % every == 0;
  }

  /// A hash, so that rare pixels follow no pattern.
  private static long mixed(long x) {
    long z = (x + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  private double shape(int which, int f) {
    double u = f / (features - 1.0);
    double edge = which == 0 ? 0.45 : which == 1 ? 0.52 : 0.48;
    double line = which == 2 ? 0.35 : 0.7;
    double before = which == 2 ? 0.3 * Math.exp(-Math.pow((u - 0.3) / 0.05, 2)) : 0;
    return 1 / (1 + Math.exp(-40 * (u - edge)))
        + line * Math.exp(-Math.pow((u - edge - 0.08) / 0.05, 2))
        + before;
  }

  @Override
  public void read(int first, int length, float[] into) {
    var random = new SplittableRandom(seed + first);
    double[] a = new double[features];
    double[] b = new double[features];
    double[] c = new double[features];
    for (int f = 0; f < features; f++) {
      a[f] = shape(0, f);
      b[f] = shape(1, f);
      c[f] = shape(2, f);
    }
    for (int i = 0; i < length; i++) {
      double share = random.nextDouble();
      boolean rare = isRare(first + i);
      for (int f = 0; f < features; f++) {
        // Four even numbers added: nearly normal, and quickly made; its variance is 1/3.
        long bits = random.nextLong();
        double z =
            ((bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48))
                    / 65536.0
                - 2;
        double value = rare ? c[f] : share * a[f] + (1 - share) * b[f];
        into[f * BLOCK + i] = (float) (value + noise * Math.sqrt(3) * z);
      }
    }
  }
}
