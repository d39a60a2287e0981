package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.Quantity;
import argand.data.Spectrum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Measured spectra of many beamlines.
class SpectrumRealDataTest {
  private final List<String> notes = new ArrayList<>();

  /// Number of points and ends of each spectrum as the table beside the files gives them.
  @Test
  void allXdiStandardsOpen() throws IOException {
    Path table = SharedData.file("xas-standards-xdi/reference-larch-pre-edge.csv");
    List<String> rows = Files.readAllLines(table);
    assertThat(rows).hasSize(124);
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      var spectra = SpectrumReader.read(table.resolveSibling(cells[0]), notes::add);
      assertThat(spectra).as(cells[0]).hasSize(1);
      var spectrum = spectra.getFirst();
      double[] ev = spectrum.energyEv();
      assertThat(ev).as(cells[0]).hasSize(Integer.parseInt(cells[5]));
      assertThat(ev[0]).isCloseTo(Double.parseDouble(cells[6]), within(1e-3));
      assertThat(ev[ev.length - 1]).isCloseTo(Double.parseDouble(cells[7]), within(1e-3));
      assertThat(spectrum.quantity()).isEqualTo(Quantity.OPTICAL_DENSITY);
      double e0 = Double.parseDouble(cells[8]);
      double before = mean(spectrum, e0 - 70, e0 - 10);
      double slope = (mean(spectrum, e0 - 35, e0 - 10) - mean(spectrum, e0 - 70, e0 - 35)) / 30;
      slope = Double.isNaN(slope) ? 0 : slope; // scans that begin close to the edge
      double step = mean(spectrum, e0 + 20, e0 + 60) - before - 80 * slope;
      double expected = Double.parseDouble(cells[9]);
      // a coarse line before and a plain mean behind the edge: half of it either way, and never
      // upside down
      assertThat(step / expected).as("edge step of " + cells[0]).isBetween(0.5, 1.5);
    }
    assertThat(notes).filteredOn(n -> n.endsWith("is −ln(itrans/i0)")).hasSize(121);
  }

  private static double mean(Spectrum s, double from, double to) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < s.values().length; i++) {
      if (s.energyEv()[i] >= from && s.energyEv()[i] <= to) {
        sum += s.values()[i];
        n++;
      }
    }
    return sum / n;
  }

  @Test
  void pyxasReferencesAreNormalizedAndInKev() {
    var nio = SpectrumReader.read(SharedData.file("pyxas-ni-refs/ref_NiO.txt"), notes::add);
    var linio2 = SpectrumReader.read(SharedData.file("pyxas-ni-refs/ref_LiNiO2.txt"), notes::add);
    assertThat(nio).hasSize(1);
    assertThat(nio.getFirst().values()).hasSize(787);
    assertThat(linio2.getFirst().values()).hasSize(786);
    assertPeak(nio.getFirst(), 8347.5, 1.667);
    assertPeak(linio2.getFirst(), 8349.5, 1.591);
    assertThat(nio.getFirst().quantity()).isEqualTo(Quantity.NORMALIZED);
  }

  private static void assertPeak(Spectrum spectrum, double ev, double value) {
    int top = 0;
    for (int i = 0; i < spectrum.values().length; i++) {
      top = spectrum.values()[i] > spectrum.values()[top] ? i : top;
    }
    assertThat(spectrum.energyEv()[top]).isEqualTo(ev);
    assertThat(spectrum.values()[top]).isCloseTo(value, within(5e-4));
  }

  /// The same arrays lie beside the project as plain text.
  @Test
  void theGoldProjectIsWhatItsTextsSay() {
    Path project = SharedData.file("xas-gold-cyanobacteria/cyanobacteria.prj");
    var spectra = SpectrumReader.read(project, notes::add);
    assertThat(spectra).hasSize(17);
    var foil = spectra.stream().filter(s -> s.name().equals("Au foil")).findFirst().orElseThrow();
    var text = SpectrumReader.read(project.resolveSibling("csv/Au_foil.csv"), notes::add);
    assertThat(text).extracting(Spectrum::name).containsExactly("Au_foil", "Au_foil norm");
    assertThat(text.getLast().quantity()).isEqualTo(Quantity.NORMALIZED);
    assertThat(foil.values()).hasSameSizeAs(text.getFirst().values());
    for (int i = 0; i < foil.values().length; i++) {
      assertThat(foil.values()[i]).isCloseTo(text.getFirst().values()[i], within(1e-6));
      assertThat(foil.energyEv()[i]).isCloseTo(text.getFirst().energyEv()[i], within(1e-3));
    }
    assertThat(notes).contains("0.12: the project's energy shift of -0.23 eV is applied");
  }

  @Test
  void athenaOfOtherVersions() {
    var nio = SpectrumReader.read(SharedData.file("xas-nio-athena/NiO.prj"), notes::add);
    assertThat(nio).hasSize(24);
    assertThat(nio.getFirst().name()).isEqualTo("NiO.000");
    assertThat(nio.getFirst().energyEv()[0]).isCloseTo(8133.00072 + 1.252, within(1e-9));
    assertThat(nio).filteredOn(s -> s.sigma().isPresent()).hasSize(2); // the merged scans
    var lanthanum = SpectrumReader.read(SharedData.file("xas-nio-athena/LaCoO3.prj"), notes::add);
    assertThat(lanthanum).hasSize(2);
    assertThat(notes)
        .contains("LaCoO3 sample 1: its 411 errors are not used, because it has 405 points");
  }

  @Test
  void plainColumnsOfOtherSeparators() {
    String folder = "txm-xanes-nca-ssrl/";
    var nca = SpectrumReader.read(SharedData.file(folder + "NCA_xanes.csv"), notes::add);
    assertThat(nca.getFirst().energyEv()).hasSize(61);
    assertPeak(nca.getFirst(), 8350, maximum(nca.getFirst()));
    var tabs =
        SpectrumReader.read(
            SharedData.file(folder + "NCA-cell2-soc1-fov1-xanesspectrum.tsv"), notes::add);
    assertThat(tabs.getFirst().energyEv()[0]).isEqualTo(8250);
    var styrene = SpectrumReader.read(SharedData.file("kk-polystyrene/PS_004_-dc.txt"), notes::add);
    assertThat(styrene.getFirst().energyEv()[0]).isEqualTo(275);
  }

  private static double maximum(Spectrum s) {
    return java.util.Arrays.stream(s.values()).max().orElseThrow();
  }
}
