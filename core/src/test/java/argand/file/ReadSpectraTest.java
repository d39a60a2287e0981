package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.FluorescenceSpectra;
import argand.data.RawFile;
import argand.flow.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadSpectraTest {
  private static final int CHANNELS = 100;

  @TempDir Path folder;

  private FluorescenceSpectra read(String name, List<String> lines) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, lines);
    return ReadSpectra.defaults().apply(new RawFile(file), Watch.SILENT);
  }

  private static String counts(int from, int to, int plus) {
    var text = new StringBuilder();
    for (int c = from; c < to; c++) {
      text.append(c + plus).append(' ');
    }
    return text.toString();
  }

  @Test
  void specFilesHaveCalibrationTimesAndContinuedLines() throws IOException {
    var spectra =
        read(
            "scan.mca",
            List.of(
                "#F scan.mca",
                "#S 1 point one",
                "#@CTIME 10.0 8.0 9.5",
                "#@CALIB -0.05 0.0101 0",
                "@A " + counts(0, 50, 0) + "\\",
                counts(50, 100, 0),
                "",
                "#S 2 point two",
                "#@CTIME 10.0 7.0 9.5",
                "@A " + counts(0, 100, 1000)));
    assertThat(spectra.count()).isEqualTo(2);
    assertThat(spectra.name(1)).isEqualTo("2 point two");
    assertThat(spectra.counts().spectrum(0)[77]).isEqualTo(77);
    assertThat(spectra.counts().spectrum(1)[99]).isEqualTo(1099);
    assertThat(spectra.calibration().zeroEv()).isCloseTo(-50, within(1e-9));
    assertThat(spectra.calibration().gainEv()).isCloseTo(10.1, within(1e-9));
    assertThat(spectra.exposure().liveShare(1)).isCloseTo(7 / 9.5, within(1e-12));
  }

  @Test
  void amptekFilesAreCalibratedByTheirPoints() throws IOException {
    var lines =
        new ArrayList<>(
            List.of(
                "<<PMCA SPECTRUM>>",
                "LIVE_TIME - 90.5",
                "REAL_TIME - 100.0",
                "<<CALIBRATION>>",
                "LABEL - keV",
                "10 0.3",
                "60 1.3",
                "<<DATA>>"));
    for (int c = 0; c < CHANNELS; c++) {
      lines.add(Integer.toString(2 * c));
    }
    lines.add("<<END>>");
    var spectra = read("tube.mca", lines);
    assertThat(spectra.channels()).isEqualTo(CHANNELS);
    assertThat(spectra.calibration().gainEv()).isCloseTo(20, within(1e-9));
    assertThat(spectra.calibration().zeroEv()).isCloseTo(100, within(1e-9));
    assertThat(spectra.exposure().liveShare(0)).isCloseTo(0.905, within(1e-12));
  }

  @Test
  void ortecFilesSayLiveBeforeReal() throws IOException {
    var spectra =
        read(
            "steel.spe",
            List.of(
                "$SPEC_ID:",
                "steel",
                "$MEAS_TIM:",
                "270 300",
                "$DATA:",
                "0 99",
                counts(0, 60, 0),
                counts(60, 100, 0),
                "$ENER_FIT:",
                "0.01 0.02"));
    assertThat(spectra.channels()).isEqualTo(CHANNELS);
    assertThat(spectra.exposure().liveShare(0)).isCloseTo(0.9, within(1e-12));
    assertThat(spectra.calibration().energyEv(50)).isCloseTo(1010, within(1e-9));
  }

  @Test
  void tablesHaveASpectrumInEachColumn() throws IOException {
    var lines = new ArrayList<>(List.of("channel,energy_keV,det1,det2"));
    for (int c = 0; c < CHANNELS; c++) {
      lines.add(String.format(Locale.ROOT, "%d,%.3f,%d,%d", c, 0.1 + 0.01 * c, c, 3 * c));
    }
    var spectra = read("sum.csv", lines);
    assertThat(spectra.count()).isEqualTo(2);
    assertThat(spectra.name(1)).isEqualTo("det2");
    assertThat(spectra.counts().spectrum(1)[10]).isEqualTo(30);
    assertThat(spectra.calibration().energyEv(10)).isCloseTo(200, within(1e-9));
  }

  @Test
  void whatIsMissingOrBrokenIsASentence() throws IOException {
    var lines = new ArrayList<String>();
    for (int c = 0; c < CHANNELS; c++) {
      lines.add("5");
    }
    assertThatThrownBy(() -> read("plain.mca", lines))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "the energy of the channels is not in the file; expected zero and gain");
    lines.set(40, "5 6");
    assertThatThrownBy(() -> read("ragged.mca", lines))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("line 41 has 2 numbers; those before have 1");
    assertThatThrownBy(() -> read("notes.txt", List.of("1 2", "3 4")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("2 lines of numbers are no spectrum");
    Path cut = folder.resolve("cut.mda");
    byte[] whole = Files.readAllBytes(SharedData.file("xrf-aps-2ide/axo_std.mda"));
    Files.write(cut, java.util.Arrays.copyOf(whole, 1 << 20));
    assertThatThrownBy(() -> ReadSpectra.defaults().apply(new RawFile(cut), Watch.SILENT))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("damaged or cut off");
  }

  private static ReadSpectra of(List<Integer> elements, double gain) {
    return new ReadSpectra(
        OptionalDouble.empty(),
        OptionalDouble.of(0),
        OptionalDouble.of(gain),
        Optional.empty(),
        Optional.empty(),
        elements,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(1e-6),
        "auto");
  }

  /// The sums of all four elements are those that were counted from the file by other means
  /// (`axo_std_sum_spectra.csv`: 895788, 844397, 593359, 696070).
  @Test
  void aMapOfEpicsAddsUpItsElements() {
    Path file = SharedData.file("xrf-aps-2ide/axo_std.mda");
    double[] counted = {895788, 844397, 593359, 696070};
    double all = 0;
    for (int e = 0; e < 4; e++) {
      var spectra = of(List.of(e + 1), 9.52).apply(new RawFile(file), Watch.SILENT);
      try (var rows = spectra.counts()) {
        assertThat(java.util.Arrays.stream(rows.sum()).sum()).isEqualTo(counted[e]);
      }
      all += counted[e];
    }
    var together = ReadSpectra.defaults().apply(new RawFile(file), Watch.SILENT);
    try (var rows = together.counts()) {
      assertThat(java.util.Arrays.stream(rows.sum()).sum()).isEqualTo(all);
      assertThat(together.calibration().gainEv()).isCloseTo(9.4, within(1e-5));
      assertThat(together.grid().orElseThrow().rows()).isEqualTo(11);
      assertThat(together.exposure().knowsDeadTime()).isTrue();
    }
  }

  @Test
  void mapsOfMapsAndNxfluoHaveTheirShapes() {
    var maps =
        of(List.of(), 9.52)
            .apply(
                new RawFile(SharedData.file("xrf-aps-2ide/2xfm_0011_2xfm3__0.h5")), Watch.SILENT);
    assertThat(maps.channels()).isEqualTo(2048);
    assertThat(maps.grid().orElseThrow().rows()).isEqualTo(11);
    assertThat(maps.grid().orElseThrow().columns()).isEqualTo(9);
    var fluo =
        ReadSpectra.defaults()
            .apply(new RawFile(SharedData.file("xrf-stxm-tomo-i18/testfluo2.nxs")), Watch.SILENT);
    try (var rows = fluo.counts()) {
      assertThat(fluo.channels()).isEqualTo(512);
      assertThat(rows.count()).isEqualTo(324);
      assertThat(fluo.calibration().gainEv()).isCloseTo(80, within(1.0));
      assertThat(fluo.incidentEv().orElseThrow()).isCloseTo(11_000, within(1.0));
      // the scattered beam stands at 21870 eV on this axis
      double[] sum = rows.sum();
      int most = 0;
      for (int c = 0; c < sum.length; c++) {
        most = sum[c] > sum[most] ? c : most;
      }
      assertThat(fluo.calibration().energyEv(most)).isBetween(21_000.0, 22_500.0);
    }
  }

  @Test
  void inspectionSaysWhatItIs() throws IOException {
    var map = Inspection.of(SharedData.file("xrf-aps-2ide/axo_std.mda"));
    assertThat(map.readable()).isTrue();
    assertThat(map.sentences().getFirst())
        .startsWith("fluorescence spectra (EPICS MDA): 121 of 2000 channels")
        .contains("a map of 11 × 11 pixels", "dead time known");
    Path plain = folder.resolve("plain.mca");
    Files.write(plain, java.util.Collections.nCopies(CHANNELS, "5"));
    assertThat(Inspection.of(plain).readable()).isFalse();
    assertThat(Inspection.of(plain).sentences().getFirst())
        .contains("the energy of the channels is not in the file");
  }
}
