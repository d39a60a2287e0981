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

/// Parameters of edges and white lines that were put in, with their errors.
class WhiteLineMapTruthTest {
  private static final Grid GRID = Grid.square(40, 40, 1e-8);
  private static final double[] ENERGIES = Edges.energies(8300, 8390, 1);

  private static double shift(int pixel) {
    return 3.0 * (pixel / 40) / 39;
  }

  private static EnergyStack noisy() {
    return Edges.noisy(
        Edges.stack(
            ENERGIES,
            GRID,
            Quantity.NORMALIZED,
            (i, e) -> Edges.edge(8333 + shift(i)).applyAsDouble(e)),
        0.02,
        9);
  }

  /// 1600 pixels: a mean is known to σ/40, a scatter to 1.8 %; a tenth is left for the curvature of
  /// the model. The control: the peak of the whole curve is not the line, it lies 0.2 eV lower.
  @Test
  void parametersComeOutWithTheirErrors() {
    var result = new WhiteLineMap(List.of(8310.0, 8380.0)).apply(noisy(), Watch.SILENT);
    double[][] expected = {{8333, 1}, {8337, 1}, {0.7, 0}, {3, 0}};
    String[] names = {"step energy", "white line energy", "white line height", "white line width"};
    for (int k = 0; k < names.length; k++) {
      var map = result.findings().map(names[k]).orElseThrow();
      float[] off = map.values().values().clone();
      for (int i = 0; i < off.length; i++) {
        off[i] -= (float) (expected[k][0] + expected[k][1] * shift(i));
      }
      double sigma = Edges.mean(map.sigma().orElseThrow().values());
      assertThat(Edges.mean(off)).as(names[k]).isCloseTo(0, within(0.15 * sigma));
      assertThat(Edges.deviation(off) / sigma).as(names[k]).isCloseTo(1, within(0.12));
    }
    assertThat(
            Edges.mean(result.findings().map("white line misfit").orElseThrow().values().values()))
        .isCloseTo(1, within(0.03));
    var peaks =
        new PeakMap(List.of(8325.0, 8350.0), new CurveModel.Spline(1)).apply(noisy(), Watch.SILENT);
    float[] peak = peaks.findings().map("peak energy").orElseThrow().values().values().clone();
    for (int i = 0; i < peak.length; i++) {
      peak[i] -= (float) (8337 + shift(i));
    }
    assertThat(Math.abs(Edges.mean(peak))).isGreaterThan(0.05);
  }

  @Test
  void aRangeOfFewEnergiesIsRefused() {
    assertThatThrownBy(() -> new WhiteLineMap(List.of(8330.0, 8335.0)).apply(noisy(), Watch.SILENT))
        .hasMessage(
            "range is 8330.00 … 8335.00 eV with 6 energies; expected at least 9 for a model with 7"
                + " parameters; widen the window");
  }
}
