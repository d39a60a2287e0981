package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.file.ResultWriter;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shifts and broadenings that were put into spectra, found again.
class EnergyMismatchTruthTest {
  /// The edge broadened by a Gaussian: integrated on a grid of its own.
  private static double broad(double e, double e0, double width) {
    var edge = Edges.edge(e0);
    double sum = 0;
    double all = 0;
    for (double t = -5; t <= 5; t += 0.02) {
      double w = Math.exp(-t * t / 2);
      sum += w * edge.applyAsDouble(e - t * width);
      all += w;
    }
    return sum / all;
  }

  private static Spectrum spectrum(
      String name, double step, double e0, double width, double noise) {
    var random = new Random(17);
    double[] e = Edges.energies(8290, 8400, step);
    double[] y = new double[e.length];
    for (int i = 0; i < e.length; i++) {
      y[i] = broad(e[i], e0, width) + noise * random.nextGaussian();
    }
    return Spectrum.of(name, e, y, Quantity.NORMALIZED);
  }

  /// The control: a shift looked for without a width is the worse, the more the widths differ, and
  /// comparing the reference with itself finds nothing.
  @Test
  void shiftAndWidthAreFoundWithinTheirErrors() {
    var reference = spectrum("foil", 0.25, 8333, 0, 0);
    var data = spectrum("data", 1, 8334.3, 1.5, 0.005);
    var found = EnergyMismatch.of(data, reference, 8310, 8380, 10);
    assertThat(found.shiftEv()).isCloseTo(1.3, within(4 * found.shiftSigmaEv()));
    assertThat(found.widthEv()).isCloseTo(1.5, within(4 * found.widthSigmaEv()));
    assertThat(found.shiftSigmaEv()).isLessThan(0.05);
    assertThat(found.widthSigmaEv()).isLessThan(0.15);
    var itself = EnergyMismatch.of(reference, reference, 8310, 8380, 10);
    assertThat(itself.shiftEv()).isCloseTo(0, within(0.005));
    assertThat(Math.abs(itself.widthEv())).isLessThan(0.05);
  }

  @Test
  void dataSharperThanTheReferenceHaveANegativeWidth() {
    var reference = spectrum("broad", 0.25, 8333, 1.2, 0);
    var data = spectrum("sharp", 0.5, 8331, 0, 0.003);
    var found = EnergyMismatch.of(data, reference, 8310, 8380, 10);
    assertThat(found.shiftEv()).isCloseTo(-2, within(0.05));
    assertThat(found.widthEv()).isCloseTo(-1.2, within(0.15));
  }

  @Test
  void aStackIsCalibratedByItsMean() {
    double[] energies = Edges.energies(8300, 8390, 1);
    var stack =
        Edges.noisy(
            Edges.stack(
                energies,
                Grid.square(20, 20, 1e-8),
                Quantity.NORMALIZED,
                (i, e) -> broad(e, 8331.6, 0.8)),
            0.02,
            3);
    var step =
        new CalibrateEnergies(
            OptionalDouble.empty(),
            Optional.of(java.nio.file.Path.of("foil.txt")),
            Optional.of(List.of(8310.0, 8380.0)),
            10,
            true);
    var result = step.against(stack, spectrum("foil", 0.25, 8333, 0, 0), Watch.SILENT);
    assertThat(result.energyEv()[0]).isCloseTo(8301.4, within(0.03));
    assertThat(result.findings().quality().metrics().get("broadeningEv"))
        .isCloseTo(0.8, within(0.1));
    assertThatThrownBy(
            () ->
                new CalibrateEnergies(
                    OptionalDouble.empty(), Optional.empty(), Optional.empty(), 10, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "calibrateEnergies is given nothing; expected shift or reference; write for example"
                + " calibrateEnergies: {shift: -0.8 eV}");
    assertThatThrownBy(
            () ->
                EnergyMismatch.of(
                    spectrum("data", 1, 8333, 0, 0),
                    Spectrum.of(
                        "short",
                        Edges.energies(8320, 8350, 1),
                        new double[31],
                        Quantity.NORMALIZED),
                    8310,
                    8380,
                    5))
        .hasMessage(
            "reference short is 8320.00 … 8350.00 eV; expected energies that cover 8310.00 …"
                + " 8380.00 eV; narrow the range");
  }

  /// A particle that loses a tenth of its mass in one corner between the images.
  @Test
  void damageIsSeenAndItsAbsenceToo() {
    double[] energies = Edges.energies(8300, 8330, 5);
    var grid = Grid.square(64, 64, 1e-8);
    for (boolean damaged : new boolean[] {true, false}) {
      var counts =
          Edges.counts(
              energies,
              grid,
              20_000,
              20,
              (i, e) -> {
                double loss = damaged && i / 64 < 20 && i % 64 < 20 ? 0.1 * (e - 8300) / 30 : 0;
                return (0.5 + 0.3 * Math.sin(i / 500.0)) * (1 - loss) * (1 - (e - 8300) * 1e-3);
              },
              5);
      var density = OpticalDensity.defaults().apply(counts, Watch.SILENT);
      var quality =
          new CheckDamage(List.of(8300.0, 8330.0))
              .apply(density, Watch.SILENT)
              .findings()
              .quality();
      if (damaged) {
        assertThat(quality.metrics().get("changeChiSquare")).isGreaterThan(1.5);
        assertThat(quality.verdict().getLast()).contains("changed or moved");
      } else {
        assertThat(quality.metrics().get("changeChiSquare")).isCloseTo(1, within(0.12));
        assertThat(quality.verdict().getLast()).contains("did not change");
      }
    }
  }

  /// The same stack again after the beam: moved by (1.7, −0.6) px, and in one corner of another
  /// valence, which at a single energy across the edge is 5 % more absorption. Moved back it is
  /// seen
  /// there alone; without damage nothing is, which without the motion taken out would be.
  @Test
  void aLaterScanIsComparedWhereItLies(@TempDir Path folder) {
    double[] energies = {8338, 8340, 8342};
    var grid = Grid.square(72, 80, 1e-8);
    var first = OpticalDensity.defaults().apply(scan(energies, grid, 0, 0, 0, 5), Watch.SILENT);
    for (boolean damaged : new boolean[] {true, false}) {
      var later =
          OpticalDensity.defaults()
              .apply(scan(energies, grid, 1.7, -0.6, damaged ? 0.05 : 0, 6), Watch.SILENT);
      Path file = folder.resolve(damaged ? "damaged.h5" : "same.h5");
      ResultWriter.write(file, later, "", "{}");
      var found =
          new CheckDamage(List.of(8340.0, 8340.0), Optional.of(file))
              .apply(first, Watch.SILENT)
              .findings();
      var chi = assertThat(found.quality().metrics().get("changeChiSquare"));
      if (damaged) {
        chi.isGreaterThan(1.3);
        var change = found.map("change").orElseThrow();
        assertThat(z(change, 5, 25)).isGreaterThan(1);
        assertThat(Math.abs(z(change, 40, 60))).isLessThan(0.3);
      } else {
        chi.isBetween(0.85, 1.2);
        float[] here = first.images().plane(1).values();
        float[] there = later.images().plane(1).values();
        double still = 0;
        for (int i = 0; i < here.length; i++) {
          double d = here[i] - there[i];
          still += d * d / (2 * first.variance().orElseThrow().plane(1).values()[i]);
        }
        assertThat(still / here.length).isGreaterThan(1.5);
      }
    }
  }

  /// Mean of change/σ over a square.
  private static double z(Findings.FoundMap change, int from, int to) {
    double sum = 0;
    for (int r = from; r < to; r++) {
      for (int c = from; c < to; c++) {
        sum += change.values().at(r, c) / change.sigma().orElseThrow().at(r, c);
      }
    }
    return sum / ((to - from) * (to - from));
  }

  private static EnergyStack scan(
      double[] energies, Grid grid, double down, double right, double more, long seed) {
    return Edges.counts(
        energies,
        grid,
        20_000,
        20,
        (i, e) -> {
          double r = i / 80 - down;
          double c = i % 80 - right;
          double loss = r < 28 && c < 28 ? more : 0;
          double thick = 0.5 + 0.25 * Math.sin(r / 4 + 1) * Math.cos(c / 5) + 0.1 * Math.sin(c / 3);
          return thick * (1 + loss);
        },
        seed);
  }
}
