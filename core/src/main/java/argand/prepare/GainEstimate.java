package argand.prepare;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Arrays;
import java.util.Locale;

/// The gain of a detector from what it wrote: numbers for one quantum.
final class GainEstimate {
  private static final int FRAMES_LOOKED_AT = 64;

  /// A dim pixel holds a quantum in at most so many of its frames: then nine of ten of those that
  /// are there are alone.
  private static final double DIM = 0.2;

  private static final int ENOUGH = 300;

  /// Standard deviations of read noise above which a number is no empty pixel.
  private static final double CLEAR = 4;

  private GainEstimate() {}

  /// From single quanta: the centre of the first peak above the read noise.
  ///
  /// (1) v = number − dark, of pixels in which at most a fifth of the frames have v > 4σ
  /// (2) g ← median of the v > 4σ
  /// (3) g ← mean of the v in g (1 ± ½), until it stays
  ///
  /// @param sigma read noise of each pixel
  /// @throws InvalidInput when there are too few quanta, or they do not stand clear of the noise
  static double fromSingleQuanta(Frames frames, boolean[] good, float[] dark, float[] sigma) {
    int looked = Math.min(FRAMES_LOOKED_AT, frames.count());
    var frame = new RealField(frames.grid());
    int[] lit = new int[good.length];
    for (int k = 0; k < looked; k++) {
      frames.read((int) ((long) k * frames.count() / looked), frame);
      for (int i = 0; i < good.length; i++) {
        lit[i] += frame.values()[i] - dark[i] > CLEAR * sigma[i] ? 1 : 0;
      }
    }
    double[] quanta = new double[1 << 20];
    int found = 0;
    double noise = 0;
    for (int k = 0; k < looked; k++) {
      frames.read((int) ((long) k * frames.count() / looked), frame);
      for (int i = 0; i < good.length && found < quanta.length; i++) {
        double value = frame.values()[i] - dark[i];
        if (good[i] && lit[i] > 0 && lit[i] <= DIM * looked && value > CLEAR * sigma[i]) {
          quanta[found++] = value;
          noise += sigma[i];
        }
      }
    }
    if (found < ENOUGH) {
      throw new InvalidInput(
          "calibrate: single quanta in dim pixels",
          found,
          "at least " + ENOUGH,
          "give the gain: gain: {known: {perQuantum: 12.5}}");
    }
    noise /= found;
    quanta = Arrays.copyOf(quanta, found);
    Arrays.sort(quanta);
    double gain = quanta[found / 2];
    for (int round = 0; round < 20; round++) {
      gain = mean(quanta, 0.5 * gain, 1.5 * gain);
    }
    // a peak that is cut off at the threshold has no valley before it
    double valley = count(quanta, CLEAR * noise, (CLEAR + 1) * noise);
    double peak = count(quanta, gain - noise / 2, gain + noise / 2);
    if (!(noise > 0) || CLEAR * noise > gain || valley > 0.5 * peak) {
      throw new InvalidInput(
          "calibrate: read noise",
          String.format(Locale.ROOT, "%.3g numbers rms", noise),
          "more than 0 (known from dark frames) and at most a sixth of a single quantum, to see"
              + " quanta one by one",
          "give the gain: gain: {known: {perQuantum: 12.5}}");
    }
    return gain;
  }

  private static int count(double[] values, double low, double high) {
    return (int) Arrays.stream(values).filter(value -> value >= low && value < high).count();
  }

  private static double mean(double[] sorted, double low, double high) {
    double sum = 0;
    int count = 0;
    for (double value : sorted) {
      if (value >= low && value <= high) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? low : sum / count;
  }

  /// From flat frames: Σ(variance − dark variance) / Σ(mean − dark mean) over good pixels, after
  /// each frame has been scaled to the mean brightness of all, so that a flickering lamp does not
  /// look like shot noise.
  ///
  /// @throws InvalidInput for fewer than eight flat frames
  static double fromFlats(Frames flats, boolean[] good, PixelStatistics dark) {
    if (flats.count() < 8) {
      throw new InvalidInput(
          "calibrate: number of flat frames",
          flats.count(),
          "at least 8 for gain: photonTransfer",
          "give the gain: gain: {known: {perQuantum: 12.5}}");
    }
    double[] brightness = new double[flats.count()];
    var frame = new RealField(flats.grid());
    double all = 0;
    for (int j = 0; j < brightness.length; j++) {
      flats.read(j, frame);
      for (int i = 0; i < good.length; i++) {
        brightness[j] += good[i] ? frame.values()[i] - dark.mean()[i] : 0;
      }
      all += brightness[j] / brightness.length;
    }
    double[] sum = new double[good.length];
    double[] square = new double[good.length];
    for (int j = 0; j < brightness.length; j++) {
      flats.read(j, frame);
      for (int i = 0; i < good.length; i++) {
        double value = (frame.values()[i] - dark.mean()[i]) * all / brightness[j];
        sum[i] += value;
        square[i] += value * value;
      }
    }
    double signal = 0;
    double noise = 0;
    int count = brightness.length;
    for (int i = 0; i < good.length; i++) {
      if (good[i]) {
        signal += sum[i] / count;
        noise += (square[i] - sum[i] * sum[i] / count) / (count - 1) - dark.variance()[i];
      }
    }
    if (!(signal > 0 && noise > 0)) {
      throw new InvalidInput(
          "calibrate: flat frames less the dark",
          "without light",
          "an even illumination",
          "are dark and flat exchanged?");
    }
    return noise / signal;
  }
}
