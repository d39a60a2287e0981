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
    @Param(value = "width over which the thickness rises at an edge", unit = "m", byDefault = "0 m")
        double sidewall,
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
    Check.within("sidewall", sidewall, 0, radius, "m");
    Check.within("delta", delta, -1, 1, "");
    Check.within("beta", beta, 0, 1, "");
  }

  @Override
  public ComplexField draw(Grid grid, Beam beam) {
    var matter = Matter.of(delta, beta, beam);
    var drawn = new ComplexField(grid).setAll(1, 0);
    double edge = 0.5 * Math.hypot(grid.pixelY(), grid.pixelX()) + 0.5 * sidewall;
    for (int r = 0; r < grid.rows(); r++) {
      double y = (r - grid.rows() / 2) * grid.pixelY();
      for (int c = 0; c < grid.columns(); c++) {
        double x = (c - grid.columns() / 2) * grid.pixelX();
        double depth = depth(y, x);
        if (depth > edge) {
          drawn.set(r, c, (float) matter.re(thickness), (float) matter.im(thickness));
        } else if (depth > -edge) {
          drawMean(drawn, r, c, y, x, matter);
        }
      }
    }
    return drawn;
  }

  /// Distance to the nearest edge [m], positive inside a spoke: the least of the distances to the
  /// spoke's flanks, the rim and the hub.
  private double depth(double y, double x) {
    double rho = Math.hypot(y, x);
    double spoke = Math.PI / spokes;
    double turns = (Math.atan2(y, x) + 2 * Math.PI) / spoke;
    double toFlank =
        rho * Math.sin(Math.min(Math.abs(turns - Math.rint(turns)) * spoke, 0.5 * Math.PI));
    double flank = (long) Math.floor(turns) % 2 == 0 ? toFlank : -toFlank;
    double rim = hub > 0 ? Math.min(radius - rho, rho - hub) : radius - rho;
    return Math.min(flank, rim);
  }

  private double thickness(double depth) {
    if (sidewall == 0) {
      return depth > 0 ? thickness : 0;
    }
    return thickness * Math.clamp(0.5 + depth / sidewall, 0, 1);
  }

  /// Pixel (r, c) with its middle at (y, x) [m] ← mean over its area
  private void drawMean(ComplexField drawn, int r, int c, double y, double x, Matter matter) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < POINTS; i++) {
      double above = y + ((i + 0.5) / POINTS - 0.5) * drawn.grid().pixelY();
      for (int j = 0; j < POINTS; j++) {
        double t = thickness(depth(above, x + ((j + 0.5) / POINTS - 0.5) * drawn.grid().pixelX()));
        re += matter.re(t);
        im += matter.im(t);
      }
    }
    drawn.set(r, c, (float) (re / (POINTS * POINTS)), (float) (im / (POINTS * POINTS)));
  }
}
