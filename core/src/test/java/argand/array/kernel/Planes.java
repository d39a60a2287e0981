package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Planes of one operand of a kernel, filled with the same random numbers for each copy that is
/// made, with padding that nobody may touch.
record Planes(float[] re, float[] im, int offset, int pitch) {
  /// Scalar and vector kernels do the same operations in the same order but for sums over lanes: a
  /// few roundings of single precision.
  static final double ROUNDING = 4e-6;

  static Planes random(long seed, int rows, int columns) {
    var random = new Random(seed);
    int offset = random.nextInt(40);
    int pitch = columns + random.nextInt(20);
    int length = offset + rows * pitch + 17;
    float[] re = new float[length];
    float[] im = new float[length];
    for (int i = 0; i < length; i++) {
      re[i] = (float) random.nextGaussian();
      im[i] = (float) random.nextGaussian();
    }
    return new Planes(re, im, offset, pitch);
  }

  static List<Planes> several(long seed, int count, int rows, int columns) {
    return IntStream.range(0, count)
        .mapToObj(m -> random(seed + 1000L * m, rows, columns))
        .toList();
  }

  static Window[] windows(List<Planes> planes) {
    return planes.stream().map(Planes::window).toArray(Window[]::new);
  }

  static void agree(List<Planes> found, List<Planes> expected) {
    for (int m = 0; m < found.size(); m++) {
      found.get(m).agrees(expected.get(m));
    }
  }

  Window window() {
    return new Window(re, im, offset, pitch);
  }

  RealWindow real() {
    return new RealWindow(re, offset, pitch);
  }

  void agrees(Planes other) {
    assertThat(re).containsExactly(other.re, within((float) ROUNDING));
    assertThat(im).containsExactly(other.im, within((float) ROUNDING));
  }
}
