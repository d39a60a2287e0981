package argand.xrf;

import argand.inverse.Cholesky;
import argand.physics.LineGroup;
import java.util.Arrays;
import java.util.List;

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

  private final List<LinePattern> patterns;
  private final double pairEv;
  private final int first;
  private final int channels;
  private final BackgroundCurve background;
  private final double[] pileUp;
  private final List<ShapeParameter> free;
  private final boolean likelihood;
  private final int groups;
  private final int unknowns;

  private final Column[] columns;
  private final Column[] jacobian;
  private final double[] mu;
  private final double[] curve;
  private final double[] weight;
  private final double[] residual;
  private final PeakProfile.Slopes slopes;
  private final Column weighted;

  /// Where μ was last asked for; the unknowns themselves, not a copy.
  private double[] expectedAt = {};

  /// @param first channel of the fit
  /// @param pileUp its shape over the channels of the fit; empty for none
  /// @param likelihood (1), else (2)
  SpectrumFit(
      List<LinePattern> patterns,
      double pairEv,
      int first,
      int channels,
      BackgroundCurve background,
      double[] pileUp,
      List<ShapeParameter> free,
      boolean likelihood) {
    this.patterns = patterns;
    this.pairEv = pairEv;
    this.first = first;
    this.channels = channels;
    this.background = background;
    this.pileUp = pileUp;
    this.free = free;
    this.likelihood = likelihood;
    groups = patterns.size();
    unknowns = free.size() + groups + (pileUp.length > 0 ? 1 : 0) + background.size();
    columns = new Column[groups];
    for (int g = 0; g < groups; g++) {
      columns[g] = new Column(channels);
    }
    jacobian = new Column[unknowns];
    for (int k = 0; k < unknowns; k++) {
      jacobian[k] = new Column(channels);
    }
    mu = new double[channels];
    curve = new double[channels];
    weight = new double[channels];
    residual = new double[channels];
    slopes = PeakProfile.Slopes.of(channels);
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
    background.evaluate(p, 0, curve);
    draw(state);
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
    double[] p = packed(start);
    var state = start.state();
    double strength = start.strength();
    int back = unknowns - background.size();
    double value = expect(p, state, y) + strength * background.roughness(p, back);
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
        var triedState = unpacked(tried, state);
        double now = expect(tried, triedState, y) + strength * background.roughness(tried, back);
        if (now <= value + 1e-12 * Math.abs(value)) {
          double gained = value - now;
          p = repacked(tried, triedState); // the same array, kept within what has a meaning
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
    double deviance = expect(p, state, y);
    differentiate(p, state, y, strength, h, g);
    var cholesky = factored(h);
    double[][] inverse = cholesky.inverse();
    int at = free.size();
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
        pileUp.length > 0 ? p[at + groups] : 0,
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

  /// @throws argand.array.InvalidInput where two groups cannot be told apart
  private Cholesky factored(double[][] h) {
    var cholesky = new Cholesky(h, SMALLEST_PIVOT);
    int row = cholesky.dependent();
    if (row < 0) {
      return cholesky;
    }
    int group = row - free.size();
    if (group >= 0 && group < groups) {
      throw new argand.array.InvalidInput(
          "the line group",
          patterns.get(group).group().name(),
          "one that can be told from the others in this range",
          "leave it out, or widen the range");
    }
    for (int i = 0; i < unknowns; i++) {
      h[i][i] += 1e-9 * h[i][i] + 1e-12;
    }
    return new Cholesky(h, 0);
  }

  private double[] packed(Start start) {
    double[] p = new double[unknowns];
    int at = free.size();
    for (int i = 0; i < at; i++) {
      p[i] = start.state().get(free.get(i));
    }
    System.arraycopy(start.areas(), 0, p, at, groups);
    if (pileUp.length > 0) {
      p[at + groups] = start.pileUp();
    }
    System.arraycopy(start.curve(), 0, p, unknowns - background.size(), background.size());
    return p;
  }

  private DetectorState unpacked(double[] p, DetectorState from) {
    var state = from;
    for (int i = 0; i < free.size(); i++) {
      state = state.with(free.get(i), p[i]);
    }
    return state;
  }

  private double[] repacked(double[] p, DetectorState state) {
    for (int i = 0; i < free.size(); i++) {
      p[i] = state.get(free.get(i));
    }
    return p;
  }

  /// The columns of all groups.
  private void draw(DetectorState state) {
    var profile = new PeakProfile(state.calibration(), state.shape(), pairEv, first, channels);
    for (int g = 0; g < groups; g++) {
      columns[g].clear();
      draw(profile, state, patterns.get(g), columns[g]);
    }
  }

  static void draw(PeakProfile profile, DetectorState state, LinePattern pattern, Column column) {
    if (pattern.group().equals(LineGroup.COMPTON)) {
      profile.gaussian(
          column, pattern.mainEv() + state.comptonShiftEv(), 1, state.comptonWidthEv());
    } else {
      profile.addTo(column, pattern);
    }
  }

  Column[] columns(DetectorState state) {
    draw(state);
    return columns;
  }

  /// The expected counts into `mu`; returns D.
  private double expect(double[] p, DetectorState state, double[] y) {
    expectedAt = p;
    draw(state);
    int at = free.size();
    background.evaluate(p, unknowns - background.size(), curve);
    System.arraycopy(curve, 0, mu, 0, channels);
    for (int g = 0; g < groups; g++) {
      columns[g].addTo(mu, p[at + g]);
    }
    for (int c = 0; c < pileUp.length; c++) {
      mu[c] += p[at + groups] * pileUp[c];
    }
    double sum = 0;
    for (int c = 0; c < channels; c++) {
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

  /// H and g of F/2 at what {@link #expect} was last asked for.
  private void differentiate(
      double[] p, DetectorState state, double[] y, double strength, double[][] h, double[] g) {
    if (expectedAt != p) {
      expect(p, state, y);
    }
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
    fillJacobian(p, state);
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

  private void fillJacobian(double[] p, DetectorState state) {
    int at = free.size();
    if (at > 0) {
      slopesOfShape(p, state);
    }
    for (int g = 0; g < groups; g++) {
      jacobian[at + g].clear();
      jacobian[at + g].reach(columns[g].first, columns[g].last);
      columns[g].addTo(jacobian[at + g].value, 1);
    }
    if (pileUp.length > 0) {
      jacobian[at + groups].clear();
      jacobian[at + groups].reach(0, channels);
      System.arraycopy(pileUp, 0, jacobian[at + groups].value, 0, channels);
    }
    int back = unknowns - background.size();
    for (int k = 0; k < background.size(); k++) {
      background.slope(k, curve, jacobian[back + k]);
    }
  }

  private void slopesOfShape(double[] p, DetectorState state) {
    int at = free.size();
    var profile = new PeakProfile(state.calibration(), state.shape(), pairEv, first, channels);
    Arrays.fill(slopes.zero(), 0);
    Arrays.fill(slopes.gain(), 0);
    Arrays.fill(slopes.noise(), 0);
    Arrays.fill(slopes.fano(), 0);
    for (int g = 0; g < groups; g++) {
      if (!patterns.get(g).group().equals(LineGroup.COMPTON)) {
        profile.addSlopes(slopes, patterns.get(g), p[at + g]);
      }
    }
    for (int i = 0; i < at; i++) {
      jacobian[i].clear();
      jacobian[i].reach(0, channels);
      double[] into = jacobian[i].value;
      switch (free.get(i)) {
        case ZERO -> System.arraycopy(slopes.zero(), 0, into, 0, channels);
        case GAIN -> System.arraycopy(slopes.gain(), 0, into, 0, channels);
        case NOISE -> System.arraycopy(slopes.noise(), 0, into, 0, channels);
        case FANO -> System.arraycopy(slopes.fano(), 0, into, 0, channels);
        default -> difference(p, state, free.get(i), into);
      }
    }
  }

  /// ∂/∂parameter of the expected lines by a small step.
  private void difference(double[] p, DetectorState state, ShapeParameter which, double[] into) {
    double value = state.get(which);
    double step =
        Math.max(1e-4 * Math.abs(value), which == ShapeParameter.COMPTON_SHIFT ? 0.1 : 1e-5);
    var moved = state.with(which, value + step);
    step = moved.get(which) - value;
    var profile = new PeakProfile(moved.calibration(), moved.shape(), pairEv, first, channels);
    var column = new Column(channels);
    for (int g = 0; g < groups; g++) {
      column.clear();
      draw(profile, moved, patterns.get(g), column);
      column.addTo(into, p[free.size() + g] / step);
      columns[g].addTo(into, -p[free.size() + g] / step);
    }
  }

  /// Everything that is expected, and the background of it.
  record Expected(double[] all, double[] background) {}

  Expected expected(Found found, double[] y) {
    expect(packed(found.start()), found.state(), y);
    return new Expected(mu.clone(), curve.clone());
  }
}
