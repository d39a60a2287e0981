package argand.multivariate;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import argand.multivariate.NonNegativeFactors.Terms;
import argand.multivariate.NonNegativeFactors.Update;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NonNegativeFactorsTruthTest {
  private static final int ENERGIES = 50;
  private static final int POINTS = 5000;

  /// Two peaks on a step each; a third of the points hold one alone, so that the answer is unique.
  private final double[][] spectra = spectra();
  private final float[][] amounts = amounts();
  private final Points points = points(0.01);

  private static double[][] spectra() {
    double[][] all = new double[2][ENERGIES];
    for (int e = 0; e < ENERGIES; e++) {
      double u = e / (ENERGIES - 1.0);
      all[0][e] =
          0.02 + 1 / (1 + Math.exp(-40 * (u - 0.45))) + Math.exp(-Math.pow(30 * (u - 0.5), 2) / 20);
      all[1][e] =
          0.02
              + 1 / (1 + Math.exp(-40 * (u - 0.55)))
              + 2 * Math.exp(-Math.pow(30 * (u - 0.6), 2) / 20);
    }
    return all;
  }

  private static float[][] amounts() {
    var random = new SplittableRandom(1);
    float[][] t = new float[2][POINTS];
    for (int i = 0; i < POINTS; i++) {
      t[0][i] = (float) (i % 3 == 0 ? 0 : 0.2 + random.nextDouble());
      t[1][i] = (float) (i % 3 == 1 ? 0 : 0.2 + random.nextDouble());
    }
    return t;
  }

  private Points points(double noise) {
    var random = new SplittableRandom(2);
    float[][] x = new float[ENERGIES][POINTS];
    for (int e = 0; e < ENERGIES; e++) {
      for (int i = 0; i < POINTS; i++) {
        x[e][i] =
            (float)
                (amounts[0][i] * spectra[0][e]
                    + amounts[1][i] * spectra[1][e]
                    + noise * random.nextGaussian());
      }
    }
    return Points.of(x);
  }

  /// Cosine of the angle between a found spectrum and the nearest true one.
  private double worst(NonNegativeFactors found) {
    double worst = 1;
    for (double[] truth : spectra) {
      double best = 0;
      for (double[] spectrum : found.spectra()) {
        best = Math.max(best, cosine(truth, spectrum));
      }
      worst = Math.min(worst, best);
    }
    return worst;
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int e = 0; e < a.length; e++) {
      ab += a[e] * b[e];
      aa += a[e] * a[e];
      bb += b[e] * b[e];
    }
    return ab / Math.sqrt(aa * bb);
  }

  private double[][] start() {
    return KMeans.of(2).of(points.directions(), 1, Workers.ONE).centres();
  }

  /// Non-negativity alone leaves open how much of the second spectrum is taken out of the first,
  /// which is nowhere zero: only the tie to the means of clusters makes the answer one (Mak 2014).
  @Test
  void tiedToTheMeansOfClustersTheSpectraAreFound() {
    double[][] start = start();
    assertThat(worst(NonNegativeFactors.of(points, start, tied(Update.HALS), Workers.ONE)))
        .isGreaterThan(0.9999);
    assertThat(
            worst(NonNegativeFactors.of(points, start, tied(Update.MULTIPLICATIVE), Workers.ONE)))
        .isGreaterThan(0.996);
    // The controls: where they start from, and without the tie.
    assertThat(Math.min(cosine(start[0], spectra[0]), cosine(start[1], spectra[1])))
        .isLessThan(0.999);
    assertThat(worst(NonNegativeFactors.of(points, start, terms(Update.HALS, 300), Workers.ONE)))
        .isLessThan(0.95);
  }

  private static Terms tied(Update update) {
    return new Terms(update, 300, 0, 0.01);
  }

  private static Terms terms(Update update, int iterations) {
    return new Terms(update, iterations, 0, 0);
  }

  @Test
  void theMisfitFallsToTheNoise() {
    double[] misfit =
        NonNegativeFactors.of(points, start(), terms(Update.HALS, 200), Workers.ONE).misfit();
    for (int k = 2; k < misfit.length; k++) {
      assertThat(misfit[k]).isLessThanOrEqualTo(misfit[k - 1] * (1 + 1e-5));
    }
    assertThat(misfit[misfit.length - 1]).isBetween(0.0095, 0.0103);
  }

  /// With the term of similarity the spectra stay nearer to where they began; that of sparsity
  /// leaves more amounts at nothing.
  @Test
  void theTermsDoWhatTheySay() {
    double[][] start = start();
    var free = NonNegativeFactors.of(points, start, terms(Update.HALS, 100), Workers.ONE);
    var tied = NonNegativeFactors.of(points, start, new Terms(Update.HALS, 100, 0, 1), Workers.ONE);
    assertThat(cosine(tied.spectra()[0], start[0]))
        .isGreaterThan(cosine(free.spectra()[0], start[0]) + 1e-4);
    var sparse =
        NonNegativeFactors.of(points, start, new Terms(Update.HALS, 100, 1, 0), Workers.ONE);
    assertThat(zeros(sparse)).isGreaterThan(zeros(free) + 100);
  }

  private static int zeros(NonNegativeFactors found) {
    int zeros = 0;
    for (float[] t : found.amounts()) {
      for (float value : t) {
        zeros += value == 0 ? 1 : 0;
      }
    }
    return zeros;
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    try (var three = new Workers(3)) {
      var one = NonNegativeFactors.of(points, start(), terms(Update.HALS, 10), Workers.ONE);
      var other = NonNegativeFactors.of(points, start(), terms(Update.HALS, 10), three);
      assertThat(other.spectra()).isEqualTo(one.spectra());
      assertThat(other.amounts()).isEqualTo(one.amounts());
    }
  }
}
