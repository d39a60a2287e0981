package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The measured modulus imposed on a wave at the detector.
///
/// Amplitudes A below zero mark pixels that are not to be trusted: the computed wave stands there.
/// The scale s of the transforms around this kernel is folded in: s|u| is compared with A, and what
/// is written is already scaled.
public final class Modulus {
  private Modulus() {}

  /// Rows whose squares one float lane adds up before they go on in double precision.
  private static final int ROWS = 4;

  /// Below this a squared modulus counts as this, so that a wave of zero stays zero and no quotient
  /// overflows.
  private static final float TINY = 1e-30f;

  /// u ← (A/|u| − s) u where A ≥ 0, 0 elsewhere: the change that the constraint asks for.
  ///
  /// @return Σ (s|u| − A)² over the pixels with A ≥ 0, always summed in the same order
  public static double change(
      Window wave, RealWindow amplitude, float scale, int rows, int columns) {
    return Simd.AVAILABLE
        ? Vector.change(wave, amplitude, scale, rows, columns)
        : Plain.change(wave, amplitude, scale, rows, columns);
  }

  /// Σ (s|u| − A)² over the pixels with A ≥ 0; the wave is left alone.
  public static double error(
      Window wave, RealWindow amplitude, float scale, int rows, int columns) {
    return Simd.AVAILABLE
        ? Vector.error(wave, amplitude, scale, rows, columns)
        : Plain.error(wave, amplitude, scale, rows, columns);
  }

  static final class Plain {
    private Plain() {}

    static double error(Window w, RealWindow amplitude, float scale, int rows, int columns) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = w.offset() + r * w.pitch() + c;
          float a = amplitude.values()[amplitude.offset() + r * amplitude.pitch() + c];
          float x = w.re()[i];
          float y = w.im()[i];
          float misfit = a < 0 ? 0 : a - scale * (float) Math.sqrt(Math.fma(x, x, y * y));
          sum += misfit * misfit;
        }
      }
      return sum;
    }

    static double change(Window w, RealWindow amplitude, float scale, int rows, int columns) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = w.offset() + r * w.pitch() + c;
          float a = amplitude.values()[amplitude.offset() + r * amplitude.pitch() + c];
          float x = w.re()[i];
          float y = w.im()[i];
          float modulus = (float) Math.sqrt(Math.max(TINY, Math.fma(x, x, y * y)));
          float misfit = a < 0 ? 0 : a - scale * modulus;
          sum += misfit * misfit;
          float factor = misfit / modulus;
          w.re()[i] = x * factor;
          w.im()[i] = y * factor;
        }
      }
      return sum;
    }
  }

  static final class Vector {
    private Vector() {}

    static double error(Window w, RealWindow amplitude, float scale, int rows, int columns) {
      float[] wr = w.re();
      float[] wi = w.im();
      float[] values = amplitude.values();
      float[] lanes = new float[WIDTH];
      int bound = FLOATS.loopBound(columns);
      var zero = FloatVector.zero(FLOATS);
      var minusScale = FloatVector.broadcast(FLOATS, -scale);
      double sum = 0;
      for (int first = 0; first < rows; first += ROWS) {
        var squares = zero;
        int last = Math.min(rows, first + ROWS);
        for (int r = first; r < last; r++) {
          int i = w.offset() + r * w.pitch();
          int k = amplitude.offset() + r * amplitude.pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var x = FloatVector.fromArray(FLOATS, wr, i + c);
            var y = FloatVector.fromArray(FLOATS, wi, i + c);
            var a = FloatVector.fromArray(FLOATS, values, k + c);
            var modulus = x.fma(x, y.mul(y)).sqrt();
            var misfit =
                modulus.fma(minusScale, a).blend(zero, a.compare(VectorOperators.LT, zero));
            squares = misfit.fma(misfit, squares);
          }
        }
        squares.intoArray(lanes, 0);
        for (float lane : lanes) {
          sum += lane;
        }
      }
      if (bound < columns) {
        sum +=
            Plain.error(w.moved(0, bound), amplitude.moved(0, bound), scale, rows, columns - bound);
      }
      return sum;
    }

    static double change(Window w, RealWindow amplitude, float scale, int rows, int columns) {
      float[] wr = w.re();
      float[] wi = w.im();
      float[] values = amplitude.values();
      float[] lanes = new float[WIDTH];
      int bound = FLOATS.loopBound(columns);
      var tiny = FloatVector.broadcast(FLOATS, TINY);
      var zero = FloatVector.zero(FLOATS);
      var minusScale = FloatVector.broadcast(FLOATS, -scale);
      double sum = 0;
      for (int first = 0; first < rows; first += ROWS) {
        var squares = zero;
        int last = Math.min(rows, first + ROWS);
        for (int r = first; r < last; r++) {
          int i = w.offset() + r * w.pitch();
          int k = amplitude.offset() + r * amplitude.pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var x = FloatVector.fromArray(FLOATS, wr, i + c);
            var y = FloatVector.fromArray(FLOATS, wi, i + c);
            var a = FloatVector.fromArray(FLOATS, values, k + c);
            var modulus = x.fma(x, y.mul(y)).max(tiny).sqrt();
            var misfit =
                modulus.fma(minusScale, a).blend(zero, a.compare(VectorOperators.LT, zero));
            squares = misfit.fma(misfit, squares);
            var factor = misfit.div(modulus);
            x.mul(factor).intoArray(wr, i + c);
            y.mul(factor).intoArray(wi, i + c);
          }
        }
        // Not reduceLanes: the order of its additions is left open, and with it the last bits.
        squares.intoArray(lanes, 0);
        for (float lane : lanes) {
          sum += lane;
        }
      }
      if (bound < columns) {
        sum +=
            Plain.change(
                w.moved(0, bound), amplitude.moved(0, bound), scale, rows, columns - bound);
      }
      return sum;
    }
  }
}
