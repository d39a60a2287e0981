package argand.multivariate;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import argand.multivariate.MinorityGroups.Search;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MinorityGroupsTruthTest {
  private record Count(int rare, int found, int right) {
    double recall() {
      return (double) right / rare;
    }

    double precision() {
      return (double) right / Math.max(1, found);
    }
  }

  private static Count count(RareSpectra points, int[] label) {
    int rare = 0;
    int found = 0;
    int right = 0;
    for (int i = 0; i < label.length; i++) {
      boolean is = points.isRare(i);
      rare += is ? 1 : 0;
      found += label[i] > 0 ? 1 : 0;
      right += is && label[i] > 0 ? 1 : 0;
    }
    return new Count(rare, found, right);
  }

  @Test
  void oneInAThousandIsFound() {
    var points = new RareSpectra(200_000, 40, 0.08, 1000, 1);
    var found = MinorityGroups.of(points, Search.defaults(), 1, Workers.ONE);
    assertThat(found.groups()).hasSize(1);
    var count = count(points, found.label());
    assertThat(count.recall()).isGreaterThan(0.9);
    assertThat(count.precision()).isGreaterThan(0.9);
    // Its mean is the shape that was put in: the peak before the edge is there.
    assertThat(found.groups().getFirst().mean()[12]).isBetween(0.25, 0.35);
    // The control: of eight k-means groups none is it.
    var fewer = new RareSpectra(40_000, 40, 0.08, 1000, 1);
    int[] label = KMeans.of(8).of(fewer, 1, Workers.ONE).label();
    int[] members = new int[8];
    int[] rare = new int[8];
    for (int i = 0; i < label.length; i++) {
      members[label[i]]++;
      rare[label[i]] += fewer.isRare(i) ? 1 : 0;
    }
    for (int k = 0; k < 8; k++) {
      assertThat((double) rare[k] / members[k]).isLessThan(0.05);
    }
  }

  @Test
  void whereThereIsNoneNoneIsFound() {
    var points = new RareSpectra(200_000, 40, 0.08, 0, 2);
    var found = MinorityGroups.of(points, Search.defaults(), 1, Workers.ONE);
    assertThat(found.groups()).isEmpty();
    assertThat(found.label()).containsOnly(0);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    var points = new RareSpectra(60_000, 30, 0.06, 500, 3);
    try (var three = new Workers(3)) {
      var one = MinorityGroups.of(points, Search.defaults(), 1, Workers.ONE);
      var other = MinorityGroups.of(points, Search.defaults(), 1, three);
      assertThat(other.label()).isEqualTo(one.label());
      assertThat(one.groups()).hasSize(1);
    }
  }

  /// Ten million spectra of fifty energies, of which none is ever held.
  @Tag("slow")
  @Test
  void tenMillionSpectra() {
    var points = new RareSpectra(10_000_000, 50, 0.08, 1000, 4);
    long began = System.nanoTime();
    try (var workers = new Workers(2)) {
      var found = MinorityGroups.of(points, Search.defaults(), 1, workers);
      double seconds = (System.nanoTime() - began) / 1e9;
      var count = count(points, found.label());
      System.out.printf(
          "10 million spectra: %.0f s, recall %.4f, precision %.4f%n",
          seconds, count.recall(), count.precision());
      assertThat(found.groups()).hasSize(1);
      assertThat(count.recall()).isGreaterThan(0.9);
      assertThat(count.precision()).isGreaterThan(0.9);
      assertThat(seconds).isLessThan(600);
    }
  }
}
