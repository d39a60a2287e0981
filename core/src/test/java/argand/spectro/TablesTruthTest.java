package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Material;
import argand.spectro.NormalizeToTables.Scatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Normalization against tables, and over-absorption, against samples made of known amounts.
class TablesTruthTest {
  private static final Grid GRID = Grid.square(16, 16, 1e-8);
  private static final double[] ENERGIES = Edges.energies(8230, 8600, 2.5);
  private static final double E0 = 8333;

  private static double table(String formula, double e) {
    return Material.of(formula).massAttenuation(new Beam.XRays(e));
  }

  /// 2 … 10 g/m² of nickel in a matrix, with wiggles above the edge that average out.
  private static double nickel(int pixel) {
    return 2e-3 + 5e-4 * (pixel / 16);
  }

  private static EnergyStack sample() {
    return Edges.stack(
        ENERGIES,
        GRID,
        Quantity.OPTICAL_DENSITY,
        (i, e) -> {
          double wiggle = e > E0 ? 0.06 * Math.sin((e - E0) / 9) * Math.exp(-(e - E0) / 60) : 0;
          double step = e > E0 ? table("Ni", e) - 4.45 * Math.pow(8333 / e, 2.8) : 0;
          return nickel(i) * (table("Ni", e) + wiggle * step)
              + (0.4 + 0.02 * (i % 16)) * (1 - (e - 8400) * 2e-4);
        });
  }

  /// What is left is the wiggle's mean over the window, below a percent.
  @Test
  void theAmountOfTheAbsorberComesOut() {
    var noisy = Edges.noisy(sample(), 1e-3, 2);
    var result =
        new NormalizeToTables(
                "Ni", List.of(8230.0, 8310.0), List.of(8380.0, 8600.0), 1, OptionalDouble.of(E0))
            .apply(noisy, Watch.SILENT);
    var map = result.findings().map("areal density").orElseThrow();
    assertThat(map.unit()).isEqualTo("kg/m2");
    double sum = 0;
    for (int i = 0; i < GRID.size(); i++) {
      double pull = (map.values().values()[i] - nickel(i)) / nickel(i);
      assertThat(pull)
          .isCloseTo(0, within(0.02 + 4 * map.sigma().orElseThrow().values()[i] / nickel(i)));
      sum += result.images().plane(120).values()[i] / GRID.size();
    }
    assertThat(sum).isCloseTo(1, within(0.02));
    // the control: another element's tables give another amount, or none
    assertThatThrownBy(
            () ->
                new NormalizeToTables(
                        "Fe",
                        List.of(8230.0, 8310.0),
                        List.of(8380.0, 8600.0),
                        1,
                        OptionalDouble.of(E0))
                    .apply(noisy, Watch.SILENT))
        .hasMessageStartingWith(
            "the windows is without an edge of Fe between 8310.0 and 8380.0 eV");
  }

  /// Yield of nickel in a window around its line at 7478 eV, into which the tail of the elastic
  /// line
  /// falls: an exponential below the line, as of incomplete collection, which no error function is.
  /// The
  /// amount, over that of the tables, is one number of the detector in all pixels, whatever their
  /// scatter; without the tail in the model it follows the scatter.
  @Test
  void scatterIsToldFromTheEdge() {
    var yield =
        Edges.stack(
            ENERGIES,
            GRID,
            Quantity.YIELD,
            (i, e) -> {
              double edge = e > E0 ? table("Ni", e) - 4.45 * Math.pow(8333 / e, 2.8) : 0;
              double tail = Math.exp(-(e - 7650) / 220);
              return 1e3 * nickel(i) * edge + 0.3 + scatter(i) * tail;
            });
    double with = spread(yield, Optional.of(new Scatter(7478, OptionalDouble.empty())));
    assertThat(with).isLessThan(0.002);
    assertThat(spread(yield, Optional.empty())).isGreaterThan(0.02);
    assertThatThrownBy(() -> spread(yield, Optional.of(new Scatter(8300, OptionalDouble.empty()))))
        .hasMessageContaining("emission is 8300.0 eV; expected below the pre-edge");
  }

  /// At 8230 eV up to half as many counts as nickel gives above its edge.
  private static double scatter(int pixel) {
    return 100 + 3 * (pixel % 16) * (pixel % 16);
  }

  /// Relative standard deviation over the pixels of amount found over amount given.
  private static double spread(EnergyStack yield, Optional<Scatter> scatter) {
    var found =
        new NormalizeToTables(
                "Ni",
                List.of(8230.0, 8310.0),
                List.of(8380.0, 8600.0),
                1,
                OptionalDouble.of(E0),
                scatter)
            .apply(yield, Watch.SILENT)
            .findings()
            .map("areal density")
            .orElseThrow()
            .values();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < GRID.size(); i++) {
      double ratio = found.values()[i] / nickel(i);
      sum += ratio / GRID.size();
      squares += ratio * ratio / GRID.size();
    }
    return Math.sqrt(Math.max(0, squares - sum * sum)) / sum;
  }

  /// Yield of NiO in depth, layer by layer, the matrix absorbing less with energy: thick, and of 20
  /// g/m². The correction takes α as constant; ±1 % of the white line. The control: uncorrected it
  /// is a fifth too low.
  @Test
  void overAbsorptionIsTakenOut() {
    double in = Math.toRadians(45);
    double out = Math.toRadians(30);
    double fluorescence = 7478;
    double nickel = 0.786;
    double[] energies = Edges.energies(8230, 8600, 2.5);
    // no tails: they would be normalized away differently before and after
    DoubleUnaryOperator edge =
        e ->
            0.5 * (1 + Math.tanh((e - E0) / 1.5))
                + 0.7 * Math.exp(-0.5 * Math.pow((e - E0 - 4) / 3, 2));
    double low = 4.45;
    double jump = table("Ni", 8400) * Math.pow(8400 / E0, 2.7) - low;
    for (double mass : new double[] {Double.NaN, 0.02}) {
      var yield =
          Edges.stack(
              energies,
              Grid.square(2, 2, 1e-8),
              Quantity.YIELD,
              (i, e) -> {
                double rest = (nickel * low + 0.214 * table("O", E0)) * Math.pow(E0 / e, 2.8);
                double absorber = nickel * jump * edge.applyAsDouble(e) * Math.pow(E0 / e, 2.7);
                double mu = (rest + absorber) / Math.sin(in);
                double muOut = table("NiO", fluorescence) / Math.sin(out);
                double sum = 0;
                double most = Double.isNaN(mass) ? 1.0 : mass;
                int layers = 4000;
                for (int l = 0; l < layers; l++) {
                  double depth = most * (l + 0.5) / layers;
                  sum += absorber * Math.exp(-(mu + muOut) * depth) * most / layers;
                }
                return 1e3 * sum;
              });
      var normalized =
          new NormalizeEdge(
                  List.of(8230.0, 8310.0),
                  List.of(8400.0, 8600.0),
                  PreEdge.LINEAR,
                  1,
                  NormalizeEdge.Division.FLATTENED,
                  NormalizeEdge.Slopes.OWN,
                  OptionalDouble.of(E0),
                  0)
              .apply(yield, Watch.SILENT);
      var corrected =
          new CorrectOverAbsorption(
                  "NiO",
                  E0,
                  fluorescence,
                  in,
                  out,
                  Double.isNaN(mass) ? OptionalDouble.empty() : OptionalDouble.of(mass))
              .apply(normalized, Watch.SILENT);
      double[] before = new double[energies.length];
      double[] after = new double[energies.length];
      double worst = 0;
      double worstBefore = 0;
      for (int e = 0; e < energies.length; e++) {
        before[e] = normalized.images().plane(e).values()[0];
        after[e] = corrected.images().plane(e).values()[0];
        double truth = edge.applyAsDouble(energies[e]);
        worst = Math.max(worst, Math.abs(after[e] - truth));
        worstBefore = Math.max(worstBefore, Math.abs(before[e] - truth));
      }
      assertThat(worst).isLessThan(0.002);
      assertThat(worstBefore).isGreaterThan(0.1);
    }
  }
}
