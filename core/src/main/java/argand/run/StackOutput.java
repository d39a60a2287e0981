package argand.run;

import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Spectrum;
import argand.file.SpectrumWriter;
import argand.file.TiffStack;
import argand.file.TiffWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// What was found in a stack as files for other programs: every map as TIFF (32-bit floats; its
/// standard deviation is the second page), clusters as TIFF, spectra as one table of text.
public final class StackOutput {
  private StackOutput() {}

  /// Writes `tables/*.tif` and `tables/spectra.csv` into a folder; nothing where nothing was
  /// found.
  ///
  /// @throws argand.file.FileTrouble when they cannot be written
  public static void write(EnergyStack stack, Path folder) {
    var found = stack.findings();
    var spectra = new ArrayList<>(found.spectra());
    found.clusters().ifPresent(clusters -> spectra.addAll(clusters.means()));
    boolean tables = !found.maps().isEmpty() || !spectra.isEmpty() || found.clusters().isPresent();
    if (!tables) {
      return;
    }
    Path numbers = RunFolder.make(folder.resolve("tables"));
    var names = new HashSet<String>();
    for (var map : found.maps()) {
      String name = fresh(names, map.name());
      tiff(numbers.resolve(name + ".tif"), map);
    }
    found
        .clusters()
        .ifPresent(
            clusters -> {
              float[] label = new float[clusters.label().length];
              for (int i = 0; i < label.length; i++) {
                label[i] = clusters.label()[i];
              }
              var field = new RealField(clusters.grid(), label);
              tiff(
                  numbers.resolve(fresh(names, "clusters") + ".tif"),
                  Findings.FoundMap.of("clusters", "", field));
            });
    if (!spectra.isEmpty()) {
      SpectrumWriter.csv(numbers.resolve("spectra.csv"), List.<Spectrum>copyOf(spectra));
    }
  }

  private static void tiff(Path file, Findings.FoundMap map) {
    var grid = map.values().grid();
    List<float[]> pages = new ArrayList<>();
    pages.add(map.values().values());
    map.sigma().ifPresent(sigma -> pages.add(sigma.values()));
    TiffWriter.write(file, new TiffStack(grid.rows(), grid.columns(), pages));
  }

  /// A name fit for a file, with a number behind it when that is taken.
  private static String fresh(HashSet<String> taken, String name) {
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
