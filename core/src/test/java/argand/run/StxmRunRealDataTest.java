package argand.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.file.ResultReader;
import argand.multivariate.PairSums;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measured scans of three instruments, from their files to optical densities, spectra and maps by
/// the steps of a recipe: conventional microscopy at PolLux and COSMIC, complex images of
/// ptychography at the Advanced Light Source.
class StxmRunRealDataTest {
  @TempDir Path folder;

  private static Path shared(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    Assumptions.abort("../shared/data/" + name + " is not here: skipped");
    throw new AssertionError();
  }

  private EnergyStack run(Path of, String steps) {
    var file =
        new RecipeFile(
            "r.yaml",
            ("argand: 1\ntitle: t\nof: " + of + "\n" + steps).getBytes(StandardCharsets.UTF_8),
            folder,
            List.of());
    var plan = Plan.of(file, Catalog.ARGAND, 2, 0);
    var runs = RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t");
    var outcome = new Runner(plan, runs, Listener.NONE).start();
    assertThat(outcome.failures()).isEmpty();
    return (EnergyStack) ResultReader.product(outcome.result().orElseThrow());
  }

  private static double[] spectrum(EnergyStack stack, String name) {
    return stack.findings().spectra().stream()
        .filter(s -> s.name().equals(name))
        .map(Spectrum::values)
        .findFirst()
        .orElseThrow();
  }

  private static double median(RealField map) {
    double[] sorted = new double[map.values().length];
    int n = 0;
    for (float value : map.values()) {
      if (Float.isFinite(value)) {
        sorted[n++] = value;
      }
    }
    Arrays.sort(sorted, 0, n);
    return sorted[n / 2];
  }

  /// A line across a film of polymers at the carbon edge: its thin right half is I₀ for the thick
  /// left one. The first peak is C 1s → π* of phenyl rings (285.1 eV; Ade & Hitchcock, Polymer 49,
  /// 643 (2008)), what is left behind the edge is carbon of some 100 nm by the tables.
  @Test
  void pollux() {
    var line =
        run(
            shared("stxm-pollux-nxstxm/Sample_Line_2021-03-16_096.hdf5"),
            """
            each:
              - readStack: {}
              - opticalDensity: {i0: {region: {row: 0, column: 28, rows: 1, columns: 20}}}
              - regionSpectra: {regions: [{name: thick, shape: {rectangle: {row: 0, column: 2, rows: 1, columns: 20}}}]}
              - subtractEdge: {below: [280 eV, 281 eV, 282 eV], above: [318 eV, 319 eV, 320 eV], element: C}
            """);
    assertThat(line.quantity()).isEqualTo(Quantity.OPTICAL_DENSITY);
    double[] thick = spectrum(line, "thick");
    double[] energy = line.energyEv();
    assertThat(thick).hasSize(81);
    int peak = 0;
    int steepest = 1;
    for (int e = 1; e < thick.length; e++) {
      assertThat(thick[e]).isBetween(0.0, 2.0);
      peak = energy[e] < 286.5 && thick[e] > thick[peak] ? e : peak;
      steepest =
          energy[e] < 286.5 && thick[e] - thick[e - 1] > thick[steepest] - thick[steepest - 1]
              ? e
              : steepest;
    }
    // the scan has steps of 0.5 eV and no calibration
    assertThat(energy[peak]).isCloseTo(285.1, within(0.75));
    assertThat(energy[steepest]).isCloseTo(284.2, within(0.75));
    var carbon = line.findings().map("areal density of C").orElseThrow();
    double mean = 0;
    for (int c = 2; c < 22; c++) {
      mean += carbon.values().at(0, c) / 20;
    }
    // 10 … 30 µg/cm²: 90 … 270 nm of a polymer of 1.1 g/cm³
    assertThat(mean).isBetween(1e-5, 3e-5);
    // what was taken for empty has none, within four of its own errors for a mean over 20 pixels
    double empty = 0;
    for (int c = 28; c < 48; c++) {
      empty += carbon.values().at(0, c) / 20;
    }
    assertThat(empty)
        .isCloseTo(0, within(4 * carbon.sigma().orElseThrow().at(0, 30) / Math.sqrt(20)));
  }

  /// Two polymers that are alike below the edge: the phases differ at 285 and at 320 eV. Without
  /// the image behind the edge there is hardly anything to tell them by.
  @Test
  void polluxPhases() {
    Path file = shared("stxm-pollux-nxstxm/Sample_Stack_2021-03-16_128.hdf5");
    String before =
        """
        each:
          - readStack: {}
          - opticalDensity: {i0: {emptyRegion: {share: 0.05}}}
        """;
    var stack = run(file, before + "  - cluster: {method: {kMeans: {clusters: 2}}}\n");
    var means = stack.findings().clusters().orElseThrow().means();
    double[] thin = means.get(0).values();
    double[] thick = means.get(1).values();
    assertThat(thick[3] - thin[3]).isGreaterThan(0.15);
    assertThat(thick[0] - thin[0]).isBetween(-0.05, 0.1);
    int[] label = stack.findings().clusters().orElseThrow().label();
    long one = Arrays.stream(label).filter(k -> k == 1).count();
    assertThat(one / (double) label.length).isBetween(0.2, 0.8);
  }

  /// Two images of a particle at nickel's L₃ edge, which moved by 28 pixels in between: only moved
  /// back do they show the same.
  @Test
  void cosmic() {
    Path scan = shared("stxm-sdf-hdr-xim/cosmic");
    String before =
        """
        each:
          - readStack: {}
          - opticalDensity: {i0: {emptyRegion: {share: 0.3}}}
        """;
    var stack =
        run(
            scan,
            before
                + "  - align: {method: {pyramid: {}}}\n"
                + "  - subtractEdge: {below: [853 eV], above: [857.75 eV]}\n");
    assertThat(stack.energyEv()).containsExactly(853, 857.75);
    var moved = stack.findings().transforms().orElseThrow().of();
    assertThat(Math.hypot(moved.get(0).row0(), moved.get(0).column0())).isBetween(20.0, 36.0);
    assertThat(correlation(stack)).isGreaterThan(0.9);
    assertThat(correlation(run(scan, before))).isLessThan(0.5);
    var below = stack.images().plane(0);
    assertThat(median(below)).isCloseTo(0, within(0.06));
    double most = 0;
    for (float density : below.values()) {
      most = Float.isFinite(density) ? Math.max(most, density) : most;
    }
    assertThat(most).isBetween(0.5, 2.0);
    // at 857.75 eV, on the shoulder of L₃ of the oxides, more is absorbed than at 853 eV
    float[] change = stack.findings().map("difference").orElseThrow().values().values();
    double sum = 0;
    int n = 0;
    for (int i = 0; i < change.length; i++) {
      if (below.values()[i] > 0.3 && Float.isFinite(change[i])) {
        sum += change[i];
        n++;
      }
    }
    assertThat(sum / n).isGreaterThan(0.1);
  }

  private static double correlation(EnergyStack stack) {
    boolean[] good = stack.mask().good();
    return PairSums.of(
            stack.images().plane(0).values(), stack.images().plane(1).values(), i -> good[i])
        .correlation();
  }

  /// Complex images of nickel oxide below L₃ by another program: phases of the other sign, light
  /// not
  /// stated. Where there is matter it absorbs and, turned, delays; nearer to the edge it delays
  /// less, as f₁ of nickel falls towards it.
  @Test
  void complexImages() {
    Path file = shared("ptycho-spectro-als/NS_160406074-low-energy.h5");
    var stack = run(file, chain("conjugate: true"));
    assertThat(stack.energyEv()).containsExactly(843.907, 847.9065);
    assertThat(stack.grid().pixelX()).isCloseTo(4.16667e-9, within(1e-13));
    double[] density = new double[2];
    double[] phase = new double[2];
    means(stack, density, phase);
    assertThat(density[0]).isBetween(0.1, 0.6);
    assertThat(density[1]).isBetween(0.1, 0.6);
    assertThat(phase[0]).isBetween(-0.6, -0.1);
    assertThat(phase[1]).isBetween(phase[0], -0.05);
    double[] other = new double[2];
    means(run(file, chain("conjugate: false")), density, other);
    assertThat(other[0]).isCloseTo(-phase[0], within(0.02));
  }

  private static String chain(String reading) {
    return "each:\n  - readObjects: {"
        + reading
        + "}\n  - fixGauge: {emptyShare: 0.15}\n  - absorptionAndPhase: {}\n";
  }

  /// Over pixels that absorb.
  private static void means(EnergyStack stack, double[] density, double[] phase) {
    int n = 0;
    float[] first = stack.images().plane(0).values();
    for (int i = 0; i < first.length; i++) {
      if (stack.mask().good()[i] && first[i] > 0.15) {
        n++;
      }
    }
    for (int e = 0; e < 2; e++) {
      density[e] = 0;
      float[] od = stack.images().plane(e).values();
      float[] phi = stack.phase().orElseThrow().images().plane(e).values();
      for (int i = 0; i < first.length; i++) {
        if (stack.mask().good()[i] && first[i] > 0.15) {
          density[e] += od[i] / n;
          phase[e] += phi[i] / n;
        }
      }
    }
  }
}
