package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.file.Read;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Measured scans. The bounds are sanity bounds of the relative amplitude error, taken from plain
/// ePIE of whole-pixel positions (READMEs of the data: 0.0094 and 0.019).
class PtychographyRealDataTest {
  private static Path shared(String name) {
    return found("shared/data/" + name);
  }

  private static Path found(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    Assumptions.abort(name + " is not here: skipped");
    throw new AssertionError();
  }

  private static DiffractionScan read(
      Path file, OptionalDouble focusDistance, Optional<Path> profile) {
    var plain = Read.defaults();
    return new Read(
            plain.energyEv(),
            plain.wavelength(),
            plain.distance(),
            plain.pixelSize(),
            focusDistance,
            plain.regime(),
            profile,
            plain.positions(),
            plain.format(),
            plain.first(),
            plain.last(),
            plain.every(),
            plain.swapAxes(),
            plain.flipY(),
            plain.flipX(),
            plain.transposeFrames(),
            plain.flipFramesY(),
            plain.flipFramesX(),
            plain.positionUnit(),
            plain.mask(),
            plain.faulty(),
            plain.empty(),
            plain.polarization())
        .apply(new RawFile(file), Watch.SILENT);
  }

  @Test
  void nearFieldIsExplainedTo0_0085() {
    var scan =
        read(
            shared("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi"),
            OptionalDouble.of(3.65e-3),
            Optional.empty());
    var result = Ptychography.of(Rpie.DEFAULT, 30).apply(scan, Watch.SILENT);
    // before each view's update, over the last pass; and of the result as it stands
    assertThat(result.residuals().getLast()).isLessThan(0.0085);
    assertThat(result.quality().metrics().get("relativeAmplitudeError")).isLessThan(0.0085);
  }

  /// Measured: 0.0044.
  @Test
  void nearFieldByMaximumLikelihoodIsExplainedTo0_006() {
    var scan =
        read(
            shared("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi"),
            OptionalDouble.of(3.65e-3),
            Optional.empty());
    var result = Ptychography.of(MaximumLikelihood.DEFAULT, 30).apply(scan, Watch.SILENT);
    assertThat(result.quality().metrics().get("relativeAmplitudeError")).isLessThan(0.006);
  }

  @Test
  void nearFieldWithMirroredPositionsIsNotExplained() {
    var scan =
        read(
            shared("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi"),
            OptionalDouble.of(3.65e-3),
            Optional.empty());
    var mirrored =
        new DiffractionScan(
            scan.geometry(),
            new argand.data.ScanPositions(
                java.util.Arrays.stream(scan.positions().y()).map(y -> -y).toArray(),
                java.util.Arrays.stream(scan.positions().x()).map(x -> -x).toArray()),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source());
    var result = Ptychography.of(Rpie.DEFAULT, 10).apply(mirrored, Watch.SILENT);
    assertThat(result.residuals().getLast()).isGreaterThan(0.0085);
  }

  /// Measured: 0.0133.
  @Test
  void farFieldByMaximumLikelihoodIsExplainedTo0_017() {
    var scan =
        read(
            shared("xray-ptycho-siemens-half/siemens_even.h5"),
            OptionalDouble.empty(),
            Optional.of(found("examples/profiles/siemens-half.yaml")));
    var result = Ptychography.of(MaximumLikelihood.DEFAULT, 30).apply(scan, Watch.SILENT);
    assertThat(result.quality().metrics().get("relativeAmplitudeError")).isLessThan(0.017);
  }

  @Test
  void farFieldIsExplainedTo0_017() {
    var scan =
        read(
            shared("xray-ptycho-siemens-half/siemens_even.h5"),
            OptionalDouble.empty(),
            Optional.of(found("examples/profiles/siemens-half.yaml")));
    var result = Ptychography.of(Rpie.DEFAULT, 30).apply(scan, Watch.SILENT);
    assertThat(result.residuals().getLast()).isLessThan(0.017);
    assertThat(result.quality().metrics().get("relativeAmplitudeError")).isLessThan(0.017);
  }
}
