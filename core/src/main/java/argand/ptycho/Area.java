package argand.ptycho;

/// The part of the object that some views see, cut into strips of rows: strips are worked on in
/// parallel, and their cut depends on the views alone.
///
/// @param top first row
/// @param bottom one after the last row
/// @param left first column
/// @param right one after the last column
record Area(int top, int bottom, int left, int right) {
  /// Few enough rows to stay in the cache of a core, enough strips to keep every thread busy.
  private static final int STRIP_ROWS = 16;

  /// What these views see.
  static Area of(Windows windows, int[] views) {
    int top = Integer.MAX_VALUE;
    int left = Integer.MAX_VALUE;
    int bottom = 0;
    int right = 0;
    for (int j : views) {
      top = Math.min(top, windows.row(j));
      left = Math.min(left, windows.column(j));
      bottom = Math.max(bottom, windows.row(j) + windows.frame().rows());
      right = Math.max(right, windows.column(j) + windows.frame().columns());
    }
    return new Area(top, bottom, left, right);
  }

  /// All of the object.
  static Area whole(Windows windows) {
    return new Area(0, windows.object().rows(), 0, windows.object().columns());
  }

  int strips() {
    return (bottom - top + STRIP_ROWS - 1) / STRIP_ROWS;
  }

  /// First row of a strip.
  int first(int strip) {
    return top + strip * STRIP_ROWS;
  }

  /// Rows of a strip.
  int rows(int strip) {
    return Math.min(bottom, first(strip) + STRIP_ROWS) - first(strip);
  }

  int columns() {
    return right - left;
  }
}
