package argand.run;

import argand.data.LineAreas;
import java.nio.file.Path;

/// Areas and amounts as files for other programs: one table of text, and every map
/// ({@link MapFiles}).
final class AreaOutput {
  private AreaOutput() {}

  /// Writes `tables/areas.csv` and `tables/*.tif` into a folder.
  ///
  /// @throws argand.file.FileTrouble when they cannot be written
  static void write(LineAreas areas, Path folder) {
    Path tables = RunFolder.make(folder.resolve("tables"));
    RunFolder.write(tables.resolve("areas.csv"), csv(areas));
    var maps = new MapFiles(tables);
    areas.maps().forEach(maps::write);
  }

  static String csv(LineAreas areas) {
    var text = new StringBuilder("spectrum");
    for (var group : areas.groups()) {
      text.append(',').append(group.name()).append(" [counts],sigma");
    }
    for (var amount : areas.amounts()) {
      text.append(',').append(amount.name()).append(' ').append(amount.quantity());
      text.append(amount.unit().isEmpty() ? "" : " [" + amount.unit() + "]").append(",sigma");
    }
    text.append('\n');
    for (int j = 0; j < areas.count(); j++) {
      text.append(
          areas.names().isEmpty()
              ? Integer.toString(j + 1)
              : "\"" + areas.names().get(j).replace("\"", "'") + "\"");
      for (int g = 0; g < areas.groups().size(); g++) {
        text.append(',').append((float) areas.areas()[g][j]);
        text.append(',').append((float) areas.sigma()[g][j]);
      }
      for (var amount : areas.amounts()) {
        text.append(',').append((float) amount.values()[j]).append(',');
        if (amount.sigma().isPresent()) {
          text.append((float) amount.sigma().get()[j]);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
