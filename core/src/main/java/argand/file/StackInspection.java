package argand.file;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.RawFile;
import argand.data.Spectrum;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What a file or folder is as images over energy, or as spectra; its pixels are hardly read.
final class StackInspection {
  private StackInspection() {}

  /// As a stack; empty where no reader of stacks claims it. Not readable where something is missing
  /// or not clear, which its sentence then says.
  static Optional<Inspection> of(Path file) {
    var reader = StackReaders.all().stream().filter(one -> one.claims(file)).findFirst();
    if (reader.isEmpty()) {
      return Optional.empty();
    }
    var facts = Inspection.facts(file);
    try {
      // without memory nothing is read ahead
      var stack = ReadStack.defaults().apply(new RawFile(file), Watch.silent(0));
      try (var images = stack.images()) {
        var sentences = new ArrayList<String>();
        sentences.add(described(stack, reader.get().title(), facts));
        found(stack.findings(), sentences, facts);
        sentences.addAll(stack.source().notes());
        stack.variance().ifPresent(variance -> variance.close());
        stack.emptyBeam().ifPresent(beam -> beam.flats().close());
        facts.put("bytes", 4L * images.count() * images.grid().size());
        return Optional.of(new Inspection(file, "stack", true, sentences, facts));
      }
    } catch (InvalidInput | FileTrouble lacking) {
      if (lacking instanceof FileTrouble damaged && !Files.isDirectory(file)) {
        throw damaged;
      }
      String message = lacking.getMessage() == null ? "" : lacking.getMessage();
      String place = file + ": ";
      return Optional.of(
          new Inspection(
              file,
              "stack",
              false,
              List.of(
                  "as a stack ("
                      + reader.get().title()
                      + "): "
                      + (message.startsWith(place) ? message.substring(place.length()) : message)),
              facts));
    }
  }

  private static String described(
      EnergyStack stack, String title, SequencedMap<String, Object> facts) {
    var grid = stack.grid();
    double first = stack.energyEv()[0];
    double last = stack.energyEv()[stack.count() - 1];
    facts.put("images", stack.count());
    facts.put("rows", grid.rows());
    facts.put("columns", grid.columns());
    if (stack.slices() > 1) {
      facts.put("slices", stack.slices());
    }
    facts.put("samplePixel", List.of(grid.pixelY(), grid.pixelX()));
    facts.put("energyEv", List.of(first, last));
    facts.put("quantity", stack.quantity().words());
    facts.put("emptyBeam", stack.emptyBeam().isPresent());
    String beam =
        stack
            .emptyBeam()
            .map(
                b ->
                    "; "
                        + b.flats().count()
                        + (b.flats().count() == 1 ? " image" : " images")
                        + " of the empty beam"
                        + (b.dark().isPresent() ? " and the dark level" : ""))
            .orElse("");
    return "images over energy ("
        + title
        + "): "
        + stack.count()
        + " of "
        + grid.rows()
        + " × "
        + grid.columns()
        + " pixels of "
        + FileUnits.length(grid.pixelY())
        + ", "
        + ev(first)
        + (stack.count() > 1 ? " … " + ev(last) : "")
        + ", "
        + stack.quantity().words()
        + beam
        + "; read by readStack";
  }

  private static String ev(double ev) {
    return new java.math.BigDecimal(ev)
            .round(new java.math.MathContext(7))
            .stripTrailingZeros()
            .toPlainString()
        + " eV";
  }

  private static void found(
      Findings findings, List<String> sentences, SequencedMap<String, Object> facts) {
    if (!findings.maps().isEmpty()) {
      var names = findings.maps().stream().map(Findings.FoundMap::name).toList();
      facts.put("maps", names);
      sentences.add("maps found: " + String.join(", ", names));
    }
    if (!findings.spectra().isEmpty()) {
      var names = findings.spectra().stream().map(Spectrum::name).toList();
      facts.put("spectra", names);
      sentences.add("spectra found: " + String.join(", ", names));
    }
  }

  private static final int FEWEST_POINTS = 3;

  /// Any table of numbers could be spectra; these have energies of X-rays, and enough of them.
  private static boolean likely(Spectrum spectrum) {
    double[] ev = spectrum.energyEv();
    return ev.length >= FEWEST_POINTS && ev[0] >= 20 && ev[ev.length - 1] <= 200e3;
  }

  /// As spectra; empty where it holds none, or is a table of something else.
  static Optional<Inspection> spectra(Path file) {
    var notes = new ArrayList<String>();
    List<Spectrum> spectra;
    try {
      spectra = SpectrumReader.read(file, notes::add);
    } catch (FileTrouble | InvalidInput none) {
      return Optional.empty(); // whoever asked says what else it could be
    }
    if (spectra.stream().anyMatch(one -> !likely(one))
        || spectra.stream().filter(one -> one.name().matches(".* \\d+")).count() > 4) {
      return Optional.empty();
    }
    var facts = Inspection.facts(file);
    facts.put("spectra", spectra.stream().map(Spectrum::name).toList());
    var sentences = new ArrayList<String>();
    sentences.add(spectra.size() == 1 ? "a spectrum" : spectra.size() + " spectra");
    for (var one : spectra) {
      sentences.add(
          one.name()
              + ": "
              + one.energyEv().length
              + " points, "
              + ev(one.energyEv()[0])
              + " … "
              + ev(one.energyEv()[one.energyEv().length - 1])
              + ", "
              + one.quantity().words()
              + (one.sigma().isPresent() ? " with errors" : ""));
    }
    sentences.addAll(notes);
    return Optional.of(new Inspection(file, "spectra", true, sentences, facts));
  }
}
