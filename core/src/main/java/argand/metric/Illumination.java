package argand.metric;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Reconstruction;
import argand.physics.Geometry.Regime;
import java.util.Arrays;

/// How much light each pixel of the object has seen, Σ_j Σ_m |P_m(r − r_j)|², and where that is
/// enough to trust it.
public final class Illumination {
  /// Share of the median illumination inside the scanned field below which a pixel counts as not
  /// well lit.
  public static final double SHARE = 0.25;

  private Illumination() {}

  /// Σ_j Σ_m |P_m(r − r_j)|² on the object's grid [quanta per pixel]; positions to the nearest
  /// pixel.
  public static RealField of(Reconstruction result) {
    var grid = result.object().grid();
    var probe = result.probe().grid();
    float[] light = new float[probe.size()];
    for (var mode : result.probe().modes()) {
      float[] part = mode.intensity().values();
      for (int i = 0; i < light.length; i++) {
        light[i] += part[i];
      }
    }
    var map = new RealField(grid);
    for (int j = 0; j < result.positions().count(); j++) {
      int top = (int) Math.rint(row(result, j));
      int left = (int) Math.rint(column(result, j));
      int first = Math.max(0, -left);
      int last = Math.min(probe.columns(), grid.columns() - left);
      for (int r = Math.max(0, -top); r < Math.min(probe.rows(), grid.rows() - top); r++) {
        for (int c = first; c < last; c++) {
          map.values()[(top + r) * grid.columns() + left + c] += light[r * probe.columns() + c];
        }
      }
    }
    return map;
  }

  /// The well-lit pixels. Far field: inside the convex hull of the probe's centres, where the
  /// illumination is at least {@link #SHARE} of its median in the hull. Near field, and scans too
  /// small to have a hull: at least {@link #SHARE} of the largest illumination.
  public static Mask lit(Reconstruction result) {
    var map = of(result);
    var grid = map.grid();
    boolean near = result.geometry().regime() == Regime.NEAR_FIELD;
    boolean[] inside = hull(result, grid);
    double[] values = new double[grid.size()];
    int count = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        values[count++] = map.values()[i];
      }
    }
    boolean useHull = !near && count >= 256;
    double level = SHARE * map.max();
    if (useHull) {
      Arrays.sort(values, 0, count);
      level = SHARE * values[count / 2];
    }
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = map.values()[i] >= level && level > 0 && (inside[i] || !useHull);
    }
    return new Mask(grid, good);
  }

  /// Row of the object [pixels] under the upper left pixel of frame j.
  public static double row(Reconstruction result, int j) {
    return (result.positions().y()[j] - result.origin().y()) / result.object().grid().pixelY();
  }

  /// Column of the object [pixels] under the upper left pixel of frame j.
  public static double column(Reconstruction result, int j) {
    return (result.positions().x()[j] - result.origin().x()) / result.object().grid().pixelX();
  }

  private static boolean[] hull(Reconstruction result, Grid grid) {
    int n = result.positions().count();
    double[][] points = new double[n][];
    for (int j = 0; j < n; j++) {
      points[j] =
          new double[] {
            row(result, j) + result.probe().grid().rows() / 2,
            column(result, j) + result.probe().grid().columns() / 2
          };
    }
    var corners = ConvexHull.of(points);
    boolean[] inside = new boolean[grid.size()];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        inside[r * grid.columns() + c] = ConvexHull.holds(corners, r, c);
      }
    }
    return inside;
  }
}
