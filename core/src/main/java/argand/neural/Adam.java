package argand.neural;

import argand.Paper;
import argand.array.Workers;

/// Adam: each parameter goes against its mean gradient, in units of the gradient's own size.
///
/// 1. m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²
/// 2. θ ← θ − α m̂ / (√v̂ + ε), m̂ = m/(1 − β₁ᵏ), v̂ = v/(1 − β₂ᵏ)
@Paper(
    value = "D. P. Kingma & J. Ba, Adam: a method for stochastic optimization, ICLR (2015)",
    doi = "10.48550/arXiv.1412.6980")
public final class Adam {
  private Adam() {}

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;
  private static final int BLOCK = 1 << 14;

  /// Step number `k`, from 1 on; changes `parameters`, `mean` and `square` in place.
  public static void step(
      float[] parameters,
      float[] gradient,
      float[] mean,
      float[] square,
      int k,
      double rate,
      Workers workers) {
    float step = (float) (rate / (1 - Math.pow(BETA1, k)));
    float over = (float) (1 / (1 - Math.pow(BETA2, k)));
    workers.forEach(
        Math.ceilDiv(parameters.length, BLOCK),
        (block, worker) -> {
          int first = block * BLOCK;
          int last = Math.min(parameters.length, first + BLOCK);
          some(parameters, gradient, mean, square, first, last, step, over);
        });
  }

  private static void some(
      float[] parameters,
      float[] gradient,
      float[] mean,
      float[] square,
      int first,
      int last,
      float step,
      float over) {
    float keep = (float) BETA1;
    float take = (float) (1 - BETA1);
    float keepSquare = (float) BETA2;
    float takeSquare = (float) (1 - BETA2);
    for (int i = first; i < last; i++) {
      mean[i] = keep * mean[i] + take * gradient[i];
    }
    for (int i = first; i < last; i++) {
      square[i] = keepSquare * square[i] + takeSquare * gradient[i] * gradient[i];
    }
    for (int i = first; i < last; i++) {
      parameters[i] -= step * mean[i] / ((float) Math.sqrt(over * square[i]) + EPSILON);
    }
  }
}
