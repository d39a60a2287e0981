package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.DetectorChain;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A camera that adds noise of `READ` quanta rms to every pixel, where frames hold few.
class ReadoutNoiseTruthTest {
  private static final double READ = 2;
  private static final Maker.Made COUNTED =
      StandardCase.farField(64, DetectorChain.photonCounting(4e4), 1).make(0, Watch.SILENT);

  private record Pair(Frames counts, Frames spread) implements Frames {
    @Override
    public int count() {
      return counts.count();
    }

    @Override
    public Grid grid() {
      return counts.grid();
    }

    @Override
    public void read(int index, RealField into) {
      counts.read(index, into);
    }

    @Override
    public Optional<Frames> variance() {
      return Optional.of(spread);
    }
  }

  /// @param stated what the frames say of the camera's noise, quanta rms
  private static DiffractionScan read(double stated) {
    var scan = COUNTED.scan();
    var random = new SplittableRandom(9);
    var counts = new ArrayList<RealField>();
    var spread = new ArrayList<RealField>();
    for (int j = 0; j < scan.frames().count(); j++) {
      var n = new RealField(scan.frames().grid());
      scan.frames().read(j, n);
      var v = new RealField(n.grid());
      for (int i = 0; i < n.values().length; i++) {
        n.values()[i] += (float) (READ * random.nextGaussian());
        v.values()[i] = (float) (stated * stated + Math.max(0, n.values()[i]));
      }
      counts.add(n);
      spread.add(v);
    }
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        new Pair(Frames.of(counts), Frames.of(spread)),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  private static double nrmse(Likelihood likelihood, DiffractionScan scan) {
    var result =
        Ptychography.of(new MaximumLikelihood(likelihood, 0.1, 1, 0, 8), 40)
            .apply(scan, Watch.SILENT);
    return requireNonNull(Comparison.between(result, COUNTED.truth()).metrics().get("nrmse"));
  }

  /// Clean counts give 0.049; the camera's noise is four times that of a pixel with one quantum.
  @Test
  void gaussianNoiseIsWeighedByTheVariance() {
    double weighed = nrmse(Likelihood.GAUSSIAN, read(READ));
    assertThat(weighed).isLessThan(0.06);
    assertThat(nrmse(Likelihood.GAUSSIAN, read(0)))
        .as("negative control: the frames say nothing of the camera")
        .isGreaterThan(1.7 * weighed);
  }

  @Test
  void shotNoiseIsShiftedByTheCamerasVariance() {
    double weighed = nrmse(Likelihood.POISSON, read(READ));
    assertThat(nrmse(Likelihood.POISSON, read(0)))
        .as("negative control")
        .isGreaterThan(1.7 * weighed);
  }

  /// What counts quanta is left as it is; so is a background that was known, beside the noise.
  @Test
  void onlyWhatACameraAddsIsShifted() {
    assertThat(ReadoutNoise.shifted(COUNTED.scan())).isSameAs(COUNTED.scan());
    var quanta = read(0);
    assertThat(ReadoutNoise.shifted(quanta)).isSameAs(quanta);
    var shifted = ReadoutNoise.shifted(read(READ)).frames();
    float[] level = shifted.background().orElseThrow().values();
    double mean = 0;
    for (float b : level) {
      mean += b / level.length;
    }
    // σ² = 4, and the little of v − n that pixels without a dark view have
    assertThat(mean).isBetween(3.8, 4.2);
    var before = new RealField(shifted.grid());
    var after = new RealField(shifted.grid());
    read(READ).frames().read(3, before);
    shifted.read(3, after);
    assertThat(after.values()[5]).isEqualTo(Math.max(0, before.values()[5] + level[5]));
    assertThat(new MaximumLikelihood(Likelihood.AMPLITUDE, 0.1, 1, 0, 8).weighsVariance())
        .isFalse();
  }
}
