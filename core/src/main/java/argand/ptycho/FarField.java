package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.RealWindow;
import java.util.List;

/// Fraunhofer: one Fourier transform each way, bare and zero at (0, 0).
///
/// The unitary wave at the detector is u = Ψ/√N with Ψ = Σψ exp(−2πi…) and N pixels. Measured
/// amplitudes are kept in the order of the bare transform and divided by √N, so that the bare
/// inverse of (A/|Ψ| − 1/N)Ψ is Π_F ψ − ψ: neither a shift nor a scale costs anything.
final class FarField implements Detector {
  private final Measurement measurement;
  private final Fft2 fft;
  private final int pixels;

  FarField(Amplitudes amplitudes, float[] flux, DetectorBackground background) {
    pixels = amplitudes.grid().size();
    measurement = new Measurement(amplitudes, flux, background, 1f / pixels);
    fft = new Fft2(amplitudes.grid().rows(), amplitudes.grid().columns());
  }

  @Override
  public double change(List<ComplexField> modes, int view, Likelihood likelihood) {
    modes.forEach(fft::transform);
    double sum = measurement.change(modes, view, likelihood);
    modes.forEach(fft::transformBack);
    return sum * pixels;
  }

  @Override
  public double error(List<ComplexField> modes, int view) {
    modes.forEach(fft::transform);
    return measurement.error(modes, view) * pixels;
  }

  @Override
  public double counts(List<ComplexField> modes, int view) {
    modes.forEach(fft::transform);
    return measurement.computed(modes, view) * pixels;
  }

  @Override
  public double backgroundCounts(int view) {
    return measurement.backgroundCounts(view);
  }

  @Override
  public void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    modes.forEach(fft::transform);
    measurement.background(modes, view, slopes, weights);
  }

  @Override
  public void line(
      ComplexField a, ComplexField b, ComplexField c, boolean first, RealWindow[] into, int view) {
    fft.transform(a);
    fft.transform(b);
    fft.transform(c);
    measurement.line(a, b, c, first, into, view);
  }

  @Override
  public void slopes(RealWindow[] line, int view, Likelihood likelihood, double t, double[] sums) {
    measurement.slopes(line, view, likelihood, t, sums);
  }

  @Override
  public void gather(
      List<ComplexField> modes, List<List<ComplexField>> slopes, int view, NormalEquations into) {
    modes.forEach(fft::transform);
    slopes.forEach(ofParameter -> ofParameter.forEach(fft::transform));
    measurement.gather(modes, slopes, view, into);
  }
}
