package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "12.658 keV, eV, 12658",
    "0.7keV, eV, 700",
    "-2 meV, eV, -0.002",
    "3.65 mm, m, 3.65e-3",
    "55 um, m, 55e-6",
    "55 µm, m, 55e-6",
    "55 μm, m, 55e-6",
    "1.5 Å, m, 1.5e-10",
    "178.66 nm, m, 178.66e-9",
    "9.794912e-11 m, m, 9.794912e-11",
    "97.9 pm, m, 97.9e-12",
    "20 ms, s, 0.02",
    "2 min, s, 120",
    "25 mrad, rad, 0.025",
    "1 kHz, Hz, 1000",
    "5.24 g/cm3, kg/m3, 5240",
    "2 1/nm, 1/m, 2e9",
    "+.5 m, m, 0.5"
  })
  void aQuantityIsTheNearestDouble(String written, String unit, double value) {
    assertThat(quantity(written, unit)).isEqualTo(value);
  }

  // 12.658 keV in joules, by the exact elementary charge of CODATA 2018
  @Test
  void joulesAreElectronvolts() {
    assertThat(quantity("2.0280351834e-15 J", "eV")).isCloseTo(12658, within(1e-3));
  }

  @Test
  void degreesAreRadians() {
    assertThat(quantity("90 deg", "rad")).isCloseTo(Math.PI / 2, within(1e-15));
  }

  @Test
  void everyUnitOfEveryVerbIsKnown() {
    Catalog.ARGAND.verbs().forEach(UnitsTest::checkUnits);
    Catalog.ARGAND.makers().forEach(UnitsTest::checkUnits);
  }

  private static void checkUnits(Class<?> type) {
    for (var component : type.getRecordComponents()) {
      var param = component.getAnnotation(Param.class);
      if (param != null && !param.unit().isEmpty()) {
        assertThat(Units.isKnown(param.unit())).as(type + "." + component.getName()).isTrue();
      }
      if (component.getType().isSealed()) {
        Names.family(component.getType()).forEach(UnitsTest::checkUnits);
      }
    }
  }

  private static double quantity(String written, String unit) {
    return Units.quantity(new Node.Text(written, new Place("test", 1, 1)), "x", unit);
  }
}
