package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Gold reduced by cyanobacteria (Lengke et al., Environ. Sci. Technol. 40, 6304 (2006)): weights
/// of
/// three standards in eight samples, against the exact constrained solution that comes with the
/// data.
class GoldRealDataTest {
  private static final List<String> STANDARDS = List.of("Au_foil", "Au3_Cl_aq", "Au_sulphide");

  private static Spectrum spectrum(String name) {
    try {
      var energies = new ArrayList<Double>();
      var values = new ArrayList<Double>();
      for (String line :
          Files.readAllLines(NickelSpectra.shared("xas-gold-cyanobacteria/csv/" + name + ".csv"))) {
        String[] cells = line.split(",");
        if (!cells[0].startsWith("energy")) {
          energies.add(Double.parseDouble(cells[0]));
          values.add(Double.parseDouble(cells[2]));
        }
      }
      return Spectrum.of(
          name,
          energies.stream().mapToDouble(Double::doubleValue).toArray(),
          values.stream().mapToDouble(Double::doubleValue).toArray(),
          Quantity.NORMALIZED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode expected() {
    var file = NickelSpectra.shared("xas-gold-cyanobacteria/reference-larch.json");
    return new JsonMapper().readTree(file.toFile()).get("lcf_exact").get("results");
  }

  @Test
  void weightsAreThoseOfTheExactSolution() {
    var expected = expected();
    var standards = STANDARDS.stream().map(GoldRealDataTest::spectrum).toList();
    int samples = 0;
    double clippedWorst = 0;
    for (var entry : expected.properties()) {
      var sample = spectrum(entry.getKey());
      var planes = new ArrayList<RealField>();
      for (double value : sample.values()) {
        planes.add(new RealField(new Grid(1, 1, 1, 1), new float[] {(float) value}));
      }
      var stack =
          EnergyStack.of(sample.energyEv(), Planes.of(planes), Quantity.NORMALIZED, Source.NONE);
      for (var standard : standards) {
        stack = stack.withFindings(stack.findings().with(standard));
      }
      var found = unmix(Unmix.Constraint.SUM_TO_ONE).apply(stack, Watch.SILENT);
      var free = unmix(Unmix.Constraint.FREE).apply(stack, Watch.SILENT);
      for (String name : STANDARDS) {
        double weight = entry.getValue().get("weights").get(name).asDouble();
        assertThat((double) Found.map(found, "fraction of " + name)[0])
            .as(entry.getKey() + " " + name)
            .isCloseTo(weight, within(0.002));
        double clipped = Math.max(0, Found.map(free, "fraction of " + name)[0]);
        clippedWorst = Math.max(clippedWorst, Math.abs(clipped - weight));
      }
      assertThat((double) Found.map(found, "R-factor")[0])
          .isCloseTo(
              entry.getValue().get("r_factor").asDouble(),
              within(0.01 * entry.getValue().get("r_factor").asDouble()));
      samples++;
    }
    assertThat(samples).isEqualTo(8);
    // leaving the constraints out and clipping is another answer
    assertThat(clippedWorst).isGreaterThan(0.01);
  }

  private static Unmix unmix(Unmix.Constraint constraint) {
    return new Unmix(
        List.of(),
        List.of(),
        constraint,
        Optional.empty(),
        List.of(11900.0, 12000.0),
        List.of(),
        Unmix.Weights.ALIKE,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        new Prior.None());
  }

  /// Of five standards the sample of 20 h needs those three; foil alone, or without foil, is worse
  /// by
  /// more than chance.
  @Test
  void combinationsAreSearchedAndTested() {
    var sample = spectrum("d_20");
    var standards = new ArrayList<Spectrum>();
    for (String name :
        List.of("Au_foil", "Au3_Cl_aq", "Au_sulphide", "Au_cyanide", "Au_hydroxide")) {
      standards.add(spectrum(name));
    }
    List<Double> range = List.of(11900.0, 12000.0);
    var fits =
        SpectrumFit.combinations(
            sample, standards, 3, Unmix.Constraint.SUM_TO_ONE, List.of(), range, List.of());
    assertThat(fits).hasSize(25);
    var three = find(fits, STANDARDS);
    assertThat(three.rFactor()).isCloseTo(0.00020787, within(2e-6));
    var without = find(fits, List.of("Au3_Cl_aq", "Au_sulphide"));
    assertThat(HamiltonTest.chance(three, without)).isLessThan(1e-6);
    assertThat(fits.getFirst().residual()).isLessThanOrEqualTo(three.residual());
    assertThat(fits.getLast().references()).hasSize(1);
  }

  private static SpectrumFit find(List<SpectrumFit> fits, List<String> names) {
    return fits.stream().filter(fit -> fit.references().equals(names)).findFirst().orElseThrow();
  }
}
