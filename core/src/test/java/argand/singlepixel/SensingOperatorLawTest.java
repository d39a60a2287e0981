package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Planes;
import argand.data.Source;
import argand.data.StructuredScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The operator and its adjoint; the cut into a centred part and a sum loses nothing; what cannot
/// be
/// right is told.
class SensingOperatorLawTest {
  private static final Grid GRID = Grid.square(9, 11, 1e-8);

  private static Planes patterns(int count) {
    var random = new Random(1);
    var planes = new ArrayList<RealField>();
    for (int j = 0; j < count; j++) {
      var plane = new RealField(GRID);
      for (int i = 0; i < GRID.size(); i++) {
        plane.values()[i] = random.nextFloat();
      }
      planes.add(plane);
    }
    return Planes.of(planes);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void theAdjointIsTheAdjoint() {
    var a = SensingOperator.of(patterns(45));
    var random = new Random(2);
    float[] x = new float[GRID.size()];
    double[] wide = new double[x.length];
    double[] y = new double[45];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
      wide[i] = x[i];
    }
    for (int j = 0; j < y.length; j++) {
      y[j] = random.nextGaussian();
    }
    double forward = dot(a.apply(x, Workers.ONE), y);
    double back = dot(wide, a.applyAdjoint(y));
    // the forward product sums a row's differences to the mean in single precision
    assertThat(forward).isCloseTo(back, within(1e-5 * Math.abs(back) + 1e-4));
  }

  /// Value and gradient of the two parts together are those of the weighted sum, found in double
  /// precision without any centring.
  @Test
  void centringLosesNothing() {
    int count = 45;
    var planes = patterns(count);
    var a = SensingOperator.of(planes);
    var random = new Random(3);
    double[] y = new double[count];
    double[] w = new double[count];
    float[] x = new float[GRID.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    for (int j = 0; j < count; j++) {
      y[j] = 20 + 5 * random.nextGaussian();
      w[j] = j % 7 == 0 ? 0 : 0.5 + random.nextDouble();
    }
    var signal = a.new Centered(y, w);
    float[][] g = new float[1][x.length];
    try (var two = new Workers(2)) {
      double centred =
          a.gradients(new SensingOperator.Centered[] {signal}, new float[][] {x}, g, two)[0];
      double off = signal.meanOf(x) - signal.meanSignal();
      double value = 0;
      double[] gradient = new double[x.length];
      for (int j = 0; j < count; j++) {
        float[] row = planes.plane(j).values();
        double residual = -y[j];
        for (int i = 0; i < x.length; i++) {
          residual += (double) row[i] * x[i];
        }
        value += w[j] * residual * residual;
        for (int i = 0; i < x.length; i++) {
          gradient[i] += w[j] * residual * row[i];
        }
      }
      assertThat(centred + signal.total() * off * off).isCloseTo(value, within(1e-5 * value));
      for (int i = 0; i < x.length; i++) {
        double both = g[0][i] + signal.total() * off * signal.meanPattern()[i];
        assertThat(both).isCloseTo(gradient[i], within(2e-4 * Math.abs(gradient[i]) + 1e-3));
      }
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    var a = SensingOperator.of(patterns(90));
    float[][] x = {new float[GRID.size()]};
    java.util.Arrays.fill(x[0], 0.7f);
    var signal =
        new SensingOperator.Centered[] {a.new Centered(new double[90], VariationPath.ones(90))};
    float[][] one = new float[1][GRID.size()];
    float[][] more = new float[1][GRID.size()];
    a.gradients(signal, x, one, Workers.ONE);
    try (var three = new Workers(3)) {
      a.gradients(signal, x, more, three);
    }
    assertThat(more[0]).isEqualTo(one[0]);
  }

  @Test
  void patternsWithoutVarianceAreRefused() {
    var even = new RealField(GRID);
    java.util.Arrays.fill(even.values(), 2);
    assertThatThrownBy(() -> SensingOperator.of(Planes.of(List.of(patterns(1).plane(0), even))))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "the variance of pattern 1 is zero: every pixel is 2.0; expected an uneven"
                + " illumination; leave the exposure out");
    var twice = patterns(1).plane(0);
    assertThatThrownBy(() -> SensingOperator.of(Planes.of(List.of(twice, twice))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the variance of the patterns is zero: all 2 are the same");
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    var signal = BucketSignal.ofCounts("Mn", new double[] {5, 6, 7});
    assertThatThrownBy(() -> StructuredScan.of(patterns(4), List.of(signal), Source.NONE))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "the signal Mn is 3 long for 4 patterns; expected one value for each pattern; leave out"
                + " the exposures of which something is missing");
    var scan = StructuredScan.of(patterns(3), List.of(signal), Source.NONE);
    var small = new RealField(Grid.square(8, 11, 1e-8));
    assertThatThrownBy(() -> scan.withGuide(Optional.of(small)))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "the transmission image is 8 × 11 pixels; expected 9 × 11 as the patterns have; cut and"
                + " bin both alike");
    assertThatThrownBy(() -> new BucketSignal("Mn", "", new double[] {1}, new double[] {0}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "the error of the signal Mn of pattern 0 is 0.0; expected above zero");
  }
}
