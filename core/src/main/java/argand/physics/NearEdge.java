package argand.physics;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The scattering factors of a material of which absorption was measured around an absorption edge:
/// measured points between two energies, tables of free atoms outside.
///
/// Optical density −ln(I/I₀) = 4πβt/λ is of unknown scale (the thickness) and lies on a background.
/// So it is fitted to the tables at the two energies where it is put in:
///
///     f₂(E) = s E OD(E) + o,   f₂ = f₂,tables at both ends                       (1)
///     s = 1/(2 r_e h c m),   m the formula units on a unit of area                (2)
///
/// What this cannot know: m is as good as the tables are at both ends, which should lie 10 eV or
/// more off the fine structure; an optical density that saturates (a line through which hardly any
/// photon comes) makes f₂ too low there, and f₁ wrong around it.
///
/// Between points run straight lines, as in the paper of `KramersKronig`, or curves: on points that
/// resolve the lines of a spectrum (four on a full width) curves make the error of f₁ six to forty
/// times smaller.
public final class NearEdge {
  private final ScatteringFactors factors;
  private final double[] ev;
  private final double[] f2;
  private final boolean curved;
  private final double scale;
  private final double offset;

  private NearEdge(
      ScatteringFactors factors,
      double[] ev,
      double[] f2,
      boolean curved,
      double scale,
      double offset) {
    this.factors = factors;
    this.ev = ev;
    this.f2 = f2;
    this.curved = curved;
    this.scale = scale;
    this.offset = offset;
  }

  /// Puts measured absorption into the tables (1).
  ///
  /// @param ev rising [eV]
  /// @param opticalDensity at these, of any scale
  /// @param fromEv where the measurement takes over from the tables, within the energies
  /// @param toEv where the tables take over again
  /// @param curved curves between the points instead of lines
  /// @throws InvalidInput where there is no edge to scale by
  public static NearEdge of(
      ScatteringFactors factors,
      double[] ev,
      double[] opticalDensity,
      double fromEv,
      double toEv,
      boolean curved) {
    Check.same("optical densities", opticalDensity.length, ev.length);
    mustLie(ev, fromEv, toEv);
    double[] raw = new double[ev.length];
    for (int i = 0; i < raw.length; i++) {
      if (Double.isNaN(opticalDensity[i])) {
        throw new InvalidInput(
            "the optical density at " + ev[i] + " eV",
            "not a number",
            "one at each energy",
            "leave the energy out");
      }
      raw[i] = ev[i] * opticalDensity[i];
    }
    double low = line(ev, raw, fromEv);
    double high = line(ev, raw, toEv);
    double tableLow = factors.f2(fromEv);
    double tableHigh = factors.f2(toEv);
    double scale = (tableHigh - tableLow) / (high - low);
    if (!(tableHigh > tableLow)) {
      throw new InvalidInput(
          "formula",
          String.format(
              Locale.ROOT,
              "'%s', whose absorption does not rise from %.1f to %.1f eV",
              factors.formula(),
              fromEv,
              toEv),
          "an absorption edge of the material between the energies of merging",
          edges(factors, ev));
    }
    if (!(scale > 0 && high / toEv > low / fromEv) || Double.isInfinite(scale)) {
      throw new InvalidInput(
          "the optical density",
          String.format(
              Locale.ROOT,
              "%.4g at %.1f eV and %.4g at %.1f eV",
              low / fromEv,
              fromEv,
              high / toEv,
              toEv),
          "more above the edge than below it, as the tables of " + factors.formula() + " have it",
          "is it optical density, and is the formula right?");
    }
    double offset = tableLow - scale * low;
    var points = new ArrayList<double[]>();
    points.add(new double[] {fromEv, tableLow});
    for (int i = 0; i < ev.length; i++) {
      if (ev[i] > fromEv && ev[i] < toEv) {
        points.add(new double[] {ev[i], scale * raw[i] + offset});
      }
    }
    points.add(new double[] {toEv, tableHigh});
    return new NearEdge(
        factors,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray(),
        curved,
        scale,
        offset);
  }

  private static void mustLie(double[] ev, double fromEv, double toEv) {
    double first = ev[0];
    double last = ev[ev.length - 1];
    if (!(fromEv >= first && fromEv < toEv && toEv <= last)) {
      throw new InvalidInput(
          "the energies of merging",
          String.format(Locale.ROOT, "%.1f and %.1f eV", fromEv, toEv),
          String.format(Locale.ROOT, "rising, within the measured %.1f … %.1f eV", first, last),
          "");
    }
    long inside = Arrays.stream(ev).filter(e -> e > fromEv && e < toEv).count();
    if (inside < 3) {
      throw new InvalidInput(
          "the energies of merging", inside + " measured energies between them", "at least 3", "");
    }
  }

  private static String edges(ScatteringFactors factors, double[] ev) {
    double[] edges = factors.edgesEv(0.7 * ev[0], 1.3 * ev[ev.length - 1]);
    return edges.length == 0
        ? "it has none near these energies"
        : "its edges near by: "
            + String.join(
                ", ",
                Arrays.stream(edges)
                    .mapToObj(e -> String.format(Locale.ROOT, "%.1f eV", e))
                    .toList());
  }

  private static double line(double[] x, double[] y, double at) {
    int right = 1;
    while (right < x.length - 1 && x[right] < at) {
      right++;
    }
    double share = (at - x[right - 1]) / (x[right] - x[right - 1]);
    return y[right - 1] + share * (y[right] - y[right - 1]);
  }

  public ScatteringFactors factors() {
    return factors;
  }

  /// The points between the tables, both ends included [eV].
  public double[] energiesEv() {
    return ev.clone();
  }

  /// f₂ at these.
  public double[] f2() {
    return f2.clone();
  }

  /// f₁ at these.
  public double[] f1() {
    return f1(ev);
  }

  /// f₂ as pieces, of the tables and of the measurement.
  public List<SpectralPiece> pieces() {
    var pieces = new ArrayList<SpectralPiece>();
    for (LaurentPiece piece : factors.f2Pieces()) {
      piece.between(0, ev[0]).ifPresent(pieces::add);
      piece.between(ev[ev.length - 1], Double.POSITIVE_INFINITY).ifPresent(pieces::add);
    }
    pieces.addAll(curved ? CubicPiece.through(ev, f2) : CubicPiece.lines(ev, f2));
    return pieces;
  }

  /// f₁ at any energies [eV].
  public double[] f1(double[] at) {
    return KramersKronig.f1(pieces(), factors.relativisticElectrons(), at);
  }

  /// Formula units on a unit of area [1/m²] (2).
  public double unitsPerArea() {
    return 1 / (2 * Constants.ELECTRON_RADIUS * Constants.HC_EV_M * scale);
  }

  /// Thickness at this density [kg/m³], if all of it is this material.
  public double thickness(double density) {
    return unitsPerArea() / factors.unitsPerVolume(density);
  }

  /// What was added to the measured optical density at an energy to meet the tables: less than no
  /// background, where negative a background was taken off.
  public double addedOpticalDensity(double at) {
    return offset / (scale * at);
  }

  /// Phase −2πδt/λ that this much of the material gives a wave at some energies [rad].
  public double[] phase(double[] at) {
    return phase(f1(at), at, unitsPerArea());
  }

  /// −r_e λ m f₁ [rad].
  ///
  /// @param unitsPerArea m [1/m²]
  public static double[] phase(double[] f1, double[] ev, double unitsPerArea) {
    double[] phase = new double[ev.length];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = -Constants.ELECTRON_RADIUS * Constants.HC_EV_M / ev[i] * unitsPerArea * f1[i];
    }
    return phase;
  }

  /// 2 r_e λ m f₂: the optical density of this much of the material.
  ///
  /// @param unitsPerArea m [1/m²]
  public static double[] opticalDensity(double[] f2, double[] ev, double unitsPerArea) {
    double[] density = new double[ev.length];
    for (int i = 0; i < density.length; i++) {
      density[i] = 2 * Constants.ELECTRON_RADIUS * Constants.HC_EV_M / ev[i] * unitsPerArea * f2[i];
    }
    return density;
  }
}
