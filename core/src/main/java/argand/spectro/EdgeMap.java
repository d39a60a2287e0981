package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.List;
import java.util.Optional;

/// The energy of the edge in each pixel, by one of three definitions. Leaves the map `edge energy`
/// with its standard deviation where variances are known.
public record EdgeMap(
    @Param(value = "from where to where the edge may be", unit = "eV") List<Double> range,
    @Param(value = "what the edge is", byDefault = "steepest") Definition by)
    implements StackStep {
  /// What is called the energy of an edge.
  public sealed interface Definition {}

  /// The steepest rise of a smooth curve through the values.
  public record Steepest(
      @Param(value = "curve through the values", byDefault = "spline") CurveModel curve)
      implements Definition {}

  /// Where normalized absorption comes to a height.
  public record AtHeight(
      @Param(value = "normalized absorption", byDefault = "0.5") double height,
      @Param(value = "curve through the values", byDefault = "spline") CurveModel curve)
      implements Definition {
    public AtHeight {
      Check.within("height", height, 0.01, 0.99, "");
    }
  }

  /// Where a sharp step would have the same area: E₂ − ∫ n dE over the range, n normalized
  /// absorption. The white line counts as an earlier edge.
  public record EqualArea() implements Definition {}

  public EdgeMap {
    range = List.copyOf(range);
    EnergyWindow.of("range", range);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    var window = EnergyWindow.of("range", range);
    if (!(by instanceof Steepest) && input.quantity() != Quantity.NORMALIZED) {
      throw new InvalidInput(
          "the stack",
          "one of " + input.quantity().words(),
          "normalized absorption",
          "put normalizeEdge before it, or write by: steepest");
    }
    var map =
        switch (by) {
          case Steepest(CurveModel curve) -> {
            int[] used = window.indices(input.energyEv(), curve.leastEnergies(), "this curve");
            var rows = curve.rows(EnergyWindow.at(input.energyEv(), used));
            var found = CurveMaps.of(input, used, rows, 2, rows::steepest, watch.workers());
            yield new FoundMap("edge energy", "eV", found.energy(), found.energySigma());
          }
          case AtHeight(double height, CurveModel curve) -> {
            int[] used = window.indices(input.energyEv(), curve.leastEnergies(), "this curve");
            var rows = curve.rows(EnergyWindow.at(input.energyEv(), used));
            var found =
                CurveMaps.of(
                    input, used, rows, 0, (g, b) -> rows.rising(g, b, height), watch.workers());
            yield new FoundMap("edge energy", "eV", found.energy(), found.energySigma());
          }
          case EqualArea() -> equalArea(input, window, watch);
        };
    return input.with(map).withStep("edgeMap");
  }

  private static FoundMap equalArea(EnergyStack input, EnergyWindow window, Watch watch) {
    window.indices(input.energyEv(), 2, "an area");
    double[] weights = EdgeEnergy.trapezia(input.energyEv(), window.fromEv(), window.toEv());
    var sums = CurveMaps.linear(input, weights, watch.workers());
    var energy = new RealField(input.grid());
    for (int i = 0; i < energy.values().length; i++) {
      energy.values()[i] = (float) (window.toEv() - sums[0].values()[i]);
    }
    return new FoundMap(
        "edge energy",
        "eV",
        energy,
        input.variance().isPresent() ? Optional.of(sums[1]) : Optional.empty());
  }
}
