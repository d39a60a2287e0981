package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.flow.ImageFile;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Quanta and their variance from what a camera wrote: dark level, flat field, gain, saturation.
///
/// I = (raw − dark)/(g f), with the flat field f = (flat − dark) over its mean. Frames are
/// calibrated when they are read. A pixel that saturates in one frame is not trusted in that frame
/// (NaN) and stays good in the others. What read noise leaves below zero stays: sums over pixels
/// and frames have no bias. Dark and flat frames are those of the file where none are given here.
/// Comes before steps that resize frames.
public record Calibrate(
    @Param("dark frames; those beside the scan where not given") Optional<ImageFile> dark,
    @Param("frames of even illumination; those beside the scan where not given")
        Optional<ImageFile> flat,
    @Param(value = "how many numbers the camera writes for one quantum", byDefault = "counting")
        Gain gain,
    @Param("number at which a pixel is full; it is not trusted in a frame that reaches it")
        OptionalDouble saturation,
    @Param(value = "pixels around a full one that are not trusted either", byDefault = "0")
        int bloom,
    @Param("rms read noise in numbers, where there are fewer than three dark frames")
        OptionalDouble readNoise,
    @Param(
            "quanta below which a pixel is set to zero, such as 0.5; absent keeps what is below zero")
        OptionalDouble empty)
    implements ScanStep {
  /// A pixel this much less sensitive than the mean is dead.
  private static final double LEAST_RESPONSE = 0.1;

  public Calibrate {
    saturation.ifPresent(full -> Check.within("saturation", full, 1e-30, 1e30, ""));
    Check.within("bloom", bloom, 0, 64, "pixels");
    readNoise.ifPresent(noise -> Check.within("readNoise", noise, 0, 1e30, ""));
    empty.ifPresent(quanta -> Check.within("empty", quanta, 0, 1e6, "quanta"));
  }

  /// Dark and flat frames that lie beside the scan, everything else at its default.
  public static Calibrate withGain(Gain gain) {
    return new Calibrate(
        Optional.empty(),
        Optional.empty(),
        gain,
        OptionalDouble.empty(),
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /// @throws InvalidInput when nothing is there to calibrate by, or images have another size
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    var grid = scan.geometry().detector();
    if (scan.frames().variance().isPresent()) {
      throw new InvalidInput(
          "calibrate", "asked of frames that are calibrated already", "raw frames", "");
    }
    var darks = dark.map(file -> file.read(grid)).or(scan.frames().calibration()::darks);
    var flats = flat.map(file -> file.read(grid)).or(scan.frames().calibration()::flats);
    if (darks.isEmpty()
        && flats.isEmpty()
        && gain instanceof Gain.Counting
        && saturation.isEmpty()) {
      throw new InvalidInput(
          "calibrate",
          "without dark frames, flat frames, gain and saturation",
          "at least one of them",
          "give calibrate: {dark: {file: darks.h5}}; it must come before crop, bin and center to"
              + " use what lies beside the scan");
    }
    float[] none = new float[grid.size()];
    var level =
        darks.map(PixelStatistics::of).orElseGet(() -> new PixelStatistics(none, none.clone(), 1));
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good().clone();
    float[] noise = noise(level);
    float[] response = none.clone();
    float[] error = none.clone();
    Arrays.fill(response, 1);
    flats.ifPresent(frames -> flatten(frames, level, good, response, error));
    float[] perQuantum = gain(scan.frames(), flats, level, good, noise);
    float[] scale = new float[grid.size()];
    for (int i = 0; i < scale.length; i++) {
      good[i] &= perQuantum[i] > 0 && perQuantum[i] < Float.POSITIVE_INFINITY;
      scale[i] = good[i] ? 1 / (perQuantum[i] * response[i]) : 0;
    }
    String done = told(darks, flats, perQuantum, noise, good);
    watch.tell(new Progress.Noted("calibrate: " + done));
    var frames =
        new CalibratedFrames(
            scan.frames(),
            level.mean(),
            scale,
            response,
            noise,
            error,
            saturation.orElse(Double.POSITIVE_INFINITY),
            bloom,
            empty.orElse(Double.NEGATIVE_INFINITY));
    var mask = new Mask(grid, good);
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        frames,
        mask.count() == grid.size() ? Optional.empty() : Optional.of(mask),
        scan.probe(),
        scan.source().withStep("calibrate: " + done));
  }

  /// Variance of one raw value without light, and of the dark level that is taken off.
  private float[] noise(PixelStatistics dark) {
    float[] noise = dark.variance().clone();
    if (dark.frames() < 3) {
      Arrays.fill(noise, (float) Math.pow(readNoise.orElse(0), 2));
    }
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= 1 + 1f / dark.frames();
    }
    return noise;
  }

  /// response, error ← the flat field over its mean and the square of its relative error; pixels
  /// that see hardly anything become bad.
  private void flatten(
      Frames flats, PixelStatistics dark, boolean[] good, float[] response, float[] error) {
    var flat = PixelStatistics.of(flats);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < good.length; i++) {
      if (good[i]) {
        sum += flat.mean()[i] - dark.mean()[i];
        count++;
      }
    }
    double mean = sum / count;
    if (!(mean > 0)) {
      throw new InvalidInput(
          "calibrate: mean of the flat frames less the dark",
          (float) mean,
          "more than 0",
          "are dark and flat exchanged?");
    }
    for (int i = 0; i < good.length; i++) {
      float light = flat.mean()[i] - dark.mean()[i];
      response[i] = (float) (light / mean);
      if (!(response[i] >= LEAST_RESPONSE && response[i] < 1 / LEAST_RESPONSE)) {
        good[i] = false;
        response[i] = 1;
      } else {
        error[i] = flat.variance()[i] / flat.frames() / (light * light);
      }
    }
  }

  private float[] gain(
      Frames frames, Optional<Frames> flats, PixelStatistics dark, boolean[] good, float[] noise) {
    float[] perQuantum = new float[good.length];
    boolean flattened = flats.isPresent();
    double one =
        switch (gain) {
          case Gain.Counting counting -> 1;
          case Gain.Known known -> known.perQuantum();
          case Gain.SingleQuanta single -> {
            float[] sigma = new float[noise.length];
            for (int i = 0; i < sigma.length; i++) {
              sigma[i] = (float) Math.sqrt(noise[i]);
            }
            yield GainEstimate.fromSingleQuanta(frames, good, dark.mean(), sigma);
          }
          case Gain.PhotonTransfer transfer ->
              GainEstimate.fromFlats(
                  flats.orElseThrow(
                      () ->
                          new InvalidInput(
                              "gain", "photonTransfer", "flat frames to take it from", "")),
                  good,
                  dark);
          case Gain.Map map -> {
            var image = PixelStatistics.of(map.image().read(frames.grid()));
            System.arraycopy(image.mean(), 0, perQuantum, 0, perQuantum.length);
            // a flat field holds how the gains differ already
            yield flattened ? mean(perQuantum, good) : Double.NaN;
          }
        };
    if (!Double.isNaN(one)) {
      Arrays.fill(perQuantum, (float) one);
    }
    return perQuantum;
  }

  private static double mean(float[] values, boolean[] good) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < good.length; i++) {
      if (good[i]) {
        sum += values[i];
        count++;
      }
    }
    return sum / count;
  }

  private static String told(
      Optional<Frames> darks,
      Optional<Frames> flats,
      float[] perQuantum,
      float[] noise,
      boolean[] good) {
    double gain = 0;
    double read = 0;
    int count = 0;
    for (int i = 0; i < good.length; i++) {
      if (good[i]) {
        gain += perQuantum[i];
        read += noise[i];
        count++;
      }
    }
    return String.format(
        Locale.ROOT,
        "%d dark frames, %d flat frames, %.5g numbers for one quantum, read noise %.3g numbers or"
            + " %.3g quanta rms, %d of %d pixels good",
        darks.map(Frames::count).orElse(0),
        flats.map(Frames::count).orElse(0),
        gain / count,
        Math.sqrt(read / count),
        Math.sqrt(read / count) / (gain / count),
        count,
        good.length);
  }
}
