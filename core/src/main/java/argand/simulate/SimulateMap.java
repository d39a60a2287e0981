package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.phantom.SpectralSample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What another instrument would map of the same simulated sample, laid beside a stack: lattice
/// parameters by 4D-STEM, say. Each matter has a value; a pixel has their mean by thickness over
/// its area, noise, and nothing where there is no sample. It lies as if the sample had been put in
/// anew: turned, displaced, its pixels not quite as large as is believed.
///
/// Leaves the map with pixels of its own; `correlateMap` brings it onto those of the stack.
public record SimulateMap(
    @Param("the sample") SpectralSample sample,
    @Param("what is mapped") String name,
    @Param(value = "its unit", byDefault = "") String unit,
    @Param("value of each matter, in the order of the sample") List<Double> values,
    @Param(value = "standard deviation of a pixel", byDefault = "0") double noise,
    @Param(value = "rows", byDefault = "128") int rows,
    @Param(value = "columns", byDefault = "200") int columns,
    @Param(value = "size of a pixel that is believed", unit = "m", byDefault = "12 nm")
        double pixel,
    @Param(value = "true size over that", byDefault = "1") double scale,
    @Param(value = "turned by", unit = "rad", byDefault = "0 deg") double angle,
    @Param(value = "displaced down", unit = "m", byDefault = "0 m") double down,
    @Param(value = "displaced to the right", unit = "m", byDefault = "0 m") double right,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements StackStep {
  /// Points along each side of a pixel.
  private static final int POINTS = 3;

  public SimulateMap {
    values = List.copyOf(values);
    Check.within("noise", noise, 0, 1e12, "");
    Check.within("rows", rows, 8, 10_000, "");
    Check.within("columns", columns, 8, 10_000, "");
    Check.within("pixel", pixel, 1e-12, 1, "m");
    Check.within("scale", scale, 0.5, 2, "");
    Check.within("angle", angle, -Math.PI, Math.PI, "rad");
    if (values.size() != sample.matter().size()) {
      throw new InvalidInput(
          "values",
          values.size(),
          "one for each of "
              + String.join(", ", sample.matter().stream().map(m -> m.name()).toList()),
          "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var map = new RealField(Grid.square(rows, columns, pixel));
    var sigma = new RealField(map.grid());
    Arrays.fill(sigma.values(), (float) noise);
    var random = new SplittableRandom(seed);
    var field = sample.field();
    double[] thickness = new double[values.size()];
    double cos = scale * Math.cos(angle);
    double sin = scale * Math.sin(angle);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double top = 0;
        double bottom = 0;
        for (int k = 0; k < POINTS * POINTS; k++) {
          double v = (r - rows / 2 + (k / POINTS + 0.5) / POINTS - 0.5) * pixel;
          double u = (c - columns / 2 + (k % POINTS + 0.5) / POINTS - 0.5) * pixel;
          if (field.thickness(cos * v - sin * u + down, sin * v + cos * u + right, thickness)) {
            for (int m = 0; m < thickness.length; m++) {
              top += thickness[m] * values.get(m);
              bottom += thickness[m];
            }
          }
        }
        double error = noise * random.nextGaussian();
        map.set(r, c, bottom > 0 ? (float) (top / bottom + error) : Float.NaN);
      }
    }
    return stack
        .with(new FoundMap(name, unit, map, Optional.of(sigma)))
        .withStep("simulateMap: " + name);
  }
}
