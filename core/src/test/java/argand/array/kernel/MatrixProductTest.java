package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argand.array.InvalidInput;
import argand.array.Workers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Matrix products against sums in double precision, all ways to lie in memory, all edges.
class MatrixProductTest {
  /// After k of d products of normal numbers a sum is about √k, and is rounded by ε/√12 of that: in
  /// all 0.2 ε d or less, and the largest of ten thousand elements five times as much. 2 ε (d + 8)
  /// is not met by chance and far below what a lost term (of the order of 1) would do.
  @ParameterizedTest
  @CsvSource({"1,1,1", "8,32,16", "13,45,7", "64,32,256", "70,33,257", "100,100,600", "3,200,513"})
  void allFormsAgreeWithDoublePrecision(int m, int n, int depth) {
    var random = new Random(m * 7919L + n);
    var workers = new Workers(2);
    for (int form = 0; form < 4; form++) {
      var a = matrix(random, m, depth, (form & 1) != 0);
      var b = matrix(random, depth, n, (form & 2) != 0);
      var c = matrix(random, m, n, false);
      double[] expected = product(a, b);
      float[] before = c.values().clone();
      MatrixProduct.add(a, b, c, workers);
      double bound = 2 * Math.ulp(1f) * (depth + 8);
      for (int i = 0; i < m; i++) {
        for (int k = 0; k < n; k++) {
          int at = c.at() + i * c.rowStep() + k;
          assertThat(c.values()[at] - before[at] - expected[i * n + k]).isBetween(-bound, bound);
        }
      }
      MatrixProduct.set(a, b, c, workers);
      for (int i = 0; i < m; i++) {
        for (int k = 0; k < n; k++) {
          assertThat(c.get(i, k) - expected[i * n + k]).isBetween(-bound, bound);
        }
        // between the columns and the step nothing is written
        for (int k = n; k < c.rowStep() && c.at() + i * c.rowStep() + k < before.length; k++) {
          int at = c.at() + i * c.rowStep() + k;
          assertThat(c.values()[at]).isEqualTo(before[at]);
        }
      }
    }
    workers.close();
  }

  @Test
  void anEmptySumIsZeroOrChangesNothing() {
    var a = FloatMatrix.of(new float[0], 2, 0);
    var b = FloatMatrix.of(new float[0], 0, 3);
    var c = FloatMatrix.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    MatrixProduct.add(a, b, c, Workers.ONE);
    assertThat(c.values()).containsExactly(1, 2, 3, 4, 5, 6);
    MatrixProduct.set(a, b, c, Workers.ONE);
    assertThat(c.values()).containsOnly(0);
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    var random = new Random(9);
    var a = matrix(random, 150, 300, false);
    var b = matrix(random, 300, 170, true);
    var one = FloatMatrix.of(new float[150 * 170], 150, 170);
    var three = FloatMatrix.of(new float[150 * 170], 150, 170);
    MatrixProduct.set(a, b, one, Workers.ONE);
    try (var workers = new Workers(3)) {
      MatrixProduct.set(a, b, three, workers);
    }
    assertThat(three.values()).isEqualTo(one.values());
  }

  @Test
  void vectorTilesHaveTheBitsOfScalarTiles() {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    checkTiles();
  }

  /// Also called in a JVM with narrower lanes.
  static void checkTiles() {
    var random = new Random(11);
    float[] a = randoms(random, 4000);
    float[] b = randoms(random, 4000);
    float[] start = randoms(random, 10);
    for (boolean add : new boolean[] {false, true}) {
      float[] one = randoms(new Random(3), 500);
      float[] other = one.clone();
      ProductTile.ofStrip(77, a, 3, b, 5, start, 1, one, 2, 40, add);
      ProductTile.Plain.ofStrip(77, a, 3, b, 5, start, 1, other, 2, 40, add);
      assertThat(one).isEqualTo(other);
    }
    float[] one = randoms(new Random(4), 500);
    float[] other = one.clone();
    ProductTile.ofPanels(3, a, 1, 300, b, 2, 1100, one, 2, 40);
    ProductTile.Plain.ofPanels(3, a, 1, 300, b, 2, 1100, other, 2, 40);
    assertThat(one).isEqualTo(other);
  }

  @Test
  void factorsThatDoNotFitAreRefused() {
    var a = FloatMatrix.of(new float[6], 2, 3);
    var b = FloatMatrix.of(new float[8], 4, 2);
    var c = FloatMatrix.of(new float[4], 2, 2);
    assertThatThrownBy(() -> MatrixProduct.set(a, b, c, Workers.ONE))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("rows of the second factor is 4; expected 3");
    assertThatThrownBy(() -> MatrixProduct.set(a, a.transposed(), c.transposed(), Workers.ONE))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("column step of the product");
    assertThatThrownBy(() -> FloatMatrix.of(new float[5], 2, 3)).isInstanceOf(InvalidInput.class);
  }

  private static double[] product(FloatMatrix a, FloatMatrix b) {
    double[] product = new double[a.rows() * b.columns()];
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        double sum = 0;
        for (int k = 0; k < a.columns(); k++) {
          sum += (double) a.get(i, k) * b.get(k, j);
        }
        product[i * b.columns() + j] = sum;
      }
    }
    return product;
  }

  /// Somewhere in an array, with a gap between the rows.
  private static FloatMatrix matrix(Random random, int rows, int columns, boolean transposed) {
    int r = transposed ? columns : rows;
    int c = transposed ? rows : columns;
    var plain = new FloatMatrix(randoms(random, 5 + r * (c + 3)), 5, r, c, c + 3, 1);
    return transposed ? plain.transposed() : plain;
  }

  private static float[] randoms(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
