package argand.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Gold standards measured by M. Lengke et al. (2006), against the components that Larch 0.9.58
/// found in them: the mean spectrum is taken off, then each spectrum is brought to mean 0 and
/// variance 1 over the energies.
class EigenspectraRealDataTest {
  private static Path file(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data/xas-gold-cyanobacteria").resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    Assumptions.abort("../shared/data/xas-gold-cyanobacteria is not here: skipped");
    throw new AssertionError();
  }

  /// Energy and normalized absorption.
  private static double[][] spectrum(String name) throws IOException {
    var lines = Files.readAllLines(file("csv/" + name + ".csv"));
    double[][] columns = new double[2][lines.size() - 1];
    for (int i = 0; i < columns[0].length; i++) {
      String[] parts = lines.get(i + 1).split(",");
      columns[0][i] = Double.parseDouble(parts[0]);
      columns[1][i] = Double.parseDouble(parts[2]);
    }
    return columns;
  }

  /// Linear interpolation, where Larch has a cubic spline: that alone makes 5e-4.
  private static double at(double[][] spectrum, double energy) {
    int right = Arrays.binarySearch(spectrum[0], energy);
    if (right >= 0) {
      return spectrum[1][right];
    }
    right = -right - 1;
    double t = (energy - spectrum[0][right - 1]) / (spectrum[0][right] - spectrum[0][right - 1]);
    return spectrum[1][right - 1] + t * (spectrum[1][right] - spectrum[1][right - 1]);
  }

  @Test
  void variancesOfGoldStandardsAreThoseOfLarch() throws IOException {
    JsonNode pca = new ObjectMapper().readTree(file("reference-larch.json").toFile()).get("pca");
    List<String> names = pca.get("standards").valueStream().map(JsonNode::asString).toList();
    double low = pca.get("xmin").asDouble();
    double high = pca.get("xmax").asDouble();
    double[] energy =
        Arrays.stream(spectrum(names.getFirst())[0]).filter(e -> e >= low && e <= high).toArray();
    int n = names.size();
    double[][] y = new double[n][energy.length];
    for (int k = 0; k < n; k++) {
      double[][] read = spectrum(names.get(k));
      for (int e = 0; e < energy.length; e++) {
        y[k][e] = at(read, energy[e]);
      }
    }
    float[][] x = standardized(y);
    double[] ones = new double[energy.length];
    Arrays.fill(ones, 1);
    double[] shares = Eigenspectra.of(Points.of(x), false, ones, Workers.ONE).shares();
    for (int k = 0; k < n; k++) {
      assertThat(shares[k])
          .as("component %s", k + 1)
          .isCloseTo(pca.get("variances").get(k).asDouble(), within(0.001));
    }
    // The control: without bringing the spectra to one variance it is another analysis.
    for (int e = 0; e < energy.length; e++) {
      for (int k = 0; k < n; k++) {
        x[e][k] = (float) y[k][e];
      }
    }
    assertThat(Eigenspectra.of(Points.of(x), true, ones, Workers.ONE).shares()[0])
        .isGreaterThan(0.9);
  }

  /// [energy][spectrum]
  private static float[][] standardized(double[][] y) {
    int n = y.length;
    int energies = y[0].length;
    double[][] z = new double[n][energies];
    for (int e = 0; e < energies; e++) {
      double mean = 0;
      for (double[] one : y) {
        mean += one[e] / n;
      }
      for (int k = 0; k < n; k++) {
        z[k][e] = y[k][e] - mean;
      }
    }
    float[][] x = new float[energies][n];
    for (int k = 0; k < n; k++) {
      double mean = Arrays.stream(z[k]).average().orElseThrow();
      double square = Arrays.stream(z[k]).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int e = 0; e < energies; e++) {
        x[e][k] = (float) ((z[k][e] - mean) / Math.sqrt(square));
      }
    }
    return x;
  }
}
