package argand.run;

import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Spectrum;
import argand.file.SpectrumWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What was found in a stack as files for other programs: every map and the clusters
/// ({@link MapFiles}, {@link ClusterTable}), spectra as one table of text, figures as another.
public final class StackOutput {
  private StackOutput() {}

  /// Writes `tables/*.tif`, `tables/spectra.csv`, `tables/curves.csv` (every figure) and
  /// `tables/clusters.csv` into a folder; nothing where nothing was found.
  ///
  /// @throws argand.file.FileTrouble when they cannot be written
  public static void write(EnergyStack stack, Path folder) {
    var found = stack.findings();
    var spectra = new ArrayList<>(found.spectra());
    found.clusters().ifPresent(clusters -> spectra.addAll(clusters.means()));
    boolean curves = !found.quality().figures().isEmpty();
    boolean tables =
        !found.maps().isEmpty() || !spectra.isEmpty() || found.clusters().isPresent() || curves;
    if (!tables) {
      return;
    }
    Path numbers = RunFolder.make(folder.resolve("tables"));
    var maps = new MapFiles(numbers);
    found.maps().forEach(map -> maps.write(map, stack.slices()));
    found
        .clusters()
        .ifPresent(
            clusters -> {
              ClusterTable.write(clusters, numbers.resolve("clusters.csv"));
              float[] label = new float[clusters.label().length];
              for (int i = 0; i < label.length; i++) {
                label[i] = clusters.label()[i];
              }
              var field = new RealField(clusters.grid(), label);
              maps.write(Findings.FoundMap.of("clusters", "", field), stack.slices());
            });
    if (curves) {
      CurveTable.write(found.quality(), numbers.resolve("curves.csv"));
    }
    if (!spectra.isEmpty()) {
      SpectrumWriter.csv(numbers.resolve("spectra.csv"), List.<Spectrum>copyOf(spectra));
    }
  }
}
