package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.flow.Watch;
import argand.physics.Geometry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The measured files, as their READMEs describe them.
class ReadRealDataTest {
  private static DiffractionScan read(Path file, Read how) {
    return how.apply(new RawFile(file), Watch.SILENT);
  }

  @Test
  void nearFieldCxi() {
    Path file = SharedData.file("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi");
    var scan = read(file, new ReadWith().focusDistance(3.65e-3).read());
    // README: 200 frames of 100 × 100, 12.658 keV, magnification 307.85, effective pixel 178.66 nm,
    // distance 3.6381 mm
    assertThat(scan.frames().count()).isEqualTo(200);
    assertThat(scan.geometry().beam().energyEv()).isCloseTo(12658, within(1.0));
    assertThat(scan.geometry().regime()).isEqualTo(Geometry.Regime.NEAR_FIELD);
    assertThat(scan.geometry().magnification()).isCloseTo(307.85, within(0.01));
    assertThat(scan.geometry().sample().pixelY()).isCloseTo(178.66e-9, within(0.01e-9));
    assertThat(scan.geometry().effectiveDistance()).isCloseTo(3.6381e-3, within(1e-7));
    assertThat(scan.mask().orElseThrow().count()).isEqualTo(9995);
    // README: the row of the probe is +t_y, its column +t_x
    try (var h5 = Hdf5.open(file)) {
      float[] t = h5.floats("/entry_1/sample_1/geometry_1/translation");
      for (int j = 0; j < 200; j++) {
        assertThat(scan.positions().y()[j]).isEqualTo(t[3 * j + 1]);
        assertThat(scan.positions().x()[j]).isEqualTo(t[3 * j]);
      }
      // our parallel decoding of the chunks (25, 13, 25) against libhdf5
      float[] all = h5.floats("/entry_1/instrument_1/detector_1/data");
      boolean[] good = scan.mask().orElseThrow().good();
      var frame = new RealField(scan.frames().grid());
      for (int j = 0; j < 200; j++) {
        scan.frames().read(j, frame);
        for (int i = 0; i < 10000; i++) {
          if (good[i]) {
            assertThat(frame.values()[i]).isEqualTo(all[j * 10000 + i]);
          }
        }
      }
    }
  }

  @Test
  void nearFieldCxiWithoutItsFocusDistanceSaysHowToGiveIt() {
    Path file = SharedData.file("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi");
    assertThat(read(file, Read.defaults()).source().notes())
        .anyMatch(note -> note.contains("taken as far field") && note.contains("focusDistance"));
  }

  @Test
  void farFieldByProfile() {
    Path file = SharedData.file("xray-ptycho-siemens-half/siemens_even.h5");
    var scan = read(file, new ReadWith().profile("siemens-half").read());
    assertThat(scan.frames().count()).isEqualTo(258);
    assertThat(scan.geometry().sample().pixelY()).isCloseTo(10e-9, within(1e-15));
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("lengths are nominal"));
    // README: scan range about 330 × 330 pixels
    assertThat(scan.positions().extentY() / 10e-9).isCloseTo(330, within(15.0));
    // README: mean pattern sum about 4.6e5, to which the start probe is scaled
    assertThat(scan.probe().orElseThrow().power()).isCloseTo(4.6e5, within(0.1e5));
    // zero frequency is at the centre now: within a quarter of the frame lies nearly everything
    var frame = new RealField(scan.frames().grid());
    scan.frames().read(0, frame);
    double inner = 0;
    for (int r = 32; r < 96; r++) {
      for (int c = 32; c < 96; c++) {
        inner += frame.at(r, c);
      }
    }
    assertThat(inner).isGreaterThan(0.9 * frame.sum());
  }

  @Test
  void withoutTheProfileItIsNamed() {
    Path file = SharedData.file("xray-ptycho-siemens-half/siemens_even.h5");
    assertThatThrownBy(() -> read(file, Read.defaults()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("read: {profile: siemens-half}");
  }

  @Test
  void reconstructedImagesAreNoScan() {
    Path file = SharedData.file("ptycho-spectro-als/NS_160406074-low-energy.h5");
    assertThatThrownBy(() -> read(file, Read.defaults())).isInstanceOf(InvalidInput.class);
  }
}
