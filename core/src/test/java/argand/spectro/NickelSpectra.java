package argand.spectro;

import argand.data.Quantity;
import argand.data.Spectrum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// References for tests: those measured at the Ni K edge, and made ones of about the same shape.
final class NickelSpectra {
  private NickelSpectra() {}

  /// NiO and LiNiO₂ as measured; the test is skipped where they are absent.
  static List<Spectrum> measured() {
    return List.of(
        read("NiO", "pyxas-ni-refs/ref_NiO.txt"), read("LiNiO2", "pyxas-ni-refs/ref_LiNiO2.txt"));
  }

  static Path shared(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data").resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    Assumptions.abort("../shared/data/" + name + " is not here: skipped");
    throw new AssertionError();
  }

  /// Two columns, energy in keV.
  private static Spectrum read(String name, String file) {
    try {
      var energies = new ArrayList<Double>();
      var values = new ArrayList<Double>();
      for (String line : Files.readAllLines(shared(file))) {
        String[] words = line.strip().split("\\s+");
        if (words.length >= 2) {
          double energy = 1e3 * Double.parseDouble(words[0]);
          if (energies.isEmpty() || energy > energies.getLast()) {
            energies.add(energy);
            values.add(Double.parseDouble(words[1]));
          }
        }
      }
      return Spectrum.of(name, array(energies), array(values), Quantity.NORMALIZED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// An arctangent at `edgeEv` and a white line 2 eV behind it, 8200 … 8600 eV.
  static Spectrum made(String name, double edgeEv, double whiteLine) {
    int points = 1601;
    double[] energy = new double[points];
    double[] value = new double[points];
    for (int i = 0; i < points; i++) {
      energy[i] = 8200 + 0.25 * i;
      double x = energy[i] - edgeEv;
      value[i] =
          0.5
              + Math.atan(x / 1.5) / Math.PI
              + whiteLine / (1 + (x - 2) * (x - 2) / 9)
              + 0.05 * Math.sin(x / 8) * Math.exp(-Math.pow((x - 40) / 40, 2));
    }
    return Spectrum.of(name, energy, value, Quantity.NORMALIZED);
  }

  static List<Spectrum> made() {
    return List.of(made("A", 8341, 0.75), made("B", 8343.5, 0.6));
  }

  /// 60 energies across the edge: 8 before, 40 in the near edge, 12 behind.
  static double[] energies() {
    double[] energies = new double[60];
    for (int e = 0; e < 60; e++) {
      energies[e] =
          e < 8
              ? 8250 + e * 75.0 / 7
              : e < 48 ? 8330 + (e - 8) * 42.0 / 39 : 8380 + (e - 48) * 120.0 / 11;
    }
    return energies;
  }
}
