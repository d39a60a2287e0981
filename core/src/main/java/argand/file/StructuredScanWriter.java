package argand.file;

import argand.data.FluorescenceSpectra;
import argand.data.StructuredScan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// Writes a structured scan as it was measured: patterns and what was counted under each, or whole
/// spectra. `docs/formats/patterns.md` lists every dataset.
public final class StructuredScanWriter {
  private StructuredScanWriter() {}

  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(Path file, StructuredScan scan) {
    write(file, scan, Optional.empty());
  }

  /// With the spectra of the patterns beside, or instead of signals.
  ///
  /// @param spectra one for each pattern; their exposure is that of the scan
  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(Path file, StructuredScan scan, Optional<FluorescenceSpectra> spectra) {
    try (var out = Hdf5.create(file)) {
      out.attribute("/", "NX_class", "NXroot");
      out.attribute("/", "creator", "Argand");
      out.attribute("/", "default", "entry");
      ResultWriter.group(out, "/entry", "NXentry");
      out.attribute("/entry", "argand", "structured scan");
      StructuredKept.write(
          out, scan, spectra.map(FluorescenceSpectra::incidentEv).orElse(OptionalDouble.empty()));
      spectra.ifPresent(of -> FluorescenceKept.spectra(out, of));
      ResultWriter.quality(out, scan.findings().quality());
      ResultWriter.source(out, scan.source());
      out.commit();
    }
  }
}
