package argand.figure;

import argand.data.EnergyStack;
import java.util.ArrayList;
import java.util.List;

/// The numbers of an energy stack: quantity, value, meaning.
final class StackNumbers {
  private StackNumbers() {}

  static List<List<String>> of(EnergyStack stack) {
    var grid = stack.grid();
    var rows = new ArrayList<List<String>>();
    double[] energy = stack.energyEv();
    rows.add(
        List.of(
            "Images",
            stack.slices() == 1
                ? stack.count() + " of " + grid.rows() + " × " + grid.columns() + " pixels"
                : stack.count()
                    + " volumes of "
                    + stack.slices()
                    + " × "
                    + stack.sliceGrid().rows()
                    + " × "
                    + grid.columns()
                    + " voxels",
            stack.quantity().words()
                + ", from "
                + energy[0]
                + " to "
                + energy[energy.length - 1]
                + " eV."));
    rows.add(List.of("Pixel", Quantities.length(grid.pixelX()), "On the sample."));
    rows.add(
        List.of(
            "Good pixels",
            Integer.toString(stack.mask().count()),
            Quantities.plain(100.0 * stack.mask().count() / grid.size()) + " % of the image."));
    for (var map : stack.findings().maps()) {
      if (map.values().grid().size() == grid.size()) {
        rows.add(MapNumbers.row(map, stack.mask()));
      }
    }
    stack
        .findings()
        .clusters()
        .ifPresent(
            clusters -> {
              for (int k = 0; k < clusters.count(); k++) {
                rows.add(
                    List.of(
                        clusters.means().get(k).name(),
                        clusters.pixels(k) + " pixels",
                        Quantities.plain(clusters.area(k) * 1e12) + " µm²" + clusters.mixture(k)));
              }
            });
    return rows;
  }
}
