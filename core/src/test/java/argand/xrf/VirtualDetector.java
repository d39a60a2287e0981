package argand.xrf;

import argand.data.EnergyCalibration;
import argand.data.FluorescenceSpectra;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;

/// Spectra as a detector would count them: every line is integrated over each channel on ten points
/// (the solver takes the middle), the continuum is a formula that no background of the solver has,
/// and counts are Poisson's.
final class VirtualDetector {
  static final EnergyCalibration TRUE = new EnergyCalibration(-12.3, 10.04);
  static final double NOISE = 92;
  static final double FANO = 0.118;
  private static final int CHANNELS = 1024;
  private static final int FINE = 10;

  private VirtualDetector() {}

  /// Counts that are expected.
  static double[] expected(
      Map<String, Double> areas, DoubleUnaryOperator continuum, boolean escapes) {
    double[] mean = new double[CHANNELS];
    for (var entry : areas.entrySet()) {
      var lines = FluorescenceLines.perVacancy(LineGroup.of(entry.getKey()));
      double all = lines.stream().mapToDouble(FluorescenceLines.Line::crossSection).sum();
      for (var line : lines) {
        peak(mean, line.energyEv(), entry.getValue() * line.crossSection() / all);
        if (escapes) {
          for (var e : argand.physics.DetectorElement.SILICON.escapes(line.energyEv())) {
            peak(
                mean,
                e.energyEv(),
                entry.getValue() * line.crossSection() / all * e.crossSection());
          }
        }
      }
    }
    for (int c = 0; c < CHANNELS; c++) {
      mean[c] += continuum.applyAsDouble(TRUE.energyEv(c));
    }
    return mean;
  }

  private static void peak(double[] mean, double energyEv, double area) {
    double variance =
        Math.pow(NOISE / (2 * Math.sqrt(2 * Math.log(2))), 2) + 3.85 * FANO * energyEv;
    for (int c = 0; c < CHANNELS; c++) {
      for (int k = 0; k < FINE; k++) {
        double d = TRUE.energyEv(c - 0.5 + (k + 0.5) / FINE) - energyEv;
        if (d * d < 64 * variance) {
          mean[c] +=
              area
                  * TRUE.gainEv()
                  / FINE
                  / Math.sqrt(2 * Math.PI * variance)
                  * Math.exp(-0.5 * d * d / variance);
        }
      }
    }
  }

  /// Bremsstrahlung and the foot of the scattered beam.
  static double continuum(double ev, double level) {
    double kev = 1e-3 * Math.max(ev, 100);
    return level
        * (Math.exp(-0.35 * kev) * 2.2 * (1 - Math.exp(-kev * kev))
            + 0.25 / (1 + Math.pow((kev - 9.6) / 1.7, 2)));
  }

  static FluorescenceSpectra counted(double[] mean, int spectra, long seed) {
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    float[] counts = new float[spectra * CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      if (mean[c] > 0) {
        var sampler = PoissonSampler.of(random, mean[c]);
        for (int j = 0; j < spectra; j++) {
          counts[j * CHANNELS + c] = sampler.sample();
        }
      }
    }
    // what the experimenter believes of the channels is a little wrong
    return FluorescenceSpectra.of(
            SpectrumRows.of(CHANNELS, counts), new EnergyCalibration(0, 10), Source.NONE)
        .withIncidentEv(12e3);
  }
}
