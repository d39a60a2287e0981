package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Workers;
import argand.array.kernel.Multiply;
import argand.array.kernel.Window;

/// A phase that is a quadratic form, ½ (K_yy y² + 2 K_yx y x + K_xx x²): over pixels from the
/// middle the curvature of a wave, over angular frequencies [rad/px] free space.
///
/// @param yy K_yy
/// @param yx K_yx
/// @param xx K_xx
record QuadraticPhase(double yy, double yx, double xx) {
  /// f ← exp(iφ(k)) f on the spectrum of f: for K = −λz/(2πΔ²) that is Fresnel propagation over z.
  void propagate(ComplexField f, Workers workers) {
    var grid = f.grid();
    int rows = grid.rows();
    int columns = grid.columns();
    var fft = new Fft2(rows, columns);
    var wave = f.copy();
    fft.transform(wave);
    workers.forEach(
        rows,
        (r, worker) -> {
          double y = angular(r, rows);
          for (int c = 0; c < columns; c++) {
            turn(wave, r * wave.pitch() + c, at(y, angular(c, columns)), 1.0 / grid.size());
          }
        });
    fft.transformBack(wave);
    // what lies beyond the columns is transformed too and would grow without bound: it stays behind
    for (int r = 0; r < rows; r++) {
      System.arraycopy(wave.re(), r * wave.pitch(), f.re(), r * f.pitch(), columns);
      System.arraycopy(wave.im(), r * wave.pitch(), f.im(), r * f.pitch(), columns);
    }
  }

  /// The wave f, curved where it arrives behind free space: f ← f + U† (exp(iφ(ρ)) − 1) U f, so
  /// that frequencies which do not arrive stay what they were.
  ///
  /// @param transfer U/N, zero frequency at (0, 0)
  void curveBehind(ComplexField transfer, ComplexField f) {
    int rows = f.grid().rows();
    int columns = f.grid().columns();
    var fft = new Fft2(rows, columns);
    var wave = f.copy();
    fft.transform(wave);
    Multiply.by(Window.of(wave), Window.of(transfer), false, rows, columns);
    fft.transformBack(wave);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * wave.pitch() + c;
        float re = wave.re()[i];
        float im = wave.im()[i];
        turn(wave, i, at(r - rows / 2, c - columns / 2), 1);
        wave.re()[i] -= re;
        wave.im()[i] -= im;
      }
    }
    fft.transform(wave);
    Multiply.by(Window.of(wave), Window.of(transfer), true, rows, columns);
    fft.transformBack(wave);
    for (int r = 0; r < rows; r++) {
      for (int i = r * f.pitch(); i < r * f.pitch() + columns; i++) {
        f.re()[i] += wave.re()[i];
        f.im()[i] += wave.im()[i];
      }
    }
  }

  private double at(double y, double x) {
    return 0.5 * (yy * y * y + 2 * yx * y * x + xx * x * x);
  }

  private static double angular(int index, int count) {
    return 2 * Math.PI * (index < (count + 1) / 2 ? index : index - count) / count;
  }

  private static void turn(ComplexField f, int i, double phase, double scale) {
    double cos = scale * Math.cos(phase);
    double sin = scale * Math.sin(phase);
    float re = f.re()[i];
    float im = f.im()[i];
    f.re()[i] = (float) (re * cos - im * sin);
    f.im()[i] = (float) (re * sin + im * cos);
  }
}
