package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Shape;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.phantom.PlateletStack;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KramersKronigTruthTest {
  private static final List<Region> HALVES =
      List.of(
          new Region("lithiated", new Shape.Rectangle(0, 0, 20, 10)),
          new Region("empty of lithium", new Shape.Rectangle(0, 10, 20, 10)));

  /// L₃ and L₂ of iron, four energies or more on the width of each line.
  private static double[] energies() {
    double[] ev = new double[260];
    for (int i = 0; i < ev.length; i++) {
      ev[i] = 690 + 0.2 * i;
    }
    return ev;
  }

  private static KramersKronig step(List<Region> regions) {
    return new KramersKronig(
        "LiFePO4", OptionalDouble.of(3596), List.of(), regions, KramersKronig.Between.CURVES);
  }

  private static double metric(EnergyStack stack, String name) {
    return Objects.requireNonNull(stack.findings().quality().metrics().get(name), name);
  }

  /// Absorption and phase of one wave agree, and the thickness is what it was within what the
  /// tables and the sample's oscillators differ.
  @Test
  void phaseFollowsFromAbsorptionWithinHalfAPercent() {
    var looked = step(HALVES).apply(PlateletStack.of(energies(), 20, 20, 0, 1), Watch.SILENT);
    assertThat(metric(looked, "kramersKronigMisfit")).isLessThan(0.005);
    assertThat(metric(looked, "kramersKronigScaleOfLithiated")).isEqualTo(1, within(0.02));
    assertThat(metric(looked, "thicknessOfLithiated"))
        .isEqualTo(PlateletStack.THICKNESS, within(0.05 * PlateletStack.THICKNESS));
    // what is read in a phase spectrum: its contrast is largest below the absorption line
    assertThat(metric(looked, "absorptionPeakEvOfLithiated")).isEqualTo(708.2, within(0.3));
    assertThat(metric(looked, "phasePeakEvOfLithiated"))
        .isLessThan(metric(looked, "absorptionPeakEvOfLithiated"));
    assertThat(looked.findings().spectra().stream().map(Spectrum::name))
        .contains("lithiated", "lithiated, phase", "lithiated, phase by Kramers–Kronig");
    assertThat(looked.findings().quality().figures().keySet())
        .contains("Optical density of lithiated", "Phase of lithiated");
  }

  /// With noise the misfit is what noise explains.
  @Test
  void noiseIsToldFromDisagreement() {
    var looked = step(HALVES).apply(PlateletStack.of(energies(), 20, 20, 200, 1), Watch.SILENT);
    assertThat(looked.findings().quality().verdict().toString()).contains("noise explains 1.4 %");
    assertThat(metric(looked, "kramersKronigMisfit")).isBetween(0.01, 0.025);
    // the zero crossings of the lines, not those of noise
    assertThat(looked.findings().quality().verdict().toString())
        .contains("crosses the line between its ends at 708.4, ");
  }

  /// I₀ that is 10 % wrong at five energies, a phase with the wrong sign, a phase that is 1.5 times
  /// too
  /// large: each is seen.
  @Test
  void faultsAreSeen() {
    var right = PlateletStack.of(energies(), 20, 20, 0, 1);
    double good = metric(step(List.of()).apply(right, Watch.SILENT), "kramersKronigMisfit");
    var images = right.images();
    var wrong =
        right.withImages(
            Planes.computed(
                images,
                (index, first, length, into, offset) -> {
                  images.read(index, first, length, into, offset);
                  for (int i = offset; i < offset + length && index % 52 == 40; i++) {
                    into[i] += 0.1f;
                  }
                }),
            right.variance(),
            Quantity.OPTICAL_DENSITY);
    double i0 = metric(step(List.of()).apply(wrong, Watch.SILENT), "kramersKronigMisfit");
    double sign =
        metric(step(List.of()).apply(scaled(right, -1), Watch.SILENT), "kramersKronigMisfit");
    var large = step(List.of()).apply(scaled(right, 1.5f), Watch.SILENT);
    assertThat(good).isLessThan(0.005);
    assertThat(i0).isGreaterThan(0.01);
    assertThat(sign).isGreaterThan(0.3);
    assertThat(metric(large, "kramersKronigMisfit")).isGreaterThan(0.05);
    assertThat(metric(large, "kramersKronigScaleOfMean")).isEqualTo(1.5, within(0.05));
  }

  private static EnergyStack scaled(EnergyStack stack, float factor) {
    var phase = stack.phase().orElseThrow();
    return stack.withPhase(
        Optional.of(
            new argand.data.PhaseImages(
                Planes.computed(
                    phase.images(),
                    (index, first, length, into, offset) -> {
                      phase.images().read(index, first, length, into, offset);
                      for (int i = offset; i < offset + length; i++) {
                        into[i] *= factor;
                      }
                    }),
                phase.variance())));
  }

  /// Phase references made from absorption tell both compounds apart on the phase alone.
  @Test
  void referencesOfPhaseAreMadeFromThoseOfAbsorption() {
    double[] ev = energies();
    var absorption = Findings.NONE;
    for (boolean lithiated : new boolean[] {true, false}) {
      double[] y = new double[ev.length];
      for (int e = 0; e < ev.length; e++) {
        y[e] = PlateletStack.truth(lithiated, ev[e], false);
      }
      absorption =
          absorption.with(
              Spectrum.of(lithiated ? "LiFePO4" : "FePO4", ev, y, Quantity.OPTICAL_DENSITY));
    }
    var noisy = PlateletStack.of(ev, 20, 20, 200, 5);
    var phase = noisy.phase().orElseThrow();
    var stack =
        EnergyStack.of(ev, phase.images(), Quantity.PHASE, noisy.source())
            .withImages(phase.images(), phase.variance(), Quantity.PHASE)
            .withFindings(absorption);
    var references =
        new PhaseReferences(
            List.of(),
            List.of(
                new PhaseReferences.Compound("LiFePO4", "LiFePO4"),
                new PhaseReferences.Compound("FePO4", "FePO4")),
            List.of(),
            KramersKronig.Between.CURVES);
    var unmix = Unmix.plain();
    var found =
        new Unmix(
                List.of(),
                List.of("LiFePO4, phase", "FePO4, phase"),
                unmix.constraint(),
                unmix.background(),
                List.of(),
                List.of(),
                unmix.weights(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                unmix.prior())
            .apply(references.apply(stack, Watch.SILENT), Watch.SILENT);
    var map = found.findings().map("fraction of LiFePO4, phase").orElseThrow().values().values();
    double left = 0;
    double right = 0;
    for (int i = 0; i < map.length; i++) {
      left += i % 20 < 10 ? map[i] / 200 : 0;
      right += i % 20 < 10 ? 0 : map[i] / 200;
    }
    assertThat(left).isGreaterThan(0.95);
    assertThat(right).isLessThan(0.05);
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    var stack = PlateletStack.of(energies(), 4, 4, 0, 1);
    assertThatThrownBy(() -> KramersKronig.of("SiO2").apply(stack, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("does not rise");
    assertThatThrownBy(
            () ->
                KramersKronig.of("LiFePO4")
                    .apply(
                        stack.withImages(stack.images(), Optional.empty(), Quantity.NORMALIZED),
                        Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("optical density");
    assertThatThrownBy(
            () ->
                step(List.of(new Region("far", new Shape.Rectangle(100, 0, 5, 5))))
                    .apply(stack, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("region far");
    assertThatThrownBy(
            () ->
                new KramersKronig(
                    "LiFePO4",
                    OptionalDouble.empty(),
                    List.of(720.0, 700.0),
                    List.of(),
                    KramersKronig.Between.LINES))
        .isInstanceOf(InvalidInput.class);
  }
}
