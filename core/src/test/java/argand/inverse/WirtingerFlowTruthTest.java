package argand.inverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Images from coded diffraction patterns without noise, whose intensities the test sums up itself.
class WirtingerFlowTruthTest {
  /// A smooth complex image of amplitude 0.6 … 1.4 and phases over 2 rad.
  private static ComplexVector image(int side) {
    var x = ComplexVector.zeros(side * side);
    for (int i = 0; i < x.size(); i++) {
      double v = 2 * Math.PI * (i / side) / side;
      double u = 2 * Math.PI * (i % side) / side;
      double amplitude = 1 + 0.4 * Math.sin(3 * u) * Math.cos(2 * v);
      double phase = Math.cos(u + 2 * v) + 0.5 * Math.sin(4 * u);
      x.re()[i] = amplitude * Math.cos(phase);
      x.im()[i] = amplitude * Math.sin(phase);
    }
    return x;
  }

  private static double distance(int side, int patterns, int steps, long seed) {
    var truth = image(side);
    var a = new CodedDiffraction(side, side, patterns, seed);
    var flow = new WirtingerFlow(a, a.intensities(truth), 0.4);
    var z = flow.start(50, seed);
    for (int k = 0; k < steps; k++) {
      flow.step(z, k);
    }
    return z.distance(truth);
  }

  /// Measured: 8e-8, the rounding of the single precision transforms.
  @Test
  void tenPatternsOf64SquaredGiveTheImageTo1e4() {
    assertThat(distance(64, 10, 600, 1)).isLessThan(1e-4);
  }

  /// Negative control: m = 2n. It may run away, so that not even a distance is left.
  @Test
  void twoPatternsDoNot() {
    assertThat(distance(32, 2, 600, 1) < 0.3).isFalse();
  }

  /// Measured over ten seeds: none of them with up to 5 patterns, 1 with 6, 8 with 8, 10 with 10.
  @Test
  void successGrowsWithTheNumberOfPatterns() {
    int few = 0;
    int many = 0;
    for (long seed = 1; seed <= 5; seed++) {
      few += distance(16, 3, 1500, seed) < 1e-3 ? 1 : 0;
      many += distance(16, 10, 1500, seed) < 1e-3 ? 1 : 0;
    }
    assertThat(few).isZero();
    assertThat(many).isEqualTo(5);
  }

  @Test
  void theOperatorOfThisTestHasItsAdjoint() {
    var random = new SplittableRandom(4);
    var a = new CodedDiffraction(8, 12, 3, 2);
    var x = ComplexVector.random(a.columns(), random);
    var y = ComplexVector.random(a.rows(), random);
    var ax = ComplexVector.zeros(a.rows());
    var ay = ComplexVector.zeros(a.columns());
    a.apply(x, ax);
    a.applyAdjoint(y, ay);
    double left = 0;
    double right = 0;
    for (int i = 0; i < y.size(); i++) {
      left += ax.re()[i] * y.re()[i] + ax.im()[i] * y.im()[i];
    }
    for (int i = 0; i < x.size(); i++) {
      right += x.re()[i] * ay.re()[i] + x.im()[i] * ay.im()[i];
    }
    assertThat(left).isCloseTo(right, within(1e-4 * Math.abs(right))); // single precision
  }
}
