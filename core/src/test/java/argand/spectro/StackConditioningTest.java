package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import argand.spectro.FindOutlierImages.Then;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Windows, bins, backgrounds, outliers, faulty pixels.
class StackConditioningTest {
  private static final Grid GRID = Grid.square(60, 50, 1e-8);
  private static final double[] ENERGIES = Edges.energies(8320, 8360, 1);

  private static EnergyStack particle() {
    var edge = Edges.edge(8333);
    return Edges.stack(
        ENERGIES,
        GRID,
        Quantity.OPTICAL_DENSITY,
        (i, e) -> {
          double amount =
              Math.exp(-0.5 * (Math.pow(i / 50 - 30, 2) + Math.pow(i % 50 - 25, 2)) / 90);
          return amount * (0.3 + edge.applyAsDouble(e));
        });
  }

  @Test
  void aWindowIsThePartItSays() {
    var stack = particle();
    var part = new CropImages(10, 5, 20, 30).apply(stack, Watch.SILENT);
    assertThat(part.grid().rows()).isEqualTo(20);
    var whole = stack.images().plane(7);
    var cut = part.images().plane(7);
    for (int r = 0; r < 20; r++) {
      for (int c = 0; c < 30; c++) {
        assertThat(cut.at(r, c)).isEqualTo(whole.at(r + 10, c + 5));
      }
    }
    float[] run = new float[40];
    part.images().read(7, 55, 40, run, 0);
    for (int i = 0; i < 40; i++) {
      assertThat(run[i]).isEqualTo(cut.values()[55 + i]);
    }
    assertThatThrownBy(() -> new CropImages(50, 0, 20, 10).apply(stack, Watch.SILENT))
        .hasMessage(
            "the region is rows 50 … 69, columns 0 … 9; expected inside of an image of 60 × 50"
                + " pixels");
  }

  /// Counts add up; the density of their sum has a sixteenth of the variance. The control: the mean
  /// of
  /// sixteen logarithms of one count is off.
  @Test
  void countsAreAddedBeforeTheLogarithm() {
    double[] one = {700};
    var grid = Grid.square(200, 200, 1e-8);
    var counts = Edges.counts(one, grid, 20, 100, (i, e) -> 3, 9);
    var first =
        OpticalDensity.defaults().apply(new BinImages(4).apply(counts, Watch.SILENT), Watch.SILENT);
    var later =
        new BinImages(4).apply(OpticalDensity.defaults().apply(counts, Watch.SILENT), Watch.SILENT);
    float[] values = first.images().plane(0).values();
    double n = 20 * Math.exp(-3) * 16;
    assertThat(values).hasSize(2500);
    assertThat(Edges.mean(values)).isCloseTo(3, within(4 / Math.sqrt(n * 2500)));
    double stated = Edges.mean(first.variance().orElseThrow().plane(0).values());
    assertThat(stated / Math.pow(Edges.deviation(values), 2)).isCloseTo(1, within(0.1));
    assertThat(Math.abs(Edges.mean(later.images().plane(0).values()) - 3)).isGreaterThan(0.02);
    assertThat(first.grid().pixelX()).isEqualTo(4e-8);
  }

  @Test
  void densitiesAreAveragedWithTheirVariance() {
    var stack = Edges.noisy(particle(), 0.05, 3);
    var binned = new BinImages(2).apply(stack, Watch.SILENT);
    assertThat(binned.grid().columns()).isEqualTo(25);
    var fine = stack.images().plane(4);
    assertThat(binned.images().plane(4).at(3, 7))
        .isCloseTo(
            (fine.at(6, 14) + fine.at(6, 15) + fine.at(7, 14) + fine.at(7, 15)) / 4, within(1e-6f));
    assertThat(binned.variance().orElseThrow().plane(4).values()[9])
        .isCloseTo(0.05f * 0.05f / 4, within(1e-8f));
  }

  /// A beam that wobbles by 3 % from image to image.
  @Test
  void theEmptyRegionTakesOutABeamThatWobbles() {
    var random = new Random(1);
    double[] wobble = new double[ENERGIES.length];
    for (int e = 0; e < wobble.length; e++) {
      wobble[e] = 0.03 * random.nextGaussian();
    }
    var clean = particle();
    var wobbling =
        Edges.noisy(
            Edges.stack(
                ENERGIES,
                GRID,
                Quantity.OPTICAL_DENSITY,
                (i, e) -> {
                  int k = (int) Math.round(e - 8320);
                  return clean.images().plane(k).values()[i] + wobble[k];
                }),
            0.01,
            5);
    // 200 pixels of 0.01: the mean is known to 0.0007
    var result =
        new SubtractEmpty(new IncidentBeam.Region(0, 0, 4, 50)).apply(wobbling, Watch.SILENT);
    for (int e = 0; e < ENERGIES.length; e++) {
      double after = result.images().plane(e).at(30, 25) - clean.images().plane(e).at(30, 25);
      assertThat(after).isCloseTo(0, within(0.045));
      double mean =
          Edges.mean(result.images().plane(e).values())
              - Edges.mean(clean.images().plane(e).values());
      // the particle's tail in the rectangle is up to 0.011
      assertThat(mean).isCloseTo(0, within(0.015));
    }
    assertThat(result.variance().orElseThrow().plane(0).values()[0])
        .isCloseTo(1e-4f * (1 + 1 / 200f), within(1e-8f));
    assertThat(result.findings().spectra().getFirst().name()).isEqualTo("empty region");
  }

  private static EnergyStack withFaults() {
    var noisy = Edges.noisy(particle(), 0.02, 8);
    var planes = new ArrayList<argand.array.RealField>();
    var random = new Random(4);
    for (int e = 0; e < ENERGIES.length; e++) {
      planes.add(noisy.images().plane(e));
    }
    for (int i = 0; i < GRID.size(); i++) {
      // a glitch with structure, and an image that moved by three pixels
      planes.get(20).values()[i] += (float) (0.1 * random.nextGaussian());
      planes.get(33).values()[i] = noisy.images().plane(33).values()[(i + 150) % GRID.size()];
    }
    return noisy.withImages(Planes.of(planes), noisy.variance(), noisy.quantity());
  }

  /// The control: without faults nothing is dropped, the edge itself least of all.
  @Test
  void outliersAreNamedAndDropped() {
    var result = new FindOutlierImages(6, Then.DROP).apply(withFaults(), Watch.SILENT);
    assertThat(result.count()).isEqualTo(ENERGIES.length - 2);
    assertThat(result.energyEv()).doesNotContain(8340, 8353);
    assertThat(result.source().steps().getLast())
        .isEqualTo("findOutlierImages: 8340.00 eV, 8353.00 eV");
    var sound =
        new FindOutlierImages(6, Then.DROP).apply(Edges.noisy(particle(), 0.02, 8), Watch.SILENT);
    assertThat(sound.count()).isEqualTo(ENERGIES.length);
  }

  @Test
  void outliersAreGivenTheirVariance() {
    var result = new FindOutlierImages(6, Then.WEAKEN).apply(withFaults(), Watch.SILENT);
    float[] bad = result.variance().orElseThrow().plane(20).values();
    float[] good = result.variance().orElseThrow().plane(21).values();
    assertThat(good[5]).isEqualTo(4e-4f);
    // 0.1² and what a fit to four noisy neighbours leaves
    assertThat(bad[5]).isBetween(0.009f, 0.014f);
  }

  /// Faults of the detector in the images of a particle seen through flats. The control: a sound
  /// detector keeps all but a handful of pixels.
  @Test
  void faultyPixelsAreMasked() {
    var random = new Random(6);
    var density = particle();
    int[] hot = {333, 1207};
    int[] dusty = {1500, 1501, 1550};
    int flickering = 2222;
    for (boolean faulty : new boolean[] {true, false}) {
      Edges.Value gain =
          (i, e) -> {
            double g = 1;
            for (int h : hot) {
              g = faulty && i == h ? 3 : g;
            }
            for (int d : dusty) {
              g = faulty && i == d ? 0.5 : g;
            }
            return g;
          };
      var counts =
          Edges.planes(
              ENERGIES,
              GRID,
              (i, e) -> {
                double n =
                    2000
                        * gain.at(i, e)
                        * Math.exp(-density.images().plane((int) Math.round(e - 8320)).values()[i]);
                double flicker = faulty && i == flickering ? 0.4 + 1.2 * random.nextDouble() : 1;
                return Edges.poisson(random, n) * flicker;
              });
      var flats =
          Edges.planes(
              new double[] {8320},
              GRID,
              (i, e) -> Edges.poisson(random, 2e5 * gain.at(i, e)) / 100.0);
      var stack =
          EnergyStack.of(ENERGIES, counts, Quantity.COUNTS, Source.NONE)
              .withEmptyBeam(Optional.of(new EmptyBeam(flats, Optional.empty(), 100, 1)));
      var mask = new FindFaultyPixels(8).apply(stack, Watch.SILENT).mask();
      int lost = GRID.size() - mask.count();
      if (faulty) {
        for (int i : List.of(333, 1207, 1500, 1501, 1550, 2222)) {
          assertThat(mask.good()[i]).as("pixel %d", i).isFalse();
        }
        assertThat(lost).isLessThan(40);
      } else {
        assertThat(lost).isLessThan(6);
      }
    }
  }
}
