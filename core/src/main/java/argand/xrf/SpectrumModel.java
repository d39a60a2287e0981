package argand.xrf;

import argand.physics.LineGroup;
import java.util.Arrays;
import java.util.List;

/// What a spectrum is expected to be, and how that changes with each unknown:
///
///     μ_c = Σ_g a_g P_gc + u U_c + B_c
///
/// The unknowns are, in this order, the detector's parameters that are free, the areas a, pile-up u
/// where there is any, and the coefficients of the background B. Owns buffers; not for two threads
/// at once.
final class SpectrumModel {
  private static final double[] NOWHERE = {};

  private final List<LinePattern> patterns;
  private final double pairEv;
  private final FitRange range;
  private final BackgroundCurve background;
  private final double[] pileUp;
  private final List<ShapeParameter> free;

  private final Column[] columns;
  private final Column[] jacobian;
  private final double[] mu;
  private final double[] curve;
  private final PeakProfile.Slopes slopes;

  /// Where μ was last asked for; the unknowns themselves, not a copy.
  private double[] expectedAt = NOWHERE;

  /// @param pileUp its shape over the channels of the fit; empty for none
  SpectrumModel(
      List<LinePattern> patterns,
      double pairEv,
      FitRange range,
      BackgroundCurve background,
      double[] pileUp,
      List<ShapeParameter> free) {
    this.patterns = patterns;
    this.pairEv = pairEv;
    this.range = range;
    this.background = background;
    this.pileUp = pileUp;
    this.free = free;
    columns = columns(patterns.size());
    jacobian = columns(unknowns());
    mu = new double[channels()];
    curve = new double[channels()];
    slopes = PeakProfile.Slopes.of(channels());
  }

  private Column[] columns(int count) {
    var made = new Column[count];
    Arrays.setAll(made, k -> new Column(channels()));
    return made;
  }

  int channels() {
    return range.channels();
  }

  int groups() {
    return patterns.size();
  }

  LineGroup group(int index) {
    return patterns.get(index).group();
  }

  BackgroundCurve background() {
    return background;
  }

  boolean hasPileUp() {
    return pileUp.length > 0;
  }

  int unknowns() {
    return firstOfBackground() + background.size();
  }

  int firstOfAreas() {
    return free.size();
  }

  private int firstOfBackground() {
    return free.size() + groups() + (hasPileUp() ? 1 : 0);
  }

  /// μ, not a copy: as {@link #expect} left it.
  double[] mu() {
    return mu;
  }

  /// The unknowns of a start: detector, areas, pile-up, background.
  double[] packed(SpectrumFit.Start start) {
    double[] p = new double[unknowns()];
    int at = firstOfAreas();
    for (int i = 0; i < at; i++) {
      p[i] = start.state().get(free.get(i));
    }
    System.arraycopy(start.areas(), 0, p, at, columns.length);
    if (hasPileUp()) {
      p[at + columns.length] = start.pileUp();
    }
    System.arraycopy(start.curve(), 0, p, firstOfBackground(), background.size());
    return p;
  }

  /// The detector that unknowns ask for, kept within what has a meaning.
  DetectorState state(double[] p, DetectorState from) {
    var state = from;
    for (int i = 0; i < free.size(); i++) {
      state = state.with(free.get(i), p[i]);
    }
    return state;
  }

  /// The same array, its detector's part as the state has it.
  double[] kept(double[] p, DetectorState state) {
    for (int i = 0; i < free.size(); i++) {
      p[i] = state.get(free.get(i));
    }
    return p;
  }

  /// The columns of all groups.
  private void draw(DetectorState state) {
    var profile =
        new PeakProfile(state.calibration(), state.shape(), pairEv, range.first(), channels());
    for (int g = 0; g < columns.length; g++) {
      columns[g].clear();
      draw(profile, state, patterns.get(g), columns[g]);
    }
  }

  private static void draw(
      PeakProfile profile, DetectorState state, LinePattern pattern, Column column) {
    if (pattern.group().equals(LineGroup.COMPTON)) {
      profile.gaussian(
          column, pattern.mainEv() + state.comptonShiftEv(), 1, state.comptonWidthEv());
    } else {
      profile.addTo(column, pattern);
    }
  }

  /// The columns of all groups; overwritten by the next call of anything.
  Column[] columns(DetectorState state) {
    expectedAt = NOWHERE;
    draw(state);
    return columns;
  }

  /// The expected counts into {@link #mu}.
  void expect(double[] p, DetectorState state) {
    if (expectedAt == p) {
      return;
    }
    expectedAt = p;
    draw(state);
    int at = firstOfAreas();
    background.evaluate(p, firstOfBackground(), curve);
    System.arraycopy(curve, 0, mu, 0, mu.length);
    for (int g = 0; g < columns.length; g++) {
      columns[g].addTo(mu, p[at + g]);
    }
    for (int c = 0; c < pileUp.length; c++) {
      mu[c] += p[at + columns.length] * pileUp[c];
    }
  }

  /// Everything that is expected, and the background of it.
  record Expected(double[] all, double[] background) {}

  Expected expected(double[] p, DetectorState state) {
    expect(p, state);
    return new Expected(mu.clone(), curve.clone());
  }

  /// ∂μ/∂unknown, after {@link #expect} with the same; overwritten by the next call.
  Column[] jacobian(double[] p, DetectorState state) {
    int at = free.size();
    if (at > 0) {
      slopesOfShape(p, state);
    }
    for (int g = 0; g < columns.length; g++) {
      jacobian[at + g].clear();
      jacobian[at + g].reach(columns[g].first, columns[g].last);
      columns[g].addTo(jacobian[at + g].value, 1);
    }
    if (hasPileUp()) {
      jacobian[at + columns.length].clear();
      jacobian[at + columns.length].reach(0, channels());
      System.arraycopy(pileUp, 0, jacobian[at + columns.length].value, 0, channels());
    }
    int back = firstOfBackground();
    for (int k = 0; k < background.size(); k++) {
      background.slope(k, curve, jacobian[back + k]);
    }
    return jacobian;
  }

  private void slopesOfShape(double[] p, DetectorState state) {
    int at = free.size();
    var profile =
        new PeakProfile(state.calibration(), state.shape(), pairEv, range.first(), channels());
    Arrays.fill(slopes.zero(), 0);
    Arrays.fill(slopes.gain(), 0);
    Arrays.fill(slopes.noise(), 0);
    Arrays.fill(slopes.fano(), 0);
    for (int g = 0; g < columns.length; g++) {
      if (!patterns.get(g).group().equals(LineGroup.COMPTON)) {
        profile.addSlopes(slopes, patterns.get(g), p[at + g]);
      }
    }
    for (int i = 0; i < at; i++) {
      jacobian[i].clear();
      jacobian[i].reach(0, channels());
      double[] into = jacobian[i].value;
      switch (free.get(i)) {
        case ZERO -> System.arraycopy(slopes.zero(), 0, into, 0, channels());
        case GAIN -> System.arraycopy(slopes.gain(), 0, into, 0, channels());
        case NOISE -> System.arraycopy(slopes.noise(), 0, into, 0, channels());
        case FANO -> System.arraycopy(slopes.fano(), 0, into, 0, channels());
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
    if (moved.get(which) == value) { // at its greatest
      moved = state.with(which, value - step);
    }
    step = moved.get(which) - value;
    var profile =
        new PeakProfile(moved.calibration(), moved.shape(), pairEv, range.first(), channels());
    var column = new Column(channels());
    for (int g = 0; g < columns.length; g++) {
      column.clear();
      draw(profile, moved, patterns.get(g), column);
      column.addTo(into, p[free.size() + g] / step);
      columns[g].addTo(into, -p[free.size() + g] / step);
    }
  }
}
