package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.Workers;
import argand.array.kernel.VariationRow;

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
/// All iterations of a call are done for a band of rows and what they reach above and below it
/// while
/// these are in the cache, so the planes are read and written once a call.
///
/// The dual is kept from call to call: inside of {@link Admm}, where v changes little, a few
/// iterations are enough.
@Paper(
    value =
        "Beck & Teboulle, Fast gradient-based algorithms for constrained total variation image"
            + " denoising and deblurring problems, IEEE Trans. Image Process. 18, 2419 (2009)",
    doi = "10.1109/TIP.2009.2028250")
public final class TotalVariation implements Proximal {
  private static final int BAND_ROWS = 32;

  private final int rows;
  private final int columns;
  private final double[] weights;
  private final float lower;
  private final int iterations;
  private final Dual[] duals;
  private final float[] image;

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
    image = new float[rows * columns];
    duals = new Dual[weights.length];
    for (int k = 0; k < duals.length; k++) {
      Check.within("weight of the total variation", weights[k], 0, 1e30, "");
      duals[k] = new Dual(rows * columns);
    }
  }

  /// p of one channel, down and right, before a call and after it.
  private static final class Dual {
    float[] down;
    float[] right;
    float[] downNew;
    float[] rightNew;

    Dual(int size) {
      down = new float[size];
      right = new float[size];
      downNew = new float[size];
      rightNew = new float[size];
    }

    void exchange() {
      float[] old = down;
      down = downNew;
      downNew = old;
      old = right;
      right = rightNew;
      rightNew = old;
    }
  }

  /// What one worker works in: a row of zeros, then the rows of a band and those around it.
  private static final class Desk {
    final float[] down;
    final float[] right;
    final float[] downAhead;
    final float[] rightAhead;
    final float[] image;

    Desk(int size) {
      down = new float[size];
      right = new float[size];
      downAhead = new float[size];
      rightAhead = new float[size];
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
    var desks = new Desk[workers.threads()];
    for (int k = 0; k < v.length; k++) {
      double amount = step * weights[k];
      if (amount > 0) {
        denoise(v[k], (float) amount, duals[k], desks, workers);
      } else {
        for (int i = 0; i < v[k].length; i++) {
          v[k][i] = Math.max(lower, v[k][i]);
        }
      }
    }
  }

  private void denoise(float[] v, float amount, Dual dual, Desk[] desks, Workers workers) {
    int bands = (rows + BAND_ROWS - 1) / BAND_ROWS;
    workers.forEach(
        bands,
        (band, worker) -> {
          if (desks[worker] == null) {
            desks[worker] = new Desk((BAND_ROWS + 2 * iterations + 2) * columns);
          }
          band(band, v, amount, dual, desks[worker]);
        });
    workers.forEach(
        bands,
        (band, worker) -> {
          int first = band * BAND_ROWS * columns;
          int length = Math.min(rows * columns, first + BAND_ROWS * columns) - first;
          System.arraycopy(image, first, v, first, length);
        });
    dual.exchange();
  }

  /// One call for the rows of a band. An iteration reaches one row up and one down, and the image
  /// one
  /// more up: rows beyond begin with what is not theirs, which does not get further than they
  /// reach.
  private void band(int band, float[] v, float amount, Dual dual, Desk desk) {
    int own = band * BAND_ROWS;
    int end = Math.min(rows, own + BAND_ROWS);
    int first = Math.max(0, own - iterations - 1);
    int last = Math.min(rows, end + iterations);
    int size = (last - first) * columns;
    System.arraycopy(dual.down, first * columns, desk.down, columns, size);
    System.arraycopy(dual.right, first * columns, desk.right, columns, size);
    System.arraycopy(desk.down, columns, desk.downAhead, columns, size);
    System.arraycopy(desk.right, columns, desk.rightAhead, columns, size);
    float step = 1 / (8 * amount);
    double t = 1;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      float ahead = (float) ((t - 1) / next);
      t = next;
      for (int r = first; r < last; r++) {
        row(
            v,
            amount,
            desk.downAhead,
            desk.rightAhead,
            r,
            first,
            desk.image,
            (r - first + 1) * columns);
      }
      for (int r = first; r < last; r++) {
        VariationRow.climb(
            desk.image,
            step,
            ahead,
            desk.down,
            desk.right,
            desk.downAhead,
            desk.rightAhead,
            (r - first + 1) * columns,
            columns,
            r + 1 == last);
      }
    }
    for (int r = own; r < end; r++) {
      row(v, amount, desk.down, desk.right, r, first, image, r * columns);
    }
    int at = (own - first + 1) * columns;
    System.arraycopy(desk.down, at, dual.downNew, own * columns, (end - own) * columns);
    System.arraycopy(desk.right, at, dual.rightNew, own * columns, (end - own) * columns);
  }

  /// Line 1 for a row.
  private void row(
      float[] v,
      float amount,
      float[] down,
      float[] right,
      int r,
      int first,
      float[] into,
      int to) {
    int at = (r - first + 1) * columns;
    VariationRow.image(v, r * columns, amount, lower, down, right, at, into, to, columns);
  }
}
