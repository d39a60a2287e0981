package argand.spectroptycho;

import argand.array.ComplexField;
import argand.array.FourierShift;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.Workers;
import argand.data.ObjectStack;
import argand.register.PhaseCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Displacements between complex images whose contrast changes, even its sign, from energy to
/// energy.
///
/// A sample of few compounds is, in every image, a sum of few maps with complex factors of that
/// energy: C_e(r) = O_e(r) − 1 ≈ Σ_k s_ek a_k(r). So for each image e, from all others as they lie
/// now,
///
/// (1) G_jl = Σ A_j* A_l, its K strongest eigenvectors V and values Λ: K = 2 until images hardly
///     move, so that what is left of displacements cannot pass for a compound; then 3;
/// (2) what the others say image e should look like: P_e = Σ_j c_j A_j, c = V Λ⁻¹ V* g,
///     g_j = Σ A_j* A_e;
/// (3) the displacement of A_e from P_e by cross-correlation ({@link PhaseCorrelation#PLAIN}).
///
/// The image itself does not speak in (1), so that its own displacement cannot hide in the maps.
/// The first three rounds only bring the outlines together: by |C_e|², which no turn of the
/// contrast
/// can confuse, and K = 1.
///
/// The mean of all displacements is 0: where the sample lies as a whole, no one knows.
final class ContrastSearch {
  private static final int ROUNDS = 20;
  private static final int OUTLINES = 3;
  private static final double NEAR_PX = 0.02;
  private static final double SMALL_PX = 0.003;

  /// Pixels over which images fade at the rim of what is lit.
  private static final int FADE = 12;

  private final Grid grid;
  private final List<ComplexField> contrast = new ArrayList<>();
  private final Workers workers;
  private final double[] down;
  private final double[] right;
  private double last = Double.POSITIVE_INFINITY;

  /// @param stack of fixed gauge
  ContrastSearch(ObjectStack stack, Workers workers) {
    grid = stack.grid();
    this.workers = workers;
    float[] window = window(stack.mask());
    for (var view : stack.views()) {
      contrast.add(faded(view.object(), window));
    }
    down = new double[stack.count()];
    right = new double[stack.count()];
  }

  /// Rows that image e lies below the mean of all [pixels].
  double[] down() {
    return down;
  }

  /// Columns that image e lies right of the mean of all [pixels].
  double[] right() {
    return right;
  }

  /// The largest change in the last round [pixels].
  double last() {
    return last;
  }

  /// Rounds until nothing moves any more.
  ContrastSearch run() {
    for (int round = 0; round < OUTLINES; round++) {
      step(true, 1);
    }
    int components = 2;
    for (int round = 0; round < ROUNDS; round++) {
      step(false, components);
      if (components == 3 && last < SMALL_PX) {
        break;
      }
      components = last < NEAR_PX || components == 3 || round > ROUNDS / 2 ? 3 : 2;
    }
    return this;
  }

  private void step(boolean outlines, int components) {
    int count = contrast.size();
    var aligned = new ComplexField[count];
    var shifts = new FourierShift[workers.threads()];
    Arrays.setAll(shifts, _ -> new FourierShift(grid.rows(), grid.columns()));
    workers.forEach(
        count,
        (e, worker) -> {
          aligned[e] = outlines ? squared(contrast.get(e)) : contrast.get(e).copy();
          shifts[worker].move(aligned[e], -down[e], -right[e]);
        });
    double[][][] gram = gram(aligned);
    double[][] moved = new double[count][];
    workers.forEach(
        count,
        (e, worker) -> {
          var said = combined(aligned, new OtherImages(gram, e).coefficients(components));
          var d = PhaseCorrelation.PLAIN.between(said, aligned[e]);
          moved[e] = new double[] {d.rowsPx(), d.columnsPx()};
        });
    double meanDown = 0;
    double meanRight = 0;
    for (double[] d : moved) {
      meanDown += d[0] / count;
      meanRight += d[1] / count;
    }
    last = 0;
    for (int e = 0; e < count; e++) {
      double y = moved[e][0] - meanDown;
      double x = moved[e][1] - meanRight;
      down[e] += y;
      right[e] += x;
      last = Math.max(last, Math.hypot(y, x));
    }
  }

  private static ComplexField squared(ComplexField field) {
    var square = new ComplexField(field.grid());
    for (int i = 0; i < square.re().length; i++) {
      square.re()[i] = field.re()[i] * field.re()[i] + field.im()[i] * field.im()[i];
    }
    return square;
  }

  /// Σ A_j* A_l: real and imaginary parts.
  private double[][][] gram(ComplexField[] images) {
    int count = images.length;
    double[][][] gram = new double[2][count][count];
    workers.forEach(
        count,
        (j, worker) -> {
          for (int l = 0; l <= j; l++) {
            double re = 0;
            double im = 0;
            var a = images[j];
            var b = images[l];
            for (int r = 0; r < grid.rows(); r++) {
              int at = r * a.pitch();
              for (int c = 0; c < grid.columns(); c++, at++) {
                re += (double) a.re()[at] * b.re()[at] + (double) a.im()[at] * b.im()[at];
                im += (double) a.re()[at] * b.im()[at] - (double) a.im()[at] * b.re()[at];
              }
            }
            gram[0][j][l] = re;
            gram[0][l][j] = re;
            gram[1][j][l] = im;
            gram[1][l][j] = -im;
          }
        });
    return gram;
  }

  /// Σ c_j A_j
  private ComplexField combined(ComplexField[] images, double[][] c) {
    var sum = new ComplexField(grid);
    for (int j = 0; j < images.length; j++) {
      double x = c[0][j];
      double y = c[1][j];
      if (x != 0 || y != 0) {
        var image = images[j];
        for (int r = 0; r < grid.rows(); r++) {
          int at = r * image.pitch();
          for (int k = 0; k < grid.columns(); k++, at++) {
            float re = image.re()[at];
            float im = image.im()[at];
            sum.re()[at] += (float) (x * re - y * im);
            sum.im()[at] += (float) (x * im + y * re);
          }
        }
      }
    }
    return sum;
  }

  private ComplexField faded(ComplexField object, float[] window) {
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        float w = window[r * grid.columns() + c];
        field.set(r, c, w * (object.re(r, c) - 1), w * object.im(r, c));
      }
    }
    return field;
  }

  /// 1 well inside of the mask, 0 outside, a cosine between, by the distance to the rim in steps
  /// along rows and columns.
  private float[] window(Mask mask) {
    int rows = grid.rows();
    int columns = grid.columns();
    int[] steps = new int[grid.size()];
    for (int pass = 0; pass < 2; pass++) {
      for (int k = 0; k < steps.length; k++) {
        int i = pass == 0 ? k : steps.length - 1 - k;
        int r = i / columns;
        int c = i % columns;
        int before = pass == 0 ? -1 : 1;
        if (!mask.good()[i]) {
          steps[i] = 0;
          continue;
        }
        int y = r + before < 0 || r + before >= rows ? 0 : steps[i + before * columns];
        int x = c + before < 0 || c + before >= columns ? 0 : steps[i + before];
        int near = 1 + Math.min(y, x);
        steps[i] = pass == 0 ? near : Math.min(steps[i], near);
      }
    }
    float[] window = new float[steps.length];
    for (int i = 0; i < window.length; i++) {
      double share = Math.min(1, steps[i] / (double) FADE);
      window[i] = (float) (0.5 - 0.5 * Math.cos(Math.PI * share));
    }
    return window;
  }
}
