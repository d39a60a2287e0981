package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.flow.Maker;
import argand.phantom.Layers;
import argand.physics.ZonePlate;
import argand.simulate.SimulateScan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A simulation as a recipe says it.
class SimulationRecipeTest {
  private static final String TEXT =
      """
      simulateScan:
        phantom:
          layers:
            of:
              - siemensStar: {radius: 3 um, hub: 0.3 um}
              - particles: {diameter: 0.4 um, radius: 4 um}
        optics:
          zonePlate: {diameter: 200 um, outerZone: 100 nm, defocus: 0.9 mm, astigmatismAngle: 30 deg}
        scan: {fermatSpiral: {step: 0.4 um}}
        detector: {photons: 3e6, saturation: 1e5}
        startProbe: {zonePlate: {diameter: 200 um, outerZone: 100 nm}}
      """;

  private static SimulateScan bind(String text) {
    Maker maker =
        new Binder(Path.of("/"))
            .choice(Catalog.ARGAND.makers(), Yaml.read("test", text), "of", "simulation");
    return (SimulateScan) maker;
  }

  @Test
  void theRecipeMakesTheRecordsAndTheirDefaults() {
    var simulation = bind(TEXT);
    assertThat(simulation.beam().energyEv()).isEqualTo(8000);
    assertThat(simulation.size()).isEqualTo(128);
    assertThat(simulation.focusDistance()).isEmpty();
    assertThat(simulation.detector().photons()).isEqualTo(3e6);
    assertThat(simulation.detector().saturation()).hasValue(1e5);
    assertThat(simulation.scan().views()).isEqualTo(200);
    assertThat(simulation.phantom())
        .isInstanceOfSatisfying(Layers.class, layers -> assertThat(layers.of()).hasSize(2));
    assertThat(simulation.optics())
        .isInstanceOfSatisfying(
            ZonePlate.class,
            plate -> assertThat(plate.astigmatismAngle()).isCloseTo(Math.PI / 6, within(1e-12)));
    assertThat(simulation.startProbe()).isPresent();
  }

  @Test
  void anEnergyInTheWrongUnitIsSeen() {
    String text = TEXT.replace("simulateScan:", "simulateScan:\n  beam: {xRays: {energy: 8 eV}}");
    assertThatThrownBy(() -> bind(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("looks like keV");
  }
}
