package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.Modulus;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;

/// Fraunhofer: one Fourier transform each way, bare and zero at (0, 0).
///
/// The unitary wave at the detector is u = Ψ/√N with Ψ = Σψ exp(−2πi…) and N pixels. Measured
/// amplitudes are kept in the order of the bare transform and divided by √N, so that the bare
/// inverse of (A/|Ψ| − 1/N)Ψ is Π_F ψ − ψ: neither a shift nor a scale costs anything.
final class FarField implements Detector {
  private final Amplitudes amplitudes;
  private final Fft2 fft;
  private final int rows;
  private final int columns;

  FarField(Amplitudes amplitudes) {
    this.amplitudes = amplitudes;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    fft = new Fft2(rows, columns);
  }

  @Override
  public double change(ComplexField wave, int view) {
    fft.transform(wave);
    double sum =
        Modulus.change(Window.of(wave), measured(view), 1f / (rows * columns), rows, columns);
    fft.transformBack(wave);
    return sum * rows * columns;
  }

  @Override
  public double error(ComplexField wave, int view) {
    fft.transform(wave);
    return Modulus.error(Window.of(wave), measured(view), 1f / (rows * columns), rows, columns)
        * rows
        * columns;
  }

  private RealWindow measured(int view) {
    return new RealWindow(amplitudes.of(view), 0, columns);
  }
}
