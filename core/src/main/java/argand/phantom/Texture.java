package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.physics.Beam;
import argand.physics.RandomWaves;
import java.util.SplittableRandom;

/// A smooth random sample without end: amplitude and phase vary independently, each evenly
/// distributed over its range. It does not depend on the beam.
public record Texture(
    @Param(value = "shortest period", unit = "m") double period,
    @Param(value = "least amplitude", byDefault = "0.6") double darkest,
    @Param(value = "greatest amplitude", byDefault = "1") double brightest,
    @Param(
            value = "range of the phase, which runs from 0 to minus this",
            unit = "rad",
            byDefault = "2 rad")
        double phaseRange,
    @Param(value = "seed", byDefault = "1") long seed)
    implements Phantom {
  public Texture {
    Check.within("period", period, 1e-12, 1, "m");
    Check.within("brightest", brightest, 0, 1, "");
    Check.within("darkest", darkest, 0, 1, "");
    if (darkest > brightest) {
      throw new InvalidInput("darkest", darkest, "no more than brightest, " + brightest, "");
    }
    Check.within("phaseRange", phaseRange, 0, 100, "rad");
  }

  @Override
  public ComplexField draw(Grid grid, Beam beam) {
    var random = new SplittableRandom(seed);
    float[] first = new RandomWaves(period, random.split()).heights(grid);
    float[] second = new RandomWaves(period, random.split()).heights(grid);
    var drawn = new ComplexField(grid);
    for (int r = 0, k = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++, k++) {
        double amplitude = darkest + (brightest - darkest) * even(first[k]);
        double phase = -phaseRange * even(second[k]);
        drawn.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    return drawn;
  }

  /// The logistic stand-in for the normal distribution function, within 0.01 of it (Bowling et al.,
  /// J. Ind. Eng. Manag. 2, 114 (2009)): makes normally distributed heights even over 0 … 1.
  private static double even(double height) {
    return 1 / (1 + Math.exp(-1.702 * height));
  }
}
