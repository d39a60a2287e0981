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
/// the way: it is the sample that moves, the probe stands still before the detector. So it is in a
/// fly scan, where each component of a view belongs to a step of the exposure and is moved back by
/// that step too. The change Δu at the detector goes back by the adjoint, F⁻¹ H* F Δu, so that
/// frequencies which H stops keep
/// what they were. The transforms are bare; 1/N is folded into H.
final class NearField implements Detector {
  private final Measurement measurement;
  private final Transfer transfer;
  private final Windows windows;
  private final ModelParts parts;
  private final Fft2 fft;
  private final Ramp y;
  private final Ramp x;
  private final float[] normalised;
  private final int rows;
  private final int columns;

  NearField(
      Amplitudes amplitudes,
      float[] flux,
      DetectorBackground background,
      boolean bounded,
      Transfer transfer,
      Windows windows,
      ModelParts parts) {
    measurement = new Measurement(amplitudes, flux, background, bounded, 1);
    this.transfer = transfer;
    this.windows = windows;
    this.parts = parts;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    fft = new Fft2(rows, columns);
    normalised = new float[rows * columns];
    y = Ramp.of(rows);
    x = Ramp.of(columns);
  }

  @Override
  public double change(Window[] waves, int view, Likelihood likelihood) {
    forward(waves, view);
    double sum = measurement.change(waves, measured(view), rows, columns, view, likelihood);
    for (int c = 0; c < waves.length; c++) {
      back(waves[c], view, parts.step(c, waves.length));
    }
    return sum;
  }

  @Override
  public double error(Window[] waves, int view) {
    forward(waves, view);
    return measurement.error(waves, measured(view), rows, columns, view);
  }

  @Override
  public double counts(List<ComplexField> modes, int view) {
    var waves = Window.of(modes);
    forward(waves, view);
    return measurement.computed(waves, measured(view), rows, columns);
  }

  @Override
  public void slopes(Window[] line, int view, Likelihood likelihood, double[] at, double[] sums) {
    for (int k = 0; k < line.length; k++) { // a, b and c of each component
      forward(line[k], view, parts.step(k / 3, line.length / 3));
    }
    measurement.slopes(line, measured(view), rows, columns, view, likelihood, at, sums);
  }

  @Override
  public double backgroundCounts(int view) {
    return measurement.backgroundCounts(view);
  }

  @Override
  public void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    var waves = Window.of(modes);
    forward(waves, view);
    measurement.background(waves, view, slopes, weights);
  }

  private Measurement.Pixels measured(int view) {
    var plane = measurement.plane(view);
    float factor = measurement.factor(view);
    if (factor == 1) {
      return new Measurement.Pixels(plane, measurement.background());
    }
    for (int i = 0; i < normalised.length; i++) {
      normalised[i] = factor * plane.values()[i];
    }
    return new Measurement.Pixels(new RealWindow(normalised, 0, columns), measurement.background());
  }

  private void forward(Window[] waves, int view) {
    for (int c = 0; c < waves.length; c++) {
      forward(waves[c], view, parts.step(c, waves.length));
    }
  }

  private void back(Window wave, int view, int step) {
    fft.transform(wave);
    Multiply.by(wave, Window.of(transfer.field()), true, rows, columns);
    move(wave, windows.shiftY(view) + parts.down(step), windows.shiftX(view) + parts.right(step));
    fft.transformBack(wave);
  }

  private void forward(Window wave, int view, int step) {
    fft.transform(wave);
    Multiply.by(wave, Window.of(transfer.field()), false, rows, columns);
    move(wave, -windows.shiftY(view) - parts.down(step), -windows.shiftX(view) - parts.right(step));
    fft.transformBack(wave);
  }

  private void move(Window spectrum, double down, double right) {
    if (down != 0 || right != 0) {
      y.setMove(down, 1);
      x.setMove(right, 1);
      Multiply.byRamp(spectrum, y, x, spectrum, rows, columns);
    }
  }

  @Override
  public void gather(
      List<ComplexField> modes,
      List<List<ComplexField>> slopes,
      int view,
      NormalEquations... into) {
    forward(Window.of(modes), view);
    slopes.forEach(ofParameter -> forward(Window.of(ofParameter), view));
    measurement.gather(modes, slopes, view, into);
  }
}
