package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.DiffractionScan;
import argand.data.ScanPositions;
import argand.file.CxiWriter;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir static Path folder;
  private static Path right = Path.of("");
  private static Path exchanged = Path.of("");

  @BeforeAll
  static void twoFilesOfOneScan() {
    var scan = StandardCase.farField(64, 1).make(0, Watch.SILENT).scan();
    right = folder.resolve("right.cxi");
    exchanged = folder.resolve("exchanged.cxi");
    CxiWriter.write(right, scan);
    CxiWriter.write(
        exchanged,
        new DiffractionScan(
            scan.geometry(),
            new ScanPositions(scan.positions().x(), scan.positions().y()),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source()));
  }

  @Test
  void withoutAnAbsorptionThereIsNoDose() {
    var said = Captured.run("inspect", right.toString(), "--json");
    assertThat(said.code()).isZero();
    assertThat(said.json().path("readable").asBoolean()).isTrue();
    assertThat(said.json().path("facts").has("dose")).isFalse();
    assertThat(said.out()).doesNotContain("dose of this scan");
  }

  /// Water at 8 keV: μ_en/ρ = 0.992 m²/kg (NIST, 9.915 cm²/g).
  @Test
  void aFormulaTellsTheDoseThatItsCoefficientTells() {
    var byFormula = Captured.run("inspect", right.toString(), "--json", "--formula", "H2O");
    var byNumber =
        Captured.run("inspect", right.toString(), "--json", "--mass-attenuation", "0.9915");
    double dose = byNumber.json().path("facts").path("dose").asDouble();
    assertThat(dose).isPositive();
    assertThat(byFormula.json().path("facts").path("dose").asDouble())
        .isCloseTo(dose, within(0.01 * dose));
    double half =
        Captured.run(
                "inspect",
                right.toString(),
                "--json",
                "--mass-attenuation",
                "0.9915",
                "--quantum-efficiency",
                "0.5")
            .json()
            .path("facts")
            .path("dose")
            .asDouble();
    assertThat(half).isCloseTo(2 * dose, within(1e-6 * dose));
    assertThat(Captured.run("inspect", right.toString(), "--formula", "LiFePO4").out())
        .contains("dose of this scan")
        .contains("Gy from");
  }

  @Test
  void whatCannotBeADoseIsRefused() {
    var wrong = Captured.run("inspect", right.toString(), "--formula", "water");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.sentence()).contains("'water'").contains("LiFePO4");
    var both =
        Captured.run("inspect", right.toString(), "--formula", "Au", "--mass-attenuation", "1");
    assertThat(both.code()).isNotZero();
    assertThat(both.sentence()).contains("not both");
  }

  @Test
  void itTriesHowFramesAndScanFitTogether() {
    assertThat(Captured.run("inspect", right.toString()).out()).contains("--orientation");
    var fits = Captured.run("inspect", right.toString(), "--orientation");
    assertThat(fits.code()).isZero();
    assertThat(fits.out()).contains("as they are").doesNotContain("transposeFrames: true");
    var turned = Captured.run("inspect", exchanged.toString(), "--orientation");
    assertThat(turned.out()).contains("transposeFrames: true");
  }
}
