package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Workers;
import argand.data.StructuredScan;
import argand.flow.Maker.MadeStructuredScan;
import argand.flow.QuietWatch;
import argand.phantom.MixedCathode;
import argand.physics.DetectorElement;
import org.junit.jupiter.api.Test;

class SimulateStructuredSpectraTest {
  private record On(Workers workers) implements QuietWatch {}

  private static final PulseDetector DETECTOR =
      new PulseDetector(
          DetectorElement.SILICON,
          5e-4,
          8e-6,
          1e-2,
          0.1,
          Math.PI / 2,
          90,
          0.118,
          2e-7,
          0.3,
          5e-8,
          4e-7,
          2048,
          -12,
          10.03,
          0,
          10,
          500);

  private static MadeStructuredScan made(double stageError, Workers workers) {
    return new SimulateStructuredSpectra(
            new MixedCathode(8, 0, 0, 0.1, 2, 0.22, 0.104),
            30,
            24,
            1.6e-7,
            9000,
            1e10,
            0.2,
            20000,
            stageError,
            0.01,
            1e6,
            5e-8,
            0,
            "Si3N4",
            6.3e-4,
            DETECTOR,
            4)
        .make(0, new On(workers));
  }

  /// The truth is what the files hold: Σ pattern · map, with dead time and beam, is the number of
  /// photons between 7.3 and 7.65 keV, where Ni Kα is almost alone (Kα has 88 % of K; some Co Kβ
  /// lies
  /// there as well), pattern by pattern within its noise of √8000 and 1 % more.
  @Test
  void theSpectraAreThoseOfTheMapsUnderThePatterns() {
    var made = made(0, Workers.ONE);
    var scan = made.scan();
    var spectra = made.spectra().orElseThrow();
    double[] told = told(made, scan, 2);
    double[] cobalt = told(made, scan, 1);
    double worst = 0;
    for (int j = 0; j < scan.count(); j++) {
      float[] counts = spectra.counts().spectrum(j);
      double seen = 0;
      for (int c = 0; c < counts.length; c++) {
        double ev = spectra.calibration().energyEv(c);
        seen += ev > 7300 && ev < 7650 ? counts[c] : 0;
      }
      double expected = 0.879 * told[j] + 0.09 * cobalt[j];
      worst = Math.max(worst, Math.abs(seen / expected - 1));
    }
    assertThat(worst).isLessThan(0.06);
  }

  /// Counts of an element that its map and the patterns give.
  private static double[] told(MadeStructuredScan made, StructuredScan scan, int element) {
    float[] map = made.truth().maps().get(element).values().values();
    double[] told = new double[scan.count()];
    for (int j = 0; j < told.length; j++) {
      float[] pattern = scan.patterns().plane(j).values();
      for (int i = 0; i < map.length; i++) {
        told[j] += (double) map[i] * pattern[i];
      }
      told[j] *= scan.exposure().liveShare(j) * scan.exposure().incident().orElseThrow()[j];
    }
    return told;
  }

  /// A light that misses its place is not the light that was seen without the sample; the control
  /// of the test above.
  @Test
  void aStageThatDoesNotComeBackTakesTheSampleElsewhere() {
    assertThat(missed(made(0, Workers.ONE))).isLessThan(0.02);
    assertThat(missed(made(1.6e-7, Workers.ONE))).isGreaterThan(0.1);
  }

  /// Rms of image with over image without the sample, where there is none, less one.
  private static double missed(MadeStructuredScan made) {
    var with = made.scan().sampleIn().orElseThrow();
    double sum = 0;
    int n = 0;
    for (int j = 0; j < 5; j++) {
      float[] in = with.plane(j).values();
      float[] out = made.scan().patterns().plane(j).values();
      for (int i = 0; i < in.length; i++) {
        if (made.truth().maps().get(3).values().values()[i] == 0 && out[i] > 20000) {
          sum += Math.pow(in[i] / out[i] - 1, 2);
          n++;
        }
      }
    }
    return Math.sqrt(sum / n);
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    try (var two = new Workers(2)) {
      var one = made(2e-9, Workers.ONE);
      var other = made(2e-9, two);
      for (int j : new int[] {0, 17, 29}) {
        assertThat(other.scan().patterns().plane(j).values())
            .isEqualTo(one.scan().patterns().plane(j).values());
        assertThat(other.spectra().orElseThrow().counts().spectrum(j))
            .isEqualTo(one.spectra().orElseThrow().counts().spectrum(j));
      }
    }
  }

  @Test
  void aBeamThatExcitesNoNickelIsRefused() {
    assertThatThrownBy(
            () ->
                new SimulateStructuredSpectra(
                        new MixedCathode(8, 0, 0, 0.1, 2),
                        3,
                        16,
                        3e-8,
                        7000,
                        1e10,
                        0.1,
                        2e4,
                        0,
                        0,
                        1e6,
                        0,
                        0,
                        "Si3N4",
                        6.3e-4,
                        DETECTOR,
                        4)
                    .make(0, new On(Workers.ONE)))
        .hasMessageContaining("7000.0 eV")
        .hasMessageContaining("Mn, Co and Ni");
  }
}
