package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.RealField;

/// The surface whose gradient is nearest to a given one, in least squares: φ̂ = −i (k_y ĝ_y + k_x
/// ĝ_x) / (k_y² + k_x²).
///
/// The gradient is continued by mirrors, so that the borders do not meet: Bon, Monneret &
/// Wattellier, Appl. Opt. 51, 5698 (2012), doi:10.1364/AO.51.005698. The mean is 0.
final class GradientIntegration {
  private GradientIntegration() {}

  /// @param down ∂φ/∂y [rad/m]
  /// @param right ∂φ/∂x [rad/m]
  static RealField of(RealField down, RealField right) {
    Grid grid = down.grid();
    int rows = 2 * grid.rows();
    int columns = 2 * grid.columns();
    Grid twice = new Grid(rows, columns, grid.pixelY(), grid.pixelX());
    var y = mirrored(down, twice, true);
    var x = mirrored(right, twice, false);
    var fft = new Fft2(rows, columns);
    fft.transform(y);
    fft.transform(x);
    for (int r = 0; r < rows; r++) {
      double ky = wave(r, rows, twice.frequencyY());
      for (int c = 0; c < columns; c++) {
        double kx = wave(c, columns, twice.frequencyX());
        double square = ky * ky + kx * kx;
        double re = square == 0 ? 0 : (ky * y.re(r, c) + kx * x.re(r, c)) / square;
        double im = square == 0 ? 0 : (ky * y.im(r, c) + kx * x.im(r, c)) / square;
        y.set(r, c, (float) im, (float) -re);
      }
    }
    fft.transformBack(y);
    var surface = new RealField(grid);
    double sum = 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        surface.set(r, c, y.re(r, c) / (rows * columns));
        sum += surface.at(r, c);
      }
    }
    for (int i = 0; i < grid.size(); i++) {
      surface.values()[i] -= (float) (sum / grid.size());
    }
    return surface;
  }

  /// The wave number [rad/m] of line k.
  private static double wave(int k, int count, double spacing) {
    return 2 * Math.PI * spacing * (k < (count + 1) / 2 ? k : k - count);
  }

  /// The component along an axis changes its sign in the mirror across that axis.
  private static ComplexField mirrored(RealField field, Grid twice, boolean isDown) {
    var wide = new ComplexField(twice);
    int rows = field.grid().rows();
    int columns = field.grid().columns();
    for (int r = 0; r < 2 * rows; r++) {
      for (int c = 0; c < 2 * columns; c++) {
        float value =
            field.at(r < rows ? r : 2 * rows - 1 - r, c < columns ? c : 2 * columns - 1 - c);
        boolean turned = isDown ? r >= rows : c >= columns;
        wide.set(r, c, turned ? -value : value, 0);
      }
    }
    return wide;
  }
}
