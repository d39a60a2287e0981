package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.sampling.ScanPlan;

/// A start probe that is as large as the speckle of the frames says: that of the mean frame,
/// {@link ProbeStart.FromFrames}, out of focus. Its sign of defocus is a guess.
///
/// With the amplitude A(q) of the mean frame and a phase π a q², q in detector pixels, each axis of
/// the probe has the variance σ² = σ₀² + (N a)² ⟨q²⟩ in pixels of the sample, σ₀² that in focus.
final class SpreadStart {
  private SpreadStart() {}

  /// @param scan a far field
  static Probe of(DiffractionScan scan) {
    return of(scan, false);
  }

  /// @param other the other sign of defocus
  static Probe of(DiffractionScan scan, boolean other) {
    var wave = new ProbeStart.FromFrames().start(scan);
    var sample = scan.geometry().sample();
    int rows = sample.rows();
    int columns = sample.columns();
    var size = ScanPlan.of(scan).probe();
    double wanted =
        0.5
            * (square(size.height() / 4 / sample.pixelY())
                + square(size.width() / 4 / sample.pixelX()));
    double focus = 0.5 * (variance(wave, true) + variance(wave, false));
    var fft = new Fft2(rows, columns);
    fft.forward(wave);
    double spread = 0.5 * (variance(wave, true) + variance(wave, false)); // ⟨q²⟩
    double n = Math.sqrt((double) rows * columns);
    double a = wanted > focus && spread > 0 ? Math.sqrt((wanted - focus) / spread) / n : 0;
    if (other) {
      a = -a;
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double q = square(r - rows / 2) + square(c - columns / 2);
        double cos = Math.cos(Math.PI * a * q);
        double sin = Math.sin(Math.PI * a * q);
        double re = wave.re(r, c);
        double im = wave.im(r, c);
        wave.set(r, c, (float) (re * cos - im * sin), (float) (re * sin + im * cos));
      }
    }
    fft.inverse(wave);
    return Probe.of(wave);
  }

  /// Of the intensity about the middle, where it is above a hundredth of its maximum.
  private static double variance(ComplexField field, boolean alongRows) {
    var light = field.intensity();
    double level = 0.01 * light.max();
    int columns = light.grid().columns();
    int middle = alongRows ? light.grid().rows() / 2 : columns / 2;
    double sum = 0;
    double square = 0;
    for (int i = 0; i < light.values().length; i++) {
      double value = light.values()[i];
      if (value > level) {
        sum += value;
        square += value * square((alongRows ? i / columns : i % columns) - middle);
      }
    }
    return sum > 0 ? square / sum : 0;
  }

  private static double square(double x) {
    return x * x;
  }
}
