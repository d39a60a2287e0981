package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// What a detector makes of an image of photons, in this order: point spread, shot noise, dark
/// counts, read noise, whole numbers, saturation, dead pixels.
///
/// Counts are never negative: what the read noise takes below zero is recorded as zero.
public record DetectorChain(
    @Param(value = "photons (or electrons) that meet the sample in one frame", byDefault = "1e6")
        double photons,
    @Param(value = "shot noise: counts are Poisson distributed", byDefault = "true")
        boolean poisson,
    @Param(value = "mean dark counts of a pixel in one frame, left in the frames", byDefault = "0")
        double dark,
    @Param(value = "rms read noise of a pixel, counts", byDefault = "0") double readNoise,
    @Param(value = "standard deviation of the point spread, pixels", byDefault = "0")
        double pointSpreadPx,
    @Param(value = "whole counts only", byDefault = "true") boolean quantised,
    @Param("greatest count a pixel can hold; without it there is none") OptionalDouble saturation,
    @Param(value = "share of dead pixels", byDefault = "0") double deadShare) {
  public DetectorChain {
    Check.within("photons", photons, 1, 1e15, "");
    Check.within("dark", dark, 0, 1e9, "");
    Check.within("readNoise", readNoise, 0, 1e9, "");
    Check.within("pointSpreadPx", pointSpreadPx, 0, 100, "");
    Check.within("deadShare", deadShare, 0, 0.9, "");
    if (saturation.isPresent() && !(saturation.getAsDouble() > 0)) {
      throw new InvalidInput("saturation", saturation.getAsDouble(), "more than 0", "");
    }
  }

  /// Shot noise and nothing else.
  public static DetectorChain photonCounting(double photons) {
    return new DetectorChain(photons, true, 0, 0, 0, true, OptionalDouble.empty(), 0);
  }

  /// No noise at all, not even whole numbers.
  public static DetectorChain ideal(double photons) {
    return new DetectorChain(photons, false, 0, 0, 0, false, OptionalDouble.empty(), 0);
  }

  /// The living pixels of this detector.
  public Mask living(Grid grid, SplittableRandom random) {
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = random.nextDouble() >= deadShare;
    }
    return new Mask(grid, good);
  }

  /// The counts that an image of mean photon numbers leaves; `image` itself is blurred.
  public RealField record(RealField image, Mask living, SplittableRandom random) {
    if (pointSpreadPx > 0) {
      spread(image);
    }
    var counts = new RealField(image.grid());
    UniformRandomProvider uniform = random::nextLong;
    for (int i = 0; i < counts.values().length; i++) {
      double mean = image.values()[i] + dark;
      double count = mean;
      if (poisson) {
        count = mean > 0 ? PoissonSampler.of(uniform, mean).sample() : 0;
      }
      if (readNoise > 0) {
        count += readNoise * random.nextGaussian();
      }
      if (quantised) {
        count = Math.rint(count);
      }
      count = Math.clamp(count, 0, saturation.orElse(Double.POSITIVE_INFINITY));
      counts.values()[i] = living.good()[i] ? (float) count : 0;
    }
    return counts;
  }

  /// Convolution with a Gaussian, rows and then columns; light that spreads over the rim is lost.
  private void spread(RealField image) {
    int reach = (int) Math.ceil(4 * pointSpreadPx);
    float[] weights = new float[2 * reach + 1];
    double sum = 0;
    for (int k = -reach; k <= reach; k++) {
      double weight = Math.exp(-0.5 * k * k / (pointSpreadPx * pointSpreadPx));
      weights[k + reach] = (float) weight;
      sum += weight;
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= (float) sum;
    }
    int rows = image.grid().rows();
    int columns = image.grid().columns();
    for (int r = 0; r < rows; r++) {
      line(image.values(), r * columns, 1, columns, weights);
    }
    for (int c = 0; c < columns; c++) {
      line(image.values(), c, columns, rows, weights);
    }
  }

  private static void line(float[] values, int start, int stride, int length, float[] weights) {
    int reach = weights.length / 2;
    float[] old = new float[length];
    for (int k = 0; k < length; k++) {
      old[k] = values[start + k * stride];
    }
    for (int k = 0; k < length; k++) {
      float sum = 0;
      for (int m = Math.max(0, k - reach); m <= Math.min(length - 1, k + reach); m++) {
        sum += old[m] * weights[m - k + reach];
      }
      values[start + k * stride] = sum;
    }
  }
}
