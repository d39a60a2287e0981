package argand.xrf;

import argand.array.InvalidInput;
import argand.inverse.Cholesky;
import java.util.Arrays;

/// The fit of one spectrum: μ_c = Σ_g a_g P_gc + u U_c + B_c, with the areas a, pile-up U and the
/// background B, and the detector's parameters in P, by Levenberg and Marquardt with expected
/// second
/// derivatives (Fisher scoring).
///
///     D = 2 Σ_c [μ_c − y_c + y_c ln(y_c/μ_c)]      likelihood of counts      (1)
///     D = Σ_c (y_c − μ_c)² / max(y_c, 1)           weights of counts         (2)
///     F = D + |Δ² p|²/τ²                           with a smooth background  (3)
///
/// Where a trial makes μ_c less than a tenth of a count, (1) is continued as a parabola, so that
/// areas may be negative. The covariance is the inverse of the matrix of second derivatives of F/2,
/// and so the errors of areas are those over all detectors and backgrounds that the counts allow.
/// τ maximises the evidence of the data (Laplace's approximation).
final class SpectrumFit {
  private static final double FLOOR = 0.1;
  private static final double[] STRENGTHS = {1e4, 1e3, 1e2, 10, 1, 0.1};
  private static final double SMALLEST_PIVOT = 1e-12;
  /// A gain in F that is less moves no area by more than a hundredth of its error.
  private static final double SATISFIED = 1e-4;

  private static final int MOST_TRIALS = 12;

  private final SpectrumModel model;
  private final BackgroundCurve background;
  private final boolean likelihood;
  private final int channels;
  private final int groups;
  private final int unknowns;
  private final int firstOfAreas;
  private final double[] mu;
  private final double[] weight;
  private final double[] residual;
  private final Column weighted;

  /// @param likelihood (1), else (2)
  SpectrumFit(SpectrumModel model, boolean likelihood) {
    this.model = model;
    this.likelihood = likelihood;
    background = model.background();
    channels = model.channels();
    groups = model.groups();
    unknowns = model.unknowns();
    firstOfAreas = model.firstOfAreas();
    mu = model.mu();
    weight = new double[channels];
    residual = new double[channels];
    weighted = new Column(channels);
  }

  /// @param state of the detector
  /// @param strength 1/τ²
  record Start(
      DetectorState state, double[] areas, double pileUp, double[] curve, double strength) {}

  /// What a fit found.
  ///
  /// @param covariance of areas, groups × groups
  /// @param pileUp factor of its shape
  /// @param curve coefficients of the background
  /// @param deviance D
  /// @param evidence −2 ln of it, but for a constant
  record Found(
      DetectorState state,
      double[] areas,
      double[][] covariance,
      double pileUp,
      double[] curve,
      double strength,
      double deviance,
      double evidence,
      int iterations) {
    Start start() {
      return new Start(state, areas, pileUp, curve, strength);
    }
  }

  /// Begins where the background is and the areas are what a linear fit gives.
  Start begin(double[] y, DetectorState state, double[] rawBackground) {
    double[] p = background.near(rawBackground);
    double[] curve = new double[channels];
    background.evaluate(p, 0, curve);
    var columns = model.columns(state);
    double[] w = new double[channels];
    double[] target = new double[channels];
    for (int c = 0; c < channels; c++) {
      w[c] = 1 / Math.max(y[c], 1);
      target[c] = w[c] * (y[c] - curve[c]);
    }
    double[][] h = new double[groups][groups];
    double[] b = new double[groups];
    for (int g = 0; g < groups; g++) {
      for (int k = 0; k <= g; k++) {
        h[g][k] = Column.product(columns[g], columns[k], w);
      }
      h[g][g] *= 1 + 1e-6;
      b[g] = columns[g].dot(target);
    }
    var cholesky = new Cholesky(h, SMALLEST_PIVOT);
    double[] areas = cholesky.dependent() < 0 ? cholesky.solve(b) : new double[groups];
    return new Start(state, areas, 0, p, background.isRough() ? 100 : 0);
  }

  /// The fit with the background as rough as the data want it.
  Found fitWithEvidence(double[] y, Start start, int iterations) {
    if (!background.isRough()) {
      return fit(y, start, iterations);
    }
    Found best = null;
    Start from = start;
    for (double strength : STRENGTHS) {
      var found =
          fit(
              y,
              new Start(from.state(), from.areas(), from.pileUp(), from.curve(), strength),
              iterations);
      if (best == null || found.evidence() < best.evidence()) {
        best = found;
      } else {
        break;
      }
      from = found.start();
    }
    return best == null ? fit(y, start, iterations) : best;
  }

  Found fit(double[] y, Start start, int iterations) {
    double[] p = model.packed(start);
    var state = start.state();
    double strength = start.strength();
    int back = unknowns - background.size();
    double value = deviance(p, state, y) + strength * background.roughness(p, back);
    double damping = 1e-3;
    double[][] h = new double[unknowns][unknowns];
    double[] g = new double[unknowns];
    int k = 0;
    boolean better = true;
    for (; k < iterations && better; k++) {
      differentiate(p, state, y, strength, h, g);
      better = false;
      for (int trial = 0; trial < MOST_TRIALS && !better; trial++) {
        double[][] damped = new double[unknowns][];
        for (int i = 0; i < unknowns; i++) {
          damped[i] = h[i].clone();
          damped[i][i] += damping * h[i][i] + 1e-300;
        }
        var cholesky = new Cholesky(damped, 1e-14);
        if (cholesky.dependent() >= 0) {
          damping = Math.max(damping, 1e-6) * 10;
          continue;
        }
        double[] step = cholesky.solve(g);
        double[] tried = p.clone();
        for (int i = 0; i < unknowns; i++) {
          tried[i] += i < back ? step[i] : limited(step[i]);
        }
        var triedState = model.state(tried, state);
        double now = deviance(tried, triedState, y) + strength * background.roughness(tried, back);
        if (now <= value + 1e-12 * Math.abs(value)) {
          double gained = value - now;
          p = model.kept(tried, triedState); // the same array, kept within what has a meaning
          state = triedState;
          value = now;
          damping = Math.max(1e-9, damping * 0.1);
          better = gained > SATISFIED;
          if (!better) {
            trial = MOST_TRIALS;
          }
        } else {
          damping = Math.max(damping, 1e-6) * 8;
        }
      }
    }
    double deviance = deviance(p, state, y);
    differentiate(p, state, y, strength, h, g);
    var cholesky = factored(h);
    double[][] inverse = cholesky.inverse();
    int at = firstOfAreas;
    double[][] covariance = new double[groups][groups];
    for (int i = 0; i < groups; i++) {
      System.arraycopy(inverse[at + i], at, covariance[i], 0, groups);
    }
    double evidence =
        deviance
            + strength * background.roughness(p, back)
            + cholesky.logDeterminant()
            - (strength > 0 ? (background.size() - 2) * Math.log(strength) : 0);
    return new Found(
        state,
        Arrays.copyOfRange(p, at, at + groups),
        covariance,
        model.hasPileUp() ? p[at + groups] : 0,
        Arrays.copyOfRange(p, back, unknowns),
        strength,
        deviance,
        evidence,
        k);
  }

  /// Logarithms of a background do not jump.
  private double limited(double step) {
    return background.isExponential() ? Math.clamp(step, -2, 2) : step;
  }

  /// @throws InvalidInput where two groups cannot be told apart
  private Cholesky factored(double[][] h) {
    var cholesky = new Cholesky(h, SMALLEST_PIVOT);
    int row = cholesky.dependent();
    if (row < 0) {
      return cholesky;
    }
    int group = row - firstOfAreas;
    if (group >= 0 && group < groups) {
      throw new InvalidInput(
          "the line group",
          model.group(group).name(),
          "one that can be told from the others in this range",
          "leave it out, or widen the range");
    }
    for (int i = 0; i < unknowns; i++) {
      h[i][i] += 1e-9 * h[i][i] + 1e-12;
    }
    return new Cholesky(h, 0);
  }

  /// D of what the model expects.
  private double deviance(double[] p, DetectorState state, double[] y) {
    model.expect(p, state);
    double sum = 0;
    for (int c = 0; c < mu.length; c++) {
      sum += deviance(y[c], mu[c]);
    }
    return sum;
  }

  private double deviance(double y, double m) {
    if (!likelihood) {
      return (y - m) * (y - m) / Math.max(y, 1);
    }
    if (m >= FLOOR) {
      return 2 * (m - y + (y > 0 ? y * Math.log(y / m) : 0));
    }
    double d = m - FLOOR;
    double at = 2 * (FLOOR - y + (y > 0 ? y * Math.log(y / FLOOR) : 0));
    return at + 2 * d * (1 - y / FLOOR) + d * d * Math.max(y, 1) / (FLOOR * FLOOR);
  }

  /// H and g of F/2.
  private void differentiate(
      double[] p, DetectorState state, double[] y, double strength, double[][] h, double[] g) {
    model.expect(p, state);
    for (int c = 0; c < channels; c++) {
      if (!likelihood) {
        weight[c] = 1 / Math.max(y[c], 1);
        residual[c] = weight[c] * (y[c] - mu[c]);
      } else if (mu[c] >= FLOOR) {
        weight[c] = 1 / mu[c];
        residual[c] = (y[c] - mu[c]) / mu[c];
      } else {
        double curvature = Math.max(y[c], 1) / (FLOOR * FLOOR);
        weight[c] = Math.min(curvature, 1 / FLOOR);
        residual[c] = y[c] / FLOOR - 1 - (mu[c] - FLOOR) * curvature;
      }
    }
    var jacobian = model.jacobian(p, state);
    for (int i = 0; i < unknowns; i++) {
      var row = jacobian[i];
      for (int c = row.first; c < row.last; c++) {
        weighted.value[c] = weight[c] * row.value[c];
      }
      weighted.first = row.first;
      weighted.last = row.last;
      for (int j = 0; j <= i; j++) {
        h[i][j] = Column.product(weighted, jacobian[j]);
      }
      g[i] = jacobian[i].dot(residual);
    }
    if (strength > 0) {
      int back = unknowns - background.size();
      background.addRoughness(h, back, strength);
      background.subtractRoughness(p, back, strength, g);
    }
  }

  SpectrumModel.Expected expected(Found found) {
    return model.expected(model.packed(found.start()), found.state());
  }

  Column[] columns(DetectorState state) {
    return model.columns(state);
  }
}
