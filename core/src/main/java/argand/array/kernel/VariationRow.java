package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// The two halves of a step of projected gradients on the dual of isotropic total variation, for
/// one
/// row of an image; scalar and vector code give the same bits.
///
/// Rows of all arrays lie one after the other, `columns` floats apart. What stands left of a row of
/// `right` has to be 0: the last column of the row before, which has no right neighbour, is.
public final class VariationRow {
  private VariationRow() {}

  /// z[to + i] ← max(lower, v[from + i] + amount (down[at + i] − down[at − columns + i] +
  /// right[at + i] − right[at + i − 1])), i < columns
  public static void image(
      float[] v,
      int from,
      float amount,
      float lower,
      float[] down,
      float[] right,
      int at,
      float[] z,
      int to,
      int columns) {
    int done =
        Simd.AVAILABLE ? Vector.image(v, from, amount, lower, down, right, at, z, to, columns) : 0;
    Plain.image(v, from, amount, lower, down, right, at, z, to, done, columns);
  }

  /// With (y, x) the extrapolated dual plus step ∇z, p its projection onto the unit disc:
  /// extrapolated
  /// ← p + ahead (p − dual), dual ← p, for the row that begins at `at`.
  ///
  /// @param last whether there is no row of z below
  public static void climb(
      float[] z,
      float step,
      float ahead,
      float[] down,
      float[] right,
      float[] downAhead,
      float[] rightAhead,
      int at,
      int columns,
      boolean last) {
    int below = last ? 0 : columns;
    int done =
        Simd.AVAILABLE
            ? Vector.climb(
                z, step, ahead, down, right, downAhead, rightAhead, at, columns - 1, below)
            : 0;
    Plain.climb(z, step, ahead, down, right, downAhead, rightAhead, at, done, columns, below);
  }

  static final class Plain {
    private Plain() {}

    static void image(
        float[] v,
        int from,
        float amount,
        float lower,
        float[] down,
        float[] right,
        int at,
        float[] z,
        int to,
        int first,
        int columns) {
      for (int i = first; i < columns; i++) {
        float flow = down[at + i] - down[at - columns + i] + right[at + i] - right[at + i - 1];
        z[to + i] = Math.max(lower, v[from + i] + amount * flow);
      }
    }

    static void climb(
        float[] z,
        float step,
        float ahead,
        float[] down,
        float[] right,
        float[] downAhead,
        float[] rightAhead,
        int at,
        int first,
        int columns,
        int below) {
      for (int i = at + first; i < at + columns; i++) {
        float dy = z[i + below] - z[i];
        float dx = i + 1 < at + columns ? z[i + 1] - z[i] : 0;
        float y = Math.fma(step, dy, downAhead[i]);
        float x = Math.fma(step, dx, rightAhead[i]);
        float scale = 1 / Math.max(1, (float) Math.sqrt(y * y + x * x));
        y *= scale;
        x *= scale;
        downAhead[i] = Math.fma(ahead, y - down[i], y);
        rightAhead[i] = Math.fma(ahead, x - right[i], x);
        down[i] = y;
        right[i] = x;
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static int image(
        float[] v,
        int from,
        float amount,
        float lower,
        float[] down,
        float[] right,
        int at,
        float[] z,
        int to,
        int columns) {
      int whole = FLOATS.loopBound(columns);
      var most = FloatVector.broadcast(FLOATS, lower);
      var a = FloatVector.broadcast(FLOATS, amount);
      for (int i = 0; i < whole; i += WIDTH) {
        var flow =
            FloatVector.fromArray(FLOATS, down, at + i)
                .sub(FloatVector.fromArray(FLOATS, down, at - columns + i))
                .add(FloatVector.fromArray(FLOATS, right, at + i))
                .sub(FloatVector.fromArray(FLOATS, right, at + i - 1));
        FloatVector.fromArray(FLOATS, v, from + i).add(a.mul(flow)).max(most).intoArray(z, to + i);
      }
      return whole;
    }

    /// All but the last column.
    static int climb(
        float[] z,
        float step,
        float ahead,
        float[] down,
        float[] right,
        float[] downAhead,
        float[] rightAhead,
        int at,
        int columns,
        int below) {
      int whole = FLOATS.loopBound(columns);
      var s = FloatVector.broadcast(FLOATS, step);
      var more = FloatVector.broadcast(FLOATS, ahead);
      var one = FloatVector.broadcast(FLOATS, 1);
      for (int i = at; i < at + whole; i += WIDTH) {
        var here = FloatVector.fromArray(FLOATS, z, i);
        var y =
            s.fma(
                FloatVector.fromArray(FLOATS, z, i + below).sub(here),
                FloatVector.fromArray(FLOATS, downAhead, i));
        var x =
            s.fma(
                FloatVector.fromArray(FLOATS, z, i + 1).sub(here),
                FloatVector.fromArray(FLOATS, rightAhead, i));
        var scale = one.div(y.mul(y).add(x.mul(x)).sqrt().max(one));
        y = y.mul(scale);
        x = x.mul(scale);
        more.fma(y.sub(FloatVector.fromArray(FLOATS, down, i)), y).intoArray(downAhead, i);
        more.fma(x.sub(FloatVector.fromArray(FLOATS, right, i)), x).intoArray(rightAhead, i);
        y.intoArray(down, i);
        x.intoArray(right, i);
      }
      return whole;
    }
  }
}
