package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.Exposure;
import argand.data.LineAreas;
import argand.data.Quality;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QuantifyTest {
  private static final EnergyDetector BARE =
      new EnergyDetector(argand.physics.DetectorElement.SILICON, 1e-3, List.of(), false);

  private static LineAreas areas(Exposure exposure, double[][] areas, double[][] sigma) {
    return new LineAreas(
        List.of(LineGroup.of("Fe K"), LineGroup.of("Cu K")),
        areas,
        sigma,
        Optional.empty(),
        exposure,
        OptionalDouble.of(10e3),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Quality.NONE,
        Source.NONE);
  }

  /// By hand, from the tables of Krause (yields) and Scofield (cross sections), in round numbers:
  /// at
  /// 10 keV iron has τ = 170 cm²/g, of it 0.88 in the K shell, and a yield of 0.34, so 1 µg/cm²
  /// gives
  /// 10¹⁰ · 170 · 0.88 · 0.34 · 10⁻⁶ = 5.1e5 photons into all directions, and 0.1 sr of 4π sees
  /// 4050
  /// of them. The tables agree within some per cent.
  @Test
  void countsWithoutAStandardAreThoseOfTheHand() {
    var exposure =
        Exposure.ofTimes(new double[] {1}, new double[] {0.8})
            .withIncident(new double[] {1e10}, true);
    var found =
        Quantify.by(new Reference.Absolute(OptionalDouble.empty(), 0.1), BARE)
            .apply(
                areas(exposure, new double[][] {{4050 * 0.8}, {0}}, new double[][] {{30}, {30}}),
                Watch.SILENT);
    assertThat(found.amounts().getFirst().values()[0]).isCloseTo(1, within(0.08));
    assertThat(found.amounts().getFirst().unit()).isEqualTo("µg/cm²");
  }

  @Test
  void deadTimeThatIsMissingIsASentence() {
    var areas =
        areas(
            Exposure.UNKNOWN.withIncident(new double[] {1e10}, true),
            new double[][] {{4050}, {0}},
            new double[][] {{30}, {30}});
    assertThatThrownBy(
            () ->
                Quantify.by(new Reference.Absolute(OptionalDouble.empty(), 0.1), BARE)
                    .apply(areas, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("the dead time is not in the data");
  }

  @Test
  void aReferenceThatIsNotThereIsASentence() {
    var areas = areas(Exposure.UNKNOWN, new double[][] {{50}, {10}}, new double[][] {{30}, {30}});
    assertThatThrownBy(
            () -> Quantify.by(new Reference.Film("Fe K", 1e-5), BARE).apply(areas, Watch.SILENT))
        .hasMessageStartingWith(
            "the reference Fe K is 50.0 ± 30.0 counts; expected three times its error at least");
  }

  /// 30 ± 3 and 10 ± 1: 75 and 25 %, each with √((0.25·3)² + (0.75·1)²)/40 of 100 %.
  @Test
  void percentagesAndTheirErrors() {
    var found =
        new ElementPercentages(List.of())
            .apply(
                areas(Exposure.UNKNOWN, new double[][] {{30}, {10}}, new double[][] {{3}, {1}}),
                Watch.SILENT);
    double expected = 100 * Math.hypot(0.25 * 3, 0.75 * 1) / 40;
    assertThat(found.amounts().get(0).values()[0]).isEqualTo(75);
    assertThat(found.amounts().get(1).values()[0]).isEqualTo(25);
    for (int k = 0; k < 2; k++) {
      assertThat(found.amounts().get(k).sigma().orElseThrow()[0])
          .isCloseTo(expected, within(1e-12));
    }
  }
}
