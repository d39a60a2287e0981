package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A drifting picture of constant contrast behind a pattern that stays.
class StackCorrelationTruthTest {
  private static final Grid GRID = Grid.square(128, 144, 1e-6);

  private record Stack(List<RealField> images, double[][] truth)
      implements JointRegistration.Images {
    @Override
    public int count() {
      return images.size();
    }

    @Override
    public Grid grid() {
      return GRID;
    }

    @Override
    public RealField read(int index) {
      return images.get(index);
    }

    /// Median over the images of the distance to the truth relative to image 0.
    double median(Transform[] found) {
      double[] errors = new double[truth.length];
      for (int e = 0; e < truth.length; e++) {
        double[] p = found[e].parameters();
        errors[e] =
            Math.hypot(
                p[0] - truth[e][0] + truth[0][0] - found[0].parameters()[0],
                p[1] - truth[e][1] + truth[0][1] - found[0].parameters()[1]);
      }
      java.util.Arrays.sort(errors);
      return errors[errors.length / 2];
    }
  }

  private static Stack stack(double pattern) {
    var blobs = new Blobs(60, 55, 3, 8, 5);
    var random = new Random(3);
    float[] still = new float[GRID.size()];
    for (int i = 0; i < still.length; i++) {
      still[i] = (float) (pattern * random.nextGaussian());
    }
    double[][] truth = new double[20][2];
    var images = new java.util.ArrayList<RealField>();
    for (int e = 0; e < truth.length; e++) {
      truth[e][0] = 6 * random.nextDouble() - 3;
      truth[e][1] = 6 * random.nextDouble() - 3;
      var image =
          blobs.seen(GRID, new Transform.Translation(truth[e][0], truth[e][1]), 0.02, 40 + e);
      for (int i = 0; i < still.length; i++) {
        image.values()[i] += still[i];
      }
      images.add(image);
    }
    return new Stack(images, truth);
  }

  /// A pattern of 0.3 beside blobs of 0.2 to 1: whitened correlation, in which its fine grain
  /// counts
  /// most, stays at no displacement (1.5 px or more in the median); with the pattern taken out
  /// plain
  /// correlation finds the sample to 0.14 px in the median, what the pattern leaves.
  @Test
  void whatStaysInPlaceDoesNotHoldTheSample() {
    var stack = stack(0.3);
    var locked = new StackCorrelation(PhaseCorrelation.WHITENED, false, 1);
    assertThat(stack.median(locked.of(stack, 0, Workers.ONE))).isGreaterThan(1.5);
    var free = new StackCorrelation(PhaseCorrelation.PLAIN, true, 5);
    assertThat(stack.median(free.of(stack, 0, Workers.ONE))).isLessThan(0.2);
  }

  /// Without a pattern nothing is lost by looking for one.
  @Test
  void withoutAPatternBothWaysAgree() {
    var stack = stack(0);
    for (boolean pattern : new boolean[] {true, false}) {
      var found =
          new StackCorrelation(PhaseCorrelation.PLAIN, pattern, 4).of(stack, 0, Workers.ONE);
      assertThat(stack.median(found)).isLessThan(0.06);
      assertThat(found[0].parameters()).containsExactly(new double[2], within(1e-12));
    }
  }

  @Test
  void threadsChangeNothing() {
    var stack = stack(0.1);
    var how = new StackCorrelation(PhaseCorrelation.PLAIN, true, 2);
    try (var workers = new Workers(3)) {
      assertThat(how.of(stack, 4, workers)).containsExactly(how.of(stack, 4, Workers.ONE));
    }
  }
}
