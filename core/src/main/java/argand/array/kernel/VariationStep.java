package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// The two halves of a step of fast gradient projection for total variation, over a whole image of
/// n = rows · columns pixels without a branch: what has no neighbour meets zeros that lie around.
///
/// Fields that point down are stored `columns` further on, fields that point right one further on,
/// behind zeros; the image is followed by a copy of its last row.
public final class VariationStep {
  private VariationStep() {}

  /// What is kept of an image between steps: the dual p, its extrapolation q, and what of it acts
  /// on the image, (1 − m mᵀ) q.
  public static final class State {
    final int rows;
    final int columns;
    final float[] pDown;
    final float[] pRight;
    final float[] qDown;
    final float[] qRight;
    final float[] actingDown;
    final float[] actingRight;
    final float[] image;

    public State(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      int n = rows * columns;
      pDown = new float[n];
      pRight = new float[n];
      qDown = new float[n];
      qRight = new float[n];
      actingDown = new float[n + columns];
      actingRight = new float[n + 1];
      image = new float[n + columns + 1];
    }

    /// The image after {@link VariationStep#image}, followed by more; not a copy.
    public float[] image() {
      return image;
    }
  }

  /// image ← max(lower, v + amount · div(acting))
  public static void image(State s, float[] v, float amount, float lower) {
    int n = s.rows * s.columns;
    int done = Simd.AVAILABLE ? Vector.image(s, v, amount, lower) : 0;
    Plain.image(s, v, amount, lower, done);
    System.arraycopy(s.image, n - s.columns, s.image, n, s.columns);
  }

  /// g = (1 − m mᵀ) ∇image; p⁺ = Π(q + step · g), Π onto the unit disc; q ← p⁺ + ahead (p⁺ − p);
  /// acting ← (1 − m mᵀ) q.
  ///
  /// @param mDown m, at most 1 long; zero where no direction is free
  /// @param inside 1 where a pixel has a right neighbour, else 0
  /// @param hasBelow 1 where a pixel has one below, else 0
  public static void climb(
      State s,
      float step,
      float ahead,
      float[] mDown,
      float[] mRight,
      float[] inside,
      float[] hasBelow) {
    int done = Simd.AVAILABLE ? Vector.climb(s, step, ahead, mDown, mRight, inside, hasBelow) : 0;
    Plain.climb(s, step, ahead, mDown, mRight, inside, hasBelow, done);
  }

  static final class Plain {
    private Plain() {}

    static void image(State s, float[] v, float amount, float lower, int first) {
      int n = s.rows * s.columns;
      float[] down = s.actingDown;
      float[] right = s.actingRight;
      for (int i = first; i < n; i++) {
        float flow = down[i + s.columns] - down[i] + (right[i + 1] - right[i]);
        s.image[i] = Math.max(lower, Math.fma(amount, flow, v[i]));
      }
    }

    static void climb(
        State s,
        float step,
        float ahead,
        float[] mDown,
        float[] mRight,
        float[] inside,
        float[] hasBelow,
        int first) {
      int n = s.rows * s.columns;
      float[] z = s.image;
      for (int i = first; i < n; i++) {
        float dy = z[i + s.columns] - z[i];
        float dx = (z[i + 1] - z[i]) * inside[i];
        float along = Math.fma(mDown[i], dy, mRight[i] * dx);
        dy = Math.fma(-along, mDown[i], dy);
        dx = Math.fma(-along, mRight[i], dx);
        float y = Math.fma(step, dy, s.qDown[i]);
        float x = Math.fma(step, dx, s.qRight[i]);
        float length = Math.max(1, (float) Math.sqrt(Math.fma(y, y, x * x)));
        y = y / length;
        x = x / length;
        float qy = Math.fma(ahead, y - s.pDown[i], y);
        float qx = Math.fma(ahead, x - s.pRight[i], x);
        s.pDown[i] = y;
        s.pRight[i] = x;
        s.qDown[i] = qy;
        s.qRight[i] = qx;
        float with = Math.fma(mDown[i], qy, mRight[i] * qx);
        s.actingDown[i + s.columns] = Math.fma(-with, mDown[i], qy) * hasBelow[i];
        s.actingRight[i + 1] = Math.fma(-with, mRight[i], qx) * inside[i];
      }
    }
  }

  static final class Vector {
    private Vector() {}

    /// How far it came.
    static int image(State s, float[] v, float amount, float lower) {
      int bound = FLOATS.loopBound(s.rows * s.columns);
      var a = FloatVector.broadcast(FLOATS, amount);
      var least = FloatVector.broadcast(FLOATS, lower);
      for (int i = 0; i < bound; i += WIDTH) {
        var vertical =
            FloatVector.fromArray(FLOATS, s.actingDown, i + s.columns)
                .sub(FloatVector.fromArray(FLOATS, s.actingDown, i));
        var horizontal =
            FloatVector.fromArray(FLOATS, s.actingRight, i + 1)
                .sub(FloatVector.fromArray(FLOATS, s.actingRight, i));
        a.fma(vertical.add(horizontal), FloatVector.fromArray(FLOATS, v, i))
            .max(least)
            .intoArray(s.image, i);
      }
      return bound;
    }

    /// How far it came.
    static int climb(
        State s,
        float step,
        float ahead,
        float[] mDown,
        float[] mRight,
        float[] inside,
        float[] hasBelow) {
      int bound = FLOATS.loopBound(s.rows * s.columns);
      float[] z = s.image;
      var one = FloatVector.broadcast(FLOATS, 1);
      var by = FloatVector.broadcast(FLOATS, step);
      var further = FloatVector.broadcast(FLOATS, ahead);
      for (int i = 0; i < bound; i += WIDTH) {
        var here = FloatVector.fromArray(FLOATS, z, i);
        var hasRight = FloatVector.fromArray(FLOATS, inside, i);
        var my = FloatVector.fromArray(FLOATS, mDown, i);
        var mx = FloatVector.fromArray(FLOATS, mRight, i);
        var dy = FloatVector.fromArray(FLOATS, z, i + s.columns).sub(here);
        var dx = FloatVector.fromArray(FLOATS, z, i + 1).sub(here).mul(hasRight);
        var against = my.fma(dy, mx.mul(dx)).neg();
        dy = against.fma(my, dy);
        dx = against.fma(mx, dx);
        var y = dy.fma(by, FloatVector.fromArray(FLOATS, s.qDown, i));
        var x = dx.fma(by, FloatVector.fromArray(FLOATS, s.qRight, i));
        var length = y.fma(y, x.mul(x)).sqrt().max(one);
        y = y.div(length);
        x = x.div(length);
        var qy = y.sub(FloatVector.fromArray(FLOATS, s.pDown, i)).fma(further, y);
        var qx = x.sub(FloatVector.fromArray(FLOATS, s.pRight, i)).fma(further, x);
        y.intoArray(s.pDown, i);
        x.intoArray(s.pRight, i);
        qy.intoArray(s.qDown, i);
        qx.intoArray(s.qRight, i);
        var without = my.fma(qy, mx.mul(qx)).neg();
        without
            .fma(my, qy)
            .mul(FloatVector.fromArray(FLOATS, hasBelow, i))
            .intoArray(s.actingDown, i + s.columns);
        without.fma(mx, qx).mul(hasRight).intoArray(s.actingRight, i + 1);
      }
      return bound;
    }
  }
}
