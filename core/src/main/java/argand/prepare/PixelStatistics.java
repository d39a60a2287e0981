package argand.prepare;

import argand.array.RealField;
import argand.data.Frames;
import java.util.Arrays;

/// Mean and variance of each pixel over frames of a steady scene, cosmic rays left out.
///
/// A value farther than eight standard deviations from the median of its pixel speaks no more; the
/// standard deviation is the median one of the detector, or the pixel's own where that is larger.
///
/// @param mean of each pixel
/// @param variance of a single frame, of each pixel; zeros for a single frame
/// @param frames number of frames
record PixelStatistics(float[] mean, float[] variance, int frames) {
  private static final double FAR = 8;

  static PixelStatistics of(Frames frames) {
    int count = frames.count();
    int size = frames.grid().size();
    double[] sum = new double[size];
    double[] square = new double[size];
    float[] first = new float[size];
    float[] most = new float[size];
    float[] least = new float[size];
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    var frame = new RealField(frames.grid());
    for (int j = 0; j < count; j++) {
      frames.read(j, frame);
      if (j == 0) {
        System.arraycopy(frame.values(), 0, first, 0, size);
      }
      for (int i = 0; i < size; i++) {
        // less the first: no difference of large squares
        double value = (double) frame.values()[i] - first[i];
        sum[i] += value;
        square[i] += value * value;
        most[i] = Math.max(most[i], frame.values()[i]);
        least[i] = Math.min(least[i], frame.values()[i]);
      }
    }
    var found = new PixelStatistics(new float[size], new float[size], count);
    for (int i = 0; i < size; i++) {
      found.mean[i] = (float) (first[i] + sum[i] / count);
      found.variance[i] = (float) variance(sum[i], square[i], count);
    }
    if (count >= 3) {
      found.leaveOut(frames, first, sum, square, most, least);
    }
    return found;
  }

  private static double variance(double sum, double square, int count) {
    return count < 2 ? 0 : Math.max(0, (square - sum * sum / count) / (count - 1));
  }

  /// The one value of each pixel that is farthest from the rest, if it is far.
  private void leaveOut(
      Frames frames, float[] first, double[] sum, double[] square, float[] most, float[] least) {
    double[] spread = new double[variance.length];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = Math.sqrt(variance[i]);
    }
    Arrays.sort(spread);
    double usual = spread[spread.length / 2];
    for (int i = 0; i < mean.length; i++) {
      boolean up = most[i] - mean[i] >= mean[i] - least[i];
      double value = (double) (up ? most[i] : least[i]) - first[i];
      double rest = (sum[i] - value) / (frames.count() - 1);
      double others = variance(sum[i] - value, square[i] - value * value, frames.count() - 1);
      if (Math.abs(value - rest) > FAR * Math.max(usual, Math.sqrt(others))) {
        mean[i] = (float) (first[i] + rest);
        variance[i] = (float) others;
      }
    }
  }
}
