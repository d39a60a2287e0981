package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The measured intensity imposed on waves that add up incoherently: one real factor a pixel, the
/// same for all of them.
///
/// Amplitudes A below zero mark pixels that are not to be trusted. The scale s of the transforms
/// around these kernels is folded in: s√I is compared with A, and factors are already scaled. In
/// counts the measurement is A²/s and the computed intensity s I.
public final class ModeModulus {
  private ModeModulus() {}

  /// Below this an intensity counts as this, so that no quotient overflows.
  private static final float TINY = 1e-30f;

  /// Rows whose squares one float lane adds up before they go on in double precision.
  private static final int ROWS = 4;

  /// I ← keep I + |u|², keep 0 or 1
  public static void add(Window wave, RealWindow intensity, float keep, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.add(wave, intensity, keep, rows, columns);
    } else {
      Plain.add(wave, intensity, keep, rows, columns);
    }
  }

  /// u ← f u
  public static void scale(Window wave, RealWindow factor, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.scale(wave, factor, rows, columns);
    } else {
      Plain.scale(wave, factor, rows, columns);
    }
  }

  /// I ← A/√I − s where A ≥ 0, 0 elsewhere: the factor that takes each wave to its change when the
  /// measured modulus is imposed.
  ///
  /// @return Σ (s√I − A)² over the pixels with A ≥ 0, always summed in the same order
  public static double imposed(
      RealWindow intensity, RealWindow amplitude, float scale, int rows, int columns) {
    return Simd.AVAILABLE
        ? Vector.imposed(intensity, amplitude, scale, rows, columns)
        : Plain.imposed(intensity, amplitude, scale, rows, columns);
  }

  /// I ← ½ s (A²/s − s I) / (s I + ε) where A ≥ 0, 0 elsewhere: half the slope of the Poisson
  /// likelihood, which is the change of amplitude that reaches the measurement when it is near. ε
  /// counts keep it finite where the computed intensity vanishes.
  ///
  /// @return as {@link #imposed}
  public static double poisson(
      RealWindow intensity,
      RealWindow amplitude,
      float scale,
      float epsilon,
      int rows,
      int columns) {
    return Simd.AVAILABLE
        ? Vector.poisson(intensity, amplitude, scale, epsilon, rows, columns)
        : Plain.poisson(intensity, amplitude, scale, epsilon, rows, columns);
  }

  /// I ← ½ s (A²/s − s I) / (w A²/s + v) where A ≥ 0, 0 elsewhere: half the slope of a Gaussian
  /// likelihood whose variance is w times the measured counts, and v.
  ///
  /// @return as {@link #imposed}
  public static double gaussian(
      RealWindow intensity,
      RealWindow amplitude,
      float scale,
      float weight,
      float variance,
      int rows,
      int columns) {
    return Simd.AVAILABLE
        ? Vector.gaussian(intensity, amplitude, scale, weight, variance, rows, columns)
        : Plain.gaussian(intensity, amplitude, scale, weight, variance, rows, columns);
  }

  /// f ← s · 2 (√(1 + 2p) − 1) where p = f/s is above 4, for a run of factors of {@link #poisson}:
  /// of A²/(s I) = 1 + 2p this is twice the change of the amplitude, and p itself at 4.
  public static void bound(RealWindow factor, float scale, int count) {
    if (Simd.AVAILABLE) {
      Vector.bound(factor, scale, count);
    } else {
      Plain.bound(factor, scale, count);
    }
  }

  static final class Plain {
    private Plain() {}

    static void bound(RealWindow factor, float scale, int count) {
      for (int i = factor.offset(); i < factor.offset() + count; i++) {
        float f = factor.values()[i];
        if (f > 4 * scale) {
          factor.values()[i] = 2 * scale * (float) Math.sqrt(Math.fma(2 / scale, f, 1)) - 2 * scale;
        }
      }
    }

    static double gaussian(
        RealWindow intensity,
        RealWindow amplitude,
        float scale,
        float weight,
        float variance,
        int rows,
        int columns) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = intensity.offset() + r * intensity.pitch() + c;
          float a = amplitude.values()[amplitude.offset() + r * amplitude.pitch() + c];
          float computed = scale * intensity.values()[i];
          float misfit = a < 0 ? 0 : a - (float) Math.sqrt(scale * computed);
          sum += misfit * misfit;
          intensity.values()[i] =
              a < 0 ? 0 : 0.5f * (a * a - scale * computed) / (weight / scale * a * a + variance);
        }
      }
      return sum;
    }

    static void add(Window w, RealWindow into, float keep, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = w.offset() + r * w.pitch() + c;
          int k = into.offset() + r * into.pitch() + c;
          float x = w.re()[i];
          float y = w.im()[i];
          into.values()[k] = Math.fma(keep, into.values()[k], Math.fma(x, x, y * y));
        }
      }
    }

    static void scale(Window w, RealWindow factor, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = w.offset() + r * w.pitch() + c;
          float f = factor.values()[factor.offset() + r * factor.pitch() + c];
          w.re()[i] *= f;
          w.im()[i] *= f;
        }
      }
    }

    static double imposed(
        RealWindow intensity, RealWindow amplitude, float scale, int rows, int columns) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = intensity.offset() + r * intensity.pitch() + c;
          float a = amplitude.values()[amplitude.offset() + r * amplitude.pitch() + c];
          float modulus = (float) Math.sqrt(Math.max(TINY, intensity.values()[i]));
          float misfit = a < 0 ? 0 : a - scale * modulus;
          sum += misfit * misfit;
          intensity.values()[i] = misfit / modulus;
        }
      }
      return sum;
    }

    static double poisson(
        RealWindow intensity,
        RealWindow amplitude,
        float scale,
        float epsilon,
        int rows,
        int columns) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = intensity.offset() + r * intensity.pitch() + c;
          float a = amplitude.values()[amplitude.offset() + r * amplitude.pitch() + c];
          float computed = scale * intensity.values()[i];
          float misfit = a < 0 ? 0 : a - (float) Math.sqrt(scale * computed);
          sum += misfit * misfit;
          intensity.values()[i] =
              a < 0 ? 0 : 0.5f * (a * a - scale * computed) / (computed + epsilon);
        }
      }
      return sum;
    }
  }

  static final class Vector {
    private Vector() {}

    static void bound(RealWindow factor, float scale, int count) {
      float[] values = factor.values();
      int bound = FLOATS.loopBound(count);
      var one = FloatVector.broadcast(FLOATS, 1);
      var twice = FloatVector.broadcast(FLOATS, 2 / scale);
      for (int c = 0; c < bound; c += WIDTH) {
        var f = FloatVector.fromArray(FLOATS, values, factor.offset() + c);
        var bold = f.compare(VectorOperators.GT, 4 * scale);
        if (bold.anyTrue()) {
          var less = twice.fma(f, one).sqrt().mul(2 * scale).sub(2 * scale);
          f.blend(less, bold).intoArray(values, factor.offset() + c);
        }
      }
      Plain.bound(factor.moved(0, bound), scale, count - bound);
    }

    static double gaussian(
        RealWindow intensity,
        RealWindow amplitude,
        float scale,
        float weight,
        float variance,
        int rows,
        int columns) {
      float[] values = intensity.values();
      float[] measured = amplitude.values();
      float[] lanes = new float[WIDTH];
      int bound = FLOATS.loopBound(columns);
      var zero = FloatVector.zero(FLOATS);
      var scales = FloatVector.broadcast(FLOATS, scale);
      var minusScale = FloatVector.broadcast(FLOATS, -scale);
      var counts = FloatVector.broadcast(FLOATS, weight / scale);
      var least = FloatVector.broadcast(FLOATS, variance);
      var half = FloatVector.broadcast(FLOATS, 0.5f);
      double sum = 0;
      for (int first = 0; first < rows; first += ROWS) {
        var squares = zero;
        int last = Math.min(rows, first + ROWS);
        for (int r = first; r < last; r++) {
          int i = intensity.offset() + r * intensity.pitch();
          int k = amplitude.offset() + r * amplitude.pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var a = FloatVector.fromArray(FLOATS, measured, k + c);
            var bad = a.compare(VectorOperators.LT, zero);
            var computed = FloatVector.fromArray(FLOATS, values, i + c).mul(scales);
            var misfit = a.sub(computed.mul(scales).sqrt()).blend(zero, bad);
            squares = misfit.fma(misfit, squares);
            var square = a.mul(a);
            minusScale
                .fma(computed, square)
                .mul(half)
                .div(counts.fma(square, least))
                .blend(zero, bad)
                .intoArray(values, i + c);
          }
        }
        squares.intoArray(lanes, 0);
        for (float lane : lanes) {
          sum += lane;
        }
      }
      if (bound < columns) {
        sum +=
            Plain.gaussian(
                intensity.moved(0, bound),
                amplitude.moved(0, bound),
                scale,
                weight,
                variance,
                rows,
                columns - bound);
      }
      return sum;
    }

    static void add(Window w, RealWindow into, float keep, int rows, int columns) {
      float[] wr = w.re();
      float[] wi = w.im();
      float[] values = into.values();
      int bound = FLOATS.loopBound(columns);
      var kept = FloatVector.broadcast(FLOATS, keep);
      for (int r = 0; r < rows; r++) {
        int i = w.offset() + r * w.pitch();
        int k = into.offset() + r * into.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var x = FloatVector.fromArray(FLOATS, wr, i + c);
          var y = FloatVector.fromArray(FLOATS, wi, i + c);
          kept.fma(FloatVector.fromArray(FLOATS, values, k + c), x.fma(x, y.mul(y)))
              .intoArray(values, k + c);
        }
      }
      if (bound < columns) {
        Plain.add(w.moved(0, bound), into.moved(0, bound), keep, rows, columns - bound);
      }
    }

    static void scale(Window w, RealWindow factor, int rows, int columns) {
      float[] wr = w.re();
      float[] wi = w.im();
      float[] values = factor.values();
      int bound = FLOATS.loopBound(columns);
      for (int r = 0; r < rows; r++) {
        int i = w.offset() + r * w.pitch();
        int k = factor.offset() + r * factor.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var f = FloatVector.fromArray(FLOATS, values, k + c);
          FloatVector.fromArray(FLOATS, wr, i + c).mul(f).intoArray(wr, i + c);
          FloatVector.fromArray(FLOATS, wi, i + c).mul(f).intoArray(wi, i + c);
        }
      }
      if (bound < columns) {
        Plain.scale(w.moved(0, bound), factor.moved(0, bound), rows, columns - bound);
      }
    }

    static double imposed(
        RealWindow intensity, RealWindow amplitude, float scale, int rows, int columns) {
      float[] values = intensity.values();
      float[] measured = amplitude.values();
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
          int i = intensity.offset() + r * intensity.pitch();
          int k = amplitude.offset() + r * amplitude.pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var a = FloatVector.fromArray(FLOATS, measured, k + c);
            var modulus = FloatVector.fromArray(FLOATS, values, i + c).max(tiny).sqrt();
            var misfit =
                modulus.fma(minusScale, a).blend(zero, a.compare(VectorOperators.LT, zero));
            squares = misfit.fma(misfit, squares);
            misfit.div(modulus).intoArray(values, i + c);
          }
        }
        squares.intoArray(lanes, 0);
        for (float lane : lanes) {
          sum += lane;
        }
      }
      if (bound < columns) {
        sum +=
            Plain.imposed(
                intensity.moved(0, bound), amplitude.moved(0, bound), scale, rows, columns - bound);
      }
      return sum;
    }

    static double poisson(
        RealWindow intensity,
        RealWindow amplitude,
        float scale,
        float epsilon,
        int rows,
        int columns) {
      float[] values = intensity.values();
      float[] measured = amplitude.values();
      float[] lanes = new float[WIDTH];
      int bound = FLOATS.loopBound(columns);
      var zero = FloatVector.zero(FLOATS);
      var scales = FloatVector.broadcast(FLOATS, scale);
      var minusScale = FloatVector.broadcast(FLOATS, -scale);
      var floor = FloatVector.broadcast(FLOATS, epsilon);
      var half = FloatVector.broadcast(FLOATS, 0.5f);
      double sum = 0;
      for (int first = 0; first < rows; first += ROWS) {
        var squares = zero;
        int last = Math.min(rows, first + ROWS);
        for (int r = first; r < last; r++) {
          int i = intensity.offset() + r * intensity.pitch();
          int k = amplitude.offset() + r * amplitude.pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var a = FloatVector.fromArray(FLOATS, measured, k + c);
            var bad = a.compare(VectorOperators.LT, zero);
            var computed = FloatVector.fromArray(FLOATS, values, i + c).mul(scales);
            var misfit = a.sub(computed.mul(scales).sqrt()).blend(zero, bad);
            squares = misfit.fma(misfit, squares);
            minusScale
                .fma(computed, a.mul(a))
                .mul(half)
                .div(computed.add(floor))
                .blend(zero, bad)
                .intoArray(values, i + c);
          }
        }
        squares.intoArray(lanes, 0);
        for (float lane : lanes) {
          sum += lane;
        }
      }
      if (bound < columns) {
        sum +=
            Plain.poisson(
                intensity.moved(0, bound),
                amplitude.moved(0, bound),
                scale,
                epsilon,
                rows,
                columns - bound);
      }
      return sum;
    }
  }
}
