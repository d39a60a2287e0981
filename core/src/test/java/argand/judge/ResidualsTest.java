package argand.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.RealField;
import argand.array.Workers;
import argand.flow.Watch;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidualsTest {
  /// The mean of 200 000 deviances scatters by less than √(2/200 000) ≈ 0.003 about its
  /// expectation.
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 4.5, 30, 200})
  void theExpectedDevianceIsThatOfPoissonNumbers(double mean) {
    var random = new SplittableRandom(7);
    UniformRandomProvider uniform = random::nextLong;
    var sampler = PoissonSampler.of(uniform, mean);
    double sum = 0;
    int count = 200_000;
    for (int k = 0; k < count; k++) {
      sum += ShotNoise.deviance(sampler.sample(), mean);
    }
    assertThat(sum / count).isCloseTo(ShotNoise.expected(mean), within(0.015));
  }

  /// The judge computes frames by itself; what it finds must be what the solver found.
  @Test
  void computedFramesAreThoseOfTheSolver() {
    var scan = TrialSets.sound(3).make(0, Watch.SILENT).scan();
    var result = Ptychography.of(Rpie.DEFAULT, 8).withModes(2).apply(scan, Watch.SILENT);
    var computed = new ComputedFrames(result, Optional.empty());
    var mean = new RealField(scan.frames().grid());
    var frame = new RealField(scan.frames().grid());
    double error = 0;
    double counts = 0;
    for (int j = 0; j < scan.frames().count(); j++) {
      computed.compute(j, mean);
      scan.frames().read(j, frame);
      for (int i = 0; i < frame.values().length; i++) {
        error += Math.pow(Math.sqrt(mean.values()[i]) - Math.sqrt(frame.values()[i]), 2);
        counts += frame.values()[i];
      }
    }
    double known = result.quality().metrics().getOrDefault("relativeAmplitudeError", Double.NaN);
    // at the Nyquist frequency the two move a probe differently
    assertThat(error / counts).isCloseTo(known, within(1e-3 * known));
  }

  @Test
  void sumsDoNotDependOnTheNumberOfThreads() {
    var scan = TrialSets.sound(3).make(0, Watch.SILENT).scan();
    var result = Ptychography.of(Rpie.DEFAULT, 2).apply(scan, Watch.SILENT);
    try (var three = new Workers(3)) {
      assertThat(Residuals.of(scan, result, three).pixels().deviance())
          .isEqualTo(Residuals.of(scan, result, Workers.ONE).pixels().deviance());
    }
  }
}
