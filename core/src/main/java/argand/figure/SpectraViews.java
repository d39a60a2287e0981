package argand.figure;

import argand.data.EnergyBand;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.figure.StackViews.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Spectra of a stack as plots: whole, and once more close to the edge where they are long.
final class SpectraViews {
  private static final int SHOWN = 12;

  /// What is shown before and behind the steepest rise [eV].
  private static final double BEFORE = 15;

  private static final double BEHIND = 30;

  private SpectraViews() {}

  /// The colour of each spectrum by its place in the list; spectra of one name share theirs.
  static Function<Spectrum, Ink> inks(List<Spectrum> all) {
    var names = all.stream().map(Spectrum::name).toList();
    return spectrum -> Classes.ink(names.indexOf(spectrum.name()));
  }

  /// One plot for each quantity, two where a closer look helps.
  ///
  /// @param bands shaded where they lie
  static List<Picture> of(
      String file,
      String title,
      String caption,
      List<Spectrum> spectra,
      Function<Spectrum, Ink> inks,
      List<EnergyBand> bands) {
    var pictures = new ArrayList<Picture>();
    byQuantity(spectra)
        .forEach(
            (quantity, all) -> {
              var shown = all.subList(0, Math.min(all.size(), SHOWN));
              String name = file + "-" + StackViews.file(quantity.words());
              String words =
                  all.size() > SHOWN
                      ? caption + " The first " + SHOWN + " of " + all.size() + " are shown."
                      : caption;
              pictures.add(plot(name, title + ", " + quantity.words(), words, shown, inks, bands));
              close(shown)
                  .ifPresent(
                      near ->
                          pictures.add(
                              plot(
                                  name + "-edge",
                                  title + ", near the edge",
                                  words,
                                  near,
                                  inks,
                                  bands)));
            });
    return pictures;
  }

  private static Picture plot(
      String file,
      String title,
      String caption,
      List<Spectrum> spectra,
      Function<Spectrum, Ink> inks,
      List<EnergyBand> bands) {
    return new Picture(
        file,
        Plot.ofSpectra(title, spectra, k -> inks.apply(spectra.get(k))).with(bands).drawing(),
        caption);
  }

  private static LinkedHashMap<Quantity, List<Spectrum>> byQuantity(List<Spectrum> spectra) {
    var groups = new LinkedHashMap<Quantity, List<Spectrum>>();
    for (var spectrum : spectra) {
      groups.computeIfAbsent(spectrum.quantity(), q -> new ArrayList<>()).add(spectrum);
    }
    return groups;
  }

  /// The part around the steepest rise of the mean spectrum; absent where that is most of it, or
  /// where the spectra have different energies.
  private static Optional<List<Spectrum>> close(List<Spectrum> spectra) {
    double[] energy = spectra.getFirst().energyEv();
    for (var spectrum : spectra) {
      if (!java.util.Arrays.equals(spectrum.energyEv(), energy)) {
        return Optional.empty();
      }
    }
    double edge = steepest(spectra, energy);
    int first = 0;
    while (first < energy.length && energy[first] < edge - BEFORE) {
      first++;
    }
    int end = first;
    while (end < energy.length && energy[end] <= edge + BEHIND) {
      end++;
    }
    double span = energy[energy.length - 1] - energy[0];
    if (end - first < 6 || span < 2 * (BEFORE + BEHIND)) {
      return Optional.empty();
    }
    var near = new ArrayList<Spectrum>();
    for (var spectrum : spectra) {
      int from = first;
      int to = end;
      near.add(
          new Spectrum(
              spectrum.name(),
              java.util.Arrays.copyOfRange(energy, from, to),
              java.util.Arrays.copyOfRange(spectrum.values(), from, to),
              spectrum.sigma().map(s -> java.util.Arrays.copyOfRange(s, from, to)),
              spectrum.quantity()));
    }
    return Optional.of(near);
  }

  private static double steepest(List<Spectrum> spectra, double[] energy) {
    double edge = energy[0];
    double best = Double.NEGATIVE_INFINITY;
    for (int e = 2; e < energy.length; e++) {
      double rise = 0;
      for (var spectrum : spectra) {
        rise += spectrum.values()[e] - spectrum.values()[e - 2];
      }
      double slope = rise / (energy[e] - energy[e - 2]);
      if (slope > best) {
        best = slope;
        edge = energy[e - 1];
      }
    }
    return edge;
  }
}
