package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Complex products, pixel by pixel, for spectra: with a transfer function, with a phase ramp.
public final class Multiply {
  private Multiply() {}

  /// f ← h f, or f ← h* f
  public static void by(Window f, Window h, boolean conjugate, int rows, int columns) {
    float sign = conjugate ? -1 : 1;
    if (Simd.AVAILABLE) {
      Vector.by(f, h, sign, rows, columns);
    } else {
      Plain.by(f, h, sign, rows, columns);
    }
  }

  /// to ← y(r) x(c) f, with the complex factors of a separable ramp
  public static void byRamp(Window f, Ramp y, Ramp x, Window to, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.byRamp(f, y, x, to, rows, columns);
    } else {
      Plain.byRamp(f, y, x, to, rows, columns);
    }
  }

  /// to ← to + y(r) x(c) f
  public static void addByRamp(Window f, Ramp y, Ramp x, Window to, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.addByRamp(f, y, x, to, rows, columns);
    } else {
      Plain.addByRamp(f, y, x, to, rows, columns);
    }
  }

  /// Unit factors re[k] + i im[k] along one axis.
  public record Ramp(float[] re, float[] im) {
    /// exp(−2πi s f_k) · scale for the frequencies f_k of a transform of length n, zero first: a
    /// move by +s pixels.
    public static Ramp move(int n, double pixels, double scale) {
      var ramp = of(n);
      ramp.setMove(pixels, scale);
      return ramp;
    }

    /// Zeros, to be set.
    public static Ramp of(int n) {
      return new Ramp(new float[n], new float[n]);
    }

    /// this ← exp(−2πi s f_k) · scale. Each factor is the one before turned by the angle of one
    /// frequency, in double precision: n roundings of 1e-16, nothing that a float would see.
    public void setMove(double pixels, double scale) {
      int n = re.length;
      double cos = Math.cos(-2 * Math.PI * pixels / n);
      double sin = Math.sin(-2 * Math.PI * pixels / n);
      double a = scale;
      double b = 0;
      int positive = (n + 1) / 2;
      for (int k = 0; k <= n / 2; k++) {
        if (k < positive) {
          re[k] = (float) a;
          im[k] = (float) b;
        }
        if (k > 0) {
          re[n - k] = (float) a;
          im[n - k] = (float) -b;
        }
        double turned = a * cos - b * sin;
        b = a * sin + b * cos;
        a = turned;
      }
    }
  }

  static final class Plain {
    private Plain() {}

    static void by(Window f, Window h, float sign, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = h.offset() + r * h.pitch() + c;
          float x = f.re()[i];
          float y = f.im()[i];
          float a = h.re()[k];
          float b = sign * h.im()[k];
          f.re()[i] = Math.fma(a, x, -(b * y));
          f.im()[i] = Math.fma(a, y, b * x);
        }
      }
    }

    static void byRamp(Window f, Ramp along, Ramp across, Window to, int rows, int columns) {
      rampFrom(0, f, along, across, to, rows, columns);
    }

    static void addByRamp(Window f, Ramp along, Ramp across, Window to, int rows, int columns) {
      addRampFrom(0, f, along, across, to, rows, columns);
    }

    static void addRampFrom(
        int first, Window f, Ramp along, Ramp across, Window to, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        float a = along.re[r];
        float b = along.im[r];
        for (int c = first; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = to.offset() + r * to.pitch() + c;
          float u = Math.fma(a, across.re[c], -(b * across.im[c]));
          float v = Math.fma(a, across.im[c], b * across.re[c]);
          float x = f.re()[i];
          float y = f.im()[i];
          to.re()[k] = Math.fma(u, x, Math.fma(-v, y, to.re()[k]));
          to.im()[k] = Math.fma(u, y, Math.fma(v, x, to.im()[k]));
        }
      }
    }

    static void rampFrom(
        int first, Window f, Ramp along, Ramp across, Window to, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        float a = along.re[r];
        float b = along.im[r];
        for (int c = first; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = to.offset() + r * to.pitch() + c;
          float u = Math.fma(a, across.re[c], -(b * across.im[c]));
          float v = Math.fma(a, across.im[c], b * across.re[c]);
          float x = f.re()[i];
          float y = f.im()[i];
          to.re()[k] = Math.fma(u, x, -(v * y));
          to.im()[k] = Math.fma(u, y, v * x);
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static void by(Window f, Window h, float sign, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] hr = h.re();
      float[] hi = h.im();
      int bound = FLOATS.loopBound(columns);
      var signs = FloatVector.broadcast(FLOATS, sign);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = h.offset() + r * h.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var x = FloatVector.fromArray(FLOATS, fr, i + c);
          var y = FloatVector.fromArray(FLOATS, fi, i + c);
          var a = FloatVector.fromArray(FLOATS, hr, k + c);
          var b = FloatVector.fromArray(FLOATS, hi, k + c).mul(signs);
          a.fma(x, b.mul(y).neg()).intoArray(fr, i + c);
          a.fma(y, b.mul(x)).intoArray(fi, i + c);
        }
      }
      if (bound < columns) {
        Plain.by(f.moved(0, bound), h.moved(0, bound), sign, rows, columns - bound);
      }
    }

    static void byRamp(Window f, Ramp along, Ramp across, Window to, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] xr = across.re;
      float[] xi = across.im;
      float[] tr = to.re();
      float[] ti = to.im();
      int bound = FLOATS.loopBound(columns);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = to.offset() + r * to.pitch();
        var a = FloatVector.broadcast(FLOATS, along.re[r]);
        var b = FloatVector.broadcast(FLOATS, along.im[r]);
        for (int c = 0; c < bound; c += WIDTH) {
          var p = FloatVector.fromArray(FLOATS, xr, c);
          var q = FloatVector.fromArray(FLOATS, xi, c);
          var u = a.fma(p, b.mul(q).neg());
          var v = a.fma(q, b.mul(p));
          var x = FloatVector.fromArray(FLOATS, fr, i + c);
          var y = FloatVector.fromArray(FLOATS, fi, i + c);
          u.fma(x, v.mul(y).neg()).intoArray(tr, k + c);
          u.fma(y, v.mul(x)).intoArray(ti, k + c);
        }
      }
      if (bound < columns) {
        Plain.rampFrom(bound, f, along, across, to, rows, columns);
      }
    }

    static void addByRamp(Window f, Ramp along, Ramp across, Window to, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] xr = across.re;
      float[] xi = across.im;
      float[] tr = to.re();
      float[] ti = to.im();
      int bound = FLOATS.loopBound(columns);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = to.offset() + r * to.pitch();
        var a = FloatVector.broadcast(FLOATS, along.re[r]);
        var b = FloatVector.broadcast(FLOATS, along.im[r]);
        for (int c = 0; c < bound; c += WIDTH) {
          var p = FloatVector.fromArray(FLOATS, xr, c);
          var q = FloatVector.fromArray(FLOATS, xi, c);
          var u = a.fma(p, b.mul(q).neg());
          var v = a.fma(q, b.mul(p));
          var x = FloatVector.fromArray(FLOATS, fr, i + c);
          var y = FloatVector.fromArray(FLOATS, fi, i + c);
          u.fma(x, v.neg().fma(y, FloatVector.fromArray(FLOATS, tr, k + c))).intoArray(tr, k + c);
          u.fma(y, v.fma(x, FloatVector.fromArray(FLOATS, ti, k + c))).intoArray(ti, k + c);
        }
      }
      if (bound < columns) {
        Plain.addRampFrom(bound, f, along, across, to, rows, columns);
      }
    }
  }
}
