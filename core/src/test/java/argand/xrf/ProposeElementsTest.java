package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.EnergyCalibration;
import argand.data.FluorescenceSpectra;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProposeElementsTest {
  private static final ProposeElements HOW =
      new ProposeElements(8, List.of(), PeakShape.of(92, 0.118), EnergyDetector.defaults(), 25);

  private static List<String> proposed(FluorescenceSpectra spectra) {
    return HOW.groups(spectra).stream().map(p -> p.group().name()).toList();
  }

  @Test
  void whatWasPutInIsProposedAndNothingElse() {
    Map<String, Double> areas = new LinkedHashMap<>();
    areas.put("Ca K", 4000.0);
    areas.put("Cr K", 40_000.0);
    areas.put("Fe K", 20_000.0);
    areas.put("Ni K", 3_000.0);
    double[] mean = VirtualDetector.expected(areas, ev -> VirtualDetector.continuum(ev, 60), true);
    var spectra = VirtualDetector.counted(mean, 1, 5).withCalibration(VirtualDetector.TRUE);
    assertThat(proposed(spectra)).containsExactlyInAnyOrder("Ca K", "Cr K", "Fe K", "Ni K");
    assertThat(HOW.apply(spectra, Watch.SILENT).quality().verdict().getLast())
        .contains("The sum of the spectra asks for: groups: ['Cr K', 'Fe K'");
    // the control: a continuum alone has no lines
    double[] empty =
        VirtualDetector.expected(Map.of(), ev -> VirtualDetector.continuum(ev, 60), true);
    assertThat(proposed(VirtualDetector.counted(empty, 1, 5).withCalibration(VirtualDetector.TRUE)))
        .isEmpty();
  }

  /// All seventeen elements of the standard, lead and arsenic on one line among them.
  @Test
  void theStandardOfPymcaIsRecognized() throws Exception {
    double[] counts =
        Files.readAllLines(SharedData.file("xrf-pymca-standard/XRFSpectrum.mca")).stream()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .mapToDouble(Double::parseDouble)
            .toArray();
    var spectra =
        FluorescenceSpectra.of(
                SpectrumRows.of(counts), new EnergyCalibration(-492.773, 5.02883), Source.NONE)
            .withIncidentEv(17_500);
    var how =
        new ProposeElements(
            8,
            List.of(1500.0, 16_000.0),
            PeakShape.of(78.2, 0.12),
            PymcaStandardRealDataTest.DETECTOR,
            30);
    var names = how.groups(spectra).stream().map(p -> p.group()).toList();
    for (String element :
        List.of("Ca", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "As", "Se", "Sr")) {
      assertThat(names).contains(LineGroup.of(element + " K"));
    }
    assertThat(names)
        .contains(
            LineGroup.of("Tl L"), LineGroup.of("Pb L"), LineGroup.of("Cd L"), LineGroup.of("Sb L"));
    // further groups of these elements, argon of the air, and one that is doubtful (S on Pb M)
    assertThat(names).hasSizeLessThan(23);
  }
}
