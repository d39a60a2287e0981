package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Reconstruction;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/// A beam that decays by a third and flickers by a tenth.
class BeamIntensityTruthTest {
  private static final int VIEWS = 80;
  private static final Simulated STEADY =
      Simulated.of(new Simulated.Setup(64, VIEWS, 5, 0, false, 11));
  private static final double[] BEAM = beam();
  private static final DiffractionScan SCAN = scan();

  @Test
  void intensitiesWithinOnePercentRmsAndTwiceTheObject() {
    var method = new LsqMl(Batching.COMPACT, 20, Likelihood.POISSON, 0.1, 1, 0, 0.8, 0.8, 10);
    var verb = Ptychography.of(method, 40);
    var fixed = verb.apply(SCAN, Watch.SILENT);
    // from the start: what the object has once taken over of the beam's decay it gives back slowly
    var refined = verb.refining(new BeamIntensity(2, 1)).apply(SCAN, Watch.SILENT);
    assertThat(nrmse(fixed)).isGreaterThan(2 * nrmse(refined)); // the negative control
    assertThat(nrmse(refined)).isLessThan(0.03);
    var curves = requireNonNull(refined.quality().figures().get("Beam intensity"));
    double[] found = curves.getFirst().y();
    // counting 1e6 quanta leaves 0.1 %; the rest is a slow trade between a decaying beam and an
    // object that darkens towards the rim, which only the overlap decides: 0.42 % after 40 passes
    double squares = 0;
    for (int j = 0; j < VIEWS; j++) {
      squares += Math.pow(found[j] / BEAM[j] - 1, 2) / VIEWS;
    }
    assertThat(Math.sqrt(squares)).isLessThan(0.01);
  }

  private static double nrmse(Reconstruction result) {
    var windows = new Windows(SCAN.positions(), SCAN.geometry().sample(), true, 0);
    return Agreeing.nrmse(result.object(), STEADY.object, windows, STEADY.probe);
  }

  private static double[] beam() {
    var random = new SplittableRandom(3);
    double[] beam =
        IntStream.range(0, VIEWS)
            .mapToDouble(j -> (1 - 0.33 * j / VIEWS) * (1 + 0.1 * (2 * random.nextDouble() - 1)))
            .toArray();
    double mean = IntStream.range(0, VIEWS).mapToDouble(j -> beam[j]).sum() / VIEWS;
    return IntStream.range(0, VIEWS).mapToDouble(j -> beam[j] / mean).toArray();
  }

  private static DiffractionScan scan() {
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(5);
    var steady = STEADY.scan;
    List<RealField> frames = new ArrayList<>();
    for (int j = 0; j < VIEWS; j++) {
      var frame = new RealField(steady.frames().grid());
      steady.frames().read(j, frame);
      for (int i = 0; i < frame.values().length; i++) {
        double mean = BEAM[j] * frame.values()[i];
        frame.values()[i] = mean < 1e-9 ? 0 : PoissonSampler.of(random, mean).sample();
      }
      frames.add(frame);
    }
    return new DiffractionScan(
        steady.geometry(),
        steady.positions(),
        Frames.of(frames),
        steady.mask(),
        steady.probe(),
        steady.source());
  }
}
