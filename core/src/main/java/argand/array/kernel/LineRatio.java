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
      return bound;
    }
  }
}
