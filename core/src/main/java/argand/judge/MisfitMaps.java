package argand.judge;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.ScanMaps;
import argand.data.ScanPositions;
import java.util.List;

/// Where the misfit sits: over the scan, each view where it stood, and over the detector, pixel by
/// pixel; deviance ÷ that of shot noise.
final class MisfitMaps {
  /// Pixels along the longer side of the map of the scan.
  private static final int SIDE = 120;

  /// Distance from a position, in mean steps, up to which a pixel shows it.
  private static final double REACH = 1.5;

  private MisfitMaps() {}

  /// @param step mean step of the scan [m]
  static List<ScanMaps.Map> of(
      Residuals residuals, ScanPositions positions, double step, Grid detector) {
    return List.of(
        new ScanMaps.Map("Misfit over the scan", "", scan(residuals, positions, step)),
        new ScanMaps.Map(
            "Misfit over the detector, pixel by pixel", "", pixels(residuals, detector)));
  }

  /// Every pixel shows its nearest position.
  private static RealField scan(Residuals residuals, ScanPositions positions, double step) {
    double reach = REACH * step;
    double top = least(positions.y()) - reach / 2;
    double left = least(positions.x()) - reach / 2;
    double height = positions.extentY() + reach;
    double width = positions.extentX() + reach;
    double pixel = Math.max(Math.max(height, width) / SIDE, Double.MIN_NORMAL);
    var map =
        new RealField(
            new Grid(
                Math.max(1, (int) Math.ceil(height / pixel)),
                Math.max(1, (int) Math.ceil(width / pixel)),
                pixel,
                pixel));
    for (int r = 0; r < map.grid().rows(); r++) {
      for (int c = 0; c < map.grid().columns(); c++) {
        double y = top + (r + 0.5) * pixel;
        double x = left + (c + 0.5) * pixel;
        int nearest = nearest(positions, y, x);
        double distance = Math.hypot(positions.y()[nearest] - y, positions.x()[nearest] - x);
        map.values()[r * map.grid().columns() + c] =
            distance > reach
                ? Float.NaN
                : ratio(
                    residuals.views().deviance()[nearest], residuals.views().expected()[nearest]);
      }
    }
    return map;
  }

  private static double least(double[] values) {
    return java.util.Arrays.stream(values).min().orElse(0);
  }

  private static int nearest(ScanPositions positions, double y, double x) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < positions.count(); j++) {
      double dy = positions.y()[j] - y;
      double dx = positions.x()[j] - x;
      if (dy * dy + dx * dx < least) {
        least = dy * dy + dx * dx;
        nearest = j;
      }
    }
    return nearest;
  }

  private static RealField pixels(Residuals residuals, Grid detector) {
    var map = new RealField(detector);
    for (int i = 0; i < map.values().length; i++) {
      map.values()[i] =
          residuals.good()[i]
              ? ratio(residuals.pixels().deviance()[i], residuals.pixels().expected()[i])
              : Float.NaN;
    }
    return map;
  }

  private static float ratio(double deviance, double expected) {
    return expected > 0 ? (float) (deviance / expected) : Float.NaN;
  }
}
