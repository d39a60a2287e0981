package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.Multiply;
import argand.array.kernel.Multiply.Ramp;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.List;

/// Fresnel scaling: a convolution with the free-space transfer function H over the effective
/// distance.
///
/// u = F⁻¹ H F ψ, with the wave of a probe that was moved by a fraction of a pixel moved back on
/// the way: it is the sample that moves, the probe stands still before the detector. The change Δu
/// at the detector goes back by the adjoint, F⁻¹ H* F Δu, so that frequencies which H stops keep
/// what they were. The transforms are bare; 1/N is folded into H.
final class NearField implements Detector {
  private final Measurement measurement;
  private final Transfer transfer;
  private final Windows windows;
  private final Fft2 fft;
  private final Ramp y;
  private final Ramp x;
  private final int rows;
  private final int columns;

  NearField(
      Amplitudes amplitudes,
      float[] flux,
      DetectorBackground background,
      Transfer transfer,
      Windows windows) {
    measurement = new Measurement(amplitudes, flux, background, 1);
    this.transfer = transfer;
    this.windows = windows;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    fft = new Fft2(rows, columns);
    y = Ramp.of(rows);
    x = Ramp.of(columns);
  }

  @Override
  public double change(List<ComplexField> modes, int view, Likelihood likelihood) {
    modes.forEach(wave -> forward(wave, view));
    double sum = measurement.change(modes, view, likelihood);
    modes.forEach(wave -> back(wave, view));
    return sum;
  }

  @Override
  public double error(List<ComplexField> modes, int view) {
    modes.forEach(wave -> forward(wave, view));
    return measurement.error(modes, view);
  }

  @Override
  public double counts(List<ComplexField> modes, int view) {
    modes.forEach(wave -> forward(wave, view));
    return measurement.computed(modes, view);
  }

  @Override
  public double backgroundCounts(int view) {
    return measurement.backgroundCounts(view);
  }

  @Override
  public void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    modes.forEach(wave -> forward(wave, view));
    measurement.background(modes, view, slopes, weights);
  }

  @Override
  public void line(
      ComplexField a, ComplexField b, ComplexField c, boolean first, RealWindow[] into, int view) {
    forward(a, view);
    forward(b, view);
    forward(c, view);
    measurement.line(a, b, c, first, into, view);
  }

  @Override
  public void slopes(RealWindow[] line, int view, Likelihood likelihood, double t, double[] sums) {
    measurement.slopes(line, view, likelihood, t, sums);
  }

  private void back(ComplexField wave, int view) {
    fft.transform(wave);
    Multiply.by(Window.of(wave), Window.of(transfer.field()), true, rows, columns);
    move(wave, windows.shiftY(view), windows.shiftX(view));
    fft.transformBack(wave);
  }

  private void forward(ComplexField wave, int view) {
    fft.transform(wave);
    Multiply.by(Window.of(wave), Window.of(transfer.field()), false, rows, columns);
    move(wave, -windows.shiftY(view), -windows.shiftX(view));
    fft.transformBack(wave);
  }

  private void move(ComplexField spectrum, double down, double right) {
    if (windows.shifted()) {
      var f = Window.of(spectrum);
      y.setMove(down, 1);
      x.setMove(right, 1);
      Multiply.byRamp(f, y, x, f, rows, columns);
    }
  }

  @Override
  public void gather(
      List<ComplexField> modes, List<List<ComplexField>> slopes, int view, NormalEquations into) {
    modes.forEach(wave -> forward(wave, view));
    slopes.forEach(ofParameter -> ofParameter.forEach(wave -> forward(wave, view)));
    measurement.gather(modes, slopes, view, into);
  }
}
