package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Findings.FoundMap;
import argand.data.PlaneTransforms;
import argand.data.PlaneTransforms.Affine;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StackComparisonTest {
  private static final Grid GRID = Grid.square(40, 50, 1e-8);
  private static final double[] ENERGIES = {8320, 8340};

  private static double smooth(double row, double column) {
    return 0.5 + 0.3 * Math.sin(row / 6) * Math.cos(column / 7);
  }

  /// A map of the smooth field as seen with everything displaced, with Gaussian errors.
  private static FoundMap map(double down, double right, double error, double stated) {
    var random = new SplittableRandom(3);
    var values = new RealField(GRID);
    var sigma = new RealField(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      double is = smooth(i / 50 + down, i % 50 + right);
      values.values()[i] = (float) (is + error * random.nextGaussian());
      sigma.values()[i] = (float) stated;
    }
    return new FoundMap("fraction of NiIV", "", values, Optional.of(sigma));
  }

  private static EnergyStack stack(FoundMap map, Affine... moved) {
    boolean[] good = new boolean[GRID.size()];
    int[] label = new int[GRID.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = i % 50 > 4;
      label[i] = i / 50 < 20 ? 0 : 1;
    }
    var means =
        List.of(
            Spectrum.of("core", ENERGIES, new double[2], Quantity.NORMALIZED),
            Spectrum.of("shell", ENERGIES, new double[2], Quantity.NORMALIZED));
    return EnergyStack.of(
            ENERGIES,
            Planes.of(List.of(new RealField(GRID), new RealField(GRID))),
            Quantity.OPTICAL_DENSITY,
            Source.NONE)
        .withMask(new Mask(GRID, good))
        .withFindings(
            Findings.NONE
                .with(map)
                .with(new Clusters(GRID, label, means))
                .with(new PlaneTransforms(List.of(moved))));
  }

  private static final EnergyStack TRUTH =
      stack(map(0, 0, 0, 1), Affine.shift(1, -2), Affine.shift(-1, 2));

  private static double metric(Quality quality, String name) {
    return quality.metrics().getOrDefault(name, Double.NaN);
  }

  @Test
  void theCommonOffsetIsTakenOffAndErrorsAreJudged() {
    var found = stack(map(1.5, -0.5, 0.02, 0.02), Affine.shift(2.5, -2.5), Affine.shift(0.5, 1.5));
    var quality = StackComparison.between(found, TRUTH);
    assertThat(metric(quality, "shiftRms")).isCloseTo(0, within(1e-9));
    // the interpolation of the truth adds next to nothing
    assertThat(metric(quality, "fractionOfNiIVRmse")).isCloseTo(0.02, within(0.001));
    assertThat(metric(quality, "fractionOfNiIVBias")).isCloseTo(0, within(0.002));
    assertThat(metric(quality, "fractionOfNiIVCoverage")).isCloseTo(0.683, within(0.03));
    assertThat(metric(quality, "fractionOfNiIVPullMean")).isCloseTo(0, within(0.1));
    assertThat(quality.metrics()).containsKey("fractionOfNiIVMeanShell");
  }

  @Test
  void aWrongShiftAndAWrongErrorAreSeen() {
    var found = stack(map(1.5, -0.5, 0.02, 0.005), Affine.shift(2.5, -2.5), Affine.shift(0.5, 5.5));
    var quality = StackComparison.between(found, TRUTH);
    assertThat(metric(quality, "shiftWorst")).isCloseTo(2, within(1e-9));
    assertThat(metric(quality, "fractionOfNiIVRmse")).isGreaterThan(0.024);
    assertThat(metric(quality, "fractionOfNiIVCoverage")).isLessThan(0.3);
  }

  @Test
  void masksAndClustersAreCompared() {
    var quality = StackComparison.between(TRUTH, TRUTH);
    assertThat(metric(quality, "maskIou")).isEqualTo(1);
    assertThat(metric(quality, "adjustedRandIndex")).isEqualTo(1);
    assertThat(metric(quality, "shellRecall")).isEqualTo(1);
    // two halves cut across each other know nothing of each other
    int[] one = new int[100];
    int[] across = new int[100];
    for (int i = 0; i < 100; i++) {
      one[i] = i / 50;
      across[i] = i % 50 / 25;
    }
    assertThat(AdjustedRandIndex.of(one, across)).isCloseTo(0, within(0.03));
    // scikit-learn: adjusted_rand_score([0,0,1,1],[0,0,1,2]) = 0.5714285714285714
    assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}))
        .isCloseTo(0.5714285714285714, within(1e-12));
  }
}
