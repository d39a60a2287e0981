package argand.ptycho;

import argand.Paper;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.kernel.RealWindow;
import argand.array.kernel.ShortFilter;
import argand.array.kernel.VariedFilter;
import argand.array.kernel.Window;
import java.util.Arrays;

/// What a band of wavelengths makes of a far field. Optics and sample that do the same to all of
/// the band send one exit wave, which each wavelength spreads by its own length over the detector;
/// with x from the middle of the detector, s = E/E₀ and w the photons of the band
///
///     I(x) = Σ_k w_k |s_k Ψ(s_k x)|²                                                (1)
///
/// a blur along the radius that grows with it. The sum stands for a normal band; it takes as few
/// energies as blur the finest speckles that a wave of a third of the frame can have, three pixels,
/// at the edge of the frame to 1.5 % of their contrast ({@link NormalRule}). Ψ between its pixels
/// is a sum of four along each axis ({@link KaiserBessel}), with the wave's middle in the middle of
/// the frame: good to 0.1 % where the wave is narrower than half the frame, to 3 % where it is
/// narrower than 0.7. Beyond the edge Ψ repeats, as it does for a wave in pixels.
@Paper(
    value =
        "B. Enders, M. Dierolf, P. Cloetens, M. Stockmar, F. Pfeiffer, P. Thibault, Ptychography with"
            + " broad-bandwidth radiation, Appl. Phys. Lett. 104, 171104 (2014)",
    doi = "10.1063/1.4874304")
final class WavelengthBand {
  /// Finest speckles of a wave [px].
  private static final double SPECKLE_PX = 3;

  private static final double TOLERANCE = 0.015;
  private static final int TAPS = KaiserBessel.TAPS;

  private final int rows;
  private final int columns;
  private final Axis[] down;
  private final Axis[] right;
  private final RealWindow even;

  /// Each pixel of one axis is a sum of four, `shift` and the next from itself on, by weights[0 …
  /// 3] of the pixel. The shift is the same in runs of pixels: from starts[k] to starts[k + 1] it
  /// is shifts[k]. Photons of the energy, and s, are in the weights of the rows.
  private record Axis(int[] starts, int[] shifts, float[][] weights) {
    /// @param n pixels, zero frequency first
    static Axis of(int n, double s, double factor) {
      int[] starts = new int[n + 1];
      int[] shifts = new int[n];
      float[][] weights = new float[TAPS][n];
      int runs = 0;
      for (int i = 0; i < n; i++) {
        int frequency = i < n - n / 2 ? i : i - n;
        double x = s * frequency;
        int from = (int) Math.floor(x) - TAPS / 2 + 1;
        double[] taps = KaiserBessel.taps(x - from);
        for (int t = 0; t < TAPS; t++) {
          // the middle of the frame is the middle of the wave, so Ψ alternates
          weights[t][i] = (float) ((Math.floorMod(from + t, 2) == 0 ? factor : -factor) * taps[t]);
        }
        if (runs == 0 || from - frequency != shifts[runs - 1] || i == n - n / 2) {
          starts[runs] = i;
          shifts[runs++] = from - frequency;
        }
      }
      starts[runs] = n;
      return new Axis(Arrays.copyOf(starts, runs + 1), Arrays.copyOf(shifts, runs), weights);
    }

    int runs() {
      return shifts.length;
    }
  }

  /// @param bandwidth full width at half maximum of the energies ÷ the energy
  WavelengthBand(Grid frame, double bandwidth) {
    this(frame, bandwidth, TOLERANCE);
  }

  /// @param tolerance part of the contrast of the finest speckles at the edge of the frame
  WavelengthBand(Grid frame, double bandwidth, double tolerance) {
    rows = frame.rows();
    columns = frame.columns();
    even = new RealWindow(KaiserBessel.even(rows, columns), 0, columns);
    var rule = rule(frame, bandwidth, tolerance);
    double deviation = deviation(bandwidth);
    down = new Axis[rule.places().length];
    right = new Axis[down.length];
    for (int k = 0; k < down.length; k++) {
      double s = 1 + deviation * rule.places()[k];
      down[k] = Axis.of(rows, s, s * Math.sqrt(rule.weights()[k]));
      right[k] = Axis.of(columns, s, 1);
    }
  }

  private static double deviation(double bandwidth) {
    return bandwidth / (2 * Math.sqrt(2 * Math.log(2)));
  }

  private static NormalRule rule(Grid frame, double bandwidth, double tolerance) {
    return NormalRule.of(fastest(frame, bandwidth), tolerance);
  }

  /// How far the finest speckles at the edge of the frame go by a standard deviation [rad].
  private static double fastest(Grid frame, double bandwidth) {
    double edge = 0.5 * Math.max(frame.rows(), frame.columns());
    return 2 * Math.PI / SPECKLE_PX * deviation(bandwidth) * edge;
  }

  /// Bytes of the waves of each energy that one thread holds, and their lines.
  static long memoryBytes(Grid frame, double bandwidth, int modes) {
    int energies = rule(frame, bandwidth, TOLERANCE).places().length;
    return 8L * ((3L * modes * energies + 2) * frame.size() + room(frame));
  }

  private static int room(Grid frame) {
    return 2 * (frame.columns() + TAPS);
  }

  /// Width of a band that takes the finest speckles at the edge of this frame to exp(−½) of their
  /// contrast.
  static double finest(Grid frame) {
    return 1 / fastest(frame, 1);
  }

  /// Number of energies.
  int count() {
    return down.length;
  }

  /// A line of pixels in the order of their frequency, half a frame of what repeats at either end;
  /// for one thread.
  float[] room() {
    return new float[2 * (columns + TAPS)];
  }

  /// Where frequency 0 is in a line.
  private int middle() {
    return columns + TAPS;
  }

  /// What an exit wave is multiplied by before it is transformed, and its change after it was
  /// transformed back.
  RealWindow even() {
    return even;
  }

  /// into ← √w_k s_k Ψ(s_k x)
  ///
  /// @param wave Ψ of a wave that was multiplied by {@link #even}
  void scaled(Window wave, int k, ComplexField into, float[] line) {
    scaled(wave.re(), wave.offset(), wave.pitch(), k, into.re(), into.pitch(), line);
    scaled(wave.im(), wave.offset(), wave.pitch(), k, into.im(), into.pitch(), line);
  }

  private void scaled(
      float[] wave, int offset, int pitch, int k, float[] into, int intoPitch, float[] line) {
    int zero = middle();
    var x = right[k];
    int[] at = new int[TAPS];
    float[] weights = new float[TAPS];
    for (int run = 0; run < down[k].runs(); run++) {
      for (int r = down[k].starts[run]; r < down[k].starts[run + 1]; r++) {
        for (int t = 0; t < TAPS; t++) {
          weights[t] = down[k].weights[t][r];
          at[t] = offset + Math.floorMod(r + down[k].shifts[run] + t, rows) * pitch;
        }
        ShortFilter.across(wave, at, weights, line, zero, columns);
        repeat(line);
        for (int part = 0; part < x.runs(); part++) {
          int from = x.starts[part];
          int count = x.starts[part + 1] - from;
          int to = r * intoPitch + from;
          VariedFilter.along(line, start(x, part), x.weights, from, into, to, count);
        }
      }
    }
  }

  /// Where in a line the first pixel of a run has its first tap.
  private int start(Axis x, int part) {
    int from = x.starts[part];
    int frequency = from < columns - columns / 2 ? from : from - columns;
    return middle() + frequency + x.shifts[part];
  }

  /// line ← what repeats, from frequencies 0 … n − 1 on: those below zero, and half a frame beyond.
  private void repeat(float[] line) {
    int zero = middle();
    System.arraycopy(line, zero, line, zero - columns, columns);
    System.arraycopy(line, zero - TAPS, line, zero - TAPS - columns, TAPS);
    System.arraycopy(line, zero, line, zero + columns, TAPS);
  }

  /// into ← it + the adjoint of {@link #scaled}
  void addBack(ComplexField wave, int k, Window into, float[] line) {
    addBack(wave.re(), wave.pitch(), k, into.re(), into.offset(), into.pitch(), line);
    addBack(wave.im(), wave.pitch(), k, into.im(), into.offset(), into.pitch(), line);
  }

  private void addBack(
      float[] wave, int pitch, int k, float[] into, int offset, int intoPitch, float[] line) {
    int zero = middle();
    var x = right[k];
    for (int run = 0; run < down[k].runs(); run++) {
      for (int r = down[k].starts[run]; r < down[k].starts[run + 1]; r++) {
        Arrays.fill(line, 0);
        for (int part = 0; part < x.runs(); part++) {
          int from = x.starts[part];
          int count = x.starts[part + 1] - from;
          int of = r * pitch + from;
          VariedFilter.back(wave, of, x.weights, from, line, start(x, part), count);
        }
        VariedFilter.add(1, line, zero - columns - TAPS, line, zero - TAPS, TAPS);
        VariedFilter.add(1, line, zero - columns, line, zero, columns);
        VariedFilter.add(1, line, zero + columns, line, zero, TAPS);
        for (int t = 0; t < TAPS; t++) {
          int row = Math.floorMod(r + down[k].shifts[run] + t, rows);
          float w = down[k].weights[t][r];
          VariedFilter.add(w, line, zero, into, offset + row * intoPitch, columns);
        }
      }
    }
  }
}
