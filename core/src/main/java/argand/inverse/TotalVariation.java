package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.Workers;

/// Isotropic total variation of each channel of an image, with a lower bound: g(z) = Σ_k w_k Σ
/// |∇z_k|
/// where every z_k ≥ l, ∇ forward differences, no flow through the border.
///
/// Its proximal operator is found by fast gradient projection on the dual p, |p| ≤ 1:
///
/// 1. z = max(l, v + s w div p)
/// 2. p⁺ = Π(q + ∇z/(8 s w)), Π onto the unit disc of each pixel
/// 3. t⁺ = (1 + √(1 + 4t²))/2, q = p⁺ + ((t − 1)/t⁺)(p⁺ − p)
///
/// The dual is kept from call to call: inside of {@link Admm}, where v changes little, a few
/// iterations are enough.
@Paper(
    value =
        "Beck & Teboulle, Fast gradient-based algorithms for constrained total variation image"
            + " denoising and deblurring problems, IEEE Trans. Image Process. 18, 2419 (2009)",
    doi = "10.1109/TIP.2009.2028250")
public final class TotalVariation implements Proximal {
  private static final int BLOCK_ROWS = 16;

  private final int rows;
  private final int columns;
  private final double[] weights;
  private final float lower;
  private final int iterations;
  private final Dual[] duals;

  /// @param weights w_k of each channel
  /// @param lower l, −∞ for none
  /// @param iterations of one call
  public TotalVariation(int rows, int columns, double[] weights, double lower, int iterations) {
    Check.atLeast("iterations of the total variation", iterations, 1);
    this.rows = rows;
    this.columns = columns;
    this.weights = weights.clone();
    this.lower = (float) lower;
    this.iterations = iterations;
    duals = new Dual[weights.length];
    for (int k = 0; k < duals.length; k++) {
      Check.within("weight of the total variation", weights[k], 0, 1e30, "");
      duals[k] = new Dual(rows * columns);
    }
  }

  /// What is kept of one channel: p and its extrapolation q, down and right.
  private static final class Dual {
    final float[] down;
    final float[] right;
    final float[] downNext;
    final float[] rightNext;
    final float[] image;

    Dual(int size) {
      down = new float[size];
      right = new float[size];
      downNext = new float[size];
      rightNext = new float[size];
      image = new float[size];
    }
  }

  /// Σ_k w_k Σ |∇z_k|
  public double value(float[][] z) {
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      double variation = 0;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = r * columns + c;
          double dy = r + 1 < rows ? z[k][i + columns] - z[k][i] : 0;
          double dx = c + 1 < columns ? z[k][i + 1] - z[k][i] : 0;
          variation += Math.hypot(dy, dx);
        }
      }
      sum += weights[k] * variation;
    }
    return sum;
  }

  @Override
  public void apply(float[][] v, double step, Workers workers) {
    Check.same("channels", v.length, duals.length);
    for (int k = 0; k < v.length; k++) {
      double amount = step * weights[k];
      if (amount > 0) {
        denoise(v[k], (float) amount, duals[k], workers);
      } else {
        for (int i = 0; i < v[k].length; i++) {
          v[k][i] = Math.max(lower, v[k][i]);
        }
      }
    }
  }

  private void denoise(float[] v, float amount, Dual dual, Workers workers) {
    System.arraycopy(dual.down, 0, dual.downNext, 0, v.length);
    System.arraycopy(dual.right, 0, dual.rightNext, 0, v.length);
    int blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    double t = 1;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      float ahead = (float) ((t - 1) / next);
      t = next;
      workers.forEach(
          blocks, (block, worker) -> image(block, v, amount, dual.downNext, dual.rightNext, dual));
      workers.forEach(blocks, (block, worker) -> climb(block, amount, ahead, dual));
    }
    workers.forEach(
        blocks, (block, worker) -> image(block, v, amount, dual.down, dual.right, dual));
    System.arraycopy(dual.image, 0, v, 0, v.length);
  }

  /// Line 1 for the rows of a block.
  private void image(int block, float[] v, float amount, float[] down, float[] right, Dual dual) {
    int last = Math.min(rows, (block + 1) * BLOCK_ROWS);
    for (int r = block * BLOCK_ROWS; r < last; r++) {
      int start = r * columns;
      for (int i = start; i < start + columns; i++) {
        float above = r == 0 ? 0 : down[i - columns];
        float before = i == start ? 0 : right[i - 1];
        dual.image[i] = Math.max(lower, v[i] + amount * (down[i] - above + right[i] - before));
      }
    }
  }

  /// Lines 2 and 3 for the rows of a block; p stays 0 where there is no neighbour.
  private void climb(int block, float amount, float ahead, Dual dual) {
    float step = 1 / (8 * amount);
    float[] z = dual.image;
    int last = Math.min(rows, (block + 1) * BLOCK_ROWS);
    for (int r = block * BLOCK_ROWS; r < last; r++) {
      int start = r * columns;
      int end = start + columns;
      for (int i = start; i < end; i++) {
        float dy = r + 1 < rows ? z[i + columns] - z[i] : 0;
        float dx = i + 1 < end ? z[i + 1] - z[i] : 0;
        float y = Math.fma(step, dy, dual.downNext[i]);
        float x = Math.fma(step, dx, dual.rightNext[i]);
        float scale = 1 / Math.max(1, (float) Math.sqrt(y * y + x * x));
        y *= scale;
        x *= scale;
        dual.downNext[i] = Math.fma(ahead, y - dual.down[i], y);
        dual.rightNext[i] = Math.fma(ahead, x - dual.right[i], x);
        dual.down[i] = y;
        dual.right[i] = x;
      }
    }
  }
}
