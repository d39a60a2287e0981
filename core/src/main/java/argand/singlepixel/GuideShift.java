package argand.singlepixel;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.BucketSignal;
import java.util.List;

/// Where the guide lies on the patterns, from the signals alone: its shift d by Gauss–Newton on
///
///     Σ_e Σ w_i ((a_i − ā_w)·(h(r − d) u_e) − (y_i − ȳ_w))²
///
/// with the composition u_e fitted anew, strongly regularised, after each step.
final class GuideShift {
  private static final int STEPS = 12;
  private static final int ITERATIONS = 25;
  private static final int MOST_PATTERNS = 800;
  private static final double ENOUGH_PX = 0.01;
  private static final double MOST_PX = 6;

  /// λ as a share of the gradient of an even image: strong, so that u cannot do what the shift
  /// should.
  private static final double STRENGTH = 0.02;

  private GuideShift() {}

  /// @param rowsPx how far the guide is moved down
  /// @param columnsPx and right
  record Placed(double rowsPx, double columnsPx, RealField guide) {}

  static Placed fit(PatternMethod.Problem p, RealField guide, LeftOut left) {
    var a = p.operator();
    var grid = a.grid();
    double row = 0;
    double column = 0;
    float[][] u = new float[p.signals().size()][];
    for (int step = 0; step < STEPS; step++) {
      var moved = MovedImage.of(guide, row, column);
      var basis =
          new VariationPath.Basis(
              "", moved.values(), new float[grid.size()], new float[grid.size()]);
      double[] by = step(p, basis, left, u);
      double length = Math.hypot(by[0], by[1]);
      // half a pixel is as far as the slopes tell
      double scale = length > 0.5 ? 0.5 / length : 1;
      row += scale * by[0];
      column += scale * by[1];
      if (!(Math.hypot(row, column) <= MOST_PX)) {
        return new Placed(0, 0, guide);
      }
      if (length < ENOUGH_PX) {
        break;
      }
    }
    return new Placed(row, column, MovedImage.of(guide, row, column));
  }

  /// The step of the shift for all signals together; u ← the compositions.
  private static double[] step(
      PatternMethod.Problem p, VariationPath.Basis basis, LeftOut left, float[][] u) {
    var a = p.operator();
    Grid grid = a.grid();
    List<BucketSignal> signals = p.signals();
    double largest = a.largest(VariationPath.ones(a.count()), basis.h(), p.workers());
    var channels = new VariationSolver.Channel[signals.size()];
    for (int e = 0; e < channels.length; e++) {
      double[] weights = some(left.seen(VariationPath.weights(signals.get(e))));
      channels[e] = VariationPath.channel(a, signals.get(e), weights, basis, largest);
    }
    double[] lambda = VariationSolver.greatest(a, channels, p.workers());
    for (int e = 0; e < channels.length; e++) {
      lambda[e] *= STRENGTH;
      if (u[e] != null) {
        System.arraycopy(u[e], 0, channels[e].u, 0, u[e].length);
        channels[e].begin();
      }
    }
    VariationSolver.solve(a, channels, lambda, ITERATIONS, 1e-3, p.workers());
    double[] normal = new double[3];
    double[] right = new double[2];
    for (int e = 0; e < channels.length; e++) {
      u[e] = channels[e].u;
      double[] weights = some(left.seen(VariationPath.weights(signals.get(e))));
      double[] residual = a.apply(channels[e].image(), p.workers());
      double[] y = signals.get(e).values();
      for (int i = 0; i < residual.length; i++) {
        residual[i] = y[i] - residual[i];
      }
      // the image moves by d: its change is −slope · d
      double[] down = a.apply(slope(grid, basis.h(), u[e], true), p.workers());
      double[] across = a.apply(slope(grid, basis.h(), u[e], false), p.workers());
      center(residual, weights);
      center(down, weights);
      center(across, weights);
      double noise = 0;
      for (int i = 0; i < residual.length; i++) {
        noise += weights[i] * residual[i] * residual[i];
      }
      for (int i = 0; i < residual.length; i++) {
        double w = weights[i] / noise;
        normal[0] += w * down[i] * down[i];
        normal[1] += w * down[i] * across[i];
        normal[2] += w * across[i] * across[i];
        right[0] -= w * down[i] * residual[i];
        right[1] -= w * across[i] * residual[i];
      }
    }
    double det = normal[0] * normal[2] - normal[1] * normal[1];
    if (!(det > 0)) {
      return new double[2];
    }
    return new double[] {
      (normal[2] * right[0] - normal[1] * right[1]) / det,
      (normal[0] * right[1] - normal[1] * right[0]) / det
    };
  }

  /// Weights of the first {@link #MOST_PATTERNS} alone: two numbers need no more.
  private static double[] some(double[] weights) {
    for (int i = MOST_PATTERNS; i < weights.length; i++) {
      weights[i] = 0;
    }
    return weights;
  }

  private static void center(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
      total += weights[i];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= sum / total;
    }
  }

  /// Slope of h, times u.
  private static float[] slope(Grid grid, float[] h, float[] u, boolean down) {
    float[] slope = new float[h.length];
    for (int i = 0; i < h.length; i++) {
      int r = i / grid.columns();
      int c = i % grid.columns();
      int before = down ? Math.max(r - 1, 0) : r;
      int after = down ? Math.min(r + 1, grid.rows() - 1) : r;
      int left = down ? c : Math.max(c - 1, 0);
      int right = down ? c : Math.min(c + 1, grid.columns() - 1);
      slope[i] = u[i] * (h[after * grid.columns() + right] - h[before * grid.columns() + left]) / 2;
    }
    return slope;
  }
}
