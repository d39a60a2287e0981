package argand.run;

import argand.array.RealField;
import argand.data.Findings.FoundMap;
import argand.file.TiffStack;
import argand.file.TiffWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
    write(map, 1);
  }

  /// A volume has a page for each slice, and its standard deviation a file of its own.
  ///
  /// @param slices that lie one below the other in the map; 1 for an image
  /// @throws argand.file.FileTrouble when it cannot be written
  void write(FoundMap map, int slices) {
    var grid = map.values().grid();
    if (slices > 1 && grid.rows() % slices == 0) {
      String name = fresh(map.name());
      volume(name, map.values(), slices);
      map.sigma().ifPresent(sigma -> volume(name + "-sigma", sigma, slices));
      return;
    }
    List<float[]> pages = new ArrayList<>();
    pages.add(map.values().values());
    map.sigma().ifPresent(sigma -> pages.add(sigma.values()));
    TiffWriter.write(
        folder.resolve(fresh(map.name()) + ".tif"),
        new TiffStack(grid.rows(), grid.columns(), pages));
  }

  private void volume(String name, RealField values, int slices) {
    int rows = values.grid().rows() / slices;
    int columns = values.grid().columns();
    int size = rows * columns;
    TiffWriter.write(
        folder.resolve(name + ".tif"),
        rows,
        columns,
        slices,
        s -> Arrays.copyOfRange(values.values(), s * size, (s + 1) * size));
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
