package argand.metric;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;

/// A rectangle of pixels of an image.
///
/// @param row first row
/// @param column first column
public record Rectangle(int row, int column, int rows, int columns) {
  public Rectangle {
    Check.atLeast("rows of a rectangle", rows, 1);
    Check.atLeast("columns of a rectangle", columns, 1);
  }

  /// All of a grid.
  public static Rectangle of(Grid grid) {
    return new Rectangle(0, 0, grid.rows(), grid.columns());
  }

  /// The smallest rectangle that holds every good pixel.
  public static Rectangle around(Mask mask) {
    int top = Integer.MAX_VALUE;
    int left = Integer.MAX_VALUE;
    int bottom = -1;
    int right = -1;
    for (int r = 0; r < mask.grid().rows(); r++) {
      for (int c = 0; c < mask.grid().columns(); c++) {
        if (mask.at(r, c)) {
          top = Math.min(top, r);
          left = Math.min(left, c);
          bottom = Math.max(bottom, r);
          right = Math.max(right, c);
        }
      }
    }
    return bottom < 0
        ? of(mask.grid())
        : new Rectangle(top, left, bottom - top + 1, right - left + 1);
  }

  /// The largest rectangle of good pixels only (the largest one under a histogram, row by row).
  public static Rectangle within(Mask mask) {
    int columns = mask.grid().columns();
    int[] height = new int[columns + 1];
    int[] stack = new int[columns + 1];
    long best = 0;
    Rectangle found = new Rectangle(0, 0, 1, 1);
    for (int r = 0; r < mask.grid().rows(); r++) {
      int depth = 0;
      for (int c = 0; c <= columns; c++) {
        height[c] = c < columns && mask.at(r, c) ? height[c] + 1 : 0;
        while (depth > 0 && height[stack[depth - 1]] >= height[c]) {
          int tall = height[stack[--depth]];
          int left = depth == 0 ? 0 : stack[depth - 1] + 1;
          long area = (long) tall * (c - left);
          if (area > best) {
            best = area;
            found = new Rectangle(r - tall + 1, left, tall, c - left);
          }
        }
        stack[depth++] = c;
      }
    }
    return found;
  }

  /// The largest rectangle around the same middle whose sides have no prime factor above 7: quick
  /// to transform.
  public Rectangle quick() {
    int n = smooth(rows);
    int m = smooth(columns);
    return new Rectangle(row + (rows - n) / 2, column + (columns - m) / 2, n, m);
  }

  /// The part of the field in this rectangle, copied.
  public ComplexField of(ComplexField field) {
    var part = new ComplexField(field.grid().resized(rows, columns));
    for (int r = 0; r < rows; r++) {
      int from = (row + r) * field.pitch() + column;
      System.arraycopy(field.re(), from, part.re(), r * part.pitch(), columns);
      System.arraycopy(field.im(), from, part.im(), r * part.pitch(), columns);
    }
    return part;
  }

  /// The part of the field in this rectangle, copied.
  public RealField of(RealField field) {
    var part = new RealField(field.grid().resized(rows, columns));
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          field.values(),
          (row + r) * field.grid().columns() + column,
          part.values(),
          r * columns,
          columns);
    }
    return part;
  }

  /// The part of the mask in this rectangle, copied.
  public Mask of(Mask mask) {
    boolean[] part = new boolean[rows * columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          mask.good(), (row + r) * mask.grid().columns() + column, part, r * columns, columns);
    }
    return new Mask(mask.grid().resized(rows, columns), part);
  }

  private static int smooth(int n) {
    for (int candidate = n; candidate > 1; candidate--) {
      int rest = candidate;
      for (int prime : new int[] {2, 3, 5, 7}) {
        while (rest % prime == 0) {
          rest /= prime;
        }
      }
      if (rest == 1) {
        return candidate;
      }
    }
    return 1;
  }
}
