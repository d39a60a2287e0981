package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.Modulus;
import argand.array.kernel.Multiply;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;

/// Fresnel scaling: a convolution with the free-space transfer function H over the effective
// distance.
///
/// u = F⁻¹ H F ψ; the change Δu at the detector goes back by the adjoint, F⁻¹ H* F Δu, so that
// frequencies which H
/// stops keep what they were. The transforms are bare; 1/N is folded into H.
final class NearField implements Detector {
  private final Amplitudes amplitudes;
  private final ComplexField transfer;
  private final Fft2 fft;
  private final int rows;
  private final int columns;

  /// @param transfer H/N, zero frequency at (0, 0)
  NearField(Amplitudes amplitudes, ComplexField transfer) {
    this.amplitudes = amplitudes;
    this.transfer = transfer;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    fft = new Fft2(rows, columns);
  }

  @Override
  public double change(ComplexField wave, int view) {
    propagate(wave, false);
    double sum = Modulus.change(Window.of(wave), measured(view), 1f, rows, columns);
    propagate(wave, true);
    return sum;
  }

  @Override
  public double error(ComplexField wave, int view) {
    propagate(wave, false);
    return Modulus.error(Window.of(wave), measured(view), 1f, rows, columns);
  }

  private void propagate(ComplexField wave, boolean back) {
    fft.transform(wave);
    Multiply.by(Window.of(wave), Window.of(transfer), back, rows, columns);
    fft.transformBack(wave);
  }

  private RealWindow measured(int view) {
    return new RealWindow(amplitudes.of(view), 0, columns);
  }
}
