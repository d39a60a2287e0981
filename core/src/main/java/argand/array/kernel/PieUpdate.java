package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// What one view teaches object and probe, from the change Δ of its exit wave, in one pass over the
/// window.
///
/// Both denominators are linear in an intensity: object d_O = s_O|P|² + f_O, probe d_P = s_P|O|² +
/// f_P, with the old values of P and O in both lines.
public final class PieUpdate {
  private PieUpdate() {}

  /// Slope s and floor f of a denominator s |·|² + f.
  public record Denominator(float slope, float floor) {}

  /// O ← O + P* Δ / d_O; P ← P + O* Δ / d_P
  public static void both(
      Window probe,
      Window object,
      Window change,
      Denominator ofObject,
      Denominator ofProbe,
      int rows,
      int columns) {
    if (Simd.AVAILABLE) {
      Vector.update(probe, object, change, probe, 1, ofObject, ofProbe, rows, columns);
    } else {
      Plain.update(probe, object, change, probe, 1, ofObject, ofProbe, rows, columns);
    }
  }

  /// O ← O + P* Δ / d_O; Δ ← O* Δ / d_P, the change of a probe that is kept elsewhere
  public static void apart(
      Window probe,
      Window object,
      Window change,
      Denominator ofObject,
      Denominator ofProbe,
      int rows,
      int columns) {
    if (Simd.AVAILABLE) {
      Vector.update(probe, object, change, change, 0, ofObject, ofProbe, rows, columns);
    } else {
      Plain.update(probe, object, change, change, 0, ofObject, ofProbe, rows, columns);
    }
  }

  /// O ← O + P* Δ / d_O
  public static void object(
      Window probe, Window object, Window change, Denominator ofObject, int rows, int columns) {
    if (Simd.AVAILABLE) {
      Vector.object(probe, object, change, ofObject, rows, columns);
    } else {
      Plain.object(probe, object, change, ofObject, rows, columns);
    }
  }

  static final class Plain {
    private Plain() {}

    static void update(
        Window p,
        Window o,
        Window d,
        Window to,
        float keep,
        Denominator ofObject,
        Denominator ofProbe,
        int rows,
        int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = p.offset() + r * p.pitch() + c;
          int j = o.offset() + r * o.pitch() + c;
          int k = d.offset() + r * d.pitch() + c;
          int l = to.offset() + r * to.pitch() + c;
          float a = p.re()[i];
          float b = p.im()[i];
          float x = o.re()[j];
          float y = o.im()[j];
          float objectShare = 1 / Math.fma(ofObject.slope, Math.fma(a, a, b * b), ofObject.floor);
          float probeShare = 1 / Math.fma(ofProbe.slope, Math.fma(x, x, y * y), ofProbe.floor);
          float u = d.re()[k];
          float v = d.im()[k];
          o.re()[j] = Math.fma(Math.fma(a, u, b * v), objectShare, x);
          o.im()[j] = Math.fma(Math.fma(a, v, -(b * u)), objectShare, y);
          to.re()[l] = Math.fma(Math.fma(x, u, y * v), probeShare, keep * a);
          to.im()[l] = Math.fma(Math.fma(x, v, -(y * u)), probeShare, keep * b);
        }
      }
    }

    static void object(Window p, Window o, Window d, Denominator ofObject, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = p.offset() + r * p.pitch() + c;
          int j = o.offset() + r * o.pitch() + c;
          int k = d.offset() + r * d.pitch() + c;
          float a = p.re()[i];
          float b = p.im()[i];
          float share = 1 / Math.fma(ofObject.slope, Math.fma(a, a, b * b), ofObject.floor);
          float u = d.re()[k];
          float v = d.im()[k];
          o.re()[j] = Math.fma(Math.fma(a, u, b * v), share, o.re()[j]);
          o.im()[j] = Math.fma(Math.fma(a, v, -(b * u)), share, o.im()[j]);
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static void update(
        Window p,
        Window o,
        Window d,
        Window to,
        float keep,
        Denominator ofObject,
        Denominator ofProbe,
        int rows,
        int columns) {
      float[] pr = p.re();
      float[] pi = p.im();
      float[] or = o.re();
      float[] oi = o.im();
      float[] dr = d.re();
      float[] di = d.im();
      float[] tr = to.re();
      float[] ti = to.im();
      int bound = FLOATS.loopBound(columns);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var kept = FloatVector.broadcast(FLOATS, keep);
      var objectSlope = FloatVector.broadcast(FLOATS, ofObject.slope);
      var objectFloor = FloatVector.broadcast(FLOATS, ofObject.floor);
      var probeSlope = FloatVector.broadcast(FLOATS, ofProbe.slope);
      var probeFloor = FloatVector.broadcast(FLOATS, ofProbe.floor);
      for (int r = 0; r < rows; r++) {
        int i = p.offset() + r * p.pitch();
        int j = o.offset() + r * o.pitch();
        int k = d.offset() + r * d.pitch();
        int l = to.offset() + r * to.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var a = FloatVector.fromArray(FLOATS, pr, i + c);
          var b = FloatVector.fromArray(FLOATS, pi, i + c);
          var x = FloatVector.fromArray(FLOATS, or, j + c);
          var y = FloatVector.fromArray(FLOATS, oi, j + c);
          var u = FloatVector.fromArray(FLOATS, dr, k + c);
          var v = FloatVector.fromArray(FLOATS, di, k + c);
          var objectShare = one.div(objectSlope.fma(a.fma(a, b.mul(b)), objectFloor));
          var probeShare = one.div(probeSlope.fma(x.fma(x, y.mul(y)), probeFloor));
          a.fma(u, b.mul(v)).fma(objectShare, x).intoArray(or, j + c);
          a.fma(v, b.mul(u).neg()).fma(objectShare, y).intoArray(oi, j + c);
          x.fma(u, y.mul(v)).fma(probeShare, a.mul(kept)).intoArray(tr, l + c);
          x.fma(v, y.mul(u).neg()).fma(probeShare, b.mul(kept)).intoArray(ti, l + c);
        }
      }
      if (bound < columns) {
        Plain.update(
            p.moved(0, bound),
            o.moved(0, bound),
            d.moved(0, bound),
            to.moved(0, bound),
            keep,
            ofObject,
            ofProbe,
            rows,
            columns - bound);
      }
    }

    static void object(Window p, Window o, Window d, Denominator ofObject, int rows, int columns) {
      float[] pr = p.re();
      float[] pi = p.im();
      float[] or = o.re();
      float[] oi = o.im();
      float[] dr = d.re();
      float[] di = d.im();
      int bound = FLOATS.loopBound(columns);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var slope = FloatVector.broadcast(FLOATS, ofObject.slope);
      var floor = FloatVector.broadcast(FLOATS, ofObject.floor);
      for (int r = 0; r < rows; r++) {
        int i = p.offset() + r * p.pitch();
        int j = o.offset() + r * o.pitch();
        int k = d.offset() + r * d.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var a = FloatVector.fromArray(FLOATS, pr, i + c);
          var b = FloatVector.fromArray(FLOATS, pi, i + c);
          var u = FloatVector.fromArray(FLOATS, dr, k + c);
          var v = FloatVector.fromArray(FLOATS, di, k + c);
          var share = one.div(slope.fma(a.fma(a, b.mul(b)), floor));
          a.fma(u, b.mul(v))
              .fma(share, FloatVector.fromArray(FLOATS, or, j + c))
              .intoArray(or, j + c);
          a.fma(v, b.mul(u).neg())
              .fma(share, FloatVector.fromArray(FLOATS, oi, j + c))
              .intoArray(oi, j + c);
        }
      }
      if (bound < columns) {
        Plain.object(
            p.moved(0, bound),
            o.moved(0, bound),
            d.moved(0, bound),
            ofObject,
            rows,
            columns - bound);
      }
    }
  }
}
