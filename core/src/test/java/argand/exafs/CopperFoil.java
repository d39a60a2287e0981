package argand.exafs;

import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.FileDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/// Measured copper: a foil of 1461 energies beside the tests, others among the shared files.
final class CopperFoil {
  private CopperFoil() {}

  static List<String> lines(String name) {
    try (var in = Objects.requireNonNull(CopperFoil.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Spectrum pymca() {
    var rows =
        lines("EXAFS_Cu.dat").stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.strip().split("\\s+"))
            .toList();
    double[] energy = rows.stream().mapToDouble(row -> Double.parseDouble(row[0])).toArray();
    double[] mu = rows.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray();
    return Spectrum.of("copper", energy, mu, Quantity.OPTICAL_DENSITY);
  }

  /// One of the foils of the shared standards.
  static Spectrum shared(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data/xas-standards-xdi/Cu").resolve(name);
      if (Files.isRegularFile(file)) {
        return FileDoor.open().spectra(file).getFirst();
      }
    }
    Assumptions.abort("../shared/data/xas-standards-xdi/Cu/" + name + " is not here: skipped");
    throw new AssertionError();
  }
}
