package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import java.util.List;

/// Real quantities over the scanned field, computed from each frame alone, as a scanning microscope
/// shows them; the resolution is that of probe and step.
///
/// @param maps all on one grid, the field of the positions; y down, x right
/// @param measured pixels near a position
public record ScanMaps(List<Map> maps, Mask measured, Source source) implements Product {
  /// One quantity.
  ///
  /// @param name a word or two for a person and, in lower case with hyphens, for the file
  /// @param unit empty for a ratio
  public record Map(String name, String unit, RealField values) {}

  public ScanMaps {
    maps = List.copyOf(maps);
    Check.atLeast("number of maps", maps.size(), 1);
    for (var map : maps) {
      Check.same("pixels of " + map.name(), map.values().grid().size(), measured.grid().size());
    }
  }

  public Grid grid() {
    return measured.grid();
  }
}
