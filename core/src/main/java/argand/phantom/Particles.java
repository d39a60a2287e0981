package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.physics.Beam;
import java.util.SplittableRandom;

/// Particles strewn over a disc, one upon another: spheres, or platelets that lie flat.
///
/// Sizes are log-normal. What lies in line adds up in thickness.
public record Particles(
    @Param(value = "spheres or platelets", byDefault = "spheres") Shape shape,
    @Param(value = "number of particles", byDefault = "60") int count,
    @Param(value = "median diameter", unit = "m") double diameter,
    @Param(value = "spread of the logarithm of the diameter", byDefault = "0.3") double spread,
    @Param(value = "radius of the disc they lie in", unit = "m") double radius,
    @Param(value = "thickness of a platelet ÷ its diameter", byDefault = "0.2") double aspect,
    @Param(
            value = "δ of the material; the default is gold at 8 keV (Henke tables, CXRO)",
            byDefault = "4.77e-5")
        double delta,
    @Param(
            value = "β of the material; the default is gold at 8 keV (Henke tables, CXRO)",
            byDefault = "4.96e-6")
        double beta,
    @Param(value = "seed of their places and sizes", byDefault = "1") long seed)
    implements Phantom {
  /// Points along each side of a pixel.
  private static final int POINTS = 3;

  /// What a particle looks like.
  public enum Shape {
    /// Thickness 2√(R² − ρ²).
    SPHERES,
    /// Regular hexagons of even thickness, turned at random.
    PLATELETS
  }

  public Particles {
    Check.atLeast("count", count, 0);
    Check.within("diameter", diameter, 1e-12, 1, "m");
    Check.within("spread", spread, 0, 2, "");
    Check.within("radius", radius, 1e-12, 1, "m");
    Check.within("aspect", aspect, 1e-3, 10, "");
    Check.within("delta", delta, -1, 1, "");
    Check.within("beta", beta, 0, 1, "");
  }

  @Override
  public ComplexField draw(Grid grid, Beam beam) {
    Grid fine =
        new Grid(
            POINTS * grid.rows(),
            POINTS * grid.columns(),
            grid.pixelY() / POINTS,
            grid.pixelX() / POINTS);
    float[] thickness = new float[fine.size()];
    var random = new SplittableRandom(seed);
    for (int k = 0; k < count; k++) {
      double away = radius * Math.sqrt(random.nextDouble());
      double direction = 2 * Math.PI * random.nextDouble();
      double size = diameter * Math.exp(spread * random.nextGaussian());
      double turn = 2 * Math.PI * random.nextDouble();
      add(thickness, fine, away * Math.sin(direction), away * Math.cos(direction), size, turn);
    }
    return transmission(thickness, fine, grid, Matter.of(delta, beta, beam));
  }

  /// The points of a pixel lie symmetrically about its centre, and pixel (rows/2, columns/2) at 0.
  private void add(float[] thickness, Grid fine, double y, double x, double size, double turn) {
    double top = (fine.rows() / POINTS / 2) * POINTS + (POINTS - 1) / 2;
    double left = (fine.columns() / POINTS / 2) * POINTS + (POINTS - 1) / 2;
    double half = 0.5 * size;
    int firstRow = (int) Math.max(0, Math.ceil((y - half) / fine.pixelY() + top));
    int lastRow = (int) Math.min(fine.rows() - 1, Math.floor((y + half) / fine.pixelY() + top));
    int first = (int) Math.max(0, Math.ceil((x - half) / fine.pixelX() + left));
    int last = (int) Math.min(fine.columns() - 1, Math.floor((x + half) / fine.pixelX() + left));
    for (int r = firstRow; r <= lastRow; r++) {
      double dy = (r - top) * fine.pixelY() - y;
      for (int c = first; c <= last; c++) {
        double dx = (c - left) * fine.pixelX() - x;
        thickness[r * fine.columns() + c] += (float) thickness(dy, dx, half, turn);
      }
    }
  }

  private double thickness(double dy, double dx, double half, double turn) {
    double square = half * half - dy * dy - dx * dx;
    if (square <= 0) {
      return 0;
    }
    if (shape == Shape.SPHERES) {
      return 2 * Math.sqrt(square);
    }
    double sector = Math.PI / 3;
    double angle = Math.atan2(dy, dx) + turn + 4 * Math.PI;
    double off = angle - sector * Math.rint(angle / sector);
    boolean inside = Math.hypot(dy, dx) * Math.cos(off) < half * Math.cos(sector / 2);
    return inside ? aspect * 2 * half : 0;
  }

  private static ComplexField transmission(float[] thickness, Grid fine, Grid grid, Matter matter) {
    var drawn = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < POINTS; i++) {
          for (int j = 0; j < POINTS; j++) {
            float t = thickness[(r * POINTS + i) * fine.columns() + c * POINTS + j];
            re += t == 0 ? 1 : matter.re(t);
            im += t == 0 ? 0 : matter.im(t);
          }
        }
        drawn.set(r, c, (float) (re / (POINTS * POINTS)), (float) (im / (POINTS * POINTS)));
      }
    }
    return drawn;
  }
}
