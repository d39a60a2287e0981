package argand.physics;

import argand.array.ComplexField;
import argand.array.Grid;

/// Multiplying a wave, pixel by pixel, by a table; and the table of a spherical wavefront.
final class Modulation {
  private Modulation() {}

  /// exp(iπ r²/(λR)), r from the pixel (rows/2, columns/2): a paraxial wavefront that diverges from
  /// a point a distance R upstream, converges for negative R. Phases are taken in double precision.
  static ComplexField curvature(Grid grid, double wavelength, double radius) {
    var table = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      double y = (r - grid.rows() / 2) * grid.pixelY();
      for (int c = 0; c < grid.columns(); c++) {
        double x = (c - grid.columns() / 2) * grid.pixelX();
        double phase = Math.PI * (y * y + x * x) / (wavelength * radius);
        table.set(r, c, (float) Math.cos(phase), (float) Math.sin(phase));
      }
    }
    return table;
  }

  /// wave ← table · wave for sign +1, conj(table) · wave for sign −1
  static void multiply(ComplexField wave, ComplexField table, float sign) {
    float[] re = wave.re();
    float[] im = wave.im();
    float[] tableRe = table.re();
    float[] tableIm = table.im();
    for (int i = 0; i < re.length; i++) {
      float a = tableRe[i];
      float b = sign * tableIm[i];
      float x = re[i];
      float y = im[i];
      re[i] = a * x - b * y;
      im[i] = a * y + b * x;
    }
  }
}
