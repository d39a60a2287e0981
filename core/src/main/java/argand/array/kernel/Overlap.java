package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Sums over views from which a weighted mean is made: numerator Σ A* ψ and weight Σ |A|².
///
/// With A the probe they give the object, with A the lit part of the object they give the probe.
public final class Overlap {
  private Overlap() {}

  /// numerator ← numerator + Σ A_m* ψ_m; weight ← weight + Σ|A_m|²
  public static void add(
      Window[] a, Window[] waves, Window numerator, RealWindow weight, int rows, int columns) {
    int bound = 0;
    if (Simd.AVAILABLE) {
      bound = Vector.bound(columns);
      Vector.add(a, waves, numerator, weight, rows, bound);
    }
    for (int m = 0; m < a.length && bound < columns; m++) {
      Plain.add(
          a[m].moved(0, bound),
          waves[m].moved(0, bound),
          numerator.moved(0, bound),
          weight.moved(0, bound),
          rows,
          columns - bound);
    }
  }

  /// numerator ← numerator + Σ A_m* ψ_m; weight ← weight + light
  ///
  /// @param light Σ|A_m|²
  public static void add(
      Window[] a,
      Window[] waves,
      RealWindow light,
      Window numerator,
      RealWindow weight,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) { // so that a row of the sum stays in the nearest cache
      for (int m = 0; m < a.length; m++) {
        addNumerator(a[m].moved(r, 0), waves[m].moved(r, 0), numerator.moved(r, 0), 1, columns);
      }
    }
    addReal(light, weight, rows, columns);
  }

  /// numerator ← numerator + A* ψ; weight ← weight + |A|²
  public static void add(
      Window a, Window wave, Window numerator, RealWindow weight, int rows, int columns) {
    add(new Window[] {a}, new Window[] {wave}, numerator, weight, rows, columns);
  }

  /// numerator ← numerator + A* ψ
  public static void addNumerator(Window a, Window wave, Window numerator, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.addNumerator(a, wave, numerator, 1, rows, columns);
    } else {
      Plain.addNumerator(a, wave, numerator, 1, rows, columns);
    }
  }

  /// into ← A* ψ
  public static void product(Window a, Window wave, Window into, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.addNumerator(a, wave, into, 0, rows, columns);
    } else {
      Plain.addNumerator(a, wave, into, 0, rows, columns);
    }
  }

  /// weight ← weight + |A|²
  public static void addWeight(Window a, RealWindow weight, int rows, int columns) {
    ModeModulus.add(a, weight, 1, rows, columns);
  }

  /// sum ← sum + f
  public static void addReal(RealWindow f, RealWindow sum, int rows, int columns) {
    int bound = 0;
    if (Simd.AVAILABLE) {
      bound = Vector.bound(columns);
      Vector.addReal(f, sum, rows, bound);
    }
    for (int r = 0; r < rows; r++) {
      int i = f.offset() + r * f.pitch();
      int k = sum.offset() + r * sum.pitch();
      for (int c = bound; c < columns; c++) {
        sum.values()[k + c] += f.values()[i + c];
      }
    }
  }

  /// sum ← sum + f
  public static void addAll(Window f, Window sum, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.addAll(f, sum, rows, columns);
    } else {
      Plain.addAll(f, sum, rows, columns);
    }
  }

  /// f ← (numerator + κ f) / (weight + κ)
  public static void divide(
      Window field, Window numerator, RealWindow weight, float inertia, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.divide(field, numerator, weight, inertia, rows, columns);
    } else {
      Plain.divide(field, numerator, weight, inertia, rows, columns);
    }
  }

  /// f ← f + numerator / (slope · weight + floor · max weight): a step towards the weighted mean.
  public static void approach(
      Window field,
      Window numerator,
      RealWindow weight,
      float slope,
      float floor,
      int rows,
      int columns) {
    float lowest = floor * WeightedStep.peak(weight, rows, columns);
    if (Simd.AVAILABLE) {
      Vector.approach(field, numerator, weight, slope, lowest, rows, columns);
    } else {
      Plain.approach(field, numerator, weight, slope, lowest, rows, columns);
    }
  }

  static final class Plain {
    private Plain() {}

    static void divide(
        Window f, Window n, RealWindow weight, float inertia, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = n.offset() + r * n.pitch() + c;
          float share = 1 / (weight.values()[weight.offset() + r * weight.pitch() + c] + inertia);
          f.re()[i] = Math.fma(inertia, f.re()[i], n.re()[k]) * share;
          f.im()[i] = Math.fma(inertia, f.im()[i], n.im()[k]) * share;
        }
      }
    }

    static void approach(
        Window f, Window n, RealWindow weight, float slope, float lowest, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = n.offset() + r * n.pitch() + c;
          float w = weight.values()[weight.offset() + r * weight.pitch() + c];
          float share = 1 / Math.fma(slope, w, lowest);
          f.re()[i] = Math.fma(n.re()[k], share, f.re()[i]);
          f.im()[i] = Math.fma(n.im()[k], share, f.im()[i]);
        }
      }
    }

    static void addNumerator(Window a, Window w, Window n, float keep, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = a.offset() + r * a.pitch() + c;
          int j = w.offset() + r * w.pitch() + c;
          int k = n.offset() + r * n.pitch() + c;
          float x = a.re()[i];
          float y = a.im()[i];
          float u = w.re()[j];
          float v = w.im()[j];
          n.re()[k] = Math.fma(keep, n.re()[k], Math.fma(x, u, y * v));
          n.im()[k] = Math.fma(keep, n.im()[k], Math.fma(x, v, -(y * u)));
        }
      }
    }

    static void addAll(Window f, Window s, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = s.offset() + r * s.pitch() + c;
          s.re()[k] += f.re()[i];
          s.im()[k] += f.im()[i];
        }
      }
    }

    static void add(Window a, Window w, Window n, RealWindow weight, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = a.offset() + r * a.pitch() + c;
          int j = w.offset() + r * w.pitch() + c;
          int k = n.offset() + r * n.pitch() + c;
          int l = weight.offset() + r * weight.pitch() + c;
          float x = a.re()[i];
          float y = a.im()[i];
          float u = w.re()[j];
          float v = w.im()[j];
          n.re()[k] = Math.fma(x, u, Math.fma(y, v, n.re()[k]));
          n.im()[k] = Math.fma(x, v, Math.fma(-y, u, n.im()[k]));
          weight.values()[l] = Math.fma(x, x, Math.fma(y, y, weight.values()[l]));
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static int bound(int columns) {
      return FLOATS.loopBound(columns);
    }

    /// Row by row, so that a row of the sums stays in the nearest cache.
    static void add(Window[] a, Window[] w, Window n, RealWindow weight, int rows, int bound) {
      float[] nr = n.re();
      float[] ni = n.im();
      float[] weights = weight.values();
      for (int r = 0; r < rows; r++) {
        int k = n.offset() + r * n.pitch();
        int l = weight.offset() + r * weight.pitch();
        for (int m = 0; m < a.length; m++) {
          float[] ar = a[m].re();
          float[] ai = a[m].im();
          float[] wr = w[m].re();
          float[] wi = w[m].im();
          int i = a[m].offset() + r * a[m].pitch();
          int j = w[m].offset() + r * w[m].pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var x = FloatVector.fromArray(FLOATS, ar, i + c);
            var y = FloatVector.fromArray(FLOATS, ai, i + c);
            var u = FloatVector.fromArray(FLOATS, wr, j + c);
            var v = FloatVector.fromArray(FLOATS, wi, j + c);
            x.fma(u, y.fma(v, FloatVector.fromArray(FLOATS, nr, k + c))).intoArray(nr, k + c);
            x.fma(v, y.neg().fma(u, FloatVector.fromArray(FLOATS, ni, k + c))).intoArray(ni, k + c);
            x.fma(x, y.fma(y, FloatVector.fromArray(FLOATS, weights, l + c)))
                .intoArray(weights, l + c);
          }
        }
      }
    }

    static void addReal(RealWindow f, RealWindow sum, int rows, int bound) {
      float[] from = f.values();
      float[] to = sum.values();
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = sum.offset() + r * sum.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          FloatVector.fromArray(FLOATS, from, i + c)
              .add(FloatVector.fromArray(FLOATS, to, k + c))
              .intoArray(to, k + c);
        }
      }
    }

    static void divide(
        Window f, Window n, RealWindow weight, float inertia, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] nr = n.re();
      float[] ni = n.im();
      float[] weights = weight.values();
      int bound = FLOATS.loopBound(columns);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var keep = FloatVector.broadcast(FLOATS, inertia);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = n.offset() + r * n.pitch();
        int l = weight.offset() + r * weight.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var share = one.div(FloatVector.fromArray(FLOATS, weights, l + c).add(keep));
          keep.fma(
                  FloatVector.fromArray(FLOATS, fr, i + c),
                  FloatVector.fromArray(FLOATS, nr, k + c))
              .mul(share)
              .intoArray(fr, i + c);
          keep.fma(
                  FloatVector.fromArray(FLOATS, fi, i + c),
                  FloatVector.fromArray(FLOATS, ni, k + c))
              .mul(share)
              .intoArray(fi, i + c);
        }
      }
      if (bound < columns) {
        Plain.divide(
            f.moved(0, bound),
            n.moved(0, bound),
            weight.moved(0, bound),
            inertia,
            rows,
            columns - bound);
      }
    }

    static void approach(
        Window f, Window n, RealWindow weight, float slope, float lowest, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] nr = n.re();
      float[] ni = n.im();
      float[] weights = weight.values();
      int bound = FLOATS.loopBound(columns);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var slopes = FloatVector.broadcast(FLOATS, slope);
      var floors = FloatVector.broadcast(FLOATS, lowest);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = n.offset() + r * n.pitch();
        int l = weight.offset() + r * weight.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var w = FloatVector.fromArray(FLOATS, weights, l + c);
          var share = one.div(slopes.fma(w, floors));
          FloatVector.fromArray(FLOATS, nr, k + c)
              .fma(share, FloatVector.fromArray(FLOATS, fr, i + c))
              .intoArray(fr, i + c);
          FloatVector.fromArray(FLOATS, ni, k + c)
              .fma(share, FloatVector.fromArray(FLOATS, fi, i + c))
              .intoArray(fi, i + c);
        }
      }
      if (bound < columns) {
        Plain.approach(
            f.moved(0, bound),
            n.moved(0, bound),
            weight.moved(0, bound),
            slope,
            lowest,
            rows,
            columns - bound);
      }
    }

    static void addNumerator(Window a, Window w, Window n, float keep, int rows, int columns) {
      float[] ar = a.re();
      float[] ai = a.im();
      float[] wr = w.re();
      float[] wi = w.im();
      float[] nr = n.re();
      float[] ni = n.im();
      int bound = FLOATS.loopBound(columns);
      var kept = FloatVector.broadcast(FLOATS, keep);
      for (int r = 0; r < rows; r++) {
        int i = a.offset() + r * a.pitch();
        int j = w.offset() + r * w.pitch();
        int k = n.offset() + r * n.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var x = FloatVector.fromArray(FLOATS, ar, i + c);
          var y = FloatVector.fromArray(FLOATS, ai, i + c);
          var u = FloatVector.fromArray(FLOATS, wr, j + c);
          var v = FloatVector.fromArray(FLOATS, wi, j + c);
          kept.fma(FloatVector.fromArray(FLOATS, nr, k + c), x.fma(u, y.mul(v)))
              .intoArray(nr, k + c);
          kept.fma(FloatVector.fromArray(FLOATS, ni, k + c), x.fma(v, y.mul(u).neg()))
              .intoArray(ni, k + c);
        }
      }
      if (bound < columns) {
        Plain.addNumerator(
            a.moved(0, bound), w.moved(0, bound), n.moved(0, bound), keep, rows, columns - bound);
      }
    }

    static void addAll(Window f, Window s, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] sr = s.re();
      float[] si = s.im();
      int bound = FLOATS.loopBound(columns);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = s.offset() + r * s.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          FloatVector.fromArray(FLOATS, fr, i + c)
              .add(FloatVector.fromArray(FLOATS, sr, k + c))
              .intoArray(sr, k + c);
          FloatVector.fromArray(FLOATS, fi, i + c)
              .add(FloatVector.fromArray(FLOATS, si, k + c))
              .intoArray(si, k + c);
        }
      }
      if (bound < columns) {
        Plain.addAll(f.moved(0, bound), s.moved(0, bound), rows, columns - bound);
      }
    }
  }
}
