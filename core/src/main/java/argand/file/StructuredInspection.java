package argand.file;

import argand.array.InvalidInput;
import argand.data.StructuredScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// What a file is as a structured scan.
final class StructuredInspection {
  private StructuredInspection() {}

  /// Of a file that {@link StructuredKept} claims; not readable where its parts do not fit, which
  /// its sentence then says.
  static Inspection of(Path file) {
    var facts = Inspection.facts(file);
    var sentences = new ArrayList<String>();
    StructuredScan scan;
    try {
      scan = ReadPatterns.own(file);
    } catch (InvalidInput wrong) {
      String message = wrong.getMessage() == null ? "" : wrong.getMessage();
      return new Inspection(
          file, "structured scan", false, List.of("as a structured scan: " + message), facts);
    }
    try (var patterns = scan.patterns()) {
      sentences.add(described(scan, facts));
      scan.sampleIn().ifPresent(images -> images.close());
      sentences.addAll(scan.source().notes());
      for (var map : scan.findings().maps()) {
        sentences.add("a map of " + map.name() + (map.sigma().isPresent() ? " with σ" : ""));
      }
      facts.put("bytes", 4L * patterns.count() * patterns.grid().size());
    }
    try {
      ReadPatterns.needDeadTime(scan);
    } catch (InvalidInput lacking) {
      sentences.add(lacking.getMessage() == null ? "" : lacking.getMessage());
    }
    return new Inspection(file, "structured scan", true, sentences, facts);
  }

  private static String described(StructuredScan scan, SequencedMap<String, Object> facts) {
    var grid = scan.grid();
    var names = scan.signals().stream().map(signal -> signal.name()).toList();
    facts.put("patterns", scan.count());
    facts.put("rows", grid.rows());
    facts.put("columns", grid.columns());
    facts.put("samplePixel", List.of(grid.pixelY(), grid.pixelX()));
    facts.put("signals", names);
    facts.put("transmissionImage", scan.guide().isPresent());
    facts.put("sampleIn", scan.sampleIn().isPresent());
    facts.put("deadTimeKnown", scan.exposure().knowsDeadTime());
    return String.format(
        Locale.ROOT,
        "a structured scan: %d patterns of %d × %d pixels of %s (%.3g %%), signals %s, %s"
            + " transmission image, images with the sample %s; read by readPatterns",
        scan.count(),
        grid.rows(),
        grid.columns(),
        FileUnits.length(grid.pixelX()),
        100.0 * scan.count() / grid.size(),
        names.isEmpty() ? "none" : String.join(", ", names),
        scan.guide().isPresent() ? "a" : "no",
        scan.sampleIn().isPresent() ? "there" : "not there");
  }
}
