package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.physics.FluorescenceLines;
import java.util.SplittableRandom;

/// An element that lies on the sample of a simulated fluorescence measurement, and how it lies
/// there.
///
/// @param arealDensity its mean over the map [kg/m²]
public record Deposit(
    @Param("symbol of the element") String element,
    @Param(value = "mass in a unit area, mean of the map", unit = "kg/m2") double arealDensity,
    @Param(
            value =
                "even; particles: round grains, the same for all elements that lie so; spots: a few"
                    + " smaller ones elsewhere; ramp: from nothing at the left to twice the mean",
            byDefault = "even")
        Form form) {
  /// How an element lies on the sample.
  public enum Form {
    EVEN,
    PARTICLES,
    SPOTS,
    RAMP
  }

  private static final int FINE = 4;

  public Deposit {
    FluorescenceLines.atomicNumber(element); // an unknown symbol is refused at once
    Check.within("arealDensity of " + element, arealDensity, 0, 100, "kg/m2");
  }

  /// Areal density of each pixel [kg/m²], its mean over finer points.
  double[] map(Grid grid, long seed) {
    double[] map = new double[grid.size()];
    switch (form) {
      case EVEN -> java.util.Arrays.fill(map, 1);
      case RAMP -> {
        for (int i = 0; i < map.length; i++) {
          map[i] = (i % grid.columns() + 0.5) / grid.columns();
        }
      }
      case PARTICLES -> grains(map, grid, 9, 0.10, 0.22, new SplittableRandom(seed));
      case SPOTS -> grains(map, grid, 5, 0.03, 0.08, new SplittableRandom(~seed));
    }
    double mean = 0;
    for (double value : map) {
      mean += value / map.length;
    }
    for (int i = 0; i < map.length; i++) {
      map[i] *= mean > 0 ? arealDensity / mean : 0;
    }
    return map;
  }

  /// Spheres: as thick as they are deep.
  private static void grains(
      double[] map, Grid grid, int count, double least, double most, SplittableRandom random) {
    double side = Math.min(grid.rows(), grid.columns());
    for (int k = 0; k < count; k++) {
      double radius = side * random.nextDouble(least, most);
      double row = random.nextDouble() * grid.rows();
      double column = random.nextDouble() * grid.columns();
      for (int i = 0; i < map.length; i++) {
        for (int fine = 0; fine < FINE * FINE; fine++) {
          double y = i / grid.columns() + (fine / FINE + 0.5) / FINE - row;
          double x = i % grid.columns() + (fine % FINE + 0.5) / FINE - column;
          double inside = radius * radius - y * y - x * x;
          map[i] += inside > 0 ? Math.sqrt(inside) : 0;
        }
      }
    }
  }
}
