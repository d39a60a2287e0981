package argand.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The exact minimum under bounds: by its optimality conditions, by a projected gradient that knows
/// nothing of faces, and against the naive way of clipping the unconstrained minimum.
class BoundedQuadraticTest {
  /// G = MᵀM of a random matrix, nearly collinear now and then.
  private static double[] normal(Random random, int n) {
    int rows = n + 2;
    double[] m = new double[rows * n];
    double alike = random.nextInt(3) == 0 ? 3 : 0;
    for (int r = 0; r < rows; r++) {
      double common = alike * random.nextGaussian();
      for (int k = 0; k < n; k++) {
        m[r * n + k] = common + random.nextGaussian();
      }
    }
    double[] g = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int r = 0; r < rows; r++) {
          g[i * n + j] += m[r * n + i] * m[r * n + j];
        }
      }
    }
    return g;
  }

  private static double[] gaussian(Random random, int n, double scale) {
    double[] c = new double[n];
    for (int k = 0; k < n; k++) {
      c[k] = scale * random.nextGaussian();
    }
    return c;
  }

  private static double value(double[] g, double[] c, double[] x) {
    int n = x.length;
    double value = 0;
    for (int i = 0; i < n; i++) {
      value -= c[i] * x[i];
      for (int j = 0; j < n; j++) {
        value += 0.5 * x[i] * g[i * n + j] * x[j];
      }
    }
    return value;
  }

  private static double[] gradient(double[] g, double[] c, double[] x) {
    int n = x.length;
    double[] slope = new double[n];
    for (int i = 0; i < n; i++) {
      slope[i] = -c[i];
      for (int j = 0; j < n; j++) {
        slope[i] += g[i * n + j] * x[j];
      }
    }
    return slope;
  }

  /// Karush, Kuhn and Tucker, written down anew: with a strictly convex function they are enough.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void boxesAreSolvedExactly(int n) {
    var random = new Random(n);
    int bound = 0;
    for (int trial = 0; trial < 2000; trial++) {
      double[] g = normal(random, n);
      double[] c = gaussian(random, n, 3);
      double[] lower = new double[n];
      double[] upper = new double[n];
      for (int k = 0; k < n; k++) {
        lower[k] = random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : -random.nextDouble();
        upper[k] = random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble();
      }
      var solver = new BoundedQuadratic(lower, upper, new boolean[n]);
      double[] x = new double[n];
      assertThat(solver.solve(g, c, x)).isTrue();
      double[] slope = gradient(g, c, x);
      double scale = 1e-8 * (1 + maxOf(c));
      for (int k = 0; k < n; k++) {
        assertThat(x[k]).isBetween(lower[k] - 1e-9, upper[k] + 1e-9);
        if (x[k] > lower[k] + 1e-9) {
          assertThat(slope[k]).isLessThan(scale);
        }
        if (x[k] < upper[k] - 1e-9) {
          assertThat(slope[k]).isGreaterThan(-scale);
        }
      }
      bound += solver.anyAtBound() ? 1 : 0;
    }
    assertThat(bound).isGreaterThan(500);
  }

  private static double maxOf(double[] values) {
    double max = 0;
    for (double v : values) {
      max = Math.max(max, Math.abs(v));
    }
    return max;
  }

  /// On the simplex: no step towards a corner or along an edge between two corners goes down.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void fractionsOnTheSimplexAreSolvedExactly(int n) {
    var random = new Random(100 + n);
    int free = n > 3 ? 2 : 1;
    for (int trial = 0; trial < 2000; trial++) {
      int all = n + free;
      double[] g = normal(random, all);
      double[] c = gaussian(random, all, 4);
      double[] x = new double[all];
      assertThat(BoundedQuadratic.simplex(all, n).solve(g, c, x)).isTrue();
      double sum = 0;
      for (int k = 0; k < n; k++) {
        assertThat(x[k]).isGreaterThanOrEqualTo(-1e-12);
        sum += x[k];
      }
      assertThat(sum).isCloseTo(1, within(1e-10));
      double[] slope = gradient(g, c, x);
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < n; k++) {
        least = Math.min(least, slope[k]);
      }
      for (int k = 0; k < all; k++) {
        double beyond = k < n ? slope[k] - least : slope[k];
        if (k >= n || x[k] > 1e-9) {
          assertThat(beyond).isCloseTo(0, within(1e-7 * (1 + maxOf(c))));
        }
      }
    }
  }

  /// Clipping is what the shortest code does, and wrong where columns are alike.
  @Test
  void clippingIsNotTheMinimum() {
    double[] g = {1, 0.9, 0.9, 1};
    double[] c = {1, 0.5};
    double[] x = new double[2];
    assertThat(BoundedQuadratic.nonNegative(2, 2).solve(g, c, x)).isTrue();
    double[] unconstrained = new double[2];
    assertThat(BoundedQuadratic.unconstrained(2).solve(g, c, unconstrained)).isTrue();
    double[] clipped = {Math.max(0, unconstrained[0]), Math.max(0, unconstrained[1])};
    assertThat(x[0]).isCloseTo(1, within(1e-12));
    assertThat(x[1]).isZero();
    assertThat(value(g, c, clipped)).isGreaterThan(value(g, c, x) + 0.5);
  }

  /// cov = G⁻¹ where nothing is at a bound; where the sum is fixed it has no error.
  @Test
  void covarianceIsTheInverseOnTheFace() {
    var random = new Random(7);
    double[] g = normal(random, 3);
    double[] mean = {5, 4, 0.02};
    double[] c = gradient(g, new double[3], mean);
    var solver = BoundedQuadratic.unconstrained(3);
    double[] x = new double[3];
    solver.solve(g, c, x);
    double[] covariance = new double[9];
    solver.covariance(g, covariance);
    double[] product = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          product[i * 3 + j] += g[i * 3 + k] * covariance[k * 3 + j];
        }
      }
    }
    assertThat(product).containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-9));

    // the rows of the covariance add up to nothing
    var simplex = BoundedQuadratic.simplex(3, 3);
    simplex.solve(new double[] {2, 0, 0, 0, 3, 0, 0, 0, 4}, new double[] {1, 1, 1}, x);
    simplex.covariance(new double[] {2, 0, 0, 0, 3, 0, 0, 0, 4}, covariance);
    for (int i = 0; i < 3; i++) {
      assertThat(covariance[3 * i] + covariance[3 * i + 1] + covariance[3 * i + 2])
          .isCloseTo(0, within(1e-12));
      assertThat(covariance[4 * i]).isPositive();
    }
  }

  @Test
  void whatIsNotDeterminedIsSaid() {
    double[] x = new double[2];
    assertThat(BoundedQuadratic.unconstrained(2).solve(new double[] {1, 1, 1, 1}, new double[2], x))
        .isFalse();
    assertThat(x).containsOnly(Double.NaN);
    assertThatThrownBy(
            () ->
                new BoundedQuadratic(
                    new double[2], new double[] {0.4, 0.4}, new boolean[] {true, true}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("sum of the fractions");
  }

  @Test
  void columnsThatAreAlikeAreNamed() {
    int rows = 40;
    double[] a = new double[rows];
    double[] b = new double[rows];
    double[] almost = new double[rows];
    double[] flat = new double[rows];
    for (int e = 0; e < rows; e++) {
      a[e] = Math.tanh(e - 20.0);
      b[e] = Math.exp(-(e - 25.0) * (e - 25.0) / 8);
      almost[e] = a[e] + 1e-4 * Math.sin(e);
      flat[e] = 1;
    }
    var names = List.of("A", "B", "C");
    var good = Collinearity.of(List.of("A", "B"), new double[][] {a, b}, new double[0][]);
    assertThat(good.conditionNumber()).isBetween(1.0, 3.0);
    var bad = Collinearity.of(names, new double[][] {a, b, almost}, new double[0][]);
    // the angle between A and C is about 1e-4 √½
    assertThat(bad.conditionNumber()).isBetween(1e4, 4e4);
    assertThat(bad.names()).containsExactly("A", "C");
    var background = Collinearity.of(List.of("flat"), new double[][] {flat}, new double[][] {flat});
    assertThat(background.conditionNumber()).isGreaterThan(1e10);
  }
}
