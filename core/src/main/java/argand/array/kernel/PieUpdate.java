package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Forwards and backwards through the product of an object and the probe modes P_m that light it
/// together, ψ_m = P_m O: what one view teaches both, in one pass over the window each way.
///
/// Both denominators are linear in an intensity: object d_O = s_O Σ|P_m|² + f_O, probe
/// d_P = s_P|O|² + f_P, with the old values of P and O in both lines.
public final class PieUpdate {
  private PieUpdate() {}

  /// Slope s and floor f of a denominator s |·|² + f.
  public record Denominator(float slope, float floor) {}

  /// Floats of `room` that {@link #step} needs for so many columns.
  public static int room(int columns) {
    return Buffers.START + 3 * (columns + 15) / 16 * 16;
  }

  /// ψ_m ← P_m O; light ← Σ|P_m|²; peaks[0] ← max(peaks[0], max light); peaks[1] ← max(peaks[1],
  /// max|O|²)
  public static void products(
      Window[] probes,
      Window object,
      Window[] waves,
      RealWindow light,
      int rows,
      int columns,
      float[] peaks) {
    int bound = 0;
    if (Simd.AVAILABLE) {
      bound = Vector.bound(columns);
      Vector.products(probes, object, waves, light, rows, bound, peaks);
    }
    Plain.products(probes, object, waves, light, rows, bound, columns, peaks);
  }

  /// O ← O + Σ P_m* Δ_m / d_O; into_m ← keep P_m + O* Δ_m / d_P. `into` may be the probes or the
  /// changes.
  ///
  /// @param light Σ|P_m|²
  /// @param room see {@link #room}
  public static void step(
      Window[] probes,
      Window object,
      Window[] changes,
      Window[] into,
      float keep,
      RealWindow light,
      Denominator ofObject,
      Denominator ofProbe,
      int rows,
      int columns,
      float[] room) {
    int bound = 0;
    if (Simd.AVAILABLE) {
      bound = Vector.bound(columns);
      Vector.step(probes, object, changes, into, keep, light, ofObject, ofProbe, rows, bound, room);
    }
    Plain.step(probes, object, changes, into, keep, light, ofObject, ofProbe, rows, bound, columns);
  }

  /// Works on the columns first … last − 1.
  static final class Plain {
    private Plain() {}

    static void products(
        Window[] p,
        Window o,
        Window[] w,
        RealWindow light,
        int rows,
        int first,
        int last,
        float[] peaks) {
      for (int r = 0; r < rows; r++) {
        for (int c = first; c < last; c++) {
          int j = o.offset() + r * o.pitch() + c;
          float x = o.re()[j];
          float y = o.im()[j];
          float sum = 0;
          for (int m = 0; m < p.length; m++) {
            int i = p[m].offset() + r * p[m].pitch() + c;
            int k = w[m].offset() + r * w[m].pitch() + c;
            float a = p[m].re()[i];
            float b = p[m].im()[i];
            w[m].re()[k] = Math.fma(a, x, -(b * y));
            w[m].im()[k] = Math.fma(a, y, b * x);
            sum += Math.fma(a, a, b * b);
          }
          light.values()[light.offset() + r * light.pitch() + c] = sum;
          peaks[0] = Math.max(peaks[0], sum);
          peaks[1] = Math.max(peaks[1], Math.fma(x, x, y * y));
        }
      }
    }

    static void step(
        Window[] p,
        Window o,
        Window[] d,
        Window[] to,
        float keep,
        RealWindow light,
        Denominator ofObject,
        Denominator ofProbe,
        int rows,
        int first,
        int last) {
      for (int r = 0; r < rows; r++) {
        for (int c = first; c < last; c++) {
          int j = o.offset() + r * o.pitch() + c;
          float x = o.re()[j];
          float y = o.im()[j];
          float lit = light.values()[light.offset() + r * light.pitch() + c];
          float objectShare = 1 / Math.fma(ofObject.slope, lit, ofObject.floor);
          float probeShare = 1 / Math.fma(ofProbe.slope, Math.fma(x, x, y * y), ofProbe.floor);
          float re = 0;
          float im = 0;
          for (int m = 0; m < p.length; m++) {
            int i = p[m].offset() + r * p[m].pitch() + c;
            int k = d[m].offset() + r * d[m].pitch() + c;
            int l = to[m].offset() + r * to[m].pitch() + c;
            float a = p[m].re()[i];
            float b = p[m].im()[i];
            float u = d[m].re()[k];
            float v = d[m].im()[k];
            re = Math.fma(a, u, Math.fma(b, v, re));
            im = Math.fma(a, v, Math.fma(-b, u, im));
            to[m].re()[l] = Math.fma(Math.fma(x, u, y * v), probeShare, keep * a);
            to[m].im()[l] = Math.fma(Math.fma(x, v, -(y * u)), probeShare, keep * b);
          }
          o.re()[j] = Math.fma(re, objectShare, x);
          o.im()[j] = Math.fma(im, objectShare, y);
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static int bound(int columns) {
      return FLOATS.loopBound(columns);
    }

    static void products(
        Window[] p, Window o, Window[] w, RealWindow light, int rows, int bound, float[] peaks) {
      float[] or = o.re();
      float[] oi = o.im();
      float[] sums = light.values();
      var probePeak = FloatVector.broadcast(FLOATS, peaks[0]);
      var objectPeak = FloatVector.broadcast(FLOATS, peaks[1]);
      for (int r = 0; r < rows; r++) {
        int j = o.offset() + r * o.pitch();
        int l = light.offset() + r * light.pitch();
        for (int m = 0; m < p.length; m++) {
          float[] pr = p[m].re();
          float[] pi = p[m].im();
          float[] wr = w[m].re();
          float[] wi = w[m].im();
          int i = p[m].offset() + r * p[m].pitch();
          int to = w[m].offset() + r * w[m].pitch();
          var kept = FloatVector.broadcast(FLOATS, m == 0 ? 0f : 1f);
          for (int c = 0; c < bound; c += WIDTH) {
            var a = FloatVector.fromArray(FLOATS, pr, i + c);
            var b = FloatVector.fromArray(FLOATS, pi, i + c);
            var x = FloatVector.fromArray(FLOATS, or, j + c);
            var y = FloatVector.fromArray(FLOATS, oi, j + c);
            a.fma(x, b.mul(y).neg()).intoArray(wr, to + c);
            a.fma(y, b.mul(x)).intoArray(wi, to + c);
            var sum = kept.fma(FloatVector.fromArray(FLOATS, sums, l + c), a.fma(a, b.mul(b)));
            sum.intoArray(sums, l + c);
            probePeak = probePeak.max(sum);
            objectPeak = objectPeak.max(x.fma(x, y.mul(y)));
          }
        }
      }
      peaks[0] = probePeak.reduceLanes(VectorOperators.MAX);
      peaks[1] = objectPeak.reduceLanes(VectorOperators.MAX);
    }

    static void step(
        Window[] p,
        Window o,
        Window[] d,
        Window[] to,
        float keep,
        RealWindow light,
        Denominator ofObject,
        Denominator ofProbe,
        int rows,
        int bound,
        float[] room) {
      float[] or = o.re();
      float[] oi = o.im();
      float[] sums = light.values();
      int re = Buffers.START;
      int im = re + bound;
      int share = im + bound;
      var zero = FloatVector.zero(FLOATS);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var kept = FloatVector.broadcast(FLOATS, keep);
      var objectSlope = FloatVector.broadcast(FLOATS, ofObject.slope);
      var objectFloor = FloatVector.broadcast(FLOATS, ofObject.floor);
      var probeSlope = FloatVector.broadcast(FLOATS, ofProbe.slope);
      var probeFloor = FloatVector.broadcast(FLOATS, ofProbe.floor);
      for (int r = 0; r < rows; r++) {
        int j = o.offset() + r * o.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var x = FloatVector.fromArray(FLOATS, or, j + c);
          var y = FloatVector.fromArray(FLOATS, oi, j + c);
          one.div(probeSlope.fma(x.fma(x, y.mul(y)), probeFloor)).intoArray(room, share + c);
          zero.intoArray(room, re + c);
          zero.intoArray(room, im + c);
        }
        for (int m = 0; m < p.length; m++) {
          float[] pr = p[m].re();
          float[] pi = p[m].im();
          float[] dr = d[m].re();
          float[] di = d[m].im();
          float[] tr = to[m].re();
          float[] ti = to[m].im();
          int i = p[m].offset() + r * p[m].pitch();
          int k = d[m].offset() + r * d[m].pitch();
          int l = to[m].offset() + r * to[m].pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var a = FloatVector.fromArray(FLOATS, pr, i + c);
            var b = FloatVector.fromArray(FLOATS, pi, i + c);
            var u = FloatVector.fromArray(FLOATS, dr, k + c);
            var v = FloatVector.fromArray(FLOATS, di, k + c);
            var x = FloatVector.fromArray(FLOATS, or, j + c);
            var y = FloatVector.fromArray(FLOATS, oi, j + c);
            var probeShare = FloatVector.fromArray(FLOATS, room, share + c);
            a.fma(u, b.fma(v, FloatVector.fromArray(FLOATS, room, re + c))).intoArray(room, re + c);
            a.fma(v, b.neg().fma(u, FloatVector.fromArray(FLOATS, room, im + c)))
                .intoArray(room, im + c);
            x.fma(u, y.mul(v)).fma(probeShare, a.mul(kept)).intoArray(tr, l + c);
            x.fma(v, y.mul(u).neg()).fma(probeShare, b.mul(kept)).intoArray(ti, l + c);
          }
        }
        int l = light.offset() + r * light.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var objectShare =
              one.div(objectSlope.fma(FloatVector.fromArray(FLOATS, sums, l + c), objectFloor));
          FloatVector.fromArray(FLOATS, room, re + c)
              .fma(objectShare, FloatVector.fromArray(FLOATS, or, j + c))
              .intoArray(or, j + c);
          FloatVector.fromArray(FLOATS, room, im + c)
              .fma(objectShare, FloatVector.fromArray(FLOATS, oi, j + c))
              .intoArray(oi, j + c);
        }
      }
    }
  }
}
