package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.StripwiseFft;
import argand.array.kernel.Window;
import java.util.List;
import java.util.stream.Stream;

/// Fraunhofer: one Fourier transform each way, bare and zero at (0, 0).
///
/// The unitary wave at the detector is u = Ψ/√N with Ψ = Σψ exp(−2πi…) and N pixels. Measured
/// amplitudes are kept in the order of the bare transform and divided by √N, so that the bare
/// inverse of (A/|Ψ| − 1/N)Ψ is Π_F ψ − ψ: neither a shift nor a scale costs anything.
///
/// The columns of all modes are transformed; then a few rows of all modes are transformed, compared
/// with the measurement, changed and transformed back; then the columns are transformed back. So
/// each
/// wave goes through the cache three times, where doing one after the other takes six.
final class FarField implements Detector {
  private final Measurement measurement;
  private final StripwiseFft fft;
  private final Measurement.Pixels measured;
  private Window[] strips = {};
  private final int rows;
  private final int columns;
  private final int lanes;
  private final int pixels;

  FarField(Amplitudes amplitudes, float[] flux, DetectorBackground background, boolean bounded) {
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    pixels = amplitudes.grid().size();
    measurement = new Measurement(amplitudes, flux, background, bounded, 1f / pixels);
    fft = new StripwiseFft(rows, columns);
    lanes = fft.lanes();
    measured = new Measurement.Pixels(fft.realStrip(), fft.realStrip());
  }

  @Override
  public double change(Window[] waves, int view, Likelihood likelihood) {
    transformColumns(waves);
    double sum = 0;
    for (int r = 0; r < rows; r += lanes) {
      transformRows(waves, view, r);
      sum += measurement.change(strips, measured, 1, columns * lanes, view, likelihood);
      for (int m = 0; m < waves.length; m++) {
        fft.alongRows(strips[m].swapped());
        fft.toRows(strips[m], waves[m], r);
      }
    }
    for (var wave : waves) {
      fft.columns(wave.swapped());
    }
    return sum * pixels;
  }

  @Override
  public double error(Window[] waves, int view) {
    transformColumns(waves);
    double sum = 0;
    for (int r = 0; r < rows; r += lanes) {
      transformRows(waves, view, r);
      sum += measurement.error(strips, measured, 1, columns * lanes, view);
    }
    return sum * pixels;
  }

  @Override
  public double counts(List<ComplexField> modes, int view) {
    var waves = Window.of(modes);
    transformColumns(waves);
    double sum = 0;
    for (int r = 0; r < rows; r += lanes) {
      transformRows(waves, view, r);
      sum += measurement.computed(strips, measured, 1, columns * lanes);
    }
    return sum * pixels;
  }

  @Override
  public void slopes(Window[] line, int view, Likelihood likelihood, double[] at, double[] sums) {
    transformColumns(line);
    for (int r = 0; r < rows; r += lanes) {
      transformRows(line, view, r);
      measurement.slopes(strips, measured, 1, columns * lanes, view, likelihood, at, sums);
    }
  }

  @Override
  public double backgroundCounts(int view) {
    return measurement.backgroundCounts(view);
  }

  @Override
  public void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    modes.forEach(new Fft2(rows, columns)::transform);
    measurement.background(Window.of(modes), view, slopes, weights);
  }

  @Override
  public void gather(
      List<ComplexField> modes,
      List<List<ComplexField>> slopes,
      int view,
      NormalEquations... into) {
    var whole = new Fft2(rows, columns);
    modes.forEach(whole::transform);
    slopes.forEach(ofParameter -> ofParameter.forEach(whole::transform));
    measurement.gather(modes, slopes, view, into);
  }

  private void transformColumns(Window[] waves) {
    if (strips.length != waves.length) {
      strips = Stream.generate(fft::strip).limit(waves.length).toArray(Window[]::new);
    }
    for (var wave : waves) {
      fft.columns(wave);
    }
  }

  /// Strips of all modes and of what was measured there.
  private void transformRows(Window[] waves, int view, int row) {
    fft.toStrip(measurement.plane(view), row, measured.amplitude());
    if (measurement.hasBackground()) {
      fft.toStrip(measurement.background(), row, measured.background());
    }
    float factor = measurement.factor(view);
    if (factor != 1) {
      float[] values = measured.amplitude().values();
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
    }
    for (int m = 0; m < waves.length; m++) {
      fft.toStrip(waves[m], row, strips[m]);
      fft.alongRows(strips[m]);
    }
  }
}
