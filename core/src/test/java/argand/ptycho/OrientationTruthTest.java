package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.data.DiffractionScan;
import argand.data.Orientation;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.phantom.Particles;
import argand.phantom.Phantom;
import argand.phantom.Texture;
import argand.physics.Geometry;
import argand.ptycho.OrientationFinding.SignBy;
import argand.simulate.DetectorChain;
import argand.simulate.FermatSpiral;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All eight ways in which a detector can stand, against physics: what was done to the frames of a
/// simulated scan is found and undone, and the sign of the phase comes out as matter has it.
class OrientationTruthTest {
  private static final CheckOrientation CHECK = new CheckOrientation(40, 25, false);
  private static final SimulateScan STANDARD = StandardCase.farField(64, 1);
  private static final double PIXEL =
      Geometry.farField(STANDARD.beam(), STANDARD.distance(), Grid.square(64, 64, STANDARD.pixel()))
          .sample()
          .pixelY();

  /// Gold spheres of some radians; they absorb and retard.
  private static final Phantom GOLD =
      new Particles(
          Particles.Shape.SPHERES, 150, 8 * PIXEL, 0.3, 50 * PIXEL, 0.2, 4.77e-5, 4.96e-6, 1);

  private static final Maker.Made ABSORBING = made(GOLD, false, 3.75e5);

  private static Maker.Made made(Phantom phantom, boolean startProbe, double photons) {
    var like = STANDARD;
    return new SimulateScan(
            like.beam(),
            like.distance(),
            like.size(),
            like.pixel(),
            like.regime(),
            like.focusDistance(),
            phantom,
            like.optics(),
            new FermatSpiral(5 * PIXEL, 60),
            DetectorChain.photonCounting(photons),
            0,
            startProbe ? like.startProbe() : Optional.empty(),
            2,
            2,
            1)
        .make(0, Watch.SILENT);
  }

  /// Frames turned, everything else as it was: the start probe, too.
  private static DiffractionScan disturbed(DiffractionScan scan, Orientation by) {
    var turned = by.turn(scan);
    return new DiffractionScan(
        turned.geometry(),
        scan.positions(),
        turned.frames(),
        turned.mask(),
        scan.probe(),
        scan.source());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void whatWasDoneToTheFramesIsUndoneAndThePhaseIsThatOfMatter(int way) {
    var by = Orientation.ALL.get(way);
    var finding = CHECK.look(disturbed(ABSORBING.scan(), by), Watch.SILENT);
    assertThat(finding.classKnown()).isTrue();
    assertThat(finding.signBy()).isEqualTo(SignBy.ABSORPTION);
    assertThat(finding.turn()).isEqualTo(by.inverse());
    assertThat(finding.next()).isGreaterThan(2 * finding.residual());
    assertThat(String.join(" ", finding.sentences()))
        .contains(
            way == 0
                ? "fit together as they are read"
                : "Give read: {" + by.inverse().asFrames() + "}");
  }

  /// The negative control: the other member of the class has the same residual and every phase
  /// reversed.
  @Test
  void theWrongSignInvertsEveryPhase() {
    var scan = ABSORBING.scan();
    // this start happens to be defocused as the conjugate is, which is found at once
    var wrong = reconstructed(scan, SpreadStart.of(scan), Orientation.NONE.halfTurned());
    assertThat(MatterSign.of(wrong).slope()).isNegative();
    assertThat(Comparison.between(wrong, ABSORBING.truth()).metrics().get("nrmse"))
        .isGreaterThan(0.3);
    assertThat(Comparison.between(conjugate(wrong), ABSORBING.truth()).metrics().get("nrmse"))
        .isLessThan(0.1);
  }

  private static Reconstruction reconstructed(
      DiffractionScan scan, argand.data.Probe probe, Orientation how) {
    var turned = how.turn(scan);
    var started =
        new DiffractionScan(
            turned.geometry(),
            turned.positions(),
            turned.frames(),
            turned.mask(),
            Optional.of(probe),
            turned.source());
    return Ptychography.of(Rpie.DEFAULT, 60).apply(started, Watch.SILENT);
  }

  private static Reconstruction conjugate(Reconstruction result) {
    var object = new ComplexField(result.object().grid()).set(result.object());
    for (int i = 0; i < object.im().length; i++) {
      object.im()[i] = -object.im()[i];
    }
    return new Reconstruction(
        object,
        result.probe(),
        result.positions(),
        result.origin(),
        result.geometry(),
        0,
        result.residuals(),
        result.quality(),
        result.source());
  }

  /// Axes of the scan exchanged and reversed as `read` does it: the same finding names what undoes
  /// it, for the positions alone.
  @ParameterizedTest
  @ValueSource(ints = {3, 6})
  void whatWasDoneToThePositionsIsNamed(int way) {
    var scan = ABSORBING.scan();
    var by = Orientation.ALL.get(way);
    var turned =
        new DiffractionScan(
            scan.geometry(),
            asRead(scan.positions(), by),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source());
    var finding = CHECK.look(turned, Watch.SILENT);
    assertThat(finding.classKnown()).isTrue();
    assertThat(finding.signBy()).isEqualTo(SignBy.ABSORPTION);
    var back = asRead(turned.positions(), finding.turn());
    for (int j = 0; j < 60; j++) {
      assertThat(back.y()[j]).isEqualTo(scan.positions().y()[j]);
      assertThat(back.x()[j]).isEqualTo(scan.positions().x()[j]);
    }
  }

  /// `read: {swapAxes, flipY, flipX}`: reversed first, then exchanged.
  private static ScanPositions asRead(ScanPositions positions, Orientation flags) {
    double[] y = positions.y().clone();
    double[] x = positions.x().clone();
    for (int j = 0; j < y.length; j++) {
      y[j] *= flags.flipRows() ? -1 : 1;
      x[j] *= flags.flipColumns() ? -1 : 1;
    }
    return flags.transpose() ? new ScanPositions(x, y) : new ScanPositions(y, x);
  }

  @Test
  void weakPhaseAloneTellsTheClassButNotTheSign() {
    var weak = made(new Texture(8 * PIXEL, 1, 1, 0.3, 1), false, 3.75e5).scan();
    var by = Orientation.ALL.get(4);
    var finding = CHECK.look(disturbed(weak, by), Watch.SILENT);
    assertThat(finding.classKnown()).isTrue();
    assertThat(finding.signBy()).isEqualTo(SignBy.UNDETERMINED);
    assertThat(finding.turn()).isIn(by.inverse(), by.inverse().halfTurned());
    assertThat(String.join(" ", finding.sentences())).contains("sign of the phase is not settled");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aStartProbeOfKnownDefocusTellsTheSignOfAPhaseObject(int way) {
    var phase = made(new Texture(8 * PIXEL, 1, 1, 2, 1), true, 3.75e5).scan();
    var by = Orientation.ALL.get(way);
    var finding = CHECK.look(disturbed(phase, by), Watch.SILENT);
    assertThat(finding.classKnown()).isTrue();
    assertThat(finding.signBy()).isEqualTo(SignBy.START_PROBE);
    assertThat(finding.turn()).isEqualTo(by.inverse());
  }

  @Test
  void ofTooFewPhotonsNothingIsSaid() {
    var dark = made(new Texture(8 * PIXEL, 1, 1, 0.3, 1), false, 1000).scan();
    var finding = CHECK.look(dark, Watch.SILENT);
    assertThat(finding.classKnown()).isFalse();
    assertThat(finding.turn()).isEqualTo(Orientation.NONE);
    assertThat(finding.sentences().getFirst()).contains("is not settled by these data");
  }

  @Test
  void applyTurnsTheFramesAndKeepsTheSentences() {
    var by = Orientation.ALL.get(7);
    var bad = disturbed(ABSORBING.scan(), by);
    var mended = new CheckOrientation(40, 25, true).apply(bad, Watch.SILENT);
    var a = new argand.array.RealField(mended.frames().grid());
    var b = new argand.array.RealField(ABSORBING.scan().frames().grid());
    mended.frames().read(5, a);
    ABSORBING.scan().frames().read(5, b);
    assertThat(a.values()).containsExactly(b.values());
    assertThat(mended.source().notes()).anyMatch(note -> note.contains("do not fit together"));
    assertThat(CHECK.apply(bad, Watch.SILENT).frames()).isSameAs(bad.frames());
  }
}
