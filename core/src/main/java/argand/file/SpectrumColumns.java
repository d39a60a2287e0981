package argand.file;

import argand.array.InvalidInput;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/// Columns of a file of spectra → spectra, by the titles of the columns.
///
/// Absorption is a column of its own (`mu`, `xmu`, `mutrans`) or −ln(itrans/i0); fluorescence
/// (`mufluor`, or ifluor/i0) is taken where there is no transmission. Columns without a known title
/// are spectra themselves.
///
/// @param stem names the spectra
/// @param note hears what was assumed
record SpectrumColumns(
    java.nio.file.Path file,
    String stem,
    List<String> names,
    double[][] columns,
    Consumer<String> note) {
  private static final List<String> ENERGY =
      List.of("energy", "e", "en", "ev", "kev", "photonenergy", "energyev", "energykev", "monoe");
  private static final List<String> MU =
      List.of("mu", "xmu", "mutrans", "mux", "mut", "absorption", "absorbance", "od", "mue");
  private static final List<String> FLUORESCENCE = List.of("mufluor", "muf", "fluorescence");
  private static final List<String> NORMALIZED =
      List.of("norm", "normalized", "normalised", "flat", "normalizedabsorption");
  private static final List<String> I0 = List.of("i0", "io", "monitor", "imon", "izero");
  private static final List<String> TRANSMITTED = List.of("itrans", "it", "i1", "transmitted");
  private static final List<String> YIELD = List.of("ifluor", "if", "ifl", "iff", "fluor");
  private static final List<String> SIGMA = List.of("sigma", "error", "stddev", "std", "err");

  List<Spectrum> spectra() {
    int energy = Math.max(0, column(ENERGY));
    double[] ev =
        PhotonEnergies.inEv(
            columns[energy],
            names.isEmpty() ? Optional.empty() : PhotonEnergies.unitIn(names.get(energy)),
            stem,
            note);
    if (columns.length < 2) {
      throw new FileTrouble(file, "there is one column only; expected energies and a spectrum");
    }
    var found = new ArrayList<Spectrum>();
    if (!names.isEmpty()) {
      absorption(ev).ifPresent(found::add);
      given(NORMALIZED, ev, Quantity.NORMALIZED, found.isEmpty() ? stem : stem + " norm")
          .ifPresent(found::add);
    }
    if (found.isEmpty()) {
      everyColumn(energy, ev, found);
    }
    return found;
  }

  private Optional<Spectrum> absorption(double[] ev) {
    return given(MU, ev, Quantity.OPTICAL_DENSITY, stem)
        .or(
            () ->
                ratio(
                    TRANSMITTED,
                    ev,
                    Quantity.OPTICAL_DENSITY,
                    "−ln(%s/%s)",
                    (it, i0) -> -Math.log(it / i0)))
        .or(() -> given(FLUORESCENCE, ev, Quantity.YIELD, stem))
        .or(() -> ratio(YIELD, ev, Quantity.YIELD, "%s/%s", (f, i0) -> f / i0));
  }

  private Optional<Spectrum> given(List<String> role, double[] ev, Quantity is, String name) {
    int column = column(role);
    if (column < 0) {
      return Optional.empty();
    }
    note.accept(name + " is column " + names.get(column));
    return Optional.of(tidy(name, ev, columns[column], Optional.empty(), is));
  }

  private Optional<Spectrum> ratio(
      List<String> over, double[] ev, Quantity is, String formula, DoubleBinaryOperator law) {
    int above = column(over);
    int below = column(I0);
    if (above < 0 || below < 0) {
      return Optional.empty();
    }
    note.accept(
        stem + " is " + String.format(Locale.ROOT, formula, names.get(above), names.get(below)));
    double[] values = new double[ev.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = law.applyAsDouble(columns[above][i], columns[below][i]);
    }
    return Optional.of(tidy(stem, ev, values, Optional.empty(), is));
  }

  private void everyColumn(int energy, double[] ev, List<Spectrum> found) {
    for (int c = 0; c < columns.length; c++) {
      if (c == energy || isSigma(c)) {
        continue;
      }
      String name =
          !names.isEmpty() && columns.length > 2
              ? names.get(c)
              : columns.length == 2 ? stem : stem + " " + (c + 1);
      Optional<double[]> sigma =
          c + 1 < columns.length && isSigma(c + 1) ? Optional.of(columns[c + 1]) : Optional.empty();
      found.add(tidy(name, ev, columns[c], sigma, guessed(name, columns[c])));
    }
  }

  private boolean isSigma(int column) {
    if (names.isEmpty() || column == 0) {
      return false;
    }
    String title = names.get(column).toLowerCase(Locale.ROOT);
    return SIGMA.stream().anyMatch(word -> title.equals(word) || title.endsWith(" " + word));
  }

  /// Normalized where it begins within 0.1 of 0 and ends within 0.2 of 1, on the mean of a twelfth
  /// of its points.
  private Quantity guessed(String name, double[] values) {
    int few = Math.max(1, values.length / 12);
    double before = IntStream.range(0, few).mapToDouble(i -> values[i]).average().orElse(0);
    double behind =
        IntStream.range(values.length - few, values.length)
            .mapToDouble(i -> values[i])
            .average()
            .orElse(0);
    boolean normalized = Math.abs(before) < 0.1 && Math.abs(behind - 1) < 0.2;
    note.accept(
        name
            + " does not say what it is: taken as "
            + (normalized
                ? "normalized absorption, because it goes from 0 to 1"
                : "optical density"));
    return normalized ? Quantity.NORMALIZED : Quantity.OPTICAL_DENSITY;
  }

  private Spectrum tidy(
      String name, double[] ev, double[] values, Optional<double[]> sigma, Quantity is) {
    return tidy(file, name, ev, values, sigma, is, note);
  }

  /// In rising order, points that are no numbers left out, points at one energy averaged.
  ///
  /// @throws InvalidInput where nothing is left
  static Spectrum tidy(
      java.nio.file.Path file,
      String name,
      double[] ev,
      double[] values,
      Optional<double[]> sigma,
      Quantity is,
      Consumer<String> note) {
    int[] order =
        IntStream.range(0, ev.length)
            .filter(i -> Double.isFinite(ev[i]) && Double.isFinite(values[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> ev[i]))
            .mapToInt(i -> i)
            .toArray();
    if (order.length == 0) {
      throw new InvalidInput(name, "without a single finite value", "numbers", "")
          .at(file.toString());
    }
    if (order.length < ev.length) {
      note.accept(name + ": " + (ev.length - order.length) + " points without a value left out");
    }
    if (IntStream.range(1, order.length).anyMatch(i -> order[i] < order[i - 1])) {
      note.accept(name + ": points put into the order of rising energy");
    }
    double[] energies = new double[order.length];
    double[] means = new double[order.length];
    double[] errors = new double[order.length];
    int n = 0;
    for (int i = 0; i < order.length; ) {
      int first = i;
      double sum = 0;
      double squares = 0;
      for (; i < order.length && ev[order[i]] == ev[order[first]]; i++) {
        sum += values[order[i]];
        double s = sigma.isPresent() ? sigma.get()[order[i]] : 0;
        squares += s * s;
      }
      energies[n] = ev[order[first]];
      means[n] = sum / (i - first);
      errors[n++] = Math.sqrt(squares) / (i - first);
    }
    if (n < order.length) {
      note.accept(name + ": " + (order.length - n) + " points at an energy given twice averaged");
    }
    return new Spectrum(
        name,
        java.util.Arrays.copyOf(energies, n),
        java.util.Arrays.copyOf(means, n),
        sigma.isPresent() ? Optional.of(java.util.Arrays.copyOf(errors, n)) : Optional.empty(),
        is);
  }

  private int column(List<String> role) {
    for (String word : role) {
      for (int c = 0; c < names.size(); c++) {
        if (bare(names.get(c)).equals(word)) {
          return c;
        }
      }
    }
    return -1;
  }

  /// `Energy (keV)` → `energy`, `I_0` → `i0`.
  private static String bare(String title) {
    return title
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s*[\\[(].*", "")
        .replaceAll("\\s+(k?ev|counts|degrees)$", "")
        .replaceAll("[^a-z0-9]", "");
  }
}
