package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Steps along a preconditioned gradient: numerator N = Σ A* χ and weight W = Σ|A|² give the
/// direction d = s N with s = 1/√(W² + f), f a floor where little light falls.
public final class WeightedStep {
  private WeightedStep() {}

  /// Rows whose terms one float lane adds up before they go on in double precision.
  private static final int ROWS = 4;

  /// sums ← sums + (Σ|d|² W, Re Σ d* N): the step along d that fits all χ best is the second
  /// divided by the first. Always summed in the same order.
  public static void lengths(
      Window numerator, RealWindow weight, float floor, int rows, int columns, double[] sums) {
    if (Simd.AVAILABLE) {
      Vector.lengths(numerator, weight, floor, rows, columns, sums);
    } else {
      Plain.lengths(numerator, weight, floor, rows, columns, sums);
    }
  }

  /// f ← f + step d
  public static void add(
      Window field,
      Window numerator,
      RealWindow weight,
      float floor,
      float step,
      int rows,
      int columns) {
    if (Simd.AVAILABLE) {
      Vector.add(field, numerator, weight, floor, step, rows, columns);
    } else {
      Plain.add(field, numerator, weight, floor, step, rows, columns);
    }
  }

  /// v ← keep v + d; f ← f + step v
  public static void addWithMomentum(
      Window field,
      Window velocity,
      Window numerator,
      RealWindow weight,
      float floor,
      float keep,
      float step,
      int rows,
      int columns) {
    if (Simd.AVAILABLE) {
      Vector.addWithMomentum(field, velocity, numerator, weight, floor, keep, step, rows, columns);
    } else {
      Plain.addWithMomentum(field, velocity, numerator, weight, floor, keep, step, rows, columns);
    }
  }

  /// The greatest weight, at least 0.
  public static float peak(RealWindow weight, int rows, int columns) {
    return Simd.AVAILABLE ? Vector.peak(weight, rows, columns) : Plain.peak(weight, rows, columns);
  }

  static final class Plain {
    private Plain() {}

    static void lengths(
        Window n, RealWindow weight, float floor, int rows, int columns, double[] sums) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = n.offset() + r * n.pitch() + c;
          float w = weight.values()[weight.offset() + r * weight.pitch() + c];
          float s = 1 / (float) Math.sqrt(Math.fma(w, w, floor));
          float square = Math.fma(n.re()[i], n.re()[i], n.im()[i] * n.im()[i]) * s;
          sums[0] += square * (s * w);
          sums[1] += square;
        }
      }
    }

    static void add(
        Window f, Window n, RealWindow weight, float floor, float step, int rows, int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int k = n.offset() + r * n.pitch() + c;
          float w = weight.values()[weight.offset() + r * weight.pitch() + c];
          float s = step / (float) Math.sqrt(Math.fma(w, w, floor));
          f.re()[i] = Math.fma(s, n.re()[k], f.re()[i]);
          f.im()[i] = Math.fma(s, n.im()[k], f.im()[i]);
        }
      }
    }

    static void addWithMomentum(
        Window f,
        Window v,
        Window n,
        RealWindow weight,
        float floor,
        float keep,
        float step,
        int rows,
        int columns) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          int i = f.offset() + r * f.pitch() + c;
          int j = v.offset() + r * v.pitch() + c;
          int k = n.offset() + r * n.pitch() + c;
          float w = weight.values()[weight.offset() + r * weight.pitch() + c];
          float s = 1 / (float) Math.sqrt(Math.fma(w, w, floor));
          v.re()[j] = Math.fma(s, n.re()[k], keep * v.re()[j]);
          v.im()[j] = Math.fma(s, n.im()[k], keep * v.im()[j]);
          f.re()[i] = Math.fma(step, v.re()[j], f.re()[i]);
          f.im()[i] = Math.fma(step, v.im()[j], f.im()[i]);
        }
      }
    }

    static float peak(RealWindow weight, int rows, int columns) {
      float peak = 0;
      for (int r = 0; r < rows; r++) {
        int i = weight.offset() + r * weight.pitch();
        for (int c = 0; c < columns; c++) {
          peak = Math.max(peak, weight.values()[i + c]);
        }
      }
      return peak;
    }
  }

  static final class Vector {
    private Vector() {}

    static void lengths(
        Window n, RealWindow weight, float floor, int rows, int columns, double[] sums) {
      float[] nr = n.re();
      float[] ni = n.im();
      float[] weights = weight.values();
      float[] lanes = new float[2 * WIDTH];
      int bound = FLOATS.loopBound(columns);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var floors = FloatVector.broadcast(FLOATS, floor);
      for (int first = 0; first < rows; first += ROWS) {
        var weighted = FloatVector.zero(FLOATS);
        var plain = FloatVector.zero(FLOATS);
        int last = Math.min(rows, first + ROWS);
        for (int r = first; r < last; r++) {
          int i = n.offset() + r * n.pitch();
          int l = weight.offset() + r * weight.pitch();
          for (int c = 0; c < bound; c += WIDTH) {
            var x = FloatVector.fromArray(FLOATS, nr, i + c);
            var y = FloatVector.fromArray(FLOATS, ni, i + c);
            var w = FloatVector.fromArray(FLOATS, weights, l + c);
            var s = one.div(w.fma(w, floors).sqrt());
            var square = x.fma(x, y.mul(y)).mul(s);
            weighted = square.fma(s.mul(w), weighted);
            plain = plain.add(square);
          }
        }
        // Not reduceLanes: the order of its additions is left open, and with it the last bits.
        weighted.intoArray(lanes, 0);
        plain.intoArray(lanes, WIDTH);
        for (int lane = 0; lane < WIDTH; lane++) {
          sums[0] += lanes[lane];
          sums[1] += lanes[WIDTH + lane];
        }
      }
      if (bound < columns) {
        Plain.lengths(
            n.moved(0, bound), weight.moved(0, bound), floor, rows, columns - bound, sums);
      }
    }

    static void add(
        Window f, Window n, RealWindow weight, float floor, float step, int rows, int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] nr = n.re();
      float[] ni = n.im();
      float[] weights = weight.values();
      int bound = FLOATS.loopBound(columns);
      var steps = FloatVector.broadcast(FLOATS, step);
      var floors = FloatVector.broadcast(FLOATS, floor);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int k = n.offset() + r * n.pitch();
        int l = weight.offset() + r * weight.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var w = FloatVector.fromArray(FLOATS, weights, l + c);
          var s = steps.div(w.fma(w, floors).sqrt());
          s.fma(FloatVector.fromArray(FLOATS, nr, k + c), FloatVector.fromArray(FLOATS, fr, i + c))
              .intoArray(fr, i + c);
          s.fma(FloatVector.fromArray(FLOATS, ni, k + c), FloatVector.fromArray(FLOATS, fi, i + c))
              .intoArray(fi, i + c);
        }
      }
      if (bound < columns) {
        Plain.add(
            f.moved(0, bound),
            n.moved(0, bound),
            weight.moved(0, bound),
            floor,
            step,
            rows,
            columns - bound);
      }
    }

    static void addWithMomentum(
        Window f,
        Window v,
        Window n,
        RealWindow weight,
        float floor,
        float keep,
        float step,
        int rows,
        int columns) {
      float[] fr = f.re();
      float[] fi = f.im();
      float[] vr = v.re();
      float[] vi = v.im();
      float[] nr = n.re();
      float[] ni = n.im();
      float[] weights = weight.values();
      int bound = FLOATS.loopBound(columns);
      var one = FloatVector.broadcast(FLOATS, 1f);
      var kept = FloatVector.broadcast(FLOATS, keep);
      var steps = FloatVector.broadcast(FLOATS, step);
      var floors = FloatVector.broadcast(FLOATS, floor);
      for (int r = 0; r < rows; r++) {
        int i = f.offset() + r * f.pitch();
        int j = v.offset() + r * v.pitch();
        int k = n.offset() + r * n.pitch();
        int l = weight.offset() + r * weight.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          var w = FloatVector.fromArray(FLOATS, weights, l + c);
          var s = one.div(w.fma(w, floors).sqrt());
          var x = FloatVector.fromArray(FLOATS, vr, j + c).mul(kept);
          var y = FloatVector.fromArray(FLOATS, vi, j + c).mul(kept);
          x = s.fma(FloatVector.fromArray(FLOATS, nr, k + c), x);
          y = s.fma(FloatVector.fromArray(FLOATS, ni, k + c), y);
          x.intoArray(vr, j + c);
          y.intoArray(vi, j + c);
          steps.fma(x, FloatVector.fromArray(FLOATS, fr, i + c)).intoArray(fr, i + c);
          steps.fma(y, FloatVector.fromArray(FLOATS, fi, i + c)).intoArray(fi, i + c);
        }
      }
      if (bound < columns) {
        Plain.addWithMomentum(
            f.moved(0, bound),
            v.moved(0, bound),
            n.moved(0, bound),
            weight.moved(0, bound),
            floor,
            keep,
            step,
            rows,
            columns - bound);
      }
    }

    static float peak(RealWindow weight, int rows, int columns) {
      float[] weights = weight.values();
      int bound = FLOATS.loopBound(columns);
      var most = FloatVector.zero(FLOATS);
      for (int r = 0; r < rows; r++) {
        int l = weight.offset() + r * weight.pitch();
        for (int c = 0; c < bound; c += WIDTH) {
          most = most.max(FloatVector.fromArray(FLOATS, weights, l + c));
        }
      }
      float peak = most.reduceLanes(VectorOperators.MAX);
      return bound < columns
          ? Math.max(peak, Plain.peak(weight.moved(0, bound), rows, columns - bound))
          : peak;
    }
  }
}
