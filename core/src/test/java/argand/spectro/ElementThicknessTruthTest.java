package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Iron and nickel in known amounts, attenuated as the tables of NIST have it (Hubbell & Seltzer,
/// NISTIR 5632), between whose points ln μ is linear in ln E; with a white line at each edge, which
/// no table knows.
class ElementThicknessTruthTest {
  /// keV, cm²/g
  private static final double[][] IRON = {
    {6, 84.84}, {7.112, 53.19}, {7.1121, 407.6}, {8, 305.6}, {10, 170.6}
  };

  private static final double[][] NICKEL = {
    {6, 109.4}, {8, 49.52}, {8.3328, 44.28}, {8.3329, 329.4}, {10, 209.0}
  };

  private static double attenuation(double[][] table, double kev) {
    int i = 0;
    while (table[i + 1][0] < kev) {
      i++;
    }
    double part = Math.log(kev / table[i][0]) / Math.log(table[i + 1][0] / table[i][0]);
    return Math.exp(Math.log(table[i][1]) + part * Math.log(table[i + 1][1] / table[i][1]));
  }

  private static double whiteLine(double ev, double edge) {
    double x = (ev - edge - 15) / 15;
    return ev > edge ? 1.2 * Math.exp(-x * x / 2) : 0;
  }

  /// Iron 3 µm · i/15, nickel 2 µm · (1 − i/15) in pixel i of 16, noise 0.002.
  private static EnergyStack stack() {
    var random = new Random(2);
    double[] energies = new double[90];
    var planes = new ArrayList<RealField>();
    for (int e = 0; e < 90; e++) {
      energies[e] = 6900 + 20 * e;
      double ev = energies[e];
      double fe = attenuation(IRON, ev / 1e3) + 354 * whiteLine(ev, 7112);
      double ni = attenuation(NICKEL, ev / 1e3) + 285 * whiteLine(ev, 8332.8);
      var plane = new RealField(new Grid(4, 4, 1e-7, 1e-7));
      for (int i = 0; i < 16; i++) {
        double od = 7.874 * fe * 3e-4 * i / 15 + 8.908 * ni * 2e-4 * (15 - i) / 15;
        plane.values()[i] = (float) (od + 0.002 * random.nextGaussian());
      }
      planes.add(plane);
    }
    return EnergyStack.of(energies, Planes.of(planes), Quantity.OPTICAL_DENSITY, Source.NONE);
  }

  private static ElementThickness thickness(List<Double> nearEdge) {
    return new ElementThickness(
        List.of("Fe", "Ni"), List.of(7874.0, 8908.0), nearEdge, List.of(), List.of());
  }

  @Test
  void amountsAreThoseThatWerePutIn() {
    var found = thickness(List.of(20.0, 100.0)).apply(stack(), Watch.SILENT);
    var careless = thickness(List.of(0.0, 0.0)).apply(stack(), Watch.SILENT);
    float[] iron = Found.map(found, "thickness of Fe");
    float[] nickel = Found.map(found, "thickness of Ni");
    float[] moles = Found.map(found, "areal density of Ni");
    float[] wrong = Found.map(careless, "thickness of Fe");
    double worst = 0;
    for (int i = 0; i < 16; i++) {
      // two tables of cross sections agree to about 1.5 % here, of up to 3 µm; noise is 0.01 µm
      assertThat((double) iron[i]).isCloseTo(3.0 * i / 15, within(0.06));
      assertThat((double) nickel[i]).isCloseTo(2.0 * (15 - i) / 15, within(0.06));
      // 8.908 g/cm³ over 58.693 g/mol
      assertThat((double) moles[i])
          .isCloseTo(nickel[i] * 1e-4 * 8.908 / 58.693, within(1e-3 * 3e-5 + 1e-10));
      worst = Math.max(worst, Math.abs(wrong[i] - 3.0 * i / 15));
    }
    assertThat(worst).isGreaterThan(0.08);
  }

  @Test
  void whatItCannotDoIsSaid() {
    assertThatThrownBy(
            () ->
                new ElementThickness(
                    List.of("Fe", "Ni"),
                    List.of(7874.0),
                    List.of(20.0, 100.0),
                    List.of(),
                    List.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("densities is 1 for 2 materials");
    var stack = stack();
    var normalized = stack.withImages(stack.images(), stack.variance(), Quantity.NORMALIZED);
    assertThatThrownBy(() -> thickness(List.of(20.0, 100.0)).apply(normalized, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("opticalDensity");
  }
}
