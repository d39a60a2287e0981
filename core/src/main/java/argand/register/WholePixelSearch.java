package argand.register;

import argand.array.RealField;
import org.jspecify.annotations.Nullable;

/// The whole-pixel displacement at which two small images correlate best: the start of a
/// registration. Correlations count by the root of the overlap, since the chance of a high one
/// falls
/// with it.
final class WholePixelSearch {
  private WholePixelSearch() {}

  /// Displacements of up to a quarter of each side.
  ///
  /// @param known weight of each pixel of the moved image; null for 1
  static Transform of(FixedLevel fixed, RealField moved, float @Nullable [] known) {
    int reachRows = fixed.grid.rows() / 4;
    int reachColumns = fixed.grid.columns() / 4;
    double best = Double.NEGATIVE_INFINITY;
    Transform at = Transform.NONE;
    for (int r = -reachRows; r <= reachRows; r++) {
      for (int c = -reachColumns; c <= reachColumns; c++) {
        double score = score(fixed, moved, known, r, c);
        if (score > best) {
          best = score;
          at = new Transform.Translation(r, c);
        }
      }
    }
    return at;
  }

  private static double score(
      FixedLevel fixed, RealField moved, float @Nullable [] known, int down, int right) {
    int rows = fixed.grid.rows();
    int columns = fixed.grid.columns();
    float[] a = fixed.values();
    float[] b = moved.values();
    float[] weight = fixed.weight();
    double n = 0;
    double sa = 0;
    double sb = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int r = Math.max(0, -down); r < Math.min(rows, rows - down); r++) {
      for (int c = Math.max(0, -right); c < Math.min(columns, columns - right); c++) {
        int i = r * columns + c;
        int k = (r + down) * columns + c + right;
        double w = (weight == null ? 1 : weight[i]) * (known == null ? 1 : known[k]);
        n += w;
        sa += w * a[i];
        sb += w * b[k];
        aa += w * a[i] * a[i];
        bb += w * b[k] * b[k];
        ab += w * a[i] * b[k];
      }
    }
    double variance = (aa - sa * sa / n) * (bb - sb * sb / n);
    return variance > 0 ? (ab - sa * sb / n) / Math.sqrt(variance) * Math.sqrt(n) : -1e300;
  }
}
