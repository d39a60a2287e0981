package argand.inverse;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Without directions it is total variation; along a direction a jump is free.
class DirectedVariationTest {
  private static final int N = 40;

  private static float[] noisyStep(Random random) {
    float[] v = new float[N * N];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) ((i % N >= N / 2 ? 1 : 0) + 0.1 * random.nextGaussian());
    }
    return v;
  }

  @Test
  void withoutDirectionsItIsTotalVariation() {
    float[] v = noisyStep(new Random(5));
    float[][] other = {v.clone()};
    new TotalVariation(N, N, new double[] {1}, 0, 400).apply(other, 0.3, Workers.ONE);
    new DirectedVariation(N, N, 0).apply(v, 0.3, 400);
    for (int i = 0; i < v.length; i++) {
      // both have come within 1e-4 of the minimum they share
      assertThat(v[i]).isCloseTo(other[0][i], org.assertj.core.data.Offset.offset(2e-3f));
    }
  }

  /// The height of a step between stripes of width N/2 falls by 2 · amount · N/(N · N/2) under
  /// total
  /// variation, and not at all where the step's direction is free.
  @Test
  void aJumpAlongItsDirectionIsFree() {
    float[] down = new float[N * N];
    float[] right = new float[N * N];
    for (int r = 0; r < N; r++) {
      right[r * N + N / 2 - 1] = 1;
    }
    float[] led = noisyStep(new Random(6));
    float[] plain = led.clone();
    new DirectedVariation(N, N, Double.NEGATIVE_INFINITY, down, right).apply(led, 3, 3000);
    new DirectedVariation(N, N, Double.NEGATIVE_INFINITY).apply(plain, 3, 3000);
    assertThat(height(plain)).isBetween(0.65, 0.75);
    assertThat(height(led)).isBetween(0.98, 1.02);
  }

  private static double height(float[] v) {
    double height = 0;
    for (int r = 0; r < N; r++) {
      height += (v[r * N + N / 2 + 3] - v[r * N + N / 2 - 4]) / (double) N;
    }
    return height;
  }
}
