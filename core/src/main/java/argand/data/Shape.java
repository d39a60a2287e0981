package argand.data;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import java.util.List;

/// A figure drawn on an image, in pixels: rows down, columns right, and the middle of the first
/// pixel at (0, 0). What lies outside of the image is left out.
public sealed interface Shape {
  /// Whether the point lies in it.
  boolean covers(double row, double column);

  /// Corners of its outline, rows and columns; the last one is joined to the first.
  double[][] outline();

  /// Good where the middle of the pixel lies in it.
  default Mask mask(Grid grid) {
    boolean[] good = new boolean[grid.size()];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        good[r * grid.columns() + c] = covers(r, c);
      }
    }
    return new Mask(grid, good);
  }

  /// Rows `row` … `row + rows − 1`, columns likewise.
  record Rectangle(
      @Param("upper row") int row,
      @Param("left column") int column,
      @Param("number of rows") int rows,
      @Param("number of columns") int columns)
      implements Shape {
    public Rectangle {
      Check.atLeast("rows", rows, 1);
      Check.atLeast("columns", columns, 1);
    }

    @Override
    public boolean covers(double r, double c) {
      return r > row - 0.5
          && r < row + rows - 0.5
          && c > column - 0.5
          && c < column + columns - 0.5;
    }

    @Override
    public double[][] outline() {
      double top = row - 0.5;
      double left = column - 0.5;
      return new double[][] {
        {top, top, top + rows, top + rows}, {left, left + columns, left + columns, left}
      };
    }
  }

  /// An ellipse whose axes lie along rows and columns.
  record Ellipse(
      @Param("row of the centre") double row,
      @Param("column of the centre") double column,
      @Param("half of its height in pixels") double halfHeight,
      @Param("half of its width in pixels") double halfWidth)
      implements Shape {
    private static final int CORNERS = 48;

    public Ellipse {
      Check.within("halfHeight", halfHeight, 1e-3, 1e6, "pixels");
      Check.within("halfWidth", halfWidth, 1e-3, 1e6, "pixels");
    }

    @Override
    public boolean covers(double r, double c) {
      return Math.hypot((r - row) / halfHeight, (c - column) / halfWidth) <= 1;
    }

    @Override
    public double[][] outline() {
      double[][] corners = new double[2][CORNERS];
      for (int k = 0; k < CORNERS; k++) {
        double angle = 2 * Math.PI * k / CORNERS;
        corners[0][k] = row + halfHeight * Math.sin(angle);
        corners[1][k] = column + halfWidth * Math.cos(angle);
      }
      return corners;
    }
  }

  /// Straight lines from corner to corner and back to the first; where it crosses itself, a point
  /// is in it when a line from it outwards meets the outline an odd number of times.
  record Polygon(@Param("its corners, at least three") List<Corner> corners) implements Shape {
    /// A point [pixels].
    public record Corner(@Param("row") double row, @Param("column") double column) {}

    public Polygon {
      Check.atLeast("corners", corners.size(), 3);
      corners = List.copyOf(corners);
    }

    @Override
    public boolean covers(double r, double c) {
      boolean inside = false;
      var a = corners.getLast();
      for (var b : corners) {
        if ((a.row > r) != (b.row > r)
            && c < a.column + (r - a.row) / (b.row - a.row) * (b.column - a.column)) {
          inside = !inside;
        }
        a = b;
      }
      return inside;
    }

    @Override
    public double[][] outline() {
      return new double[][] {
        corners.stream().mapToDouble(Corner::row).toArray(),
        corners.stream().mapToDouble(Corner::column).toArray()
      };
    }
  }
}
