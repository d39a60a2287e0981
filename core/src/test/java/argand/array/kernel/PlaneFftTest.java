package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jtransforms.fft.DoubleFFT_2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneFftTest {
  /// Float rounding is 6e-8; each of the three to eight passes adds about that much, as a random
  /// walk.
  private static final double RADIX = 3e-7;

  /// Derived at {@link BluesteinStrip}.
  private static final double BLUESTEIN = 1.1e-6;

  enum Spelling {
    SCALAR,
    BEST;

    FftKernels kernels() {
      return this == SCALAR ? new ScalarFftKernels() : FftKernels.best();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLengthTo200IsTheExactTransformAlongColumnsAndRows(Spelling spelling) {
    for (int n = 1; n <= 200; n++) {
      check(n, 3, spelling);
      check(3, n, spelling);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsAndColumnsThatAreNoMultipleOfTheLanes(Spelling spelling) {
    check(17, 33, spelling);
    check(50, 70, spelling);
    check(81, 19, spelling);
    check(1, 512, spelling);
    check(512, 1, spelling);
  }

  @ParameterizedTest
  @ValueSource(ints = {243, 256, 320, 343, 384, 509, 512, 768, 1000, 1024, 1280})
  void longLinesAreTheExactTransform(int n) {
    check(n, 20, Spelling.BEST);
    check(20, n, Spelling.BEST);
    check(n, 20, Spelling.SCALAR);
    check(20, n, Spelling.SCALAR);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 96, 140, 251, 256, 500})
  void agreesWithJTransforms(int n) {
    var planes = RawPlanes.random(n, n, n);
    double[] expected = planes.values();
    new DoubleFFT_2D(n, n).complexForward(expected);
    double error = RawPlanes.error(planes.transformed(FftKernels.best()).values(), expected);
    assertThat(error).isLessThan(bound(n));
  }

  /// Both spellings do the same passes; they differ by the rounding of fused multiply-adds only.
  @Test
  void scalarAndVectorAgree() {
    for (int[] size : new int[][] {{256, 256}, {60, 84}, {31, 45}, {7, 1024}, {130, 16}}) {
      var planes = RawPlanes.random(size[0], size[1], 3);
      double[] scalar = planes.transformed(new ScalarFftKernels()).values();
      double[] vector = planes.transformed(FftKernels.best()).values();
      assertThat(RawPlanes.error(vector, scalar)).isLessThan(bound(size[0]) + bound(size[1]));
    }
  }

  /// Which one a plane takes depends on lanes and length.
  @ParameterizedTest
  @EnumSource
  void allWaysToTransformRowsAgree(Spelling spelling) {
    for (int columns : new int[] {256, 512, 1280}) {
      var steps = RawPlanes.random(5, columns, columns);
      var other = RawPlanes.random(5, columns, columns);
      new FourStepRows(columns, spelling.kernels())
          .transform(steps.re(), steps.im(), 0, 5, steps.pitch());
      new TransposedRows(columns, spelling.kernels())
          .transform(other.re(), other.im(), 0, 5, other.pitch());
      assertThat(RawPlanes.error(steps.values(), other.values())).isLessThan(2 * RADIX);
      var paired = RawPlanes.random(5, columns, columns);
      RowFft.of(columns, spelling.kernels())
          .transform(paired.re(), paired.im(), 0, 5, paired.pitch());
      assertThat(RawPlanes.error(paired.values(), other.values())).isLessThan(2 * RADIX);
    }
  }

  @Test
  void aWrongSignOfTheKernelWouldBeSeen() {
    var planes = RawPlanes.random(16, 12, 5);
    double[] expected = ExactDft.of(planes.values(), 16, 12);
    new PlaneFft(16, 12).transform(planes.im(), planes.re(), 0, planes.pitch());
    assertThat(RawPlanes.error(planes.values(), expected)).isGreaterThan(0.5);
  }

  @Test
  void paddingStaysFinite() {
    var planes = RawPlanes.random(37, 37, 7);
    var fft = new PlaneFft(37, 37);
    for (int k = 0; k < 50; k++) {
      fft.transform(planes.re(), planes.im(), 0, planes.pitch());
      fft.transform(planes.im(), planes.re(), 0, planes.pitch());
      for (int i = 0; i < planes.re().length; i++) {
        planes.re()[i] /= 37 * 37;
        planes.im()[i] /= 37 * 37;
      }
    }
    for (float value : planes.re()) {
      assertThat(value).isBetween(-2f, 2f);
    }
  }

  static void check(int rows, int columns, Spelling spelling) {
    var planes = RawPlanes.random(rows, columns, 1000L * rows + columns);
    double[] expected = ExactDft.of(planes.values(), rows, columns);
    double error = RawPlanes.error(planes.transformed(spelling.kernels()).values(), expected);
    assertThat(error)
        .as("%d x %d %s", rows, columns, spelling)
        .isLessThan(Math.max(bound(rows), bound(columns)));
  }

  private static double bound(int n) {
    return n == 1 || RadixPlan.reaches(n) ? RADIX : BLUESTEIN;
  }
}
