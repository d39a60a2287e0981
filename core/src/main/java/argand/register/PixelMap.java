package argand.register;

import argand.array.Grid;

/// A transform between indices of pixels: (r, c) of one image → (rr r + rc c + r0, cr r + cc c +
/// c0)
/// of another.
record PixelMap(double rr, double rc, double cr, double cc, double r0, double c0) {
  /// Between images of one size.
  static PixelMap of(Transform transform, Grid grid) {
    var a = transform.affine();
    double midRow = 0.5 * (grid.rows() - 1);
    double midColumn = 0.5 * (grid.columns() - 1);
    return new PixelMap(
        a.rowRow(),
        a.rowColumn(),
        a.columnRow(),
        a.columnColumn(),
        a.rowsPx() + midRow - a.rowRow() * midRow - a.rowColumn() * midColumn,
        a.columnsPx() + midColumn - a.columnRow() * midRow - a.columnColumn() * midColumn);
  }

  boolean isTranslation() {
    return rr == 1 && rc == 0 && cr == 0 && cc == 1;
  }

  double row(double r, double c) {
    return rr * r + rc * c + r0;
  }

  double column(double r, double c) {
    return cr * r + cc * c + c0;
  }

  /// First and last + 1 of the columns of row `r` that are found at least `margin` within an image
  /// of this size; equal where there are none.
  int[] inside(int r, Grid grid, double margin) {
    double[] span = {0, grid.columns() - 1.0};
    cut(span, rc, row(r, 0), margin, grid.rows() - 1 - margin);
    cut(span, cc, column(r, 0), margin, grid.columns() - 1 - margin);
    int first = (int) Math.ceil(span[0] - 1e-9);
    int last = (int) Math.floor(span[1] + 1e-9);
    return last < first ? new int[] {0, 0} : new int[] {first, last + 1};
  }

  /// Keeps of [span₀, span₁] the x with low ≤ slope x + start ≤ high.
  private static void cut(double[] span, double slope, double start, double low, double high) {
    if (slope == 0) {
      if (start < low - 1e-9 || start > high + 1e-9) {
        span[1] = span[0] - 1;
      }
      return;
    }
    double a = (low - start) / slope;
    double b = (high - start) / slope;
    span[0] = Math.max(span[0], Math.min(a, b));
    span[1] = Math.min(span[1], Math.max(a, b));
  }
}
