package argand.xrf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.EnergyCalibration;
import argand.data.FluorescenceSpectra;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What cannot be fitted is told in a sentence.
class FitLinesTest {
  private static FluorescenceSpectra flat(float counts) {
    float[] all = new float[2 * 1024];
    Arrays.fill(all, counts);
    return FluorescenceSpectra.of(
        SpectrumRows.of(1024, all), new EnergyCalibration(0, 10), Source.NONE);
  }

  private static void refused(FluorescenceSpectra spectra, List<String> groups, String words) {
    assertThatThrownBy(() -> FitLines.of(groups).apply(spectra, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(words);
  }

  @Test
  void linesOutsideOfTheSpectrum() {
    refused(
        flat(5),
        List.of("Fe K", "Sr K"),
        "the line group is Sr K at 14165 eV; expected lines inside of the spectrum");
  }

  @Test
  void aFullCounter() {
    refused(
        flat(65535), List.of("Fe K"), " both hold 65535 counts, all that a counter of 16 bits can");
  }

  @Test
  void aBeamTooSoft() {
    refused(
        flat(5).withIncidentEv(7000),
        List.of("Fe K"),
        "the line group is Fe K; expected lines that the beam of 7000 eV can excite: its edge lies"
            + " at 7112 eV");
  }

  @Test
  void noCountsAtAll() {
    refused(flat(0), List.of("Fe K"), "the spectra is empty in this range");
  }

  @Test
  void ratiosThatNeedTheBeam() {
    refused(flat(5), List.of("Pb L"), "the energy of the beam is not known");
    refused(flat(5), List.of("Fe K", "elastic"), "the energy of the beam is not known");
  }
}
