package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Products of a probe P and the part O of an object it lights, over rows × columns pixels.
///
/// The code of {@link Plain} is the definition; that of {@link Vector} is a claim that a test
/// checks.
public final class ExitWave {
  private ExitWave() {}

  /// ψ ← P O; peaks[0] ← max(peaks[0], max|P|²); peaks[1] ← max(peaks[1], max|O|²)
  public static void product(
      Window probe, Window object, Window wave, int rows, int columns, float[] peaks) {
    if (Simd.AVAILABLE) {
      Vector.product(probe, object, wave, rows, columns, peaks);
    } else {
      Plain.product(probe, object, wave, rows, columns, peaks);
    }
  }

  /// x ← c P O + (1 − c) ψ
  public static void mixture(
      Window probe, Window object, Window wave, float c, Window into, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.mixture(probe, object, wave, c, into, rows, columns);
    } else {
      Plain.mixture(probe, object, wave, c, into, rows, columns);
    }
  }

  /// ψ ← P O + b Δ
  public static void relaxed(
      Window probe, Window object, Window change, float b, Window wave, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.relaxed(probe, object, change, b, wave, rows, columns);
    } else {
      Plain.relaxed(probe, object, change, b, wave, rows, columns);
    }
  }

  static final class Plain {
    private Plain() {}

    static void product(Window p, Window o, Window w, int rows, int columns, float[] peaks) {
      float probePeak = peaks[0];
      float objectPeak = peaks[1];
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = p.offset() + r * p.pitch() + c;
          int k = o.offset() + r * o.pitch() + c;
          int to = w.offset() + r * w.pitch() + c;
          float pr = p.re()[i];
          float pi = p.im()[i];
          float or = o.re()[k];
          float oi = o.im()[k];
          w.re()[to] = Math.fma(pr, or, -(pi * oi));
          w.im()[to] = Math.fma(pr, oi, pi * or);
          probePeak = Math.max(probePeak, Math.fma(pr, pr, pi * pi));
          objectPeak = Math.max(objectPeak, Math.fma(or, or, oi * oi));
        }
      }
      peaks[0] = probePeak;
      peaks[1] = objectPeak;
    }

    static void mixture(Window p, Window o, Window w, float c, Window x, int rows, int columns) {
      float keep = 1 - c;
      for (int r = 0; r < rows; r++) {
        for (int k = 0; k < columns; k++) {
          int i = p.offset() + r * p.pitch() + k;
          int j = o.offset() + r * o.pitch() + k;
          int from = w.offset() + r * w.pitch() + k;
          int to = x.offset() + r * x.pitch() + k;
          float pr = p.re()[i] * c;
          float pi = p.im()[i] * c;
          float or = o.re()[j];
          float oi = o.im()[j];
          x.re()[to] = Math.fma(keep, w.re()[from], Math.fma(pr, or, -(pi * oi)));
          x.im()[to] = Math.fma(keep, w.im()[from], Math.fma(pr, oi, pi * or));
        }
      }
    }

    static void relaxed(Window p, Window o, Window d, float b, Window w, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int k = 0; k < columns; k++) {
          int i = p.offset() + r * p.pitch() + k;
          int j = o.offset() + r * o.pitch() + k;
          int from = d.offset() + r * d.pitch() + k;
          int to = w.offset() + r * w.pitch() + k;
          float pr = p.re()[i];
          float pi = p.im()[i];
          float or = o.re()[j];
          float oi = o.im()[j];
          w.re()[to] = Math.fma(b, d.re()[from], Math.fma(pr, or, -(pi * oi)));
          w.im()[to] = Math.fma(b, d.im()[from], Math.fma(pr, oi, pi * or));
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static void product(Window p, Window o, Window w, int rows, int columns, float[] peaks) {
      float[] pr = p.re();
      float[] pi = p.im();
      float[] or = o.re();
      float[] oi = o.im();
      float[] wr = w.re();
      float[] wi = w.im();
      int bound = FLOATS.loopBound(columns);
      var probePeak = FloatVector.broadcast(FLOATS, peaks[0]);
      var objectPeak = FloatVector.broadcast(FLOATS, peaks[1]);
      for (int r = 0; r < rows; r++) {
        int i = p.offset() + r * p.pitch();
        int k = o.offset() + r * o.pitch();
        int to = w.offset() + r * w.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var a = FloatVector.fromArray(FLOATS, pr, i + c);
          var b = FloatVector.fromArray(FLOATS, pi, i + c);
          var x = FloatVector.fromArray(FLOATS, or, k + c);
          var y = FloatVector.fromArray(FLOATS, oi, k + c);
          a.fma(x, b.mul(y).neg()).intoArray(wr, to + c);
          a.fma(y, b.mul(x)).intoArray(wi, to + c);
          probePeak = probePeak.max(a.fma(a, b.mul(b)));
          objectPeak = objectPeak.max(x.fma(x, y.mul(y)));
        }
      }
      peaks[0] = probePeak.reduceLanes(VectorOperators.MAX);
      peaks[1] = objectPeak.reduceLanes(VectorOperators.MAX);
      if (bound < columns) {
        Plain.product(
            p.moved(0, bound), o.moved(0, bound), w.moved(0, bound), rows, columns - bound, peaks);
      }
    }

    static void mixture(Window p, Window o, Window w, float c, Window x, int rows, int columns) {
      float[] pr = p.re();
      float[] pi = p.im();
      float[] or = o.re();
      float[] oi = o.im();
      float[] wr = w.re();
      float[] wi = w.im();
      float[] xr = x.re();
      float[] xi = x.im();
      int bound = FLOATS.loopBound(columns);
      var take = FloatVector.broadcast(FLOATS, c);
      var keep = FloatVector.broadcast(FLOATS, 1 - c);
      for (int r = 0; r < rows; r++) {
        int i = p.offset() + r * p.pitch();
        int j = o.offset() + r * o.pitch();
        int from = w.offset() + r * w.pitch();
        int to = x.offset() + r * x.pitch();
        for (int k = 0; k < bound; k += WIDTH) {
          var a = FloatVector.fromArray(FLOATS, pr, i + k).mul(take);
          var b = FloatVector.fromArray(FLOATS, pi, i + k).mul(take);
          var u = FloatVector.fromArray(FLOATS, or, j + k);
          var v = FloatVector.fromArray(FLOATS, oi, j + k);
          keep.fma(FloatVector.fromArray(FLOATS, wr, from + k), a.fma(u, b.mul(v).neg()))
              .intoArray(xr, to + k);
          keep.fma(FloatVector.fromArray(FLOATS, wi, from + k), a.fma(v, b.mul(u)))
              .intoArray(xi, to + k);
        }
      }
      if (bound < columns) {
        Plain.mixture(
            p.moved(0, bound),
            o.moved(0, bound),
            w.moved(0, bound),
            c,
            x.moved(0, bound),
            rows,
            columns - bound);
      }
    }

    static void relaxed(Window p, Window o, Window d, float b, Window w, int rows, int columns) {
      float[] pr = p.re();
      float[] pi = p.im();
      float[] or = o.re();
      float[] oi = o.im();
      float[] dr = d.re();
      float[] di = d.im();
      float[] wr = w.re();
      float[] wi = w.im();
      int bound = FLOATS.loopBound(columns);
      var step = FloatVector.broadcast(FLOATS, b);
      for (int r = 0; r < rows; r++) {
        int i = p.offset() + r * p.pitch();
        int j = o.offset() + r * o.pitch();
        int from = d.offset() + r * d.pitch();
        int to = w.offset() + r * w.pitch();
        for (int k = 0; k < bound; k += WIDTH) {
          var x = FloatVector.fromArray(FLOATS, pr, i + k);
          var y = FloatVector.fromArray(FLOATS, pi, i + k);
          var u = FloatVector.fromArray(FLOATS, or, j + k);
          var v = FloatVector.fromArray(FLOATS, oi, j + k);
          step.fma(FloatVector.fromArray(FLOATS, dr, from + k), x.fma(u, y.mul(v).neg()))
              .intoArray(wr, to + k);
          step.fma(FloatVector.fromArray(FLOATS, di, from + k), x.fma(v, y.mul(u)))
              .intoArray(wi, to + k);
        }
      }
      if (bound < columns) {
        Plain.relaxed(
            p.moved(0, bound),
            o.moved(0, bound),
            d.moved(0, bound),
            b,
            w.moved(0, bound),
            rows,
            columns - bound);
      }
    }
  }
}
