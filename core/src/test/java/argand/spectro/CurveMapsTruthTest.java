package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.Watch;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Maps of peaks and edges against the energies that were put in.
class CurveMapsTruthTest {
  private static final Grid GRID = Grid.square(60, 60, 1e-8);
  private static final double[] ENERGIES = Edges.energies(8300, 8400, 1);

  /// Edges 0 … 3 eV above 8333 along the rows.
  private static double shift(int pixel) {
    return 3.0 * (pixel / 60) / 59;
  }

  private static EnergyStack normalized() {
    return Edges.stack(
        ENERGIES,
        GRID,
        Quantity.NORMALIZED,
        (i, e) -> Edges.edge(8333 + shift(i)).applyAsDouble(e));
  }

  /// Highest point by a search on a grid of 0.001 eV: the truth shares no spline.
  private static double peak() {
    var edge = Edges.edge(8333);
    double best = 8330;
    for (double e = 8330; e < 8345; e += 0.001) {
      best = edge.applyAsDouble(e) > edge.applyAsDouble(best) ? e : best;
    }
    return best;
  }

  private static float[] shifts(EnergyStack result, String map, double zero) {
    float[] values = result.findings().map(map).orElseThrow().values().values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= (float) (zero + shift(i));
    }
    return values;
  }

  private static EnergyStack peaks(EnergyStack stack, double smoothing) {
    return new PeakMap(List.of(8325.0, 8350.0), new CurveModel.Spline(smoothing))
        .apply(stack, Watch.SILENT);
  }

  @Test
  void aSplineThroughTheValuesFindsPeaksToAHundredthOfAnElectronvolt() {
    for (float off : shifts(peaks(normalized(), 0), "peak energy", peak())) {
      assertThat(off).isCloseTo(0, within(0.01f));
    }
  }

  /// Signal to noise 100. The control: the highest measured energy is off by 0.3 eV rms of the grid
  /// alone and by more through noise.
  @Test
  void peaksAreFoundToATenthAtASignalToNoiseOfAHundred() {
    var noisy = Edges.noisy(normalized(), 0.016, 5);
    var result = peaks(noisy, 1);
    float[] off = shifts(result, "peak energy", peak());
    assertThat(Edges.mean(off)).isCloseTo(0, within(0.05));
    assertThat(Edges.deviation(off)).isLessThan(0.1);
    double through = Edges.deviation(shifts(peaks(noisy, 0), "peak energy", peak()));
    double stated =
        Edges.mean(
            result.findings().map("peak energy").orElseThrow().sigma().orElseThrow().values());
    assertThat(Edges.deviation(off) / stated).isCloseTo(1, within(0.1));
    assertThat(through).isGreaterThan(1.3 * Edges.deviation(off));
    // a cubic in a window as wide as the peak
    var cubic =
        new PeakMap(List.of(8335.0, 8342.0), new CurveModel.Polynomial(3))
            .apply(noisy, Watch.SILENT);
    float[] byCubic = shifts(cubic, "peak energy", peak());
    assertThat(Math.abs(Edges.mean(byCubic))).isLessThan(0.05);
    assertThat(Edges.deviation(byCubic)).isLessThan(0.15);
    double naive = 0;
    for (int i = 0; i < GRID.size(); i++) {
      int top = 0;
      float[] y = new float[ENERGIES.length];
      for (int e = 25; e <= 50; e++) {
        noisy.images().read(e, i, 1, y, e);
        top = y[e] > y[top] ? e : top;
      }
      naive += Math.pow(ENERGIES[top] - peak() - shift(i), 2) / GRID.size();
    }
    assertThat(Math.sqrt(naive)).isGreaterThan(0.35);
  }

  @Test
  void edgesAreFoundByThreeDefinitions() {
    var clean = normalized();
    var noisy = Edges.noisy(clean, 0.016, 6);
    var range = List.of(8322.0, 8345.0);
    var definitions =
        List.of(
            new EdgeMap.Steepest(new CurveModel.Spline(1)),
            new EdgeMap.AtHeight(0.5, new CurveModel.Spline(1)),
            new EdgeMap.EqualArea());
    for (var by : definitions) {
      float[] truth = shifts(new EdgeMap(range, by).apply(clean, Watch.SILENT), "edge energy", 0);
      double zero = Edges.mean(truth);
      // the definition moves with the edge: what is left is the grid of 1 eV under the spline
      assertThat(Edges.deviation(truth)).as("%s", by).isLessThan(0.12);
      var found = new EdgeMap(range, by).apply(noisy, Watch.SILENT);
      float[] off = shifts(found, "edge energy", zero);
      double stated =
          Edges.mean(
              found.findings().map("edge energy").orElseThrow().sigma().orElseThrow().values());
      for (int i = 0; i < off.length; i++) {
        off[i] -= truth[i] - (float) zero;
      }
      assertThat(Edges.mean(off)).isCloseTo(0, within(0.03));
      assertThat(Edges.deviation(off) / stated).as("%s", by).isCloseTo(1, within(0.12));
    }
  }

  @Test
  void theIntegralIsThatOfTheCurve() {
    var clean = normalized();
    var result =
        new EdgeIntegral(List.of(8310.5, 8390.0)).apply(Edges.noisy(clean, 0.016, 2), Watch.SILENT);
    var map = result.findings().map("edge integral").orElseThrow();
    float[] off = map.values().values().clone();
    for (int row = 0; row < 60; row++) {
      var edge = Edges.edge(8333 + shift(60 * row));
      double exact = 0;
      for (double e = 8310.505; e < 8390; e += 0.01) {
        exact += 0.01 * edge.applyAsDouble(e);
      }
      for (int i = 60 * row; i < 60 * row + 60; i++) {
        off[i] -= (float) exact;
      }
    }
    double sigma = Edges.mean(map.sigma().orElseThrow().values());
    assertThat(Edges.deviation(off) / sigma).isCloseTo(1, within(0.05));
    assertThat(Edges.mean(off)).isCloseTo(0, within(0.02));
  }

  @Test
  void aRiseToTheEndIsNoPeak() {
    var ramp = Edges.stack(ENERGIES, GRID, Quantity.NORMALIZED, (i, e) -> e / 8300);
    var map = peaks(ramp, 0).findings().map("peak energy").orElseThrow();
    assertThat(map.values().values()).containsOnly(Float.NaN);
  }

  @Test
  void bothNeedWhatTheyNeed() {
    assertThatThrownBy(
            () ->
                new PeakMap(List.of(8325.2, 8327.0), new CurveModel.Spline(0))
                    .apply(normalized(), Watch.SILENT))
        .hasMessage(
            "range is 8325.20 … 8327.00 eV with 2 energies; expected at least 4 for this curve;"
                + " widen the window");
    var density = Edges.stack(ENERGIES, GRID, Quantity.OPTICAL_DENSITY, (i, e) -> e / 8300);
    assertThatThrownBy(
            () ->
                new EdgeMap(List.of(8325.0, 8350.0), new EdgeMap.EqualArea())
                    .apply(density, Watch.SILENT))
        .hasMessage(
            "the stack is one of optical density; expected normalized absorption; put normalizeEdge"
                + " before it, or write by: steepest");
  }
}
