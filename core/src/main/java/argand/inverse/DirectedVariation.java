package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.kernel.VariationStep;
import java.util.Arrays;

/// Isotropic total variation of one image with a lower bound, free along given directions:
///
///     g(z) = λ Σ |(1 − m mᵀ) ∇z|,   z ≥ l
///
/// m = 0 is plain total variation; where m is a unit vector a jump along it costs nothing, so that
/// the image may jump where another jumps and in its direction (parallel level sets). The proximal
/// operator is found as in {@link TotalVariation}, whose dual is kept from call to call.
@Paper(
    value =
        "Ehrhardt & Betcke, Multicontrast MRI reconstruction with structure-guided total variation,"
            + " SIAM J. Imaging Sci. 9, 1084 (2016)",
    doi = "10.1137/15M1047325")
public final class DirectedVariation {
  private final int rows;
  private final int columns;
  private final float lower;
  private final float[] mDown;
  private final float[] mRight;
  private final float[] inside;
  private final float[] hasBelow;
  private final VariationStep.State state;

  /// Plain total variation.
  ///
  /// @param lower l, −∞ for none
  public DirectedVariation(int rows, int columns, double lower) {
    this(rows, columns, lower, new float[rows * columns], new float[rows * columns]);
  }

  /// @param mDown m along the rows' index, kept
  /// @param mRight m along the columns' index, kept; |m| ≤ 1
  public DirectedVariation(int rows, int columns, double lower, float[] mDown, float[] mRight) {
    Check.same("pixels of the directions", mDown.length, rows * columns);
    Check.same("pixels of the directions", mRight.length, rows * columns);
    this.rows = rows;
    this.columns = columns;
    this.lower = (float) lower;
    this.mDown = mDown;
    this.mRight = mRight;
    inside = new float[rows * columns];
    hasBelow = new float[rows * columns];
    Arrays.fill(hasBelow, 0, (rows - 1) * columns, 1);
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % columns + 1 < columns ? 1 : 0;
    }
    state = new VariationStep.State(rows, columns);
  }

  /// v ← argmin_z amount · Σ |(1 − m mᵀ) ∇z| + ½ ‖z − v‖², z ≥ l
  public void apply(float[] v, double amount, int iterations) {
    Check.same("pixels", v.length, rows * columns);
    if (!(amount > 0)) {
      for (int i = 0; i < v.length; i++) {
        v[i] = Math.max(lower, v[i]);
      }
      return;
    }
    float step = (float) (1 / (8 * amount));
    double t = 1;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
      // the last one does not look ahead: the image is that of p, and the next call begins there
      float ahead = iteration + 1 == iterations ? 0 : (float) ((t - 1) / next);
      t = next;
      VariationStep.image(state, v, (float) amount, lower);
      VariationStep.climb(state, step, ahead, mDown, mRight, inside, hasBelow);
    }
    VariationStep.image(state, v, (float) amount, lower);
    System.arraycopy(state.image(), 0, v, 0, v.length);
  }

  /// Σ |(1 − m mᵀ) ∇z|
  public double value(float[] z) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double dy = hasBelow[i] > 0 ? z[i + columns] - z[i] : 0;
      double dx = inside[i] > 0 ? z[i + 1] - z[i] : 0;
      double along = mDown[i] * dy + mRight[i] * dx;
      sum += Math.hypot(dy - along * mDown[i], dx - along * mRight[i]);
    }
    return sum;
  }
}
