package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.multivariate.PairSums;
import argand.multivariate.RankTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Many particles drawn as discs: whether their size and their chemistry go together, and how they
/// change from the surface inwards.
class ParticlesTruthTest {
  private static final int CELL = 24;
  private static final int SIDE = 11;
  private static final int N = CELL * SIDE;
  private static final double PIXEL = 25e-9;

  /// Discs in cells, one each, about their middles.
  ///
  /// @param radius of each [pixels]
  private record Discs(double[] radius, double[] row, double[] column) {
    static Discs of(SplittableRandom random) {
      int n = SIDE * SIDE;
      var discs = new Discs(new double[n], new double[n], new double[n]);
      for (int p = 0; p < n; p++) {
        discs.radius[p] = 3.5 + 6.5 * random.nextDouble();
        discs.row[p] = p / SIDE * CELL + 11.5 + random.nextDouble();
        discs.column[p] = p % SIDE * CELL + 11.5 + random.nextDouble();
      }
      return discs;
    }

    /// Distance from the outline inwards [pixels], negative outside.
    double depth(int i) {
      int p = of(i);
      return radius[p] - Math.hypot(i / N - row[p], i % N - column[p]);
    }

    static int of(int i) {
      return i / N / CELL * SIDE + i % N / CELL;
    }
  }

  private static EnergyStack stack(Discs discs, RealField map) {
    boolean[] good = new boolean[N * N];
    for (int i = 0; i < good.length; i++) {
      good[i] = discs.depth(i) > 0;
    }
    return EnergyStack.of(
            new double[] {700}, Planes.of(List.of(map)), Quantity.OPTICAL_DENSITY, Source.NONE)
        .withMask(new Mask(map.grid(), good))
        .with(new FoundMap("valence", "", map, Optional.empty()));
  }

  private static Map<String, Double> statistics(long seed, double bound) {
    var random = new SplittableRandom(seed);
    var discs = Discs.of(random);
    var map = new RealField(Grid.square(N, N, PIXEL));
    int[] kind = new int[SIDE * SIDE];
    double[] offset = new double[kind.length];
    for (int p = 0; p < kind.length; p++) {
      // from a coin to a coin that falls by the radius
      kind[p] = random.nextDouble() < 0.5 + bound * (discs.radius[p] - 6.75) / 6.5 ? 1 : 0;
      offset[p] = 0.3 * random.nextGaussian() + bound * 0.1 * discs.radius[p];
    }
    int[] label = new int[N * N];
    for (int i = 0; i < label.length; i++) {
      int p = Discs.of(i);
      map.values()[i] = (float) (offset[p] + 0.2 * random.nextGaussian());
      // as many stripes of the other kind as fit
      boolean other = Math.floorMod((int) Math.floor(i % N - discs.column[p]), 6) == 5;
      label[i] = discs.depth(i) <= 0 ? -1 : other ? 1 - kind[p] : kind[p];
    }
    var means =
        List.of(
            Spectrum.of("reduced", new double[] {700}, new double[] {0}, Quantity.OPTICAL_DENSITY),
            Spectrum.of(
                "oxidized", new double[] {700}, new double[] {1}, Quantity.OPTICAL_DENSITY));
    var stack = stack(discs, map);
    var with = stack.withFindings(stack.findings().with(new Clusters(map.grid(), label, means)));
    var metrics =
        new java.util.LinkedHashMap<>(
            new ParticleStatistics(List.of("valence"), 20, 3, 0.01, 1)
                .apply(with, Watch.SILENT)
                .findings()
                .quality()
                .metrics());
    metrics.put("truth", RankTest.spearman(discs.radius, offset, 1).statistic());
    return metrics;
  }

  private static double of(Map<String, Double> metrics, String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /// Rows SPE-22 and SPE-40 of the catalogue.
  @Test
  void aPlantedAssociationIsFoundAndAnAbsentOneIsNot() {
    var planted = statistics(1, 0.8);
    assertThat(of(planted, "particles")).isEqualTo(SIDE * SIDE);
    assertThat(of(planted, "kruskalChance.diameter")).isLessThan(1e-3);
    assertThat(of(planted, "spearman.valence")).isCloseTo(of(planted, "truth"), within(0.05));
    assertThat(of(planted, "spearmanChance.valence")).isLessThan(1e-3);
    // larger particles hold more stripes
    assertThat(of(planted, "spearman.domains")).isGreaterThan(0.7);
    int told = 0;
    for (long seed = 2; seed < 10; seed++) {
      told += of(statistics(seed, 0), "kruskalChance.diameter") < 0.01 ? 1 : 0;
    }
    // of 8 by chance 0.08; two or more in one of 370 times
    assertThat(told).isLessThan(2);
  }

  /// Mann and Whitney's exact table: all of three below all of four has a chance of 2/35.
  @Test
  void chancesAreThoseOfTables() {
    var test =
        RankTest.kruskal(new double[] {1, 2, 3, 4, 5, 6, 7}, new int[] {0, 0, 0, 1, 1, 1, 1}, 3);
    assertThat(test.statistic()).isCloseTo(4.5, within(1e-12));
    // 20 000 permutations: 0.0016
    assertThat(test.chance()).isCloseTo(2 / 35.0, within(0.007));
    var perfect = RankTest.spearman(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1}, 3);
    assertThat(perfect.statistic()).isCloseTo(-1, within(1e-12));
    assertThat(perfect.chance()).isCloseTo(2 / 24.0, within(0.008));
  }

  /// Row SPE-33: a valence that rises from the surface inwards, in particles that are the less
  /// oxidized the larger they are.
  @Test
  void theSlopeFromTheSurfaceIsRightAndThatOfAllPixelsIsNot() {
    var random = new SplittableRandom(9);
    var discs = Discs.of(random);
    var map = new RealField(Grid.square(N, N, PIXEL));
    double slope = 1.6;
    for (int i = 0; i < N * N; i++) {
      double depth = 1e6 * PIXEL * discs.depth(i);
      map.values()[i] =
          (float)
              (3 + slope * depth - 0.08 * discs.radius[Discs.of(i)] + 0.05 * random.nextGaussian());
    }
    var result = new RadialProfile("valence", 25e-9, 0, 20).apply(stack(discs, map), Watch.SILENT);
    var found = result.findings().quality().metrics();
    assertThat(of(found, "radialSlope")).isCloseTo(slope, within(0.05 * slope));
    assertThat(of(found, "radialSlopeSigma")).isBetween(0.001, 0.03);
    float[] distance = Found.map(result, "distance to surface");
    double all = PairSums.of(distance, map.values(), i -> true).plainSlope();
    assertThat(Math.abs(all / slope - 1)).isGreaterThan(0.2);
    for (int i = 0; i < N * N; i++) {
      if (discs.depth(i) > 0) {
        // the outline of pixels is up to 0.7 pixels off
        assertThat((double) distance[i]).isCloseTo(1e6 * PIXEL * discs.depth(i), within(0.0251));
      }
    }
  }

  @Test
  void whatCannotBeIsSaid() {
    var map = new RealField(Grid.square(N, N, PIXEL));
    var whole =
        EnergyStack.of(
                new double[] {700}, Planes.of(List.of(map)), Quantity.OPTICAL_DENSITY, Source.NONE)
            .with(new FoundMap("valence", "", map, Optional.empty()));
    assertThatThrownBy(() -> new RadialProfile("valence", 1e-8, 0, 20).apply(whole, Watch.SILENT))
        .hasMessageContaining("the mask is good everywhere");
    assertThatThrownBy(
            () -> new ParticleStatistics(List.of(), 20, 3, 0.01, 1).apply(whole, Watch.SILENT))
        .hasMessageContaining("particles is 0; expected at least 5");
  }
}
