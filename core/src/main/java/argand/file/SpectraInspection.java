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

/// What a file is as fluorescence spectra, where its name says that it is: MCA text and EPICS MDA.
final class SpectraInspection {
  private SpectraInspection() {}

  /// Empty where it is none. Not readable where something is missing, which its sentence then says.
  static Optional<Inspection> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean text = name.endsWith(".mca") || name.endsWith(".spe");
    var mda = new MdaReader();
    if (!text && !mda.claims(file)) {
      return Optional.empty();
    }
    String title = text ? new McaTextReader().title() : mda.title();
    var facts = Inspection.facts(file);
    try {
      var spectra = ReadSpectra.defaults().apply(new RawFile(file), Watch.silent(0));
      try (var counts = spectra.counts()) {
        var sentences = new ArrayList<String>();
        sentences.add(described(spectra, title, facts));
        sentences.addAll(spectra.source().notes());
        facts.put("bytes", 4L * counts.count() * counts.channels());
        return Optional.of(new Inspection(file, "fluorescence", true, sentences, facts));
      }
    } catch (InvalidInput lacking) {
      String message = lacking.getMessage() == null ? "" : lacking.getMessage();
      String place = file + ": ";
      return Optional.of(
          new Inspection(
              file,
              "fluorescence",
              false,
              List.of(
                  "as fluorescence spectra ("
                      + title
                      + "): "
                      + (message.startsWith(place) ? message.substring(place.length()) : message)),
              facts));
    }
  }

  private static String described(
      FluorescenceSpectra spectra, String title, SequencedMap<String, Object> facts) {
    var calibration = spectra.calibration();
    facts.put("spectra", spectra.count());
    facts.put("channels", spectra.channels());
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
        "fluorescence spectra (%s): %d of %d channels, %.0f … %.0f eV%s; dead time %s; read by"
            + " readSpectra",
        title,
        spectra.count(),
        spectra.channels(),
        calibration.energyEv(0),
        calibration.energyEv(spectra.channels() - 1),
        map,
        spectra.exposure().knowsDeadTime() ? "known" : "not in the file");
  }
}
