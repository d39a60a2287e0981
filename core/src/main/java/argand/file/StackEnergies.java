package argand.file;

import argand.array.InvalidInput;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The energies of the images of a stack, and the order in which the images are to be taken.
///
/// @param energyEv rising
/// @param groups for each of them the images it has, in their order in the file
record StackEnergies(double[] energyEv, List<int[]> groups) {
  /// By the recipe, else by the file.
  ///
  /// @throws InvalidInput when there are none, not as many as images, or none that rise
  static StackEnergies of(
      Optional<RawStack.Energies> found, int images, ReadStack how, Consumer<String> note) {
    var given = given(how);
    double[] ev;
    String where;
    if (given.isPresent()) {
      ev = given.get();
      where = "the recipe";
    } else {
      var written =
          how.energyFile()
              .map(file -> read(file, how.energyDataset()))
              .or(() -> found)
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "the energies of the images",
                          "nowhere in the file",
                          images == 1 ? "an energy" : images + " energies",
                          "give energies, energyRanges or energyFile"));
      where = written.where();
      Optional<String> unit =
          switch (how.energyUnit()) {
            case AUTO -> written.unit();
            case EV -> Optional.of("eV");
            case KEV -> Optional.of("keV");
          };
      ev = PhotonEnergies.inEv(written.values(), unit, where, note);
    }
    if (ev.length != images) {
      throw new InvalidInput(
          "the number of energies",
          ev.length + " in " + where + " for " + images + " images",
          "one energy for each image",
          "");
    }
    return ordered(ev, how, note);
  }

  private static Optional<double[]> given(ReadStack how) {
    if (!how.energiesEv().isEmpty()) {
      return Optional.of(how.energiesEv().stream().mapToDouble(ev -> ev).toArray());
    }
    var all = new ArrayList<Double>();
    for (var range : how.energyRanges()) {
      var step = BigDecimal.valueOf(range.stepEv());
      var from = BigDecimal.valueOf(range.fromEv());
      long steps = Math.round(Math.floor((range.toEv() - range.fromEv()) / range.stepEv() + 1e-6));
      for (long k = 0; k <= steps; k++) {
        double ev = from.add(step.multiply(BigDecimal.valueOf(k))).doubleValue();
        if (all.isEmpty() || ev != all.getLast()) { // ranges may share their ends
          all.add(ev);
        }
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.stream().mapToDouble(ev -> ev).toArray());
  }

  /// The first column of a text, or a dataset.
  static RawStack.Energies read(Path file, Optional<String> dataset) {
    String name = String.valueOf(file.getFileName());
    if (!java.nio.file.Files.isRegularFile(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (Hdf5.looksLikeHdf5(file)) {
      FirstOpening.check(List.of(file));
      try (var h5 = Hdf5.open(file)) {
        String path =
            dataset.orElseGet(
                () -> {
                  var lists = StackTree.of(h5).energies();
                  if (lists.size() != 1) {
                    throw new InvalidInput(
                        "energyDataset",
                        "not given",
                        lists.isEmpty()
                            ? "a dataset of energies in " + name
                            : "one of " + String.join(", ", lists),
                        "");
                  }
                  return lists.getFirst();
                });
        return new RawStack.Energies(h5.doubles(path), h5.units(path), name + ":" + path);
      }
    }
    var table = TextTable.of(file, SpectrumReader.text(file));
    int column = 0;
    Optional<String> unit = Optional.empty();
    for (int c = 0; c < table.names().size(); c++) {
      String title = table.names().get(c);
      if (title.toLowerCase(java.util.Locale.ROOT).startsWith("en")) {
        column = c;
        unit = PhotonEnergies.unitIn(title);
        break;
      }
    }
    return new RawStack.Energies(table.columns()[column], unit, name);
  }

  private static StackEnergies ordered(double[] ev, ReadStack how, Consumer<String> note) {
    for (int i = 0; i < ev.length; i++) {
      if (!Double.isFinite(ev[i]) || ev[i] <= 0) {
        throw new InvalidInput(
            "energy " + (i + 1), ev[i] + " eV", "a finite energy above 0 eV", "");
      }
    }
    boolean falling =
        ev.length > 1 && IntStream.range(1, ev.length).allMatch(i -> ev[i] < ev[i - 1]);
    Integer[] order = IntStream.range(0, ev.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> ev[i])); // stable
    if (falling) {
      note.accept("energies fall: the images are taken in reverse order");
    } else {
      for (int i = 1; i < ev.length; i++) {
        if (ev[i] < ev[i - 1] && how.unordered() == ReadStack.Unordered.REFUSE) {
          throw new InvalidInput(
              "the energies",
              "not rising: " + ev[i] + " eV after " + ev[i - 1] + " eV (number " + (i + 1) + ")",
              "rising energies",
              "unordered: sort puts the images in order");
        }
      }
      if (how.unordered() == ReadStack.Unordered.SORT
          && IntStream.range(1, order.length).anyMatch(i -> order[i] < order[i - 1])) {
        note.accept("images are sorted by energy");
      }
    }
    return grouped(ev, order, how, note);
  }

  private static StackEnergies grouped(
      double[] ev, Integer[] order, ReadStack how, Consumer<String> note) {
    var groups = new ArrayList<int[]>();
    var energies = new ArrayList<Double>();
    for (int i = 0; i < order.length; ) {
      int first = i;
      while (i < order.length && ev[order[i]] == ev[order[first]]) {
        i++;
      }
      if (i - first > 1 && how.duplicates() == ReadStack.Duplicates.REFUSE) {
        throw new InvalidInput(
            "the energies",
            ev[order[first]] + " eV " + (i - first) + " times",
            "each energy once",
            "duplicates: average takes the mean of its images");
      }
      groups.add(Arrays.stream(order, first, i).mapToInt(k -> k).toArray());
      energies.add(ev[order[first]]);
    }
    if (groups.size() < ev.length) {
      note.accept(
          (ev.length - groups.size()) + " images at an energy that comes again are averaged");
    }
    return new StackEnergies(energies.stream().mapToDouble(e -> e).toArray(), groups);
  }

  /// Whether images stay as they are.
  boolean unchanged() {
    for (int e = 0; e < groups.size(); e++) {
      if (groups.get(e).length != 1 || groups.get(e)[0] != e) {
        return false;
      }
    }
    return true;
  }
}
