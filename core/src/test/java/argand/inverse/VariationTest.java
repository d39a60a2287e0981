package argand.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Total variation, its relative of second order, and alternating directions: by what is known of
/// their minima, and against each other.
class VariationTest {
  private static final int N = 48;

  /// A disc of height 1 on 0 → its minimum under total variation is known up to the pixels: the
  /// height falls by λ · perimeter/area.
  @Test
  void aDiscLosesHeightAsTheoryHasIt() {
    int n = 96;
    double radius = 24;
    float[] v = new float[n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        v[r * n + c] = Math.hypot(r - 47.5, c - 47.5) < radius ? 1 : 0;
      }
    }
    double lambda = 2;
    float[][] z = {v};
    new TotalVariation(n, n, new double[] {1}, Double.NEGATIVE_INFINITY, 400)
        .apply(z, lambda, Workers.ONE);
    // Strong & Chan, Inverse Problems 19, S165 (2003): 1 − 2λ/R; the border of pixels is a few per
    // cent longer than a circle
    assertThat((double) z[0][48 * n + 48]).isCloseTo(1 - 2 * lambda / radius, within(0.015));
    assertThat(z[0][2 * n + 2]).isBetween(0f, 0.06f);
  }

  private static float[] noisyRamp(Random random, double noise) {
    float[] v = new float[N * N];
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        double value = 0.9 * r / N + 0.3 * c / N + (c > N / 2 ? 0.5 : 0);
        v[r * N + c] = (float) (value + noise * random.nextGaussian());
      }
    }
    return v;
  }

  private static double error(float[] f) {
    float[] truth = noisyRamp(new Random(0), 0);
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      sum += Math.pow(f[i] - truth[i], 2);
    }
    return Math.sqrt(sum / f.length);
  }

  /// The proximal operator, ADMM and the primal-dual method minimise the same function: three ways,
  /// one minimum.
  @Test
  void threeMethodsFindOneMinimum() {
    float[] v = noisyRamp(new Random(1), 0.05);
    float[] ones = new float[N * N];
    Arrays.fill(ones, 1);
    double lambda = 0.08;
    float[][] direct = {v.clone()};
    new TotalVariation(N, N, new double[] {lambda}, Double.NEGATIVE_INFINITY, 3000)
        .apply(direct, 1, Workers.ONE);
    float[][] split = {v.clone()};
    var outcome =
        new Admm(1, 400, 1e-6, 1e-6)
            .solve(
                new float[][] {ones},
                new float[][] {v},
                new TotalVariation(N, N, new double[] {lambda}, Double.NEGATIVE_INFINITY, 20),
                split,
                Workers.ONE);
    var primalDual = new GeneralizedVariation(N, N, 1, 1);
    primalDual.setStart(new float[][] {v});
    primalDual.solve(new float[][] {ones}, new float[][] {v}, lambda, 0.5, 5000, 1e-8, Workers.ONE);
    assertThat(outcome.converged()).isTrue();
    double worstSplit = 0;
    double worstPrimalDual = 0;
    for (int i = 0; i < v.length; i++) {
      worstSplit = Math.max(worstSplit, Math.abs(split[0][i] - direct[0][i]));
      worstPrimalDual =
          Math.max(worstPrimalDual, Math.abs(primalDual.field()[0][i] - direct[0][i]));
    }
    // all three end before the very end: a fiftieth of the noise
    assertThat(worstSplit).isLessThan(1e-3);
    assertThat(worstPrimalDual).isLessThan(1e-3);
    // and it is no copy of the data
    assertThat(Math.abs(direct[0][5] - v[5])).isGreaterThan(0.005f);
  }

  /// With g = 0 below a bound ADMM is non-negative least squares of each pixel.
  @Test
  void admmWithABoundIsNonNegativeLeastSquares() {
    var random = new Random(3);
    int n = 200;
    float[][] h = new float[3][n];
    float[][] a = new float[2][n];
    float[][] z = new float[2][n];
    double[][] expected = new double[n][2];
    var exact = BoundedQuadratic.nonNegative(2, 2);
    int bound = 0;
    for (int i = 0; i < n; i++) {
      h[0][i] = 1 + random.nextFloat();
      h[2][i] = 1 + random.nextFloat();
      h[1][i] = 0.9f * random.nextFloat();
      a[0][i] = (float) random.nextGaussian();
      a[1][i] = (float) random.nextGaussian();
      double[] g = {h[0][i], h[1][i], h[1][i], h[2][i]};
      double[] c = {g[0] * a[0][i] + g[1] * a[1][i], g[2] * a[0][i] + g[3] * a[1][i]};
      exact.solve(g, c, expected[i]);
      bound += exact.anyAtBound() ? 1 : 0;
    }
    Proximal positive =
        (v, step, workers) -> {
          for (float[] plane : v) {
            for (int i = 0; i < plane.length; i++) {
              plane[i] = Math.max(0, plane[i]);
            }
          }
        };
    var outcome = new Admm(1, 500, 1e-7, 1e-7).solve(h, a, positive, z, Workers.ONE);
    assertThat(outcome.converged()).isTrue();
    for (int i = 0; i < n; i++) {
      assertThat((double) z[0][i]).isCloseTo(expected[i][0], within(1e-4));
      assertThat((double) z[1][i]).isCloseTo(expected[i][1], within(1e-4));
    }
    assertThat(bound).isGreaterThan(80);
  }

  /// A slope costs nothing with order 2 and becomes stairs with order 1.
  @Test
  void slopesAreFreeWithOrderTwo() {
    float[] v = noisyRamp(new Random(4), 0.05);
    float[] ones = new float[N * N];
    Arrays.fill(ones, 1);
    double[] errors = new double[3];
    for (int order = 1; order <= 2; order++) {
      errors[order] = 1;
      for (double lambda : new double[] {0.03, 0.05, 0.08, 0.12}) {
        var solver = new GeneralizedVariation(N, N, 1, order);
        solver.setStart(new float[][] {v});
        solver.solve(new float[][] {ones}, new float[][] {v}, lambda, 0.5, 1500, 1e-6, Workers.ONE);
        errors[order] = Math.min(errors[order], error(solver.field()[0]));
      }
    }
    assertThat(errors[1]).isLessThan(0.02);
    assertThat(errors[2]).isLessThan(0.7 * errors[1]);
  }

  /// Two channels whose weights are a full matrix: with a vanishing penalty each pixel is its own
  /// minimum; a pixel of no weight is filled by its surroundings; threads change nothing.
  @Test
  void channelsAreWeightedByTheirMatrix() {
    var random = new Random(5);
    int size = 24 * 20;
    float[][] w = new float[3][size];
    float[][] c = new float[2][size];
    for (int i = 0; i < size; i++) {
      w[0][i] = 4;
      w[2][i] = 3;
      w[1][i] = 2;
      c[0][i] = 0.3f + (float) (0.01 * random.nextGaussian());
      c[1][i] = 0.6f + (float) (0.01 * random.nextGaussian());
    }
    int hole = 10 * 20 + 10;
    for (int k = 0; k < 3; k++) {
      w[k][hole] = 0;
    }
    c[0][hole] = 50;
    float[][] first = run(w, c, 0.02, Workers.ONE);
    try (var two = new Workers(2)) {
      float[][] second = run(w, c, 0.02, two);
      assertThat(second[0]).isEqualTo(first[0]);
      assertThat(second[1]).isEqualTo(first[1]);
    }
    assertThat((double) first[0][hole]).isCloseTo(0.3, within(0.02));
    float[][] almostData = run(w, c, 1e-7, Workers.ONE);
    assertThat((double) almostData[1][7]).isCloseTo(c[1][7], within(1e-4));
  }

  private static float[][] run(float[][] w, float[][] c, double lambda, Workers workers) {
    var solver = new GeneralizedVariation(24, 20, 2, 2);
    float[][] start = {new float[480], new float[480]};
    solver.setStart(start);
    float[][] d = new float[2][480];
    for (int i = 0; i < 480; i++) {
      d[0][i] = w[0][i] * c[0][i] + w[1][i] * c[1][i];
      d[1][i] = w[1][i] * c[0][i] + w[2][i] * c[1][i];
    }
    solver.solve(w, d, lambda, 0.5, 1500, 1e-7, workers);
    return solver.field();
  }
}
