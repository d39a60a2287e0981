package argand.run;

import argand.data.Findings.FoundMap;
import argand.file.TiffStack;
import argand.file.TiffWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Maps as files of one folder: TIFF of 32-bit floats, the standard deviation as second page.
final class MapFiles {
  private final Path folder;
  private final Set<String> taken = new HashSet<>();

  MapFiles(Path folder) {
    this.folder = folder;
  }

  /// Under the map's name as far as it is fit for a file, with a number behind it when that is
  /// taken.
  ///
  /// @throws argand.file.FileTrouble when it cannot be written
  void write(FoundMap map) {
    var grid = map.values().grid();
    List<float[]> pages = new ArrayList<>();
    pages.add(map.values().values());
    map.sigma().ifPresent(sigma -> pages.add(sigma.values()));
    TiffWriter.write(
        folder.resolve(fresh(map.name()) + ".tif"),
        new TiffStack(grid.rows(), grid.columns(), pages));
  }

  private String fresh(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}+]+", "-").replaceAll("^-|-$", "");
    plain = plain.isEmpty() ? "map" : plain;
    String fresh = plain;
    for (int k = 2; !taken.add(fresh); k++) {
      fresh = plain + "-" + k;
    }
    return fresh;
  }
}
