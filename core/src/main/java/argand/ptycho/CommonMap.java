package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.stream.IntStream;

/// Takes positions and object along by one linear map, about the middle of the positions:
///
///     r_j ← r_j + A (r_j − r̄),    O(r) ← O(r − A (r − r̄))
final class CommonMap {
  /// Displacement at the rim of the scan [px] below which a map is not worth an interpolation of
  /// the object.
  private static final double LEAST = 0.002;

  private CommonMap() {}

  /// @param map A; its own centre is not used
  static void apply(LinearMap map, ComplexField object, Windows windows, Workers workers) {
    int views = windows.count();
    double centreY = IntStream.range(0, views).mapToDouble(windows::y).sum() / views;
    double centreX = IntStream.range(0, views).mapToDouble(windows::x).sum() / views;
    var about = map.about(centreY, centreX);
    double farthest =
        IntStream.range(0, views)
            .mapToDouble(
                j ->
                    Math.hypot(
                        about.down(windows.y(j), windows.x(j)),
                        about.right(windows.y(j), windows.x(j))))
            .max()
            .orElse(0);
    if (farthest < LEAST) {
      return;
    }
    for (int j = 0; j < views; j++) {
      double y = windows.y(j);
      double x = windows.x(j);
      windows.move(
          j, windows.moveY()[j] + about.down(y, x), windows.moveX()[j] + about.right(y, x));
    }
    var frame = windows.frame();
    MappedObject.set(
        object, map.about(centreY + frame.rows() / 2, centreX + frame.columns() / 2), workers);
  }
}
