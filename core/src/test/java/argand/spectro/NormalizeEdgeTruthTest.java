package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyBand;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Watch;
import argand.spectro.NormalizeEdge.Division;
import argand.spectro.NormalizeEdge.Slopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Normalized stacks against the step that was put on known lines.
class NormalizeEdgeTruthTest {
  private static final Grid GRID = Grid.square(24, 24, 1e-8);
  private static final double[] ENERGIES = Edges.energies(8250, 8450, 2);
  private static final double E0 = 8333;

  /// Thickness 0.1 … 1.25 along the rows, matrix 0.2 … 0.9 along the columns with its own slope.
  private static double jump(int pixel) {
    return 0.1 + 0.05 * (pixel / 24);
  }

  private static double line(int pixel, double e) {
    double matrix = 0.2 + 0.03 * (pixel % 24);
    return matrix * (1 - (e - 8300) * (2e-4 + 1e-5 * (pixel % 24)));
  }

  /// A sharp step: lines on both sides.
  private static double step(double e) {
    return e > E0 ? 1 - 4e-4 * (e - E0) : 0;
  }

  private static EnergyStack stack() {
    return Edges.stack(
        ENERGIES, GRID, Quantity.OPTICAL_DENSITY, (i, e) -> line(i, e) + jump(i) * step(e));
  }

  private static NormalizeEdge with(
      PreEdge preEdge, int degree, Division division, Slopes slopes, double leastJump) {
    return new NormalizeEdge(
        List.of(8250.0, 8320.0),
        List.of(8350.0, 8450.0),
        preEdge,
        degree,
        division,
        slopes,
        OptionalDouble.of(E0),
        leastJump);
  }

  private static double[] spectrum(EnergyStack stack, int pixel) {
    double[] y = new double[stack.count()];
    float[] one = new float[1];
    for (int e = 0; e < y.length; e++) {
      stack.images().read(e, pixel, 1, one, 0);
      y[e] = one[0];
    }
    return y;
  }

  private static double meanOver(double[] y, double from, double to) {
    double sum = 0;
    int n = 0;
    for (int e = 0; e < y.length; e++) {
      if (ENERGIES[e] >= from && ENERGIES[e] <= to) {
        sum += y[e];
        n++;
      }
    }
    return sum / n;
  }

  /// Float data of 1.2 with a step of 0.1 are rounded to 6e-7 of the step; means over 36 and 51
  /// energies to 1e-7.
  @Test
  void linesBecomeZeroAndOne() {
    var result = NormalizeEdge.linear(8250, 8320, 8350, 8450).apply(stack(), Watch.SILENT);
    assertThat(result.quantity()).isEqualTo(Quantity.NORMALIZED);
    for (int pixel = 0; pixel < GRID.size(); pixel++) {
      double[] n = spectrum(result, pixel);
      assertThat(meanOver(n, 8250, 8320)).isCloseTo(0, within(1e-6));
      assertThat(meanOver(n, 8350, 8450)).isCloseTo(1, within(1e-6));
      double jump = result.findings().map("edge jump").orElseThrow().values().values()[pixel];
      // E₀ is found on the grid of 2 eV: 4e-4 of slope for each eV
      assertThat(jump / jump(pixel)).isCloseTo(1, within(1.5e-3));
    }
  }

  /// The map is proportional to the amount of the absorber: PYX-15.
  @Test
  void thicknessIsProportionalToTheAmount() {
    var result = NormalizeEdge.linear(8250, 8320, 8350, 8450).apply(stack(), Watch.SILENT);
    float[] thickness = result.findings().map("thickness").orElseThrow().values().values();
    double slope = thickness[0] / jump(0);
    for (int pixel = 0; pixel < thickness.length; pixel++) {
      assertThat(thickness[pixel]).isCloseTo((float) (slope * jump(pixel)), within(2e-6f));
    }
  }

  /// Plots of the spectra can show what was used.
  @Test
  void theWindowsAreKept() {
    var result = NormalizeEdge.linear(8250, 8320, 8350, 8450).apply(stack(), Watch.SILENT);
    assertThat(result.findings().bands())
        .containsExactly(
            new EnergyBand("pre-edge", 8250, 8320), new EnergyBand("post-edge", 8350, 8450));
  }

  /// The control of the fault of taking one slope for the whole image where the matrix varies:
  /// with common shapes the edge jump is wrong by several percent here, with own ones it is not.
  @Test
  void aVaryingMatrixNeedsItsOwnSlopes() {
    double own = worstJump(with(PreEdge.LINEAR, 1, Division.EDGE_JUMP, Slopes.OWN, 0), stack());
    double common =
        worstJump(with(PreEdge.LINEAR, 1, Division.EDGE_JUMP, Slopes.COMMON, 0), stack());
    assertThat(own).isLessThan(1e-5);
    assertThat(common).isGreaterThan(0.02);
  }

  private static double worstJump(NormalizeEdge step, EnergyStack stack) {
    float[] jump =
        step.apply(stack, Watch.SILENT).findings().map("edge jump").orElseThrow().values().values();
    double worst = 0;
    for (int pixel = 0; pixel < jump.length; pixel++) {
      worst = Math.max(worst, Math.abs(jump[pixel] / jump(pixel) - 1));
    }
    return worst;
  }

  /// Where the matrix is of one composition, common shapes are right and quieter.
  @Test
  void commonSlopesAreQuieterWhereTheyHold() {
    var clean =
        Edges.stack(
            ENERGIES,
            GRID,
            Quantity.OPTICAL_DENSITY,
            (i, e) -> (0.2 + 0.03 * (i % 24)) * (1 - (e - 8300) * 2e-4) + 0.5 * step(e));
    var noisy = Edges.noisy(clean, 0.02, 3);
    var own = with(PreEdge.LINEAR, 1, Division.EDGE_JUMP, Slopes.OWN, 0).apply(noisy, Watch.SILENT);
    var common =
        with(PreEdge.LINEAR, 1, Division.EDGE_JUMP, Slopes.COMMON, 0).apply(noisy, Watch.SILENT);
    for (var result : List.of(own, common)) {
      var map = result.findings().map("edge jump").orElseThrow();
      assertThat(Edges.mean(map.values().values())).isCloseTo(0.5, within(0.002));
      // 576 pixels: the scatter is known to 3 %
      assertThat(
              Edges.deviation(map.values().values())
                  / Edges.mean(map.sigma().orElseThrow().values()))
          .isCloseTo(1, within(0.1));
    }
    assertThat(Edges.deviation(jumps(common))).isLessThan(0.7 * Edges.deviation(jumps(own)));
  }

  private static float[] jumps(EnergyStack stack) {
    return stack.findings().map("edge jump").orElseThrow().values().values();
  }

  /// Scatter of 4096 pixels is known to 1.1 %, so 5 % leaves room for the normalization's own
  /// non-linearity (σ/jump)². The control: the raw variance over the jump squared, which forgets
  /// the
  /// lines, is wrong by more than that.
  @ParameterizedTest
  @EnumSource(Division.class)
  void theVarianceIsTheScatterAtEveryEnergy(Division division) {
    var grid = Grid.square(64, 64, 1e-8);
    double[] energies = Edges.energies(8250, 8450, 10);
    var edge = Edges.edge(E0);
    var clean =
        Edges.stack(
            energies,
            grid,
            Quantity.OPTICAL_DENSITY,
            (i, e) -> 0.6 - 1e-4 * (e - 8300) + 0.8 * edge.applyAsDouble(e));
    var noisy = Edges.noisy(clean, 0.01, 7);
    var result = with(PreEdge.LINEAR, 1, division, Slopes.OWN, 0).apply(noisy, Watch.SILENT);
    double forgetful = 0;
    for (int e = 0; e < energies.length; e++) {
      double scatter = Edges.deviation(result.images().plane(e).values());
      double stated = Math.sqrt(Edges.mean(result.variance().orElseThrow().plane(e).values()));
      assertThat(scatter / stated).as("at %f eV", energies[e]).isCloseTo(1, within(0.05));
      forgetful = Math.max(forgetful, Math.abs(scatter / (0.01 / 0.8) - 1));
    }
    assertThat(forgetful).isGreaterThan(0.1);
  }

  /// A matrix that falls as E⁻³ over 200 eV below the edge: Victoreen follows, a line does not.
  @Test
  void victoreenFollowsACurvedMatrix() {
    double[] energies = Edges.energies(7800, 8600, 10);
    EnergyStack stack =
        Edges.stack(
            energies,
            GRID,
            Quantity.OPTICAL_DENSITY,
            (i, e) -> Math.pow(8333 / e, 3) + (e > E0 ? 0.3 * Math.pow(8333 / e, 2.8) : 0));
    var windows = List.of(7800.0, 8300.0);
    var post = List.of(8350.0, 8600.0);
    var victoreen =
        new NormalizeEdge(
            windows,
            post,
            PreEdge.VICTOREEN,
            2,
            Division.EDGE_JUMP,
            Slopes.OWN,
            OptionalDouble.of(E0),
            0);
    var line =
        new NormalizeEdge(
            windows,
            post,
            PreEdge.LINEAR,
            2,
            Division.EDGE_JUMP,
            Slopes.OWN,
            OptionalDouble.of(E0),
            0);
    assertThat(jumps(victoreen.apply(stack, Watch.SILENT))[0]).isCloseTo(0.3f, within(3e-4f));
    assertThat(Math.abs(jumps(line.apply(stack, Watch.SILENT))[0] - 0.3)).isGreaterThan(5e-3);
  }

  /// A glitch frame of NaN and single NaN pixels: the others' answers do not change.
  @Test
  void missingValuesAreLeftOut() {
    List<RealField> planes = new ArrayList<>();
    for (int e = 0; e < ENERGIES.length; e++) {
      planes.add(stack().images().plane(e));
    }
    java.util.Arrays.fill(planes.get(3).values(), Float.NaN);
    for (int e = 40; e < ENERGIES.length; e += 3) {
      planes.get(e).values()[77] = Float.NaN;
    }
    for (int e = 0; e < 36; e++) {
      planes.get(e).values()[100] = Float.NaN;
    }
    var holes = stack().withImages(Planes.of(planes), Optional.empty(), Quantity.OPTICAL_DENSITY);
    var result =
        with(PreEdge.LINEAR, 1, Division.EDGE_JUMP, Slopes.OWN, 0).apply(holes, Watch.SILENT);
    float[] jump = jumps(result);
    assertThat(jump[77]).isCloseTo((float) jump(77), within(1e-5f));
    assertThat(jump[78]).isCloseTo((float) jump(78), within(1e-5f));
    assertThat(jump[100]).isNaN();
    double[] n = spectrum(result, 77);
    assertThat(n[3]).isNaN();
    assertThat(n[2]).isCloseTo(0, within(1e-4));
    assertThat(n[45]).isCloseTo(step(ENERGIES[45]), within(1e-4));
  }

  /// Noise below zero stays below zero: setting it to 0 would lift the mean of an empty pre-edge.
  @Test
  void negativeValuesStay() {
    var noisy = Edges.noisy(stack(), 0.02, 1);
    var result = NormalizeEdge.linear(8250, 8320, 8350, 8450).apply(noisy, Watch.SILENT);
    float[] plane = result.images().plane(10).values();
    assertThat(Edges.mean(plane)).isCloseTo(0, within(0.01));
    int negative = 0;
    for (float v : plane) {
      negative += v < 0 ? 1 : 0;
    }
    assertThat(negative).isBetween(GRID.size() * 2 / 5, GRID.size() * 3 / 5);
  }

  @Test
  void pixelsWithoutTheElementBecomeNaN() {
    var result =
        with(PreEdge.LINEAR, 1, Division.POST_LINE, Slopes.OWN, 0.5).apply(stack(), Watch.SILENT);
    float[] plane = result.images().plane(60).values();
    assertThat(plane[0]).isNaN();
    assertThat(plane[23 * 24]).isNotNaN();
  }

  @Test
  void onlyThePreEdgeIsSubtracted() {
    var result =
        new SubtractPreEdge(List.of(8250.0, 8320.0), PreEdge.LINEAR)
            .apply(Edges.noisy(stack(), 1e-9, 1), Watch.SILENT);
    assertThat(result.quantity()).isEqualTo(Quantity.OPTICAL_DENSITY);
    for (int pixel : new int[] {0, 100, 575}) {
      double[] y = spectrum(result, pixel);
      assertThat(meanOver(y, 8250, 8320)).isCloseTo(0, within(1e-6));
      assertThat(y[90]).isCloseTo(jump(pixel) * step(ENERGIES[90]), within(2e-6));
    }
    // the extrapolated line is uncertain far from its window: more than the value itself
    float[] near = result.variance().orElseThrow().plane(20).values();
    float[] far = result.variance().orElseThrow().plane(100).values();
    assertThat(far[0]).isGreaterThan(1.5f * near[0]);
  }

  @Test
  void badWindowsAreRefusedInOneSentence() {
    assertThatThrownBy(
            () -> NormalizeEdge.linear(8100, 8200, 8350, 8450).apply(stack(), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "pre is 8100.00 … 8200.00 eV; expected a window inside of 8250.00 … 8450.00 eV; the"
                + " energies of the stack end there");
    assertThatThrownBy(
            () -> NormalizeEdge.linear(8250, 8251, 8350, 8450).apply(stack(), Watch.SILENT))
        .hasMessage(
            "pre is 8250.00 … 8251.00 eV with 1 energy; expected at least 2 for a line with 2"
                + " parameters; widen the window");
    assertThatThrownBy(() -> NormalizeEdge.linear(8250, 8360, 8350, 8450))
        .hasMessage(
            "pre is 8250.00 … 8360.00 eV; expected a window below post, 8350.00 … 8450.00 eV");
    var none = stack().withMask(new Mask(GRID, new boolean[GRID.size()]));
    assertThatThrownBy(() -> NormalizeEdge.linear(8250, 8320, 8350, 8450).apply(none, Watch.SILENT))
        .hasMessage(
            "the mask is all bad; expected at least one good pixel; check the steps that made it");
    var counts = Edges.stack(ENERGIES, GRID, Quantity.COUNTS, (i, e) -> 5);
    assertThatThrownBy(
            () -> NormalizeEdge.linear(8250, 8320, 8350, 8450).apply(counts, Watch.SILENT))
        .hasMessage(
            "the stack is one of counts; expected one of optical density or yield; put"
                + " opticalDensity before it");
  }

  /// The same spectrum, as a pixel and by itself.
  @Test
  void aSpectrumIsNormalizedAsAPixelIs() {
    var step = NormalizeEdge.linear(8250, 8320, 8350, 8450);
    var stack = stack();
    double[] pixel = spectrum(step.apply(stack, Watch.SILENT), 300);
    var alone =
        NormalizedSpectrum.of(
            argand.data.Spectrum.of(
                "alone", ENERGIES, spectrum(stack, 300), Quantity.OPTICAL_DENSITY),
            step);
    assertThat(alone.values()).containsExactly(pixel, within(2e-6));
  }
}
