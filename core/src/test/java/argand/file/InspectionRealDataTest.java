package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Argand says of each measured ptychography file.
class InspectionRealDataTest {
  @TempDir Path folder;

  private static Inspection of(String name) {
    return Inspection.of(SharedData.file(name));
  }

  @Test
  void everyPtychographyFileIsToldApart() {
    var near = of("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi");
    assertThat(near.kind()).isEqualTo("CXI");
    assertThat(near.readable()).isTrue();
    assertThat(near.facts()).containsEntry("frames", 200).containsEntry("rows", 100);
    assertThat(String.join(" ", near.sentences())).contains("focusDistance");

    var siemens = of("xray-ptycho-siemens-half/siemens_even.h5");
    assertThat(siemens.readable()).isTrue();
    assertThat(siemens.sentences().getFirst()).contains("read: {profile: siemens-half}");
    assertThat(siemens.facts()).containsEntry("frames", 258);
    assertThat(String.join(" ", siemens.sentences())).contains("nominal");

    var als = of("ptycho-spectro-als/NS_160406074-low-energy.h5");
    assertThat(als.readable()).isFalse();
    assertThat(als.sentences().getFirst())
        .contains("already reconstructed")
        .contains("/NS_160406074/imported/intensities")
        .contains("complex64 [1, 2, 228, 228]");

    assertThat(of("ptycho-spectro-als/README.md").kind()).isEqualTo("text");
  }

  @Test
  void stacksAndSpectraAreToldFromScansAndTables() {
    var pollux = of("stxm-pollux-nxstxm/Sample_Stack_2021-03-16_128.hdf5");
    assertThat(pollux.kind()).isEqualTo("stack");
    assertThat(pollux.sentences().getFirst())
        .startsWith(
            "images over energy (NXstxm): 4 of 50 × 50 pixels of 500 nm, 280 eV … 320 eV, counts");
    assertThat(of("xas-nio-athena/NiO.prj").sentences().getFirst()).isEqualTo("24 spectra");
    assertThat(of("fluorescence-tables-fisx/KShellRates.dat").kind()).isEqualTo("text");
    var tooth = of("txm-tomography/tooth.h5");
    assertThat(tooth.readable()).isFalse();
    assertThat(tooth.sentences().get(1)).contains("energies of the images is nowhere");
  }

  @Test
  void resultsTiffsAndOthers() throws IOException {
    Path tiff = folder.resolve("a.tif");
    TiffWriter.write(tiff, new TiffStack(2, 3, java.util.List.of(new float[6])));
    assertThat(Inspection.of(tiff).sentences().getFirst()).contains("1 pages of 2 × 3");
    Path noise = Files.write(folder.resolve("noise"), new byte[] {1, 0, 2, 0});
    assertThat(Inspection.of(noise).kind()).isEqualTo("unknown");
    assertThat(Inspection.of(folder).kind()).isEqualTo("folder");
    assertThatThrownBy(() -> Inspection.of(folder.resolve("absent")))
        .isInstanceOf(FileTrouble.class);
    Path scan = folder.resolve("scan.cxi");
    CxiWriter.write(scan, Scans.far(6, 8, 8));
    var inspected = Inspection.of(scan);
    assertThat(inspected.facts())
        .containsEntry("regime", "far")
        .containsEntry("startProbeModes", 2);
  }
}
