package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts as programs and people write them.
class SpectrumReaderTest {
  @TempDir Path folder;

  private final List<String> notes = new ArrayList<>();

  private List<Spectrum> read(String name, String text) throws IOException {
    return SpectrumReader.read(Files.writeString(folder.resolve(name), text), notes::add);
  }

  @Test
  void twoColumnsInKevOfNormalizedAbsorption() throws IOException {
    var nio = read("NiO.txt", "8.3300 0.001\n8.3475 1.667\n8.3600 1.000\n").getFirst();
    assertThat(nio.name()).isEqualTo("NiO");
    assertThat(nio.energyEv()).containsExactly(8330, 8347.5, 8360);
    assertThat(nio.values()).containsExactly(0.001, 1.667, 1);
    assertThat(nio.quantity()).isEqualTo(Quantity.NORMALIZED);
    assertThat(notes)
        .contains("energies of NiO have no unit: taken as keV, because all are below 100");
  }

  @Test
  void aUnitInTheTitleDecidesAgainstTheSizeOfTheNumbers() throws IOException {
    // the L edges of aluminium: 70 … 85 eV, which without a unit would be keV
    var al = read("al.csv", "energy (eV),mu\n70,0.1\n73,0.5\n85,0.9\n").getFirst();
    assertThat(al.energyEv()).containsExactly(70, 73, 85);
    assertThat(al.quantity()).isEqualTo(Quantity.OPTICAL_DENSITY);
  }

  @Test
  void semicolonsWithDecimalCommasAndWindowsLines() throws IOException {
    var one = read("a.csv", "Energie;OD\r\n8330,5;0,25\r\n8331,5;0,5\r\n").getFirst();
    assertThat(one.energyEv()).containsExactly(8330.5, 8331.5);
    assertThat(one.values()).containsExactly(0.25, 0.5);
  }

  @Test
  void separatorsAtTheEndOfLinesAndEmptyCells() throws IOException {
    var one = read("end.csv", "energy,mu,\n7000,1,\n7001,2,\n").getFirst();
    assertThat(one.values()).containsExactly(1, 2);
    var two = read("gaps.csv", "energy [eV],a,b\n7000,1,\n7001,,4\n7002,3,\n");
    assertThat(two.getFirst().energyEv()).containsExactly(7000, 7002);
    assertThat(two.getLast().values()).containsExactly(4);
  }

  @Test
  void absorptionIsMadeOfCounts() throws IOException {
    var t = read("t.dat", "# energy i0 itrans ifluor\n7000 100 50 3\n7010 100 25 4\n").getFirst();
    assertThat(t.values()[0]).isCloseTo(Math.log(2), within(1e-12));
    assertThat(t.values()[1]).isCloseTo(Math.log(4), within(1e-12));
    assertThat(t.quantity()).isEqualTo(Quantity.OPTICAL_DENSITY);
    var f = read("f.dat", "# energy i0 ifluor\n7000 100 3\n7010 200 4\n").getFirst();
    assertThat(f.values()).containsExactly(0.03, 0.02);
    assertThat(f.quantity()).isEqualTo(Quantity.YIELD);
    assertThat(notes).contains("t is −ln(itrans/i0)", "f is ifluor/i0");
  }

  @Test
  void severalSpectraWithTheirErrors() throws IOException {
    var all = read("fit.csv", "energy [eV],Fe2+,Fe2+ sigma,Fe3+\n700,1,0.1,2\n710,3,0.2,4\n");
    assertThat(all).extracting(Spectrum::name).containsExactly("Fe2+", "Fe3+");
    assertThat(all.getFirst().sigma().orElseThrow()).containsExactly(0.1, 0.2);
    assertThat(all.getLast().values()).containsExactly(2, 4);
    assertThat(all.getLast().sigma()).isEmpty();
  }

  @Test
  void pointsAreOrderedAndThoseAtOneEnergyAveraged() throws IOException {
    var one = read("b.txt", "7020 5\n7010 1\n7010 3\n7000 nan\n6990 0.5\n").getFirst();
    assertThat(one.energyEv()).containsExactly(6990, 7010, 7020);
    assertThat(one.values()).containsExactly(0.5, 2, 5);
    assertThat(notes)
        .contains(
            "b: points put into the order of rising energy",
            "b: 1 points at an energy given twice averaged",
            "b: 1 points without a value left out");
  }

  @Test
  void anglesOfTheMonochromator() throws IOException {
    // Bragg's law by hand: Si(111), d = 3.1356 Å; E = 12398.4198 eV Å / (2 d sin θ), at 16.29°
    var one =
        read(
                "angle.xdi",
                "# XDI/1.0\n# Column.1: angle degrees\n# Column.2: mutrans\n"
                    + "# Mono.d_spacing: 3.1356\n#----\n16.29 1\n16.20 2\n")
            .getFirst();
    double expected = 12398.4198 / (2 * 3.1356 * Math.sin(Math.toRadians(16.29)));
    assertThat(one.energyEv()[0]).isCloseTo(expected, within(1e-3));
    assertThat(one.values()).containsExactly(1, 2);
  }

  @Test
  void anAthenaProjectWithShiftQuotesAndOtherGroups() throws IOException {
    String project =
        "# Athena project file -- Athena version 0.9\n$old_group = 'a';\n"
            + "@args = ('label','Bob\\'s foil','bkg_eshift','-0.5','titles',['x','y'],'is_chi',0);\n"
            + "@x = ('100','110');\n@y = ('1','2');\n@stddev = ('0.1','0.2');\n[record]\n"
            + "$old_group = 'b';\n@args = ('label','chi','is_chi',1);\n@x = ('1');\n@y = ('2');\n"
            + "[record]\n";
    Path file = folder.resolve("p.prj");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(project.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    var all = SpectrumReader.read(file, notes::add);
    assertThat(all).hasSize(1);
    assertThat(all.getFirst().name()).isEqualTo("Bob's foil");
    assertThat(all.getFirst().energyEv()).containsExactly(99.5, 109.5);
    assertThat(all.getFirst().sigma().orElseThrow()).containsExactly(0.1, 0.2);
    assertThat(notes)
        .contains(
            "Bob's foil: the project's energy shift of -0.5 eV is applied",
            "chi is left out: Athena says it is no absorption (is_chi)");
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.prj"), java.util.Arrays.copyOf(whole, 100));
    assertThatThrownBy(() -> SpectrumReader.read(cut, notes::add))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("packed by gzip and damaged");
  }

  @Test
  void whatIsNoSpectrumIsRefusedInOneSentence() throws IOException {
    assertThatThrownBy(() -> read("words.txt", "no numbers here\nat all\n"))
        .hasMessageEndingWith("words.txt: there are no columns of numbers in this text");
    assertThatThrownBy(() -> read("ragged.txt", "7000 1\n7001 2 3\n"))
        .hasMessageEndingWith("line 2 is no row of 2 numbers like those before it: “7001 2 3”");
    assertThatThrownBy(() -> read("cut.txt", "7000 1\n7001 2\n70")).isInstanceOf(FileTrouble.class);
    assertThatThrownBy(() -> read("one.txt", "7000\n7001\n"))
        .hasMessageContaining("one column only");
    assertThatThrownBy(() -> read("nan.txt", "7000 nan\n7001 nan\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("without a single finite value");
    assertThatThrownBy(() -> read("zero.txt", "0 1\n7001 2\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("more than 0 eV");
    Path binary = Files.write(folder.resolve("b.bin"), new byte[] {1, 0, 3, 4});
    assertThatThrownBy(() -> SpectrumReader.read(binary, notes::add))
        .hasMessageContaining("this is no text and no file of spectra");
    assertThatThrownBy(() -> SpectrumReader.read(folder, notes::add))
        .hasMessageContaining("folder");
    assertThatThrownBy(() -> SpectrumReader.read(folder.resolve("absent"), notes::add))
        .hasMessageContaining("no such file");
  }

  @Test
  void energiesInNames() {
    assertThat(PhotonEnergies.inName("rep01_20161456_ssrl-test-data_08324.0_eV_001of003.xrm"))
        .contains(8324.0);
    assertThat(PhotonEnergies.inName("scan_8.3475keV_3.tif")).contains(8347.5);
    assertThat(PhotonEnergies.inName("E708p5_0001.tif")).contains(708.5);
    assertThat(PhotonEnergies.inName("img_E8330.25.tif")).contains(8330.25);
    assertThat(PhotonEnergies.inName("frame_0001.tif")).isEmpty();
    assertThat(PhotonEnergies.inName("Level3.tif")).isEmpty();
  }
}
