package argand.inverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AndersonMixingLawTest {
  /// x ← M x + b with a diagonal M of six different factors up to 0.98: seven rounds of differences
  /// know it all, as GMRES would; plain rounds would be at 0.98²⁵ = 0.6 of the first error.
  @Test
  void aLinearIterationEndsAfterAsManyRoundsAsItHasFactors() {
    double[] factors = {0.98, 0.9, 0.7, 0.4, -0.3, 0.1};
    var random = new Random(2);
    int n = 5000;
    float[] b = new float[n];
    for (int i = 0; i < n; i++) {
      b[i] = (float) random.nextGaussian();
    }
    float[] x = new float[n];
    float[] plain = new float[n];
    var mixing = new AndersonMixing(6);
    for (int round = 0; round < 25; round++) {
      x = mixing.next(x, step(factors, b, x));
      plain = step(factors, b, plain);
    }
    assertThat(error(factors, b, x)).isLessThan(1e-3);
    assertThat(error(factors, b, plain)).isGreaterThan(0.3);
  }

  private static float[] step(double[] factors, float[] b, float[] x) {
    float[] g = new float[x.length];
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) (factors[i % factors.length] * x[i] + b[i]);
    }
    return g;
  }

  /// Against x = b/(1 − m), relative.
  private static double error(double[] factors, float[] b, float[] x) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < x.length; i++) {
      double truth = b[i] / (1 - factors[i % factors.length]);
      error += (x[i] - truth) * (x[i] - truth);
      norm += truth * truth;
    }
    return Math.sqrt(error / norm);
  }
}
