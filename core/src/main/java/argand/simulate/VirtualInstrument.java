package argand.simulate;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.RealField;
import argand.physics.Geometry;
import java.util.List;

/// A diffraction instrument computed on a finer grid than a solver's: the window of sample around
/// the probe is `oversampling` times as wide as a frame's, its pixels `refinement` times as fine.
///
/// So light may scatter beyond the detector, detector pixels collect what falls on their area, and
/// the probe stands between pixels: what a real instrument does and a solver's discrete model does
/// not. In the far field a detector pixel is the sum of oversampling² points of the diffraction
/// pattern, in the near field of refinement² points of the wave behind it.
///
/// Read only; each thread takes its own {@link Camera}.
final class VirtualInstrument {
  private final Geometry geometry;
  private final int oversampling;
  private final int refinement;
  private final Grid window;
  private final ComplexField sample;
  private final ComplexField probeSpectrum;
  private final ComplexField freeSpace;
  private final List<Behind> behind;

  /// A further slice of the sample.
  ///
  /// @param sample on the grid of the first
  /// @param gap from the slice before, as {@link #gap} gives it
  record Behind(ComplexField sample, ComplexField gap) {}

  /// @param sample complex transmission in pixels `refinement` times as fine as the solver's, its
  ///     pixel (rows/2, columns/2) at position 0
  /// @param probe on the window, centred; Σ|P|² is the number of photons
  VirtualInstrument(
      Geometry geometry,
      int oversampling,
      int refinement,
      ComplexField sample,
      ComplexField probe) {
    this(geometry, oversampling, refinement, sample, probe, List.of());
  }

  /// @param behind further slices, in the order in which the beam meets them
  VirtualInstrument(
      Geometry geometry,
      int oversampling,
      int refinement,
      ComplexField sample,
      ComplexField probe,
      List<Behind> behind) {
    this.behind = behind;
    this.geometry = geometry;
    this.oversampling = oversampling;
    this.refinement = refinement;
    this.window = probe.grid();
    this.sample = sample;
    this.probeSpectrum = probe.copy().scale(1.0 / window.size());
    new Fft2(window.rows(), window.columns()).transform(probeSpectrum);
    this.freeSpace =
        geometry.regime() == Geometry.Regime.NEAR_FIELD
            ? freeSpace(geometry, window)
            : new ComplexField(new Grid(1, 1, 1, 1));
  }

  /// The window of a frame of this geometry, finer and wider.
  static Grid window(Geometry geometry, int oversampling, int refinement) {
    Grid frame = geometry.sample();
    return new Grid(
        frame.rows() * oversampling * refinement,
        frame.columns() * oversampling * refinement,
        frame.pixelY() / refinement,
        frame.pixelX() / refinement);
  }

  /// Free space between two slices on a window: exp(2πi z (√(1/λ² − q²) − 1/λ))/size, frequency 0
  /// at (0, 0), without the constant exp(ikz); waves that decay are left out.
  static ComplexField gap(Geometry geometry, Grid window, double distance) {
    double k = 1 / geometry.beam().wavelength();
    var transfer = new ComplexField(window);
    for (int r = 0; r < window.rows(); r++) {
      double qy = signed(r, window.rows()) * window.frequencyY();
      for (int c = 0; c < window.columns(); c++) {
        double qx = signed(c, window.columns()) * window.frequencyX();
        double square = k * k - qy * qy - qx * qx;
        if (square > 0) {
          double phase = 2 * Math.PI * distance * (Math.sqrt(square) - k);
          transfer.set(
              r,
              c,
              (float) (Math.cos(phase) / window.size()),
              (float) (Math.sin(phase) / window.size()));
        }
      }
    }
    return transfer;
  }

  Camera camera() {
    return new Camera();
  }

  /// exp(−iπλ z q²)/size over the effective distance, frequency 0 at (0, 0); zero beyond the band
  /// L/(2λz) in which the window samples it.
  private static ComplexField freeSpace(Geometry geometry, Grid window) {
    double reach = geometry.beam().wavelength() * geometry.effectiveDistance();
    var transfer = new ComplexField(window);
    for (int r = 0; r < window.rows(); r++) {
      double qy = signed(r, window.rows()) * window.frequencyY();
      for (int c = 0; c < window.columns(); c++) {
        double qx = signed(c, window.columns()) * window.frequencyX();
        if (Math.abs(qy) * 2 * reach <= window.rows() * window.pixelY()
            && Math.abs(qx) * 2 * reach <= window.columns() * window.pixelX()) {
          double phase = -Math.PI * reach * (qy * qy + qx * qx);
          transfer.set(
              r,
              c,
              (float) (Math.cos(phase) / window.size()),
              (float) (Math.sin(phase) / window.size()));
        }
      }
    }
    return transfer;
  }

  private static int signed(int k, int n) {
    return k < (n + 1) / 2 ? k : k - n;
  }

  /// Takes one frame after another with buffers of its own.
  final class Camera {
    private final ComplexField wave = new ComplexField(window);
    private final Fft2 fft = new Fft2(window.rows(), window.columns());

    /// into ← mean number of photons in each detector pixel with the probe at (y, x) [m].
    void expose(double y, double x, RealField into) {
      double row = y / window.pixelY() + sample.grid().rows() / 2;
      double column = x / window.pixelX() + sample.grid().columns() / 2;
      double offRow = row - Math.rint(row);
      double offColumn = column - Math.rint(column);
      placeProbe(offRow, offColumn);
      passSample(sample, (int) Math.rint(row), (int) Math.rint(column));
      for (var next : behind) {
        passSpace(next.gap());
        passSample(next.sample(), (int) Math.rint(row), (int) Math.rint(column));
      }
      if (geometry.regime() == Geometry.Regime.FAR_FIELD) {
        farField(into);
      } else {
        nearField(offRow, offColumn, into);
      }
    }

    /// wave ← the probe, moved by a fraction of a fine pixel by the shift theorem
    private void placeProbe(double down, double right) {
      wave.set(probeSpectrum);
      ramp(-down, -right, true);
      fft.transformBack(wave);
    }

    /// wave ← F⁻¹ gap F wave
    private void passSpace(ComplexField gap) {
      fft.transform(wave);
      for (int r = 0; r < window.rows(); r++) {
        multiply(wave, r * wave.pitch(), window.columns(), gap, r * gap.pitch());
      }
      fft.transformBack(wave);
    }

    /// wave ← wave · sample, the middle of the window at (row, column) of the sample
    private void passSample(ComplexField sample, int row, int column) {
      int top = row - window.rows() / 2;
      int left = column - window.columns() / 2;
      for (int r = 0; r < window.rows(); r++) {
        int s = (r + top) * sample.pitch() + left;
        int i = r * wave.pitch();
        multiply(wave, i, window.columns(), sample, s);
      }
    }

    /// Points ν = oversampling·(k − n/2) + i − (oversampling − 1)/2 of the pattern belong to pixel
    /// k
    private void farField(RealField into) {
      double half = 0.5 * (oversampling - 1);
      ramp(half, half, false);
      fft.transform(wave);
      int rows = into.grid().rows();
      int columns = into.grid().columns();
      collect(into, oversampling, -(rows / 2) * oversampling, -(columns / 2) * oversampling);
      // Bare transform of a wave in real units: unitary would be 1/√size
      scale(into, 1.0 / window.size());
    }

    /// The wave on the detector, moved so that the probe's middle and the pixels' areas fall into
    /// place
    private void nearField(double down, double right, RealField into) {
      double half = 0.5 * (refinement - 1);
      fft.transform(wave);
      for (int r = 0; r < window.rows(); r++) {
        multiply(wave, r * wave.pitch(), window.columns(), freeSpace, r * freeSpace.pitch());
      }
      ramp(down - half, right - half, true);
      fft.transformBack(wave);
      int top = window.rows() / 2 - (into.grid().rows() / 2) * refinement;
      int left = window.columns() / 2 - (into.grid().columns() / 2) * refinement;
      collect(into, refinement, top, left);
    }

    /// wave(r, c) ← wave · exp(+2πi (k·down/rows + l·right/columns)); k, l are r, c, or signed
    /// frequencies
    private void ramp(double down, double right, boolean frequencies) {
      int columns = window.columns();
      float[] cos = new float[columns];
      float[] sin = new float[columns];
      for (int c = 0; c < columns; c++) {
        int l = frequencies ? signed(c, columns) : c;
        double angle = 2 * Math.PI * l * right / columns;
        cos[c] = (float) Math.cos(angle);
        sin[c] = (float) Math.sin(angle);
      }
      for (int r = 0; r < window.rows(); r++) {
        int k = frequencies ? signed(r, window.rows()) : r;
        double angle = 2 * Math.PI * k * down / window.rows();
        float a = (float) Math.cos(angle);
        float b = (float) Math.sin(angle);
        for (int c = 0, i = r * wave.pitch(); c < columns; c++, i++) {
          float u = a * cos[c] - b * sin[c];
          float v = a * sin[c] + b * cos[c];
          float x = wave.re()[i];
          float y = wave.im()[i];
          wave.re()[i] = u * x - v * y;
          wave.im()[i] = u * y + v * x;
        }
      }
    }

    /// into(k, l) ← Σ |wave|² over factor × factor points from (top + factor·k, left + factor·l),
    /// around the edges
    private void collect(RealField into, int factor, int top, int left) {
      int rows = into.grid().rows();
      int columns = into.grid().columns();
      for (int k = 0; k < rows; k++) {
        for (int l = 0; l < columns; l++) {
          double sum = 0;
          for (int i = 0; i < factor; i++) {
            int r = Math.floorMod(top + k * factor + i, window.rows());
            for (int j = 0; j < factor; j++) {
              int c = Math.floorMod(left + l * factor + j, window.columns());
              double re = wave.re(r, c);
              double im = wave.im(r, c);
              sum += re * re + im * im;
            }
          }
          into.set(k, l, (float) sum);
        }
      }
    }
  }

  private static void scale(RealField field, double factor) {
    for (int i = 0; i < field.values().length; i++) {
      field.values()[i] = (float) (field.values()[i] * factor);
    }
  }

  /// a(i…) ← a(i…) · b(j…) over `length` pixels of a row
  private static void multiply(ComplexField a, int i, int length, ComplexField b, int j) {
    float[] re = a.re();
    float[] im = a.im();
    float[] bre = b.re();
    float[] bim = b.im();
    for (int k = 0; k < length; k++) {
      float x = re[i + k];
      float y = im[i + k];
      float u = bre[j + k];
      float v = bim[j + k];
      re[i + k] = x * u - y * v;
      im[i + k] = x * v + y * u;
    }
  }
}
