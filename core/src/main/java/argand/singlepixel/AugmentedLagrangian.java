package argand.singlepixel;

import argand.array.Grid;
import argand.array.Workers;
import java.util.Arrays;

/// Images of several signals at once by the augmented Lagrangian of their slopes, w = ∇x:
///
///     L(w, x) = Σ (|w| − ν·(∇x − w) + ½ β |∇x − w|²) + μ f(x),  x ≥ 0
///
/// f half the squared misfit of the patterns, as in {@link VariationSolver}; where the multipliers
/// ν
/// have settled, x minimises f + λ Σ |∇x| with λ = 1/μ.
///
/// 1. x⁺ = (x − α ∇ₓL)₊, α of Barzilai and Borwein, shorter by 0.6 until L does not rise above a
///    running mean of what it was (Zhang and Hager)
/// 2. w⁺ = shrink(∇x⁺ − ν/β, 1/β)
/// 3. when x hardly moves: ν ← ν − β(∇x − w)
///
/// Every step costs one pass over the patterns, which all signals share.
final class AugmentedLagrangian {
  private static final double SHORTER = 0.6;
  private static final double DESCENT = 1e-5;
  private static final double MEMORY = 0.9995;
  private static final int TRIALS = 5;

  /// Steps of x between changes of the multipliers, at least: the first are short, because nothing
  /// is
  /// known of the curvature.
  private static final int STEPS = 8;

  /// Changes of the multipliers before all may end.
  private static final int CHANGES = 3;

  /// β over μ times the largest curvature of f; ∇ᵀ∇ has 8.
  private static final double BALANCE = 1.0 / 8;

  private AugmentedLagrangian() {}

  /// One signal.
  static final class Channel {
    final SensingOperator.Centered data;
    private final int rows;
    private final int columns;
    private final double kappa;
    private final double lipschitz;

    /// The image.
    final float[] x;

    private final float[] trial;
    private final float[] slopeF;
    private final double[] wDown;
    private final double[] wRight;
    private final double[] nuDown;
    private final double[] nuRight;
    private final double[] gradient;
    private final double[] gradientBefore;
    private double mu;
    private double beta;
    private double misfit;
    private double reference;
    private double weight;
    private double alpha;
    private int trials;
    private boolean begun;
    private int steps;
    private int changes;
    private final float[] outer;

    Channel(SensingOperator.Centered data, Grid grid, double largest) {
      this.data = data;
      rows = grid.rows();
      columns = grid.columns();
      int n = grid.size();
      double square = 0;
      double mean = 0;
      for (float a : data.meanPattern()) {
        square += (double) a * a;
        mean += a;
      }
      kappa = Math.min(data.total(), largest / square);
      lipschitz = largest + kappa * square;
      x = new float[n];
      Arrays.fill(x, (float) Math.max(0, data.meanSignal() / mean));
      trial = new float[n];
      slopeF = new float[n];
      wDown = new double[n];
      wRight = new double[n];
      nuDown = new double[n];
      nuRight = new double[n];
      gradient = new double[n];
      gradientBefore = new double[n];
      outer = new float[n];
    }

    /// Another weight of the misfit; x and the multipliers stay.
    void begin(double lambda) {
      mu = 1 / lambda;
      beta = mu * lipschitz * BALANCE;
      begun = false;
      steps = 0;
      changes = 0;
      System.arraycopy(x, 0, trial, 0, x.length);
      System.arraycopy(x, 0, outer, 0, x.length);
    }

    /// ∂f/∂x of the trial; f itself.
    private double completed(float[] g, double twice) {
      double off = data.meanOf(trial) - data.meanSignal();
      float[] mean = data.meanPattern();
      for (int k = 0; k < g.length; k++) {
        g[k] += (float) (kappa * off * mean[k]);
      }
      return 0.5 * twice + 0.5 * kappa * off * off;
    }

    private double down(float[] image, int i) {
      return i + columns < image.length ? image[i + columns] - image[i] : 0;
    }

    private double right(float[] image, int i) {
      return (i + 1) % columns > 0 ? image[i + 1] - image[i] : 0;
    }

    /// L without Σ|w|, which a step of x leaves.
    private double lagrangian(float[] image, double f) {
      double sum = mu * f;
      for (int i = 0; i < image.length; i++) {
        double a = down(image, i) - wDown[i];
        double b = right(image, i) - wRight[i];
        sum += -nuDown[i] * a - nuRight[i] * b + 0.5 * beta * (a * a + b * b);
      }
      return sum;
    }

    /// Line 2.
    private void shrink() {
      for (int i = 0; i < x.length; i++) {
        double a = down(x, i) - nuDown[i] / beta;
        double b = right(x, i) - nuRight[i] / beta;
        double length = Math.sqrt(a * a + b * b);
        double keep = length > 1 / beta ? 1 - 1 / (beta * length) : 0;
        wDown[i] = keep * a;
        wRight[i] = keep * b;
      }
    }

    /// ∇ₓL, where ∂f/∂x is in slopeF.
    private void setGradient() {
      System.arraycopy(gradient, 0, gradientBefore, 0, gradient.length);
      for (int i = 0; i < x.length; i++) {
        gradient[i] = mu * slopeF[i];
      }
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = r * columns + c;
          if (r + 1 < rows) {
            double t = beta * (down(x, i) - wDown[i]) - nuDown[i];
            gradient[i] -= t;
            gradient[i + columns] += t;
          }
          if (c + 1 < columns) {
            double t = beta * (right(x, i) - wRight[i]) - nuRight[i];
            gradient[i] -= t;
            gradient[i + 1] += t;
          }
        }
      }
    }

    /// A step that cannot rise: one over the largest curvature of L.
    private double safe() {
      return 1 / (mu * lipschitz + 8 * beta);
    }

    private void setTrial() {
      for (int i = 0; i < x.length; i++) {
        trial[i] = (float) Math.max(0, x[i] - alpha * gradient[i]);
      }
    }

    /// What is made of the pass over the patterns at the trial; whether the whole minimisation has
    /// come to rest.
    private boolean advance(float[] g, double twice, double tolerance) {
      double f = completed(g, twice);
      if (!begun) {
        begun = true;
        take(g, f);
        shrink();
        restart();
        setGradient();
        alpha = safe();
        setTrial();
        return false;
      }
      double tried = lagrangian(trial, f);
      double square = 0;
      double norm = 0;
      for (int i = 0; i < x.length; i++) {
        double by = (double) trial[i] - x[i];
        square += by * by;
        norm += (double) trial[i] * trial[i];
      }
      boolean isSafe = alpha <= safe();
      if (tried > reference - DESCENT / alpha * square && !isSafe) {
        trials++;
        alpha = trials < TRIALS ? SHORTER * alpha : safe();
        setTrial();
        return false;
      }
      trials = 0;
      float[] before = x.clone();
      System.arraycopy(trial, 0, x, 0, x.length);
      take(g, f);
      steps++;
      boolean still = steps >= STEPS && square <= tolerance * tolerance * norm;
      boolean rest = false;
      if (still) {
        rest = settled(tolerance);
        for (int i = 0; i < x.length; i++) {
          nuDown[i] -= beta * (down(x, i) - wDown[i]);
          nuRight[i] -= beta * (right(x, i) - wRight[i]);
        }
      }
      shrink();
      if (still) {
        restart();
      } else {
        double more = MEMORY * weight + 1;
        reference = (MEMORY * weight * reference + lagrangian(x, misfit)) / more;
        weight = more;
      }
      setGradient();
      alpha = barzilai(before);
      setTrial();
      return rest;
    }

    private void take(float[] g, double f) {
      System.arraycopy(g, 0, slopeF, 0, g.length);
      misfit = f;
    }

    private void restart() {
      reference = lagrangian(x, misfit);
      weight = 1;
    }

    /// Whether x has hardly changed since the multipliers did.
    private boolean settled(double tolerance) {
      double apart = 0;
      double norm = 0;
      for (int i = 0; i < x.length; i++) {
        double by = (double) x[i] - outer[i];
        apart += by * by;
        norm += (double) x[i] * x[i];
      }
      System.arraycopy(x, 0, outer, 0, x.length);
      changes++;
      steps = 0;
      return changes >= CHANGES && apart <= 4 * tolerance * tolerance * norm;
    }

    /// sᵀs / sᵀy of the last step; a safe one where the curvature is not above zero.
    private double barzilai(float[] before) {
      double ss = 0;
      double sy = 0;
      for (int i = 0; i < x.length; i++) {
        double s = (double) x[i] - before[i];
        ss += s * s;
        sy += s * (gradient[i] - gradientBefore[i]);
      }
      double safe = safe();
      return sy > 0 && ss > 0 ? Math.clamp(ss / sy, safe, 1e4 * safe) : safe;
    }
  }

  /// @param lambda 1/μ of each signal
  /// @param passes over the patterns, at most
  /// @return passes made
  static int solve(
      SensingOperator a,
      Channel[] channels,
      double[] lambda,
      int passes,
      double tolerance,
      Workers workers) {
    float[][] x = new float[channels.length][];
    float[][] g = new float[channels.length][a.grid().size()];
    var data = new SensingOperator.Centered[channels.length];
    for (int e = 0; e < channels.length; e++) {
      channels[e].begin(lambda[e]);
      x[e] = channels[e].trial;
      data[e] = channels[e].data;
    }
    boolean[] rest = new boolean[channels.length];
    for (int pass = 1; pass <= passes; pass++) {
      double[] twice = a.gradients(data, x, g, workers);
      workers.forEach(
          channels.length,
          (e, worker) -> rest[e] = rest[e] || channels[e].advance(g[e], twice[e], tolerance));
      boolean done = true;
      for (boolean one : rest) {
        done &= one;
      }
      if (done) {
        return pass;
      }
    }
    return passes;
  }
}
