package argand.neural;

import argand.array.Check;

/// Where a network is asked: the centres of `rows` × `columns` pixels that fill the image, row by
/// row, in coordinates that run from −1 to 1 along its longer side.
///
/// @param fine pixels for one pixel of the image, along each side
public record Places(int rows, int columns, int fine) {
  public Places {
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    Check.atLeast("fine", fine, 1);
    Math.multiplyExact(Math.multiplyExact(rows, fine), Math.multiplyExact(columns, fine));
  }

  public int count() {
    return rows * fine * columns * fine;
  }

  double y(int index) {
    return place(index / (columns * fine), rows);
  }

  double x(int index) {
    return place(index % (columns * fine), columns);
  }

  private double place(int pixel, int along) {
    double pixels = (pixel + 0.5) / fine;
    return (2 * pixels - along) / Math.max(rows, columns);
  }
}
