package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Calibration;
import argand.data.Frames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// What a detector makes of an image of photons, in this order: point spread, sensitivity of each
/// pixel, shot noise, dark counts, gain, offset, read noise, whole numbers, saturation, dead
/// pixels.
///
/// With gain 1 and no offset the numbers are counts; a detector with calibration frames writes raw
/// numbers and leaves it to others to find saturated pixels. Numbers are never negative: what the
/// read noise takes below zero is recorded as zero.
public record DetectorChain(
    @Param(
            value = "photons (or electrons) that meet the sample in one frame of exposure 1",
            byDefault = "1e6")
        double photons,
    @Param(value = "shot noise: counts are Poisson distributed", byDefault = "true")
        boolean poisson,
    @Param(value = "mean dark counts of a pixel in exposure 1, left in the frames", byDefault = "0")
        double dark,
    @Param(value = "rms read noise of a pixel, in numbers written", byDefault = "0")
        double readNoise,
    @Param(value = "standard deviation of the point spread, pixels", byDefault = "0")
        double pointSpreadPx,
    @Param(value = "whole numbers only", byDefault = "true") boolean quantised,
    @Param("greatest number a pixel can hold; without it there is none") OptionalDouble saturation,
    @Param(value = "share of dead pixels", byDefault = "0") double deadShare,
    @Param(value = "numbers written for one quantum", byDefault = "1") double gain,
    @Param(value = "number written where nothing is seen", byDefault = "0") double offset,
    @Param(value = "rms difference of the offset from pixel to pixel", byDefault = "0")
        double offsetSpread,
    @Param(value = "rms difference of the sensitivity from pixel to pixel", byDefault = "0")
        double responseSpread,
    @Param(
            value = "exposures taken one after the other at each position, relative",
            byDefault = "[1]")
        List<Double> exposures,
    @Param(
            value = "number of dark frames, and of flat frames, recorded beside the scan",
            byDefault = "0")
        int calibrationFrames,
    @Param(value = "mean quanta of a pixel in a flat frame", byDefault = "1000") double flatLevel) {
  public DetectorChain {
    Check.within("photons", photons, 1, 1e15, "");
    Check.within("dark", dark, 0, 1e9, "");
    Check.within("readNoise", readNoise, 0, 1e9, "");
    Check.within("pointSpreadPx", pointSpreadPx, 0, 100, "");
    Check.within("deadShare", deadShare, 0, 0.9, "");
    Check.within("gain", gain, 1e-6, 1e9, "");
    Check.within("offset", offset, 0, 1e9, "");
    Check.within("offsetSpread", offsetSpread, 0, 1e9, "");
    Check.within("responseSpread", responseSpread, 0, 1, "");
    Check.within("calibrationFrames", calibrationFrames, 0, 10_000, "");
    Check.within("flatLevel", flatLevel, 1, 1e12, "");
    if (saturation.isPresent() && !(saturation.getAsDouble() > 0)) {
      throw new InvalidInput("saturation", saturation.getAsDouble(), "more than 0", "");
    }
    Check.atLeast("number of exposures", exposures.size(), 1);
    exposures.forEach(exposure -> Check.within("exposures", exposure, 1e-9, 1e9, ""));
    exposures = List.copyOf(exposures);
  }

  /// A detector that writes counts, one exposure at each position.
  public DetectorChain(
      double photons,
      boolean poisson,
      double dark,
      double readNoise,
      double pointSpreadPx,
      boolean quantised,
      OptionalDouble saturation,
      double deadShare) {
    this(
        photons,
        poisson,
        dark,
        readNoise,
        pointSpreadPx,
        quantised,
        saturation,
        deadShare,
        1,
        0,
        0,
        0,
        List.of(1.0),
        0,
        1000);
  }

  /// The same in more or less light.
  DetectorChain withPhotons(double others) {
    return new DetectorChain(
        others,
        poisson,
        dark,
        readNoise,
        pointSpreadPx,
        quantised,
        saturation,
        deadShare,
        gain,
        offset,
        offsetSpread,
        responseSpread,
        exposures,
        calibrationFrames,
        flatLevel);
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

  /// Offset and sensitivity of each pixel.
  FixedPattern pattern(Grid grid, SplittableRandom random) {
    return FixedPattern.of(grid.size(), offset, offsetSpread, responseSpread, random);
  }

  /// The numbers that an image of mean photon numbers leaves in exposure 1, all pixels alike;
  /// `image` itself is blurred.
  public RealField record(RealField image, Mask living, SplittableRandom random) {
    blur(image);
    return record(image, 1, FixedPattern.even(image.grid().size(), offset), living, random);
  }

  /// `image` ← what the point spread makes of it.
  void blur(RealField image) {
    if (pointSpreadPx > 0) {
      spread(image);
    }
  }

  /// The numbers that a blurred image of mean photon numbers leaves.
  RealField record(
      RealField image,
      double exposure,
      FixedPattern pattern,
      Mask living,
      SplittableRandom random) {
    var numbers = new RealField(image.grid());
    UniformRandomProvider uniform = random::nextLong;
    for (int i = 0; i < numbers.values().length; i++) {
      double mean = exposure * (image.values()[i] * pattern.response()[i] + dark);
      double count = mean;
      if (poisson) {
        count = mean > 0 ? PoissonSampler.of(uniform, mean).sample() : 0;
      }
      double number = gain * count + pattern.offset()[i];
      if (readNoise > 0) {
        number += readNoise * random.nextGaussian();
      }
      if (quantised) {
        number = Math.rint(number);
      }
      number = Math.clamp(number, 0, saturation.orElse(Double.POSITIVE_INFINITY));
      numbers.values()[i] = living.good()[i] ? (float) number : 0;
    }
    return numbers;
  }

  /// Dark and flat frames of exposure 1; nothing where none are asked for.
  Calibration calibration(Grid grid, FixedPattern pattern, Mask living, SplittableRandom random) {
    if (calibrationFrames == 0) {
      return Calibration.NONE;
    }
    return new Calibration(
        Optional.of(even(grid, 0, pattern, living, random)),
        Optional.of(even(grid, flatLevel, pattern, living, random)));
  }

  private Frames even(
      Grid grid, double level, FixedPattern pattern, Mask living, SplittableRandom random) {
    var image = new RealField(grid);
    Arrays.fill(image.values(), (float) level);
    var frames = new ArrayList<RealField>();
    for (int k = 0; k < calibrationFrames; k++) {
      frames.add(record(image, 1, pattern, living, random));
    }
    return Frames.of(frames);
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
