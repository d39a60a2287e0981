package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.FramesWithBackground;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Stray light that makes up a tenth of the counts, brighter towards one corner and about a bump,
/// with its own shot noise, added to frames of the virtual instrument.
class BackgroundTruthTest {
  private static final int N = 64;
  private static final double SHARE = 0.1;
  private static final Maker.Made CLEAN = StandardCase.farField(N, 1).make(0, Watch.SILENT);
  private static final RealField STRAY = stray();
  private static final DiffractionScan SPOILED = spoiled();

  private static RealField stray() {
    var grid = CLEAN.scan().frames().grid();
    var level = new RealField(grid);
    double sum = 0;
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        double bump = Math.exp(-((r - 44.0) * (r - 44) + (c - 20.0) * (c - 20)) / (2 * 14 * 14));
        double value = 0.4 + 0.6 * r / N + 0.3 * c / N + bump;
        level.set(r, c, (float) value);
        sum += value;
      }
    }
    double counts = counts(CLEAN.scan());
    for (int i = 0; i < level.values().length; i++) {
      level.values()[i] *= (float) (SHARE / (1 - SHARE) * counts / sum);
    }
    return level;
  }

  private static double counts(DiffractionScan scan) {
    var frame = new RealField(scan.frames().grid());
    double sum = 0;
    for (int j = 0; j < scan.frames().count(); j++) {
      scan.frames().read(j, frame);
      for (float value : frame.values()) {
        sum += value;
      }
    }
    return sum / scan.frames().count();
  }

  private static DiffractionScan spoiled() {
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(3);
    List<RealField> frames = new ArrayList<>();
    for (int j = 0; j < CLEAN.scan().frames().count(); j++) {
      var frame = new RealField(STRAY.grid());
      CLEAN.scan().frames().read(j, frame);
      for (int i = 0; i < frame.values().length; i++) {
        frame.values()[i] += PoissonSampler.of(random, STRAY.values()[i]).sample();
      }
      frames.add(frame);
    }
    return with(Frames.of(frames));
  }

  private static DiffractionScan with(Frames frames) {
    var scan = CLEAN.scan();
    return new DiffractionScan(
        scan.geometry(), scan.positions(), frames, scan.mask(), scan.probe(), scan.source());
  }

  private static double nrmse(Reconstruction result) {
    return requireNonNull(Comparison.between(result, CLEAN.truth()).metrics().get("nrmse"));
  }

  static List<PtychoMethod> methods() {
    return List.of(LsqMl.DEFAULT, MaximumLikelihood.DEFAULT, Rpie.DEFAULT);
  }

  /// Measured NRMSE with the stray light known, found, and without a model of it: LSQ-ML 0.037,
  /// 0.037, 0.069; maximum likelihood 0.036, 0.042, 0.186; rPIE 0.036, 0.035, 0.066. Without stray
  /// light and its shot noise 0.022, 0.022, 0.027.
  @ParameterizedTest
  @MethodSource("methods")
  void aTenthOfStrayLightIsFoundAndCostsLittleMoreThanItsShotNoise(PtychoMethod method) {
    var plain = Ptychography.of(method, 50);
    var found = plain.refining(Background.DEFAULT).apply(SPOILED, Watch.SILENT);
    var known = with(new FramesWithBackground(SPOILED.frames(), STRAY));
    assertThat(nrmse(found)).isLessThan(1.2 * nrmse(plain.apply(known, Watch.SILENT)));
    // the negative control: as if there were none
    assertThat(nrmse(plain.apply(SPOILED, Watch.SILENT))).isGreaterThan(1.7 * nrmse(found));
    // frames without any are given 0.02, a count in each pixel: what it collects over its area is
    // not one wave
    assertThat(found.quality().metrics().get("backgroundShare")).isCloseTo(SHARE, within(0.03));
    var profile = requireNonNull(found.quality().figures().get("Background")).getFirst();
    var truth = Background.profile(STRAY);
    for (int ring = N / 4; ring < N / 2; ring++) {
      assertThat(profile.y()[ring]).isCloseTo(truth.y()[ring], withinPercentage(45));
    }
  }

  @Test
  void aMapWithFewKnotsIsLinearBetweenThem() {
    var map = new TentMap(9, 17, 8);
    double[] knots = {1, 5, 3, 9, 1, 7}; // 2 × 3
    double[] frame = map.spread(knots);
    assertThat(frame[0]).isEqualTo(1);
    assertThat(frame[4]).isEqualTo(3);
    assertThat(frame[8]).isEqualTo(5);
    assertThat(frame[4 * 17 + 4]).isEqualTo(4);
    assertThat(frame[8 * 17 + 16]).isEqualTo(7);
    // the adjoint: Σ θ gathered(f) = Σ f spread(θ)
    double[] f = new double[9 * 17];
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      f[i] = Math.sin(i * i);
      sum += f[i] * frame[i];
    }
    double[] gathered = map.gathered(f);
    double other = 0;
    for (int k = 0; k < knots.length; k++) {
      other += knots[k] * gathered[k];
    }
    assertThat(other).isCloseTo(sum, within(1e-9));
  }

  @Test
  void backgroundsThatCannotBeAreRefused() {
    var frames = CLEAN.scan().frames();
    assertThatThrownBy(
            () -> new FramesWithBackground(frames, new RealField(Grid.square(8, 8, 75e-6))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("8 × 8");
    var negative = new RealField(frames.grid());
    negative.set(3, 3, -1);
    assertThatThrownBy(() -> new FramesWithBackground(frames, negative))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 0");
  }
}
