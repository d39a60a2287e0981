package argand.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.metric.AdjustedRandIndex;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusteringTruthTest {
  private static final Workers ONE = Workers.ONE;

  private static double agreement(Scatter scatter, Clustering method) {
    return AdjustedRandIndex.of(method.of(scatter.points(), 1, ONE).label(), scatter.group());
  }

  @Test
  void kMeansFindsRoundGroups() {
    var scatter = Scatter.four(3000, 5);
    assertThat(agreement(scatter, KMeans.of(4))).isGreaterThan(0.999);
    // The control: with three groups, two are one.
    assertThat(agreement(scatter, KMeans.of(3))).isLessThan(0.8);
  }

  @Test
  void theNumberOfGroupsIsSuggested() {
    var scatter = Scatter.four(1500, 6);
    var kMeans = new KMeans(OptionalInt.empty(), 4, 100, KMeans.Distance.EUCLIDEAN);
    assertThat(kMeans.of(scatter.points(), 1, ONE).count()).isEqualTo(4);
    var mixture = new GaussianMixture(OptionalInt.empty(), 100);
    assertThat(mixture.of(scatter.points(), 1, ONE).count()).isEqualTo(4);
    var tree = new Hierarchical(OptionalInt.empty());
    assertThat(tree.of(scatter.points(), 1, ONE).count()).isEqualTo(4);
  }

  /// Two long groups side by side and a small dense one: k-means cuts the long ones across.
  @Test
  void aMixtureFindsLongGroupsThatKMeansCuts() {
    double[][] along = {{6}, {0, 0.5}};
    var scatter =
        Scatter.normal(
            new int[] {4000, 4000, 800},
            new double[][] {{0, 0}, {0, 3}, {25, 1}},
            new double[][][] {along, along, {{0.3}, {0, 0.3}}},
            7);
    var mixture = new GaussianMixture(OptionalInt.of(3), 500);
    assertThat(agreement(scatter, mixture)).isGreaterThan(0.97);
    assertThat(agreement(scatter, KMeans.of(3))).isLessThan(0.7);
  }

  @Test
  void dbscanFindsMoonsThatKMeansCuts() {
    var scatter = Scatter.moons(3000, 0.05, 8);
    var dense = new Dbscan(OptionalDouble.of(0.1), 10);
    assertThat(agreement(scatter, dense)).isGreaterThan(0.999);
    assertThat(agreement(scatter, KMeans.of(2))).isLessThan(0.6);
    var found = new Dbscan(OptionalDouble.empty(), 10);
    assertThat(agreement(scatter, found)).isGreaterThan(0.99);
  }

  /// Against the definition, pair by pair.
  @Test
  void dbscanIsWhatItIsDefinedToBe() {
    var random = new SplittableRandom(9);
    float[][] x = new float[3][700];
    for (float[] feature : x) {
      for (int i = 0; i < feature.length; i++) {
        feature[i] = (float) random.nextDouble();
      }
    }
    double radius = 0.11;
    int[] label = new Dbscan(OptionalDouble.of(radius), 5).of(Points.of(x), 1, ONE).label();
    int n = 700;
    boolean[][] near = new boolean[n][n];
    boolean[] core = new boolean[n];
    for (int i = 0; i < n; i++) {
      int count = 0;
      for (int j = 0; j < n; j++) {
        double square = 0;
        for (float[] feature : x) {
          square += Math.pow((double) feature[i] - feature[j], 2);
        }
        near[i][j] = square <= radius * radius;
        count += near[i][j] ? 1 : 0;
      }
      core[i] = count >= 5;
    }
    int groups = 0;
    int noise = 0;
    for (int i = 0; i < n; i++) {
      boolean bySomeCore = false;
      for (int j = 0; j < n; j++) {
        if (near[i][j] && core[j]) {
          bySomeCore = true;
          assertThat(core[i] && label[i] != label[j]).as("cores %s %s", i, j).isFalse();
        }
      }
      assertThat(label[i] >= 0).isEqualTo(bySomeCore);
      noise += bySomeCore ? 0 : 1;
      groups = Math.max(groups, label[i] + 1);
    }
    // The case is worth testing: several groups, and some noise.
    assertThat(groups).isGreaterThan(3);
    assertThat(noise).isGreaterThan(20);
  }

  @Test
  void wardJoinsWhatAddsLeastAlsoFromSmallGroups() {
    var few = Scatter.four(200, 10);
    assertThat(agreement(few, new Hierarchical(OptionalInt.of(4)))).isGreaterThan(0.999);
    var many = Scatter.four(5000, 10);
    assertThat(agreement(many, new Hierarchical(OptionalInt.of(4)))).isGreaterThan(0.999);
  }

  /// Points 0, 1, 3, 3.5, 10: Ward joins 3 and 3.5 (1/8), 0 and 1 (1/2), these two pairs
  /// ((2·2/4) 2.75² = 7.56), then 10.
  @Test
  void wardByHand() {
    float[][] line = {{0, 1, 3, 3.5f, 10}};
    var three = new Hierarchical(OptionalInt.of(3)).of(Points.of(line), 1, ONE);
    assertThat(three.label()).containsExactly(0, 0, 1, 1, 2);
    assertThat(three.inertia()).isEqualTo(0.625);
    var two = new Hierarchical(OptionalInt.of(2)).of(Points.of(line), 1, ONE);
    assertThat(two.label()).containsExactly(0, 0, 0, 0, 1);
    assertThat(two.inertia()).isEqualTo(0.625 + 2.75 * 2.75);
  }

  /// Two shapes of spectrum at amounts from 0.2 to 2: by angle the shapes are found, by distance
  /// the
  /// amounts are.
  @Test
  void anglesDoNotSeeAmounts() {
    var random = new SplittableRandom(11);
    int n = 4000;
    float[][] x = new float[6][n];
    int[] shape = new int[n];
    for (int i = 0; i < n; i++) {
      shape[i] = random.nextInt(2);
      double amount = 0.2 + 1.8 * random.nextDouble();
      for (int f = 0; f < 6; f++) {
        double value = shape[i] == 0 ? 1 + 0.1 * f : 1.5 - 0.1 * f;
        x[f][i] = (float) (amount * value + 0.01 * random.nextGaussian());
      }
    }
    var scatter = new Scatter(x, shape);
    var angle = new KMeans(OptionalInt.of(2), 4, 100, KMeans.Distance.ANGLE);
    assertThat(agreement(scatter, angle)).isGreaterThan(0.99);
    assertThat(agreement(scatter, KMeans.of(2))).isLessThan(0.1);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    var scatter = Scatter.four(6000, 12);
    try (var three = new Workers(3)) {
      for (Clustering method :
          new Clustering[] {
            KMeans.of(5),
            new GaussianMixture(OptionalInt.of(3), 20),
            new Hierarchical(OptionalInt.of(5)),
            new Dbscan(OptionalDouble.of(0.2), 8)
          }) {
        var one = method.of(scatter.points(), 3, ONE);
        var other = method.of(scatter.points(), 3, three);
        assertThat(other.label()).isEqualTo(one.label());
        assertThat(other.centres()).isEqualTo(one.centres());
      }
    }
  }

  @Test
  void whatCannotBeGroupedIsSaid() {
    var few = Points.of(new float[][] {{1, 2, 3}});
    assertThatThrownBy(() -> KMeans.of(4).of(few, 1, ONE))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is 3; expected at least 4");
    var wide = Points.of(new float[5][20]);
    assertThatThrownBy(() -> new Dbscan(OptionalDouble.of(1), 2).of(wide, 1, ONE))
        .hasMessageContaining("at most 4; cluster on up to four principal components");
    assertThatThrownBy(
            () ->
                new GaussianMixture(OptionalInt.of(2), 9).of(Points.of(new float[40][50]), 1, ONE))
        .hasMessageContaining("at most 32");
    assertThatThrownBy(
            () ->
                new Dbscan(OptionalDouble.of(1e-9), 2)
                    .of(Points.of(new float[][] {{0, 1, 2}}), 1, ONE))
        .hasMessageContaining("a larger radius");
  }

  /// One pixel far from all others takes a start, and no group is ever empty.
  @Test
  void pointsAllAlikeMakeNoTrouble() {
    var alike = Points.of(new float[2][50]);
    var found = KMeans.of(3).of(alike, 1, ONE);
    assertThat(found.inertia()).isZero();
    assertThat(found.label()).hasSize(50);
  }
}
