package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.phantom.PlateletStack;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class UnmixBothTruthTest {
  private static final double[] EV = {
    700, 703, 705, 706, 706.8, 707.4, 707.8, 708.2, 708.6, 709, 709.4, 709.8, 710.2, 710.6, 711.2,
    712, 713.5, 716, 719, 726
  };

  private static final List<PhaseReferences.Compound> COMPOUNDS =
      List.of(
          new PhaseReferences.Compound("LiFePO4", "LiFePO4"),
          new PhaseReferences.Compound("FePO4", "FePO4"));

  /// References as one would measure them: absorption from 690 to 740 eV each 0.2 eV.
  private static Findings references() {
    double[] ev = new double[251];
    for (int e = 0; e < ev.length; e++) {
      ev[e] = 690 + 0.2 * e;
    }
    var found = Findings.NONE;
    for (boolean lithiated : new boolean[] {true, false}) {
      double[] y = new double[ev.length];
      for (int e = 0; e < ev.length; e++) {
        y[e] = PlateletStack.truth(lithiated, ev[e], false);
      }
      found =
          found.with(Spectrum.of(lithiated ? "LiFePO4" : "FePO4", ev, y, Quantity.OPTICAL_DENSITY));
    }
    return found;
  }

  /// rms error of the fraction of LiFePO4 over all pixels.
  private static double error(EnergyStack stack) {
    var map = stack.findings().map("fraction of LiFePO4").orElseThrow().values().values();
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      sum += Math.pow(map[i] - (i % 40 < 20 ? 1 : 0), 2) / map.length;
    }
    return Math.sqrt(sum);
  }

  private static Unmix alone() {
    var plain = Unmix.plain();
    return new Unmix(
        List.of(),
        List.of("LiFePO4", "FePO4"),
        Unmix.Constraint.NON_NEGATIVE,
        plain.background(),
        List.of(),
        List.of(),
        plain.weights(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        plain.prior());
  }

  /// Both at once tell the compounds apart better than optical density alone.
  @Test
  void fractionsAreSurerWithThePhase() {
    var stack = PlateletStack.of(EV, 30, 40, 60, 9).withFindings(references());
    var both = new UnmixBoth(List.of(), COMPOUNDS).apply(stack, Watch.SILENT);
    var alone = alone().apply(stack, Watch.SILENT);
    assertThat(error(both)).isLessThan(0.85 * error(alone));
    assertThat(Objects.requireNonNull(both.findings().quality().metrics().get("phaseGain")))
        .isBetween(0.15, 0.5);
    var chi = both.findings().map("reduced chi-square").orElseThrow().values().values();
    double mean = 0;
    for (float one : chi) {
      mean += one / chi.length;
    }
    assertThat(mean).isBetween(0.85, 1.2);
    // a phase that belongs to another sample shows in chi-square
    var phase = stack.phase().orElseThrow();
    var wrong =
        new UnmixBoth(List.of(), COMPOUNDS)
            .apply(
                stack.withPhase(
                    Optional.of(
                        new PhaseImages(
                            Planes.computed(
                                phase.images(),
                                (index, first, length, into, offset) -> {
                                  phase.images().read(index, first, length, into, offset);
                                  for (int i = offset; i < offset + length; i++) {
                                    into[i] = -into[i];
                                  }
                                }),
                            phase.variance()))),
                Watch.SILENT);
    var wrongChi = wrong.findings().map("reduced chi-square").orElseThrow().values().values();
    double wrongMean = 0;
    for (float one : wrongChi) {
      wrongMean += one / wrongChi.length;
    }
    assertThat(wrongMean).isGreaterThan(1.5 * mean);
  }

  /// Without noise: amounts 1 and 0, whatever the zero of the phase.
  @Test
  void exactWithoutNoise() {
    var stack = PlateletStack.of(EV, 2, 40, 0, 9).withFindings(references());
    var phase = stack.phase().orElseThrow();
    var moved =
        stack.withPhase(
            Optional.of(
                new PhaseImages(
                    Planes.computed(
                        phase.images(),
                        (index, first, length, into, offset) -> {
                          phase.images().read(index, first, length, into, offset);
                          for (int i = offset; i < offset + length; i++) {
                            into[i] += 0.4f;
                          }
                        }),
                    phase.variance())));
    var found = new UnmixBoth(List.of(), COMPOUNDS).apply(moved, Watch.SILENT);
    var amount = found.findings().map("amount of LiFePO4").orElseThrow().values().values();
    assertThat(amount[0]).isEqualTo(1, within(0.02f));
    assertThat(amount[39]).isEqualTo(0, within(0.02f));
  }

  @Test
  void whatIsMissingIsNamed() {
    var stack = PlateletStack.of(EV, 2, 40, 100, 9).withFindings(references());
    var step = new UnmixBoth(List.of(), COMPOUNDS);
    assertThatThrownBy(() -> step.apply(stack.withPhase(Optional.empty()), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("without a phase");
    assertThatThrownBy(() -> step.apply(stack.withFindings(Findings.NONE), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("'LiFePO4'");
    assertThatThrownBy(() -> new UnmixBoth(List.of(), List.of())).isInstanceOf(InvalidInput.class);
  }
}
