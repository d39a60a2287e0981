package argand.ptycho;

import argand.Paper;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.kernel.Window;
import java.util.Arrays;

/// What a band of wavelengths makes of a far field. Optics and sample that do the same to all of
/// the band send one exit wave, which each wavelength spreads by its own length over the detector;
/// with x from the middle of the detector, s = E/E₀ and w the photons of the band
///
///     I(x) = Σ_k w_k |s_k Ψ(s_k x)|²                                                (1)
///
/// a blur along the radius that grows with it. The sum is over a normal band, out to 2.5 standard
/// deviations, its energies at most a pixel apart at the edge of the frame. Ψ between its pixels is
/// their Lanczos mean over eight along each axis, with the wave's middle in the middle of the
/// frame:
/// good to 1 % where the wave is narrower than a third of the frame. Beyond the edge Ψ repeats, as
/// it does for a wave in pixels.
@Paper(
    value =
        "B. Enders, M. Dierolf, P. Cloetens, M. Stockmar, F. Pfeiffer, P. Thibault, Ptychography with"
            + " broad-bandwidth radiation, Appl. Phys. Lett. 104, 171104 (2014)",
    doi = "10.1063/1.4874304")
final class WavelengthBand {
  private static final double DEVIATIONS = 2.5;
  private static final double SPACING_PX = 1;
  private static final int FEWEST = 5;
  private static final int TAPS = 8;

  private final int rows;
  private final int columns;
  private final Axis[] down;
  private final Axis[] right;

  /// For each pixel of one axis the first of eight that it is a mean of, and their weights; the
  /// photons of the energy, and s, are in those of the rows.
  private record Axis(int[] first, float[][] weights) {
    /// @param n pixels, zero frequency first
    static Axis of(int n, double s, double factor) {
      int[] first = new int[n];
      float[][] weights = new float[n][TAPS];
      for (int i = 0; i < n; i++) {
        double x = s * (i < n - n / 2 ? i : i - n);
        int from = (int) Math.floor(x) - TAPS / 2 + 1;
        double[] taps = taps(x - from);
        first[i] = Math.floorMod(from, n);
        for (int t = 0; t < TAPS; t++) {
          // the middle of the frame is the middle of the wave, so Ψ alternates
          weights[i][t] = (float) ((Math.floorMod(from + t, 2) == 0 ? factor : -factor) * taps[t]);
        }
      }
      return new Axis(first, weights);
    }

    /// sinc(t − k) sinc((t − k)/4), their sum 1
    private static double[] taps(double t) {
      double[] taps = new double[TAPS];
      double half = TAPS / 2;
      for (int k = 0; k < TAPS; k++) {
        double d = Math.PI * (t - k);
        if (Math.abs(d) < 1e-9) {
          taps[k] = 1;
        } else if (Math.abs(t - k) < half) {
          taps[k] = half * Math.sin(d) * Math.sin(d / half) / (d * d);
        }
      }
      double sum = Arrays.stream(taps).sum();
      return Arrays.stream(taps).map(tap -> tap / sum).toArray();
    }
  }

  /// @param bandwidth full width at half maximum of the energies ÷ the energy
  WavelengthBand(Grid frame, double bandwidth) {
    rows = frame.rows();
    columns = frame.columns();
    int side = energies(frame, bandwidth) / 2;
    double deviation = deviation(bandwidth);
    down = new Axis[2 * side + 1];
    right = new Axis[down.length];
    double all = 0;
    for (int k = 0; k < down.length; k++) {
      all += photons(k, side);
    }
    for (int k = 0; k < down.length; k++) {
      double s = 1 + deviation * DEVIATIONS * (k - side) / side;
      down[k] = Axis.of(rows, s, s * Math.sqrt(photons(k, side) / all));
      right[k] = Axis.of(columns, s, 1);
    }
  }

  private static double photons(int k, int side) {
    double t = DEVIATIONS * (k - side) / side;
    return Math.exp(-0.5 * t * t);
  }

  private static double deviation(double bandwidth) {
    return bandwidth / (2 * Math.sqrt(2 * Math.log(2)));
  }

  private static int energies(Grid frame, double bandwidth) {
    double edge = 0.5 * Math.max(frame.rows(), frame.columns());
    double reach = DEVIATIONS * deviation(bandwidth) * edge;
    return Math.max(FEWEST, 2 * (int) Math.ceil(reach / SPACING_PX) + 1);
  }

  /// Bytes of the waves of each energy that one thread holds, and their lines.
  static long memoryBytes(Grid frame, double bandwidth, int modes) {
    return 8L * (3L * modes * energies(frame, bandwidth) + 2) * frame.size();
  }

  /// Number of energies.
  int count() {
    return down.length;
  }

  /// Room for one thread.
  ComplexField room() {
    return new ComplexField(new Grid(rows, columns + TAPS, 1, 1));
  }

  /// into ← √w_k s_k Ψ(s_k x)
  void scaled(Window wave, int k, ComplexField into, ComplexField room) {
    scaled(wave.re(), wave.offset(), wave.pitch(), k, into.re(), into.pitch(), room.re());
    scaled(wave.im(), wave.offset(), wave.pitch(), k, into.im(), into.pitch(), room.im());
  }

  private void scaled(
      float[] wave, int offset, int pitch, int k, float[] into, int intoPitch, float[] line) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(line, 0, columns, 0);
      for (int t = 0; t < TAPS; t++) {
        float w = down[k].weights[r][t];
        int from = offset + (down[k].first[r] + t) % rows * pitch;
        for (int c = 0; c < columns; c++) {
          line[c] += w * wave[from + c];
        }
      }
      System.arraycopy(line, 0, line, columns, TAPS);
      for (int c = 0; c < columns; c++) {
        int first = right[k].first[c];
        float[] w = right[k].weights[c];
        float sum = 0;
        for (int t = 0; t < TAPS; t++) {
          sum += w[t] * line[first + t];
        }
        into[r * intoPitch + c] = sum;
      }
    }
  }

  /// into ← it + the adjoint of {@link #scaled}
  void addBack(ComplexField wave, int k, Window into, ComplexField room) {
    addBack(wave.re(), wave.pitch(), k, into.re(), into.offset(), into.pitch(), room.re());
    addBack(wave.im(), wave.pitch(), k, into.im(), into.offset(), into.pitch(), room.im());
  }

  private void addBack(
      float[] wave, int pitch, int k, float[] into, int offset, int intoPitch, float[] line) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(line, 0, columns + TAPS, 0);
      for (int c = 0; c < columns; c++) {
        int first = right[k].first[c];
        float[] w = right[k].weights[c];
        float value = wave[r * pitch + c];
        for (int t = 0; t < TAPS; t++) {
          line[first + t] += w[t] * value;
        }
      }
      for (int t = 0; t < TAPS; t++) {
        line[t] += line[columns + t];
      }
      for (int t = 0; t < TAPS; t++) {
        float w = down[k].weights[r][t];
        int to = offset + (down[k].first[r] + t) % rows * intoPitch;
        for (int c = 0; c < columns; c++) {
          into[to + c] += w * line[c];
        }
      }
    }
  }
}
