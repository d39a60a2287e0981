package argand.acquire;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyCalibration;
import argand.phantom.MixedCathode;
import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import argand.simulate.DiffuserPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// A beamline that is computed: two diffusers on stages that do not quite go where they are sent, a
/// stage that takes the sample out, a camera that counts, and a fluorescence detector with dead
/// time.
///
/// All that is random follows from the seed and from where the stages were sent: the same exposure
/// gives the same frame, so that a measurement that was interrupted can be compared with one that
/// was not. A real beamline has no such grace.
public final class VirtualBeamline implements Beamline {
  /// Energy of the beam [eV].
  private static final double BEAM_EV = 9000;

  private static final int CHANNELS = 1024;
  private static final EnergyCalibration CALIBRATION = new EnergyCalibration(0, 10);

  /// Of a silicon drift detector: noise and Fano's factor times 3.66 eV, both in eV.
  private static final double NOISE_EV = 40;

  private static final double FANO_EV = 0.115 * 3.66;

  /// Time after a photon in which the detector is blind [s].
  private static final double DEAD_SECONDS = 4e-7;

  /// The sample's stage is out beyond this [m].
  private static final double OUT = 1e-5;

  /// What is counted beside the lines: scatter of the beam, as a share of them.
  private static final double SCATTER = 0.3;

  private static final List<String> ELEMENTS = MixedCathode.ELEMENTS;

  private final Settings settings;
  private final Grid grid;
  private final DiffuserPair diffusers;
  private final MixedCathode.Drawn sample;
  private final double[][] response = new double[ELEMENTS.size()][];
  private final double[] scatter;
  private final double scale;
  private final Map<String, Double> sent = new LinkedHashMap<>();
  private final Map<String, Double> stand = new LinkedHashMap<>();

  /// How it is made.
  ///
  /// @param frameCounts of the camera, mean of a pixel
  /// @param lineRate of all lines of the sample in the mean pattern [photons per second]
  /// @param stageError rms of where a stage stands [m]; it says where it is to within a nanometre
  /// @param beamNoise rms of the beam's intensity from exposure to exposure, a share
  public record Settings(
      @Param(value = "the sample", byDefault = "{}") MixedCathode sample,
      @Param(value = "pixels of the camera along each side", byDefault = "80") int side,
      @Param(value = "size of a pixel on the sample", unit = "m", byDefault = "30 nm") double pixel,
      @Param(value = "counts of the camera, mean of a pixel", byDefault = "5000")
          double frameCounts,
      @Param(value = "photons of all lines each second", byDefault = "200000") double lineRate,
      @Param(value = "rms of where a stage stands", unit = "m", byDefault = "5 nm")
          double stageError,
      @Param(value = "rms of the beam's intensity", byDefault = "0.01") double beamNoise,
      @Param(value = "seed of all random numbers", byDefault = "1") long seed) {
    public Settings {
      Check.within("side", side, 8, 4096, "pixels");
      Check.within("pixel", pixel, 1e-10, 1e-3, "m");
      Check.within("frameCounts", frameCounts, 1, 1e9, "");
      Check.within("lineRate", lineRate, 1, 1e9, "1/s");
      Check.within("stageError", stageError, 0, 1e-3, "m");
      Check.within("beamNoise", beamNoise, 0, 0.3, "");
    }
  }

  public VirtualBeamline(Settings settings) {
    this.settings = settings;
    grid = Grid.square(settings.side(), settings.side(), settings.pixel());
    diffusers = new DiffuserPair(grid, settings.seed());
    sample = settings.sample().draw(grid);
    double[] strength = new double[ELEMENTS.size()];
    double all = 0;
    for (int e = 0; e < strength.length; e++) {
      var lines = FluorescenceLines.of(LineGroup.of(ELEMENTS.get(e) + " K"), BEAM_EV);
      response[e] = spectrum(lines);
      for (double r : response[e]) {
        strength[e] += r;
      }
      all += strength[e] * sample.elements().get(e).sum();
    }
    scale = settings.lineRate() / all;
    scatter = peak(BEAM_EV);
    motors().forEach(motor -> stand.put(motor, 0.0));
    sent.putAll(stand);
  }

  /// Maps that a perfect measurement finds: photons of all lines of an element per second and unit
  /// of light, in the order of {@link MixedCathode#ELEMENTS}.
  public List<RealField> truth() {
    var truth = new ArrayList<RealField>();
    for (int e = 0; e < ELEMENTS.size(); e++) {
      double photons = 0;
      for (double r : response[e]) {
        photons += r * scale;
      }
      var map = sample.elements().get(e).copy();
      for (int i = 0; i < map.values().length; i++) {
        map.values()[i] *= (float) photons;
      }
      truth.add(map);
    }
    return truth;
  }

  @Override
  public String name() {
    return "virtual beamline, seed " + settings.seed();
  }

  @Override
  public List<String> motors() {
    var motors = new ArrayList<>(ExposurePlan.DIFFUSERS);
    motors.add(ExposurePlan.SAMPLE);
    return motors;
  }

  @Override
  public void move(Map<String, Double> to) {
    for (var motor : to.entrySet()) {
      if (!stand.containsKey(motor.getKey())) {
        throw new InvalidInput("a motor", motor.getKey(), "one of " + motors(), "");
      }
      sent.put(motor.getKey(), motor.getValue());
    }
    var random = random("stages");
    for (String motor : motors()) {
      stand.put(
          motor, sent.getOrDefault(motor, 0.0) + settings.stageError() * random.nextGaussian());
    }
  }

  @Override
  public Map<String, Double> positions() {
    var read = new LinkedHashMap<String, Double>();
    stand.forEach((motor, at) -> read.put(motor, Math.rint(at * 1e9) * 1e-9));
    return read;
  }

  @Override
  public Reading expose(double seconds) {
    boolean out = Math.abs(at(ExposurePlan.SAMPLE)) > OUT;
    var random = random(out ? "without" : "with");
    double beam = Math.max(0.1, 1 + settings.beamNoise() * random.nextGaussian());
    var pattern =
        diffusers.intensity(
            at(ExposurePlan.DIFFUSERS.get(0)),
            at(ExposurePlan.DIFFUSERS.get(1)),
            at(ExposurePlan.DIFFUSERS.get(2)),
            at(ExposurePlan.DIFFUSERS.get(3)));
    var image = new RealField(grid);
    for (int i = 0; i < grid.size(); i++) {
      double transmitted = out ? 1 : Math.exp(-sample.density().values()[i]);
      double mean = settings.frameCounts() * beam * pattern.values()[i] * transmitted;
      image.values()[i] = poisson(mean, random);
    }
    float[] spectrum = new float[CHANNELS];
    double live = seconds;
    if (!out) {
      double[] rate = rate(pattern, beam);
      double all = java.util.Arrays.stream(rate).sum();
      // a detector that a photon during its dead time does not extend
      live = seconds / (1 + all * DEAD_SECONDS);
      for (int c = 0; c < CHANNELS; c++) {
        spectrum[c] = poisson(rate[c] * live, random);
      }
    }
    double monitor = beam * (1 + 1e-3 * random.nextGaussian());
    return new Reading(image, spectrum, CALIBRATION, seconds, live, monitor, BEAM_EV);
  }

  private double at(String motor) {
    return stand.getOrDefault(motor, 0.0);
  }

  /// Photons each second in each channel.
  private double[] rate(RealField pattern, double beam) {
    double[] rate = new double[CHANNELS];
    double lines = 0;
    for (int e = 0; e < ELEMENTS.size(); e++) {
      float[] metal = sample.elements().get(e).values();
      double light = 0;
      for (int i = 0; i < metal.length; i++) {
        light += (double) metal[i] * pattern.values()[i];
      }
      for (int c = 0; c < CHANNELS; c++) {
        double photons = beam * scale * light * response[e][c];
        rate[c] += photons;
        lines += photons;
      }
    }
    for (int c = 0; c < CHANNELS; c++) {
      rate[c] += SCATTER * lines * scatter[c];
    }
    return rate;
  }

  private static double[] spectrum(List<FluorescenceLines.Line> lines) {
    double[] spectrum = new double[CHANNELS];
    for (var line : lines) {
      double[] peak = peak(line.energyEv());
      for (int c = 0; c < CHANNELS; c++) {
        spectrum[c] += line.crossSection() * peak[c];
      }
    }
    return spectrum;
  }

  /// One photon, as the detector spreads it.
  private static double[] peak(double energyEv) {
    double sigma = Math.sqrt(NOISE_EV * NOISE_EV + FANO_EV * energyEv);
    double[] peak = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double off = (CALIBRATION.energyEv(c) - energyEv) / sigma;
      peak[c] = CALIBRATION.gainEv() / sigma / Math.sqrt(2 * Math.PI) * Math.exp(-off * off / 2);
    }
    return peak;
  }

  private static float poisson(double mean, SplittableRandom random) {
    return mean > 0 ? PoissonSampler.of(random::nextLong, mean).sample() : 0;
  }

  /// Of the seed, of where the stages were sent, and of what it is for.
  private SplittableRandom random(String what) {
    long hash = settings.seed();
    for (String motor : motors()) {
      hash = 31 * hash + Math.round(1e9 * sent.getOrDefault(motor, 0.0));
      hash *= 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return new SplittableRandom(hash + what.hashCode());
  }
}
