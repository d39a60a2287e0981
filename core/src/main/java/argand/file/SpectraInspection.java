package argand.file;

import argand.array.InvalidInput;
import argand.data.FluorescenceSpectra;
import argand.data.RawFile;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// What a file is as fluorescence spectra: MCA text and EPICS MDA, where the name says that it is,
/// and
/// HDF5 of a layout that can be nothing else.
final class SpectraInspection {
  /// Where the energies of the channels are not in the file.
  private static final ReadSpectra NOMINAL = ReadSpectra.defaults().calibrated(0, 10);

  private SpectraInspection() {}

  /// Empty where it is none. Not readable where something is missing, which its sentence then says.
  static Optional<Inspection> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean text = name.endsWith(".mca") || name.endsWith(".spe");
    var mda = new MdaReader();
    if (!text && !mda.claims(file)) {
      return Optional.empty();
    }
    return Optional.of(of(file, text ? new McaTextReader().title() : mda.title()));
  }

  /// What it is, where it can be nothing else.
  ///
  /// @param title of its format
  static Inspection of(Path file, String title) {
    var facts = Inspection.facts(file);
    try {
      return read(file, title, ReadSpectra.defaults(), facts, List.of());
    } catch (InvalidInput lacking) {
      String message = lacking.getMessage() == null ? "" : lacking.getMessage();
      String place = file + ": ";
      String sentence = message.startsWith(place) ? message.substring(place.length()) : message;
      if (sentence.startsWith(ReadSpectra.CHANNELS)) {
        try {
          return read(file, title, NOMINAL, facts, List.of(lacking(title, sentence)));
        } catch (InvalidInput more) {
          sentence = String.valueOf(more.getMessage());
        }
      }
      return new Inspection(file, "fluorescence", false, List.of(lacking(title, sentence)), facts);
    }
  }

  private static String lacking(String title, String sentence) {
    return "as fluorescence spectra (" + title + "): " + sentence;
  }

  /// @param more what is missing, and supposed here
  private static Inspection read(
      Path file,
      String title,
      ReadSpectra how,
      SequencedMap<String, Object> facts,
      List<String> more) {
    var spectra = how.apply(new RawFile(file), Watch.silent(0));
    try (var counts = spectra.counts()) {
      var sentences = new ArrayList<String>();
      sentences.addAll(more);
      sentences.add(
          described(spectra, title, facts)
              + (more.isEmpty()
                  ? ""
                  : ", once they are given; here channels of 10 eV are supposed"));
      sentences.addAll(spectra.source().notes());
      facts.put("bytes", 4L * counts.count() * counts.channels());
      return new Inspection(file, "fluorescence", more.isEmpty(), sentences, facts);
    }
  }

  private static String described(
      FluorescenceSpectra spectra, String title, SequencedMap<String, Object> facts) {
    var calibration = spectra.calibration();
    facts.put("spectra", spectra.count());
    facts.put("channels", spectra.channels());
    spectra.incidentEv().ifPresent(ev -> facts.put("beamEv", ev));
    facts.put("gainEv", calibration.gainEv());
    facts.put("zeroEv", calibration.zeroEv());
    facts.put("deadTimeKnown", spectra.exposure().knowsDeadTime());
    String map =
        spectra
            .grid()
            .map(
                grid -> {
                  facts.put("rows", grid.rows());
                  facts.put("columns", grid.columns());
                  facts.put("samplePixel", List.of(grid.pixelY(), grid.pixelX()));
                  return ", a map of "
                      + grid.rows()
                      + " × "
                      + grid.columns()
                      + " pixels of "
                      + FileUnits.length(grid.pixelX());
                })
            .orElse("");
    return String.format(
        Locale.ROOT,
        "fluorescence spectra (%s): %d of %d channels, %.0f … %.0f eV%s; beam %s, dead time %s; read"
            + " by readSpectra",
        title,
        spectra.count(),
        spectra.channels(),
        calibration.energyEv(0),
        calibration.energyEv(spectra.channels() - 1),
        map,
        spectra.incidentEv().isPresent()
            ? String.format(Locale.ROOT, "of %.0f eV", spectra.incidentEv().getAsDouble())
            : "not in the file",
        spectra.exposure().knowsDeadTime() ? "known" : "not in the file");
  }
}
