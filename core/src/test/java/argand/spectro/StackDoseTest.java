package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import argand.sampling.Absorber;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StackDoseTest {
  private static EnergyStack counts(double photons) {
    var grid = Grid.square(4, 4, 100e-9);
    var flat = new RealField(grid);
    Arrays.fill(flat.values(), (float) photons);
    return EnergyStack.of(
            new double[] {700, 710}, Planes.of(List.of(flat, flat)), Quantity.COUNTS, Source.NONE)
        .withEmptyBeam(
            Optional.of(new EmptyBeam(Planes.of(List.of(flat)), Optional.empty(), 10, 1)));
  }

  private static Map<String, Double> dose(double photons, double efficiency) {
    return new StackDose(
            new Absorber.Coefficient(1000),
            efficiency,
            1,
            OptionalDouble.of(1e6),
            Optional.of(new StackDose.Feature("Fe", 7874)))
        .apply(counts(photons), Watch.SILENT)
        .findings()
        .quality()
        .metrics();
  }

  private static double of(Map<String, Double> metrics, String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /// 10⁴ photons on (100 nm)² of 1000 m²/kg: 1000 · 10¹⁸ · (700 + 710) · 1.602177·10⁻¹⁹ Gy.
  @Test
  void theDoseIsThatOfTheFormula() {
    double gray = 1000 * 1e18 * 1410 * 1.602176634e-19;
    var found = dose(1e4, 1);
    assertThat(of(found, "dose")).isCloseTo(gray, within(1e-6 * gray));
    assertThat(of(found, "doseRemaining")).isCloseTo(Math.exp(-gray / 1e6), within(1e-6));
    assertThat(of(dose(1e4, 0.5), "dose")).isCloseTo(2 * gray, within(1e-6 * gray));
    // sixteen times the dose for half the size
    assertThat(of(dose(16e4, 1), "smallestVisible") / of(found, "smallestVisible"))
        .isCloseTo(0.5, within(1e-6));
    // counts are what is seen: fewer of them for the same photons show less
    assertThat(of(dose(1e4, 0.5), "smallestVisible")).isEqualTo(of(found, "smallestVisible"));
  }

  @Test
  void countsMustBeThere() {
    var density = OpticalDensity.defaults().apply(counts(1e4), Watch.SILENT);
    assertThatThrownBy(
            () ->
                new StackDose(
                        new Absorber.Compound("H2O"),
                        1,
                        1,
                        OptionalDouble.empty(),
                        Optional.empty())
                    .apply(density, Watch.SILENT))
        .hasMessageContaining("put stackDose before opticalDensity");
  }
}
