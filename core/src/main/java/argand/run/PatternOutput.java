package argand.run;

import argand.data.StructuredScan;
import java.nio.file.Path;

/// A structured scan as files for other programs: what was counted under each pattern as one table
/// of text, and every map ({@link MapFiles}).
final class PatternOutput {
  private PatternOutput() {}

  /// Writes `tables/signals.csv` and `tables/*.tif` into a folder.
  ///
  /// @throws argand.file.FileTrouble when they cannot be written
  static void write(StructuredScan scan, Path folder) {
    Path tables = RunFolder.make(folder.resolve("tables"));
    RunFolder.write(tables.resolve("signals.csv"), csv(scan));
    var maps = new MapFiles(tables);
    scan.findings().maps().forEach(maps::write);
  }

  static String csv(StructuredScan scan) {
    var text = new StringBuilder("pattern");
    for (var signal : scan.signals()) {
      text.append(',').append(signal.name());
      text.append(signal.unit().isEmpty() ? "" : " [" + signal.unit() + "]").append(",sigma");
    }
    text.append('\n');
    for (int j = 0; j < scan.count(); j++) {
      text.append(j + 1);
      for (var signal : scan.signals()) {
        text.append(',').append((float) signal.values()[j]);
        text.append(',').append((float) signal.sigma()[j]);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
