package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.RawFile;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.Polarization;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What CxiWriter writes, the `read` step gives back: nothing is turned, scaled or shifted on the
/// way.
class CxiWriterTest {
  @TempDir Path folder;

  private DiffractionScan back(DiffractionScan scan) {
    Path file = folder.resolve("scan.cxi");
    CxiWriter.write(file, scan);
    return Read.defaults().apply(new RawFile(file), Watch.SILENT);
  }

  private static void same(DiffractionScan scan, DiffractionScan back) {
    assertThat(back.positions().y()).containsExactly(scan.positions().y());
    assertThat(back.positions().x()).containsExactly(scan.positions().x());
    assertThat(back.frames().count()).isEqualTo(scan.frames().count());
    var a = new RealField(scan.frames().grid());
    var b = new RealField(scan.frames().grid());
    for (int j = 0; j < scan.frames().count(); j++) {
      scan.frames().read(j, a);
      back.frames().read(j, b);
      assertThat(b.values()).containsExactly(a.values());
    }
    assertThat(back.geometry().distance()).isEqualTo(scan.geometry().distance());
    assertThat(back.geometry().regime()).isEqualTo(scan.geometry().regime());
    assertThat(back.geometry().focusDistance()).isEqualTo(scan.geometry().focusDistance());
    assertThat(back.geometry().detector()).isEqualTo(scan.geometry().detector());
    // joules and back: two roundings of 2⁻⁵³ each
    assertThat(back.geometry().beam().energyEv())
        .isCloseTo(scan.geometry().beam().energyEv(), within(1e-11));
    var modes =
        scan.probe().orElseThrow().modes().stream()
            .sorted(Comparator.comparingDouble(ComplexField::power).reversed())
            .toList();
    assertThat(back.probe().orElseThrow().modes()).hasSameSizeAs(modes);
    for (int m = 0; m < modes.size(); m++) {
      assertThat(back.probe().orElseThrow().modes().get(m).re()).containsExactly(modes.get(m).re());
      assertThat(back.probe().orElseThrow().modes().get(m).im()).containsExactly(modes.get(m).im());
    }
  }

  @Test
  void farField() {
    var scan = Scans.far(7, 16, 16);
    var back = back(scan);
    same(scan, back);
    assertThat(back.mask()).isEmpty();
    try (var h5 = Hdf5.open(folder.resolve("scan.cxi"))) {
      assertThat(h5.type("/entry_1/data_1/data")).hasToString("uint16");
    }
  }

  @Test
  void thePolarizationOfTheBeam() {
    var scan = Scans.far(4, 12, 12);
    for (var polarization :
        new Polarization[] {
          new Polarization.Circular(-0.95), new Polarization.Linear(Math.toRadians(30), 0.75)
        }) {
      var beam =
          new Beam.XRays(scan.geometry().beam().energyEv(), java.util.Optional.of(polarization));
      var geometry =
          new Geometry(
              beam,
              scan.geometry().distance(),
              scan.geometry().detector(),
              scan.geometry().regime(),
              scan.geometry().focusDistance());
      var back =
          back(
              new DiffractionScan(
                  geometry,
                  scan.positions(),
                  scan.frames(),
                  scan.mask(),
                  scan.probe(),
                  scan.source()));
      double[] stokes = back.geometry().beam().polarization().orElseThrow().stokes();
      assertThat(stokes).containsExactly(polarization.stokes(), within(1e-12));
    }
    assertThat(back(scan).geometry().beam().polarization()).isEmpty();
  }

  @Test
  void farFieldOfRectangularFramesWithMask() {
    var scan = Scans.far(4, 12, 20);
    boolean[] good = new boolean[240];
    java.util.Arrays.fill(good, true);
    good[17] = false;
    var masked =
        new DiffractionScan(
            scan.geometry(),
            scan.positions(),
            scan.frames(),
            Optional.of(new Mask(scan.geometry().detector(), good)),
            scan.probe(),
            scan.source());
    var back = back(masked);
    same(masked, back);
    assertThat(back.mask().orElseThrow().good()).containsExactly(good);
  }

  @Test
  void nearFieldOfDivergingBeam() {
    var geometry =
        new Geometry(
            new Beam.XRays(12658),
            1.12,
            Grid.square(16, 16, 55e-6),
            Geometry.Regime.NEAR_FIELD,
            3.65e-3);
    var scan = Scans.of(geometry, 6);
    same(scan, back(scan));
  }

  @Test
  void countsBeyondSixteenBitsAndFractions() {
    var scan = Scans.far(6, 8, 8);
    for (float factor : new float[] {1000, 0.25f}) {
      var fields =
          java.util.stream.IntStream.range(0, 6)
              .mapToObj(
                  j -> {
                    var field = new RealField(scan.frames().grid());
                    scan.frames().read(j, field);
                    for (int i = 0; i < 64; i++) {
                      field.values()[i] *= factor;
                    }
                    return field;
                  })
              .toList();
      var other =
          new DiffractionScan(
              scan.geometry(),
              scan.positions(),
              Frames.of(List.copyOf(fields)),
              Optional.empty(),
              scan.probe(),
              scan.source());
      same(other, back(other));
      try (var h5 = Hdf5.open(folder.resolve("scan.cxi"))) {
        assertThat(h5.type("/entry_1/data_1/data"))
            .hasToString(factor == 1000 ? "uint32" : "float32");
      }
    }
  }
}
