package argand.physics;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;

/// Free space between a screen and the sample, for illuminations that are formed by a screen.
final class FreeSpace {
  private FreeSpace() {}

  /// Writes the screen's transmission at (y, x) [m] from the axis into pixel (r, c) of `wave`.
  interface Screen {
    void write(ComplexField wave, int r, int c, double y, double x);
  }

  /// The wave at `distance` behind the screen, on `sample`, Σ|P|² = 1; worked out on twice the grid
  /// so that light that leaves the field does not come back on its other side.
  static ComplexField illuminate(Beam beam, Grid sample, double distance, Screen screen) {
    int rows = 2 * sample.rows();
    int columns = 2 * sample.columns();
    var wide = new ComplexField(sample.resized(rows, columns));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        screen.write(
            wide,
            r,
            c,
            (r - sample.rows()) * sample.pixelY(),
            (c - sample.columns()) * sample.pixelX());
      }
    }
    if (distance > 0) {
      travel(beam, wide, distance);
    }
    var near = new ComplexField(sample);
    int top = sample.rows() - sample.rows() / 2;
    int left = sample.columns() - sample.columns() / 2;
    for (int r = 0; r < sample.rows(); r++) {
      for (int c = 0; c < sample.columns(); c++) {
        near.set(r, c, wide.re(r + top, c + left), wide.im(r + top, c + left));
      }
    }
    return near.scale(1 / Math.sqrt(near.power()));
  }

  /// exp(ikz(√(1 − λ²q²) − 1)), zero beyond the band |q| ≤ L/(2λz) in which its phase is sampled.
  private static void travel(Beam beam, ComplexField wave, double distance) {
    Grid grid = wave.grid();
    double lambda = beam.wavelength();
    double limitY = grid.rows() * grid.pixelY() / (2 * lambda * distance);
    double limitX = grid.columns() * grid.pixelX() / (2 * lambda * distance);
    var fft = new Fft2(grid.rows(), grid.columns());
    fft.forward(wave);
    for (int r = 0; r < grid.rows(); r++) {
      double qy = (r - grid.rows() / 2) * grid.frequencyY();
      for (int c = 0; c < grid.columns(); c++) {
        double qx = (c - grid.columns() / 2) * grid.frequencyX();
        double sine2 = lambda * lambda * (qy * qy + qx * qx);
        if (sine2 >= 1 || Math.abs(qy) > limitY || Math.abs(qx) > limitX) {
          wave.set(r, c, 0, 0);
          continue;
        }
        // √(1−s) − 1 written so that small s loses no digits
        double phase = -2 * Math.PI / lambda * distance * sine2 / (1 + Math.sqrt(1 - sine2));
        float cos = (float) Math.cos(phase);
        float sin = (float) Math.sin(phase);
        float re = wave.re(r, c);
        float im = wave.im(r, c);
        wave.set(r, c, cos * re - sin * im, cos * im + sin * re);
      }
    }
    fft.inverse(wave);
  }
}
