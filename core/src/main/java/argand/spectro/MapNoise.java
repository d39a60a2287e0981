package argand.spectro;

import argand.Paper;
import argand.array.RealField;
import java.util.Arrays;

/// Standard deviation of independent noise in the pixels of a map, from what is left when planes
/// and
/// slow bends are taken off: N = (1 −2 1)ᵀ(1 −2 1) applied to noise of σ has 6σ, and the median of
/// its magnitude is not moved by few edges. Structure as fine as a pixel counts as noise.
@Paper(
    value = "Immerkær, Fast noise variance estimation, Comput. Vis. Image Underst. 64, 300 (1996)",
    doi = "10.1006/cviu.1996.0060")
final class MapNoise {
  /// σ over the median magnitude of a normal variable.
  private static final double OF_MEDIAN = 1.482602;

  private MapNoise() {}

  /// 0 where no 3 × 3 pixels are known.
  static double of(RealField map) {
    var grid = map.grid();
    double[] left = new double[grid.size()];
    int n = 0;
    for (int r = 1; r + 1 < grid.rows(); r++) {
      for (int c = 1; c + 1 < grid.columns(); c++) {
        double sum = 0;
        for (int i = -1; i <= 1; i++) {
          for (int k = -1; k <= 1; k++) {
            sum += (i == 0 ? -2 : 1) * (k == 0 ? -2 : 1) * map.at(r + i, c + k);
          }
        }
        if (Double.isFinite(sum)) {
          left[n++] = Math.abs(sum);
        }
      }
    }
    if (n == 0) {
      return 0;
    }
    Arrays.sort(left, 0, n);
    return OF_MEDIAN * left[n / 2] / 6;
  }
}
