package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Shape;
import argand.data.Spectrum;
import argand.flow.Watch;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Figure 3 of Ge & Lee 2020: inside the particle the references explain the spectrum, outside they
/// do not.
class RegionSpectraTruthTest {
  private static final NcaParticle NCA = new NcaParticle(160);
  private static final EnergyStack DENSITY = NCA.measured(20_000, 7);

  private static final Region INSIDE = new Region("ROI 1", new Shape.Ellipse(80, 80, 8, 8));
  private static final Region OUTSIDE = new Region("ROI 2", new Shape.Rectangle(2, 60, 6, 6));

  private static EnergyStack referenced(EnergyStack stack, Quantity quantity) {
    return stack.withFindings(
        stack
            .findings()
            .with(Spectrum.of("Ni3+ ref", NCA.energyEv, NCA.reference[0], quantity))
            .with(Spectrum.of("Ni4+ ref", NCA.energyEv, NCA.reference[1], quantity)));
  }

  private static Findings looked(EnergyStack stack) {
    return new RegionSpectra(
            List.of(INSIDE, OUTSIDE),
            List.of(),
            List.of(),
            OptionalDouble.of(8300),
            OptionalDouble.of(8400))
        .apply(stack, Watch.SILENT)
        .findings();
  }

  @Test
  void insideTheReferencesExplainTheSpectrumAndOutsideTheyDoNot() {
    var normal = looked(referenced(NCA.fitted(DENSITY), Quantity.NORMALIZED)).quality().metrics();
    assertThat(normal.get("rSquaredInROI1")).isGreaterThan(0.99);
    assertThat(normal.get("rSquaredInROI2")).isLessThan(0.5);
    var density = looked(referenced(DENSITY, Quantity.OPTICAL_DENSITY)).quality().metrics();
    assertThat(density.get("rSquaredInROI1")).isGreaterThan(0.99);
    assertThat(density.get("rSquaredInROI2")).isLessThan(0.5);
    // The middle of the particle: the first region of it, with a share of 0.47.
    double three = density.getOrDefault("amountOfNi3+refInROI1", Double.NaN);
    double four = density.getOrDefault("amountOfNi4+refInROI1", Double.NaN);
    assertThat(four / (three + four)).isCloseTo(0.47, within(0.02));
  }

  @Test
  void partsAddUpAndAreKept() {
    var found = looked(referenced(NCA.fitted(DENSITY), Quantity.NORMALIZED));
    assertThat(found.regions()).containsExactly(INSIDE, OUTSIDE);
    assertThat(found.quality().figures().get("Region ROI 1"))
        .extracting(curve -> curve.name())
        .containsExactly("measured", "Ni3+ ref", "Ni4+ ref", "fit", "residual");
    double[] measured = named(found, "ROI 1").values();
    double[] fit = named(found, "ROI 1, fit").values();
    double[] residual = named(found, "ROI 1, residual").values();
    double[] three = named(found, "ROI 1, part of Ni3+ ref").values();
    double[] four = named(found, "ROI 1, part of Ni4+ ref").values();
    for (int e = 0; e < measured.length; e++) {
      assertThat(fit[e] + residual[e]).isCloseTo(measured[e], within(1e-12));
      assertThat(three[e] + four[e]).isCloseTo(fit[e], within(1e-12));
    }
    // About 200 pixels: the error of the mean is a fourteenth of that of a pixel.
    double[] sigma = named(found, "ROI 1").sigma().orElseThrow();
    assertThat(sigma[40]).isBetween(5e-4, 5e-3);
  }

  private static Spectrum named(Findings found, String name) {
    return found.spectra().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void whatCannotBeIsSaid() {
    var stack = referenced(DENSITY, Quantity.OPTICAL_DENSITY);
    var away = new Region("away", new Shape.Rectangle(500, 500, 5, 5));
    assertThatThrownBy(
            () ->
                new RegionSpectra(
                        List.of(away),
                        List.of(),
                        List.of(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty())
                    .apply(stack, Watch.SILENT))
        .hasMessageContaining("region away is outside of the image");
    assertThatThrownBy(
            () ->
                new RegionSpectra(
                        List.of(INSIDE),
                        List.of(),
                        List.of("NiO"),
                        OptionalDouble.empty(),
                        OptionalDouble.empty())
                    .apply(stack, Watch.SILENT))
        .hasMessageContaining("'NiO'; expected one of Ni3+ ref, Ni4+ ref");
    assertThatThrownBy(
            () ->
                new RegionSpectra(
                        List.of(INSIDE),
                        List.of(),
                        List.of(),
                        OptionalDouble.of(8350),
                        OptionalDouble.of(8352))
                    .apply(stack, Watch.SILENT))
        .hasMessageContaining("more than 4");
  }
}
