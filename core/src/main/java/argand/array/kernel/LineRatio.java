package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// What is left of one plane after a fitted line, over the height of a fitted step; scalar and
/// vector code give the same bits.
public final class LineRatio {
  private LineRatio() {}

  /// y ← (y − Σ_k base[k] c_k) / Σ_k step[k] c_k with c_k = coefficients[k][first + i], y =
  /// values[at + i], i = 0 … length − 1; NaN where the step is not above `least`.
  public static void apply(
      float[] values,
      int at,
      float[] base,
      float[] step,
      float[][] coefficients,
      int first,
      int length,
      float least) {
    int done =
        Simd.AVAILABLE
            ? Vector.apply(values, at, base, step, coefficients, first, length, least)
            : 0;
    Plain.apply(values, at, base, step, coefficients, first, done, length, least);
  }

  static final class Plain {
    private Plain() {}

    static void apply(
        float[] values,
        int at,
        float[] base,
        float[] step,
        float[][] coefficients,
        int first,
        int from,
        int to,
        float least) {
      for (int i = from; i < to; i++) {
        float rest = values[at + i];
        float height = 0;
        for (int k = 0; k < base.length; k++) {
          float c = coefficients[k][first + i];
          rest = Math.fma(-base[k], c, rest);
          height = Math.fma(step[k], c, height);
        }
        values[at + i] = height > least ? rest / height : Float.NaN;
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static int apply(
        float[] values,
        int at,
        float[] base,
        float[] step,
        float[][] coefficients,
        int first,
        int length,
        float least) {
      int bound = FLOATS.loopBound(length);
      if (base.length == 4) {
        ofFour(values, at, base, step, coefficients, first, bound, least);
      } else {
        ofAny(values, at, base, step, coefficients, first, bound, least);
      }
      return bound;
    }

    /// Lines of two coefficients below the edge and above it.
    private static void ofFour(
        float[] values,
        int at,
        float[] base,
        float[] step,
        float[][] coefficients,
        int first,
        int bound,
        float least) {
      float[] one = coefficients[0];
      float[] two = coefficients[1];
      float[] three = coefficients[2];
      float[] four = coefficients[3];
      var baseA = FloatVector.broadcast(FLOATS, -base[0]);
      var baseB = FloatVector.broadcast(FLOATS, -base[1]);
      var baseC = FloatVector.broadcast(FLOATS, -base[2]);
      var baseD = FloatVector.broadcast(FLOATS, -base[3]);
      var stepA = FloatVector.broadcast(FLOATS, step[0]);
      var stepB = FloatVector.broadcast(FLOATS, step[1]);
      var stepC = FloatVector.broadcast(FLOATS, step[2]);
      var stepD = FloatVector.broadcast(FLOATS, step[3]);
      var zero = FloatVector.zero(FLOATS);
      var unknown = FloatVector.broadcast(FLOATS, Float.NaN);
      for (int i = 0; i < bound; i += WIDTH) {
        var a = FloatVector.fromArray(FLOATS, one, first + i);
        var b = FloatVector.fromArray(FLOATS, two, first + i);
        var c = FloatVector.fromArray(FLOATS, three, first + i);
        var d = FloatVector.fromArray(FLOATS, four, first + i);
        var rest = baseA.fma(a, FloatVector.fromArray(FLOATS, values, at + i));
        rest = baseD.fma(d, baseC.fma(c, baseB.fma(b, rest)));
        var height = stepD.fma(d, stepC.fma(c, stepB.fma(b, stepA.fma(a, zero))));
        unknown
            .blend(rest.div(height), height.compare(VectorOperators.GT, least))
            .intoArray(values, at + i);
      }
    }

    private static void ofAny(
        float[] values,
        int at,
        float[] base,
        float[] step,
        float[][] coefficients,
        int first,
        int bound,
        float least) {
      for (int i = 0; i < bound; i += WIDTH) {
        var rest = FloatVector.fromArray(FLOATS, values, at + i);
        var height = FloatVector.zero(FLOATS);
        for (int k = 0; k < base.length; k++) {
          var c = FloatVector.fromArray(FLOATS, coefficients[k], first + i);
          rest = FloatVector.broadcast(FLOATS, -base[k]).fma(c, rest);
          height = FloatVector.broadcast(FLOATS, step[k]).fma(c, height);
        }
        FloatVector.broadcast(FLOATS, Float.NaN)
            .blend(rest.div(height), height.compare(VectorOperators.GT, least))
            .intoArray(values, at + i);
      }
    }
  }
}
