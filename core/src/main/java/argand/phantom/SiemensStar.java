package argand.phantom;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.physics.Beam;

/// A Siemens star of one material: as many spokes as gaps, all resolutions from the rim to the hub
/// in one picture.
///
/// The period at radius r is 2πr/spokes.
public record SiemensStar(
    @Param(value = "outer radius", unit = "m") double radius,
    @Param(value = "radius where the spokes begin", unit = "m", byDefault = "0 m") double hub,
    @Param(value = "number of spokes", byDefault = "36") int spokes,
    @Param(value = "thickness", unit = "m", byDefault = "1 um") double thickness,
    @Param(
            value = "δ of the material; the default is gold at 8 keV (Henke tables, CXRO)",
            byDefault = "4.77e-5")
        double delta,
    @Param(
            value = "β of the material; the default is gold at 8 keV (Henke tables, CXRO)",
            byDefault = "4.96e-6")
        double beta)
    implements Phantom {
  /// Points along each side of a pixel that an edge crosses.
  private static final int POINTS = 8;

  public SiemensStar {
    Check.within("radius", radius, 1e-12, 1, "m");
    if (!(hub >= 0 && hub < radius)) {
      throw new InvalidInput("hub", hub + " m", "0 or more, and less than the radius", "");
    }
    Check.atLeast("spokes", spokes, 1);
    Check.within("thickness", thickness, 0, 1, "m");
    Check.within("delta", delta, -1, 1, "");
    Check.within("beta", beta, 0, 1, "");
  }

  @Override
  public ComplexField draw(Grid grid, Beam beam) {
    var matter = Matter.of(delta, beta, beam);
    double re = matter.re(thickness) - 1;
    double im = matter.im(thickness);
    var drawn = new ComplexField(grid).setAll(1, 0);
    double half = 0.5 * Math.hypot(grid.pixelY(), grid.pixelX());
    for (int r = 0; r < grid.rows(); r++) {
      double y = (r - grid.rows() / 2) * grid.pixelY();
      for (int c = 0; c < grid.columns(); c++) {
        double x = (c - grid.columns() / 2) * grid.pixelX();
        double rho = Math.hypot(y, x);
        if (rho > radius + half || rho < hub - half) {
          continue;
        }
        double covered =
            edgeDistance(y, x, rho) > half ? (within(y, x) ? 1 : 0) : share(y, x, grid);
        drawn.set(r, c, (float) (1 + covered * re), (float) (covered * im));
      }
    }
    return drawn;
  }

  /// Distance to the nearest edge [m], or less.
  private double edgeDistance(double y, double x, double rho) {
    double spoke = Math.PI / spokes;
    double angle = Math.atan2(y, x) + 2 * Math.PI;
    double toSpoke = Math.abs(angle / spoke - Math.rint(angle / spoke)) * spoke;
    double arc = rho * Math.sin(Math.min(toSpoke, Math.PI / 2));
    return Math.min(arc, Math.min(Math.abs(rho - radius), Math.abs(rho - hub)));
  }

  private boolean within(double y, double x) {
    double rho = Math.hypot(y, x);
    if (rho >= radius || rho < hub) {
      return false;
    }
    double turns = (Math.atan2(y, x) + 2 * Math.PI) * spokes / Math.PI;
    return (long) Math.floor(turns) % 2 == 0;
  }

  private double share(double y, double x, Grid grid) {
    int count = 0;
    for (int i = 0; i < POINTS; i++) {
      double above = y + ((i + 0.5) / POINTS - 0.5) * grid.pixelY();
      for (int j = 0; j < POINTS; j++) {
        if (within(above, x + ((j + 0.5) / POINTS - 0.5) * grid.pixelX())) {
          count++;
        }
      }
    }
    return (double) count / (POINTS * POINTS);
  }
}
