package argand.spectro;

import argand.array.InvalidInput;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// One spectrum with its lines below and above the edge.
///
/// Without windows the customs of Larch and Athena: E₀ by {@link EdgeEnergy#steepest}; pre-edge
/// from the second energy (rounded to 5 eV from E₀) to a third of that distance; post-edge from
/// 150 eV or a third of what is behind E₀ to the end; degree 2 over 350 eV, 1 over 50 eV, else 0.
///
/// @param e0Ev edge energy [eV]
/// @param edgeStep post − pre at E₀
/// @param preEdge line below the edge at every energy
/// @param postEdge pre-edge line plus polynomial at every energy
/// @param normalized (values − pre)/edgeStep
/// @param flattened the same, and above E₀ without the slope and curvature of the post-edge
/// @param windows chosen: pre₁, pre₂, norm₁, norm₂ from E₀ [eV], and the degree
public record NormalizedSpectrum(
    double e0Ev,
    double edgeStep,
    double[] preEdge,
    double[] postEdge,
    Spectrum normalized,
    Spectrum flattened,
    double[] windows) {
  /// What is not given is chosen.
  ///
  /// @param e0Ev edge energy [eV]
  /// @param victoreen n of (a + b E) E⁻ⁿ, 0 for a line
  public static NormalizedSpectrum of(Spectrum spectrum, OptionalDouble e0Ev, int victoreen) {
    double[] e = spectrum.energyEv();
    double[] y = spectrum.values();
    if (e.length < 8) {
      throw new InvalidInput(
          "spectrum " + spectrum.name(),
          "of " + e.length + " energies",
          "at least 8 to find and normalize an edge",
          "");
    }
    double e0 = e0Ev.orElseGet(() -> EdgeEnergy.steepest(e, y));
    if (e0 < e[1] || e0 > e[e.length - 2]) {
      throw new InvalidInput(
          "the edge energy", e0 + " eV", "inside of " + e[1] + " … " + e[e.length - 2] + " eV", "");
    }
    int at = Interpolation.nearest(e, e0);
    double[] chosen = windows(e, at);
    return of(spectrum, at, chosen, victoreen);
  }

  /// With the customs named above.
  public static NormalizedSpectrum of(Spectrum spectrum) {
    return of(spectrum, OptionalDouble.empty(), 0);
  }

  private static double[] windows(double[] e, int at) {
    double e0 = e[at];
    double round = at > 20 ? 5 : 2;
    double pre1 = Math.max(round * Math.rint((e[1] - e0) / round), e[0] - e0);
    double pre2 = 5 * Math.rint(pre1 / 15);
    if (pre1 > pre2) {
      double swap = pre1;
      pre1 = pre2;
      pre2 = swap;
    }
    double behind = e[e.length - 1] - e0;
    double norm2 = Math.min(behind, 5 * Math.rint(behind / 5));
    double norm1 = Math.min(150, 5 * Math.rint(norm2 / 15));
    norm1 = Math.min(norm1, norm2 - 10);
    double range = norm2 - norm1;
    return new double[] {pre1, pre2, norm1, norm2, range < 50 ? 0 : range < 350 ? 1 : 2};
  }

  private static NormalizedSpectrum of(Spectrum spectrum, int at, double[] windows, int victoreen) {
    double[] e = spectrum.energyEv();
    double[] y = spectrum.values();
    double e0 = e[at];
    int[] pre = between(e, e0 + windows[0], e0 + windows[1]);
    int[] post = between(e, e0 + windows[2], e0 + windows[3]);
    double[][] line = new double[2][e.length];
    double half = Math.max(1, (windows[1] - windows[0]) / 2);
    double center = e0 + (windows[0] + windows[1]) / 2;
    for (int i = 0; i < e.length; i++) {
      double power = Math.pow(e[i] / e0, -victoreen);
      line[0][i] = power;
      line[1][i] = power * (e[i] - center) / half;
    }
    double[] preEdge = fitted(line, pre, y, "the pre-edge of " + spectrum.name());
    double[][] polynomial = new double[(int) windows[4] + 1][e.length];
    double middle = e0 + (windows[2] + windows[3]) / 2;
    double width = Math.max(1, (windows[3] - windows[2]) / 2);
    double[] rest = new double[e.length];
    for (int i = 0; i < e.length; i++) {
      rest[i] = y[i] - preEdge[i];
      for (int k = 0; k < polynomial.length; k++) {
        polynomial[k][i] = Math.pow((e[i] - middle) / width, k);
      }
    }
    double[] above = fitted(polynomial, post, rest, "the post-edge of " + spectrum.name());
    double step = above[at];
    if (!(step > 0)) {
      throw new InvalidInput(
          "the edge step of " + spectrum.name(), step, "above 0", "give the edge energy");
    }
    double[] postEdge = new double[e.length];
    double[] normalized = new double[e.length];
    double[] flat = new double[e.length];
    for (int i = 0; i < e.length; i++) {
      postEdge[i] = preEdge[i] + above[i];
      normalized[i] = rest[i] / step;
      flat[i] = normalized[i] - (e[i] > e0 ? (above[i] - step) / step : 0);
    }
    var sigma = spectrum.sigma().map(s -> Arrays.stream(s).map(v -> v / step).toArray());
    return new NormalizedSpectrum(
        e0,
        step,
        preEdge,
        postEdge,
        new Spectrum(spectrum.name(), e, normalized, sigma, Quantity.NORMALIZED),
        new Spectrum(spectrum.name(), e, flat, sigma, Quantity.NORMALIZED),
        windows);
  }

  /// From the first energy not below `from` (a thousandth of an eV is forgiven) to before the one
  /// nearest to `to`.
  private static int[] between(double[] e, double from, double to) {
    int first = 0;
    while (first + 1 < e.length && e[first + 1] <= from + 1e-3) {
      first++;
    }
    int last = Interpolation.nearest(e, to);
    if (last - first < 2) {
      last = Math.min(e.length, first + 2);
    }
    int start = first;
    int[] inside = new int[last - first];
    Arrays.setAll(inside, i -> start + i);
    return inside;
  }

  private static double[] fitted(double[][] columns, int[] window, double[] y, String what) {
    double[] weight = new double[y.length];
    for (int i : window) {
      weight[i] = Double.isNaN(y[i]) ? 0 : 1;
    }
    double[][] weights =
        LinearFit.weights(columns, weight)
            .orElseThrow(
                () ->
                    new InvalidInput(
                        what,
                        "a window of " + window.length + " energies",
                        "at least " + columns.length,
                        "give a wider range of energies"));
    double[] line = new double[y.length];
    for (int k = 0; k < columns.length; k++) {
      double c = 0;
      for (int i : window) {
        c += weight[i] > 0 ? weights[k][i] * y[i] : 0;
      }
      for (int i = 0; i < line.length; i++) {
        line[i] += c * columns[k][i];
      }
    }
    return line;
  }

  /// This spectrum normalized by two windows given as energies, like a stack by {@link
  /// NormalizeEdge}.
  public static Spectrum of(Spectrum spectrum, NormalizeEdge by) {
    double[] e = spectrum.energyEv();
    double e0 =
        by.e0Ev()
            .orElseGet(
                () -> EdgeEnergy.steepest(e, spectrum.values(), by.pre().get(1), by.post().get(0)));
    var model =
        by.lines(e, e0)
            .model(EdgeModel.all(e.length))
            .orElseThrow(
                () ->
                    new InvalidInput("the windows", "too narrow for the lines", "wider ones", ""));
    return new Spectrum(
        spectrum.name(),
        e,
        model.normalized(spectrum.values()),
        Optional.empty(),
        Quantity.NORMALIZED);
  }
}
