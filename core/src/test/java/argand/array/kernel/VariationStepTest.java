package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The vector code gives the bits of the scalar code, directions included.
class VariationStepTest {
  @Test
  void vectorAndScalarGiveTheSameBits() {
    Assumptions.assumeTrue(Simd.AVAILABLE);
    var random = new Random(4);
    for (int[] size : new int[][] {{1, 1}, {3, 5}, {16, 16}, {23, 37}}) {
      int rows = size[0];
      int columns = size[1];
      int n = rows * columns;
      float[] v = new float[n];
      float[] down = new float[n];
      float[] right = new float[n];
      float[] inside = new float[n];
      float[] below = new float[n];
      for (int i = 0; i < n; i++) {
        v[i] = (float) random.nextGaussian();
        double angle = 6.28 * random.nextDouble();
        down[i] = (float) (0.9 * Math.sin(angle));
        right[i] = (float) (0.9 * Math.cos(angle));
        inside[i] = i % columns + 1 < columns ? 1 : 0;
        below[i] = i + columns < n ? 1 : 0;
      }
      var plain = new VariationStep.State(rows, columns);
      var fast = new VariationStep.State(rows, columns);
      for (int step = 0; step < 5; step++) {
        VariationStep.Plain.image(plain, v, 0.2f, -1, 0);
        System.arraycopy(plain.image, n - columns, plain.image, n, columns);
        VariationStep.Plain.climb(plain, 0.6f, 0.3f, down, right, inside, below, 0);
        VariationStep.image(fast, v, 0.2f, -1);
        VariationStep.climb(fast, 0.6f, 0.3f, down, right, inside, below);
      }
      assertThat(fast.image).isEqualTo(plain.image);
      assertThat(fast.pDown).isEqualTo(plain.pDown);
      assertThat(fast.actingRight).isEqualTo(plain.actingRight);
    }
  }
}
