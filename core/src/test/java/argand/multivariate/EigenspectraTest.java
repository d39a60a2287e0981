package argand.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EigenspectraTest {
  private static final double[] ONES = {1, 1, 1};

  /// Standard deviations 3, 2, 0.5 along axes that are turned by 30° about the third.
  @Test
  void theAxesOfAScatterAreFound() {
    double c = Math.cos(Math.PI / 6);
    double s = Math.sin(Math.PI / 6);
    int n = 200_000;
    float[][] x = new float[3][n];
    var random = new SplittableRandom(1);
    for (int i = 0; i < n; i++) {
      double a = 3 * random.nextGaussian();
      double b = 2 * random.nextGaussian();
      x[0][i] = (float) (5 + c * a - s * b);
      x[1][i] = (float) (s * a + c * b);
      x[2][i] = (float) (0.5 * random.nextGaussian());
    }
    var found = Eigenspectra.of(Points.of(x), true, ONES, Workers.ONE);
    // Relative standard error of a variance: √(2/n) = 0.3 %.
    assertThat(found.values()[0]).isCloseTo(9, within(0.12));
    assertThat(found.values()[1]).isCloseTo(4, within(0.06));
    assertThat(found.values()[2]).isCloseTo(0.25, within(0.004));
    assertThat(found.vectors()[0][0]).isCloseTo(c, within(0.01));
    assertThat(found.vectors()[0][1]).isCloseTo(s, within(0.01));
    // Not centred, the mean of 5 makes the first direction its own.
    var about0 = Eigenspectra.of(Points.of(x), false, ONES, Workers.ONE);
    assertThat(about0.values()[0]).isGreaterThan(25);
    // Scores: uncorrelated, with the eigenvalues as variances; all of them give the point back.
    var scores = found.scores(Points.of(x), 3);
    float[] read = new float[3 * Points.BLOCK];
    scores.read(100, 5, read);
    double[] point =
        found.point(new double[] {read[0], read[Points.BLOCK], read[2 * Points.BLOCK]});
    assertThat(point[0]).isCloseTo(x[0][100], within(1e-4));
    assertThat(point[2]).isCloseTo(x[2][100], within(1e-4));
  }

  /// Three spectra mixed, noise of different strength at each energy: all three ways count three
  /// when the noise is evened out, and weights are what does it.
  @Test
  void asManyComponentsAsWereMixedAreSignificant() {
    int energies = 40;
    int n = 6000;
    var random = new SplittableRandom(2);
    double[] sigma = random.doubles(energies, 0.01, 0.2).toArray();
    float[][] x = new float[energies][n];
    for (int i = 0; i < n; i++) {
      double[] t = random.doubles(3).toArray();
      for (int e = 0; e < energies; e++) {
        double u = e / 39.0;
        double value =
            t[0] + t[1] * Math.exp(-30 * Math.pow(u - 0.4, 2)) + t[2] * Math.sin(7 * u) * u;
        x[e][i] = (float) (value + sigma[e] * random.nextGaussian());
      }
    }
    double[] weight = Arrays.stream(sigma).map(s -> 1 / s).toArray();
    var weighted = Eigenspectra.of(Points.of(x), false, weight, Workers.ONE);
    var counted = SignificantComponents.of(weighted, true);
    assertThat(counted).isEqualTo(new SignificantComponents(3, 3, 3));
    assertThat(counted.best()).isEqualTo(3);
    // Noise alone: nothing is above it.
    for (float[] feature : x) {
      for (int i = 0; i < n; i++) {
        feature[i] = (float) random.nextGaussian();
      }
    }
    double[] ones = new double[energies];
    Arrays.fill(ones, 1);
    var noise = Eigenspectra.of(Points.of(x), true, ones, Workers.ONE);
    assertThat(SignificantComponents.of(noise, true).aboveNoise()).isZero();
    assertThat(SignificantComponents.of(noise, false).aboveNoise()).isEqualTo(-1);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    var scatter = Scatter.four(9000, 4);
    double[] ones = {1, 1};
    try (var three = new Workers(3)) {
      var one = Eigenspectra.of(scatter.points(), true, ones, Workers.ONE);
      var other = Eigenspectra.of(scatter.points(), true, ones, three);
      assertThat(other.values()).isEqualTo(one.values());
      assertThat(other.vectors()).isEqualTo(one.vectors());
    }
  }
}
