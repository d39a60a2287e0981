package argand.data;

import argand.array.Check;

/// One curve of a figure: name, the axes' labels with units, and the points.
public record Curve(String name, String labelX, String labelY, double[] x, double[] y) {
  public Curve {
    Check.same("points of " + name, y.length, x.length);
  }
}
