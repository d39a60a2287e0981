package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import argand.phantom.PhosphatePlatelet;
import argand.spectro.MaskBy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulateMapTest {
  private static SimulateMap lattice(List<Double> values, double down) {
    return new SimulateMap(
        PhosphatePlatelet.plain(), "a", "Å", values, 0, 120, 200, 12e-9, 1, 0, down, 0, 1);
  }

  private static EnergyStack stack() {
    return EnergyStack.of(
        new double[] {708},
        Planes.of(List.of(new RealField(Grid.square(16, 16, 1e-7)))),
        Quantity.OPTICAL_DENSITY,
        Source.NONE);
  }

  /// Each stripe has the value of its matter; a displacement of 24 nm is two pixels.
  @Test
  void valuesAreThoseOfTheMatter() {
    var map =
        lattice(List.of(10.33, 9.82), 0)
            .apply(stack(), Watch.SILENT)
            .findings()
            .map("a")
            .orElseThrow();
    var field = PhosphatePlatelet.plain().field();
    int[] seen = new int[2];
    for (int r = 0; r < 120; r++) {
      for (int c = 0; c < 200; c++) {
        double[] t = new double[2];
        double y = (r - 60) * 12e-9;
        double x = (c - 100) * 12e-9;
        float value = map.values().at(r, c);
        if (field.thickness(y, x, t) && t[0] > 1e3 * t[1] && Float.isFinite(value)) {
          seen[0] += Math.abs(value - 10.33) < 0.01 ? 1 : 0;
        } else if (t[1] > 1e3 * t[0] && Float.isFinite(value)) {
          seen[1] += Math.abs(value - 9.82) < 0.01 ? 1 : 0;
        }
      }
    }
    assertThat(seen[0]).isGreaterThan(500);
    assertThat(seen[1]).isGreaterThan(500);
    assertThat(map.values().at(0, 0)).isNaN();
    var moved =
        lattice(List.of(10.33, 9.82), 24e-9)
            .apply(stack(), Watch.SILENT)
            .findings()
            .map("a")
            .orElseThrow();
    assertThat((double) moved.values().at(60, 90)).isCloseTo(map.values().at(62, 90), within(1e-6));
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatThrownBy(() -> lattice(List.of(10.33), 0))
        .hasMessageContaining("values is 1; expected one for each of LiFePO4, FePO4");
    var with = lattice(List.of(10.33, 9.82), 0).apply(stack(), Watch.SILENT);
    assertThatThrownBy(
            () -> new MaskBy("a", Optional.of("10 Å"), Optional.empty()).apply(with, Watch.SILENT))
        .hasMessageContaining("'a' with pixels of its own (24000)")
        .hasMessageContaining("correlateMap brings it there");
  }
}
