package argand.simulate;

import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import argand.phantom.PhosphatePlatelet;
import java.util.SplittableRandom;

/// A map of the lattice parameter of a platelet as scanning electron diffraction would give it, on
/// its own pixels and not quite in the place of the X-ray images: the foreign map of a correlation.
///
/// a = a_LiFePO₄ + (a_FePO₄ − a_LiFePO₄) x by Vegard's law, x the share of FePO₄ in the matter of a
/// pixel; NaN where there is none.
///
/// @param lithiated a of LiFePO₄ [Å]: 10.332 (Andersson & Thomas 2001)
/// @param delithiated a of FePO₄ [Å]: 9.821
/// @param noise standard deviation of a pixel [Å]
/// @param scale size of the sample in this map over its true one
/// @param turn of the sample from x towards y [rad]
/// @param down displacement of the sample [m]
public record LatticeMap(
    PhosphatePlatelet sample,
    Grid grid,
    double lithiated,
    double delithiated,
    double noise,
    double scale,
    double turn,
    double down,
    double right,
    long seed) {
  private static final int POINTS = 4;

  /// Thinner matter gives no diffraction to speak of [m].
  private static final double LEAST = 10e-9;

  public LatticeMap {
    Check.within("noise", noise, 0, 10, "");
    Check.within("scale", scale, 0.5, 2, "");
  }

  /// That of the example: 110 × 180 pixels of 12 nm, noise of 0.02 Å, 1 % too large, turned by half
  /// a degree, a pixel off.
  public static LatticeMap example() {
    return new LatticeMap(
        PhosphatePlatelet.plain(),
        Grid.square(110, 180, 12e-9),
        10.332,
        9.821,
        0.02,
        1.01,
        Math.toRadians(0.5),
        10e-9,
        -14e-9,
        7);
  }

  /// The map [Å].
  public RealField draw() {
    var field = sample.field();
    var random = new SplittableRandom(seed);
    var map = new RealField(grid);
    double[] thickness = new double[2];
    double cos = Math.cos(turn) / scale;
    double sin = Math.sin(turn) / scale;
    for (int i = 0; i < grid.size(); i++) {
      double lithium = 0;
      double empty = 0;
      for (int p = 0; p < POINTS * POINTS; p++) {
        double row = i / grid.columns() - grid.rows() / 2 + (p / POINTS + 0.5) / POINTS - 0.5;
        double column = i % grid.columns() - grid.columns() / 2 + (p % POINTS + 0.5) / POINTS - 0.5;
        double y = row * grid.pixelY() - down;
        double x = column * grid.pixelX() - right;
        if (field.thickness(cos * y - sin * x, cos * x + sin * y, thickness)) {
          lithium += thickness[0];
          empty += thickness[1];
        }
      }
      double all = lithium + empty;
      double error = noise * random.nextGaussian();
      map.values()[i] =
          all < LEAST * POINTS * POINTS
              ? Float.NaN
              : (float) (lithiated + (delithiated - lithiated) * empty / all + error);
    }
    return map;
  }
}
