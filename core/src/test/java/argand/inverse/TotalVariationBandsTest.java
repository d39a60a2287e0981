package argand.inverse;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The proximal operator of the total variation, done band by band, has the bits of its three lines
/// done one after the other on the whole image, whatever the number of threads.
class TotalVariationBandsTest {
  @ParameterizedTest
  @CsvSource({"100,37,3", "33,64,1", "32,16,7", "5,3,3", "200,50,40"})
  void bandsChangeNothing(int rows, int columns, int iterations) {
    var random = new Random(rows);
    float[] v = new float[rows * columns];
    for (int i = 0; i < v.length; i++) {
      v[i] = (i / columns < rows / 2 ? 1 : 2) + (float) random.nextGaussian();
    }
    double weight = 0.7;
    var penalty = new TotalVariation(rows, columns, new double[] {weight}, 0.2, iterations);
    var whole = new Whole(rows, columns, (float) (0.5 * weight), 0.2f);
    try (var workers = new Workers(3)) {
      for (int call = 0; call < 3; call++) {
        float[] found = v.clone();
        penalty.apply(new float[][] {found}, 0.5, workers);
        assertThat(found).isEqualTo(whole.apply(v, iterations));
        assertThat(found).isNotEqualTo(v);
        v[call] += 1;
      }
    }
  }

  /// Lines 1 to 3 as they stand, on the whole image.
  private static final class Whole {
    private final int rows;
    private final int columns;
    private final float amount;
    private final float lower;
    private final float[] down;
    private final float[] right;

    Whole(int rows, int columns, float amount, float lower) {
      this.rows = rows;
      this.columns = columns;
      this.amount = amount;
      this.lower = lower;
      down = new float[rows * columns];
      right = new float[rows * columns];
    }

    float[] apply(float[] v, int iterations) {
      float[] q = down.clone();
      float[] p = right.clone();
      double t = 1;
      for (int iteration = 0; iteration < iterations; iteration++) {
        float[] z = image(v, q, p);
        double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
        float ahead = (float) ((t - 1) / next);
        t = next;
        for (int i = 0; i < z.length; i++) {
          float dy = i / columns + 1 < rows ? z[i + columns] - z[i] : 0;
          float dx = i % columns + 1 < columns ? z[i + 1] - z[i] : 0;
          float y = Math.fma(1 / (8 * amount), dy, q[i]);
          float x = Math.fma(1 / (8 * amount), dx, p[i]);
          float scale = 1 / Math.max(1, (float) Math.sqrt(y * y + x * x));
          q[i] = Math.fma(ahead, y * scale - down[i], y * scale);
          p[i] = Math.fma(ahead, x * scale - right[i], x * scale);
          down[i] = y * scale;
          right[i] = x * scale;
        }
      }
      return image(v, down, right);
    }

    private float[] image(float[] v, float[] q, float[] p) {
      float[] z = new float[v.length];
      for (int i = 0; i < z.length; i++) {
        float above = i < columns ? 0 : q[i - columns];
        float before = i % columns == 0 ? 0 : p[i - 1];
        z[i] = Math.max(lower, v[i] + amount * (q[i] - above + p[i] - before));
      }
      return z;
    }
  }
}
