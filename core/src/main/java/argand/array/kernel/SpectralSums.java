package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Sums over the energies of each pixel of a block, which is what a linear fit of many spectra with
/// the same columns is made of.
///
/// A block lies energy by energy: value e of pixel i is `y[e · pitch + i]`. It is meant to be in
/// the
/// second-level cache, so that a stack is read once from memory however many columns there are.
/// Lanes are pixels. Sums over energies lose nothing to their length: runs of eight are added up in
/// single precision and go on with their rounding errors kept (Knuth's two-sum).
public final class SpectralSums {
  private SpectralSums() {}

  /// Energies whose products one lane adds up before they go on with their rounding errors.
  private static final int RUN = 8;

  /// Pixels that are taken together: eight energies of them and the sums stay in the first-level
  /// cache.
  private static final int PIXELS = 512;

  /// into[k · pitch + i] ← Σ_e c[k · energies + e] y[e · pitch + i] for k < columns, i < length
  public static void project(
      float[] y,
      int pitch,
      int energies,
      int length,
      float[] coefficients,
      int columns,
      float[] into) {
    int whole = Simd.AVAILABLE ? Vector.whole(length) : 0;
    if (whole > 0) {
      Vector.project(y, pitch, energies, whole, coefficients, columns, into);
    }
    Plain.project(y, pitch, energies, whole, length, coefficients, columns, into);
  }

  /// rest[i] ← Σ_e (y[e · pitch + i] − Σ_k b[k · energies + e] a[k · pitch + i])² and squares[i] ←
  /// Σ_e y[e · pitch + i]²
  public static void misfit(
      float[] y,
      int pitch,
      int energies,
      int length,
      float[] basis,
      int columns,
      float[] amounts,
      float[] rest,
      float[] squares) {
    int whole = Simd.AVAILABLE ? Vector.whole(length) : 0;
    if (whole > 0) {
      Vector.misfit(y, pitch, energies, whole, basis, columns, amounts, rest, squares);
    }
    Plain.misfit(y, pitch, energies, whole, length, basis, columns, amounts, rest, squares);
  }

  /// into[e · pitch + i] ← Σ_k b[k · energies + e] a[k · pitch + i]: what the columns make.
  public static void model(
      int pitch,
      int energies,
      int length,
      float[] basis,
      int columns,
      float[] amounts,
      float[] into) {
    int whole = Simd.AVAILABLE ? Vector.whole(length) : 0;
    if (whole > 0) {
      Vector.model(pitch, energies, whole, basis, columns, amounts, into);
    }
    Plain.model(pitch, energies, whole, length, basis, columns, amounts, into);
  }

  static final class Plain {
    private Plain() {}

    static void project(
        float[] y,
        int pitch,
        int energies,
        int from,
        int to,
        float[] coefficients,
        int columns,
        float[] into) {
      for (int i = from; i < to; i++) {
        for (int k = 0; k < columns; k++) {
          double sum = 0;
          for (int e = 0; e < energies; e++) {
            sum += (double) coefficients[k * energies + e] * y[e * pitch + i];
          }
          into[k * pitch + i] = (float) sum;
        }
      }
    }

    static void misfit(
        float[] y,
        int pitch,
        int energies,
        int from,
        int to,
        float[] basis,
        int columns,
        float[] amounts,
        float[] rest,
        float[] squares) {
      for (int i = from; i < to; i++) {
        double sum = 0;
        double square = 0;
        for (int e = 0; e < energies; e++) {
          float value = y[e * pitch + i];
          float off = value;
          for (int k = 0; k < columns; k++) {
            off = Math.fma(-basis[k * energies + e], amounts[k * pitch + i], off);
          }
          sum += (double) off * off;
          square += (double) value * value;
        }
        rest[i] = (float) sum;
        squares[i] = (float) square;
      }
    }

    static void model(
        int pitch,
        int energies,
        int from,
        int to,
        float[] basis,
        int columns,
        float[] amounts,
        float[] into) {
      for (int e = 0; e < energies; e++) {
        for (int i = from; i < to; i++) {
          float sum = 0;
          for (int k = 0; k < columns; k++) {
            sum = Math.fma(basis[k * energies + e], amounts[k * pitch + i], sum);
          }
          into[e * pitch + i] = sum;
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    /// The greatest number of pixels ≤ length that fill vectors.
    static int whole(int length) {
      return FLOATS.loopBound(length);
    }

    static void project(
        float[] y,
        int pitch,
        int energies,
        int length,
        float[] coefficients,
        int columns,
        float[] into) {
      float[] lost = new float[columns * PIXELS];
      for (int start = 0; start < length; start += PIXELS) {
        int size = Math.min(PIXELS, length - start);
        java.util.Arrays.fill(lost, 0);
        for (int k = 0; k < columns; k++) {
          java.util.Arrays.fill(into, k * pitch + start, k * pitch + start + size, 0);
        }
        int e = 0;
        for (; e + RUN <= energies; e += RUN) {
          for (int k = 0; k < columns; k++) {
            int target = k * pitch + start;
            addRun(
                y,
                e * pitch + start,
                pitch,
                coefficients,
                k * energies + e,
                into,
                target,
                lost,
                k * PIXELS,
                size);
          }
        }
        for (; e < energies; e++) {
          for (int k = 0; k < columns; k++) {
            float c = coefficients[k * energies + e];
            addOne(y, e * pitch + start, c, into, k * pitch + start, lost, k * PIXELS, size);
          }
        }
        for (int k = 0; k < columns; k++) {
          for (int i = 0; i < size; i += WIDTH) {
            int at = k * pitch + start + i;
            FloatVector.fromArray(FLOATS, into, at)
                .add(FloatVector.fromArray(FLOATS, lost, k * PIXELS + i))
                .intoArray(into, at);
          }
        }
      }
    }

    /// sum + lost ← sum + lost + Σ_j c[j] y[j · pitch], j = 0 … 7
    private static void addRun(
        float[] y,
        int from,
        int pitch,
        float[] c,
        int first,
        float[] sum,
        int target,
        float[] lost,
        int spill,
        int size) {
      var c0 = FloatVector.broadcast(FLOATS, c[first]);
      var c1 = FloatVector.broadcast(FLOATS, c[first + 1]);
      var c2 = FloatVector.broadcast(FLOATS, c[first + 2]);
      var c3 = FloatVector.broadcast(FLOATS, c[first + 3]);
      var c4 = FloatVector.broadcast(FLOATS, c[first + 4]);
      var c5 = FloatVector.broadcast(FLOATS, c[first + 5]);
      var c6 = FloatVector.broadcast(FLOATS, c[first + 6]);
      var c7 = FloatVector.broadcast(FLOATS, c[first + 7]);
      for (int i = 0; i < size; i += WIDTH) {
        int at = from + i;
        var a = FloatVector.fromArray(FLOATS, y, at).mul(c0);
        var b = FloatVector.fromArray(FLOATS, y, at + pitch).mul(c1);
        a = FloatVector.fromArray(FLOATS, y, at + 2 * pitch).fma(c2, a);
        b = FloatVector.fromArray(FLOATS, y, at + 3 * pitch).fma(c3, b);
        a = FloatVector.fromArray(FLOATS, y, at + 4 * pitch).fma(c4, a);
        b = FloatVector.fromArray(FLOATS, y, at + 5 * pitch).fma(c5, b);
        a = FloatVector.fromArray(FLOATS, y, at + 6 * pitch).fma(c6, a);
        b = FloatVector.fromArray(FLOATS, y, at + 7 * pitch).fma(c7, b);
        var term = a.add(b);
        var old = FloatVector.fromArray(FLOATS, sum, target + i);
        var both = old.add(term);
        var part = both.sub(old);
        var error = old.sub(both.sub(part)).add(term.sub(part));
        both.intoArray(sum, target + i);
        FloatVector.fromArray(FLOATS, lost, spill + i).add(error).intoArray(lost, spill + i);
      }
    }

    /// sum + lost ← sum + lost + c y
    private static void addOne(
        float[] y,
        int from,
        float coefficient,
        float[] sum,
        int target,
        float[] lost,
        int spill,
        int size) {
      var c = FloatVector.broadcast(FLOATS, coefficient);
      for (int i = 0; i < size; i += WIDTH) {
        var term = FloatVector.fromArray(FLOATS, y, from + i).mul(c);
        var old = FloatVector.fromArray(FLOATS, sum, target + i);
        var both = old.add(term);
        var part = both.sub(old);
        var error = old.sub(both.sub(part)).add(term.sub(part));
        both.intoArray(sum, target + i);
        FloatVector.fromArray(FLOATS, lost, spill + i).add(error).intoArray(lost, spill + i);
      }
    }

    static void misfit(
        float[] y,
        int pitch,
        int energies,
        int length,
        float[] basis,
        int columns,
        float[] amounts,
        float[] rest,
        float[] squares) {
      for (int start = 0; start < length; start += PIXELS) {
        int size = Math.min(PIXELS, length - start);
        java.util.Arrays.fill(rest, start, start + size, 0);
        java.util.Arrays.fill(squares, start, start + size, 0);
        int e = 0;
        for (; e + 4 <= energies; e += 4) {
          addFour(
              y, e, pitch, energies, basis, columns, amounts, rest, squares, start, start + size);
        }
        for (; e < energies; e++) {
          addOneEnergy(
              y, e, pitch, energies, basis, columns, amounts, rest, squares, start, start + size);
        }
      }
    }

    /// The squares of four energies more, pixels from … to.
    private static void addFour(
        float[] y,
        int e,
        int pitch,
        int energies,
        float[] basis,
        int columns,
        float[] amounts,
        float[] rest,
        float[] squares,
        int from,
        int to) {
      for (int i = from; i < to; i += WIDTH) {
        int at = e * pitch + i;
        var r0 = FloatVector.fromArray(FLOATS, y, at);
        var r1 = FloatVector.fromArray(FLOATS, y, at + pitch);
        var r2 = FloatVector.fromArray(FLOATS, y, at + 2 * pitch);
        var r3 = FloatVector.fromArray(FLOATS, y, at + 3 * pitch);
        var square = r1.fma(r1, r0.mul(r0)).add(r3.fma(r3, r2.mul(r2)));
        square.add(FloatVector.fromArray(FLOATS, squares, i)).intoArray(squares, i);
        for (int k = 0; k < columns; k++) {
          var a = FloatVector.fromArray(FLOATS, amounts, k * pitch + i).neg();
          int b = k * energies + e;
          r0 = a.fma(FloatVector.broadcast(FLOATS, basis[b]), r0);
          r1 = a.fma(FloatVector.broadcast(FLOATS, basis[b + 1]), r1);
          r2 = a.fma(FloatVector.broadcast(FLOATS, basis[b + 2]), r2);
          r3 = a.fma(FloatVector.broadcast(FLOATS, basis[b + 3]), r3);
        }
        var off = r1.fma(r1, r0.mul(r0)).add(r3.fma(r3, r2.mul(r2)));
        off.add(FloatVector.fromArray(FLOATS, rest, i)).intoArray(rest, i);
      }
    }

    private static void addOneEnergy(
        float[] y,
        int e,
        int pitch,
        int energies,
        float[] basis,
        int columns,
        float[] amounts,
        float[] rest,
        float[] squares,
        int from,
        int to) {
      for (int i = from; i < to; i += WIDTH) {
        var r = FloatVector.fromArray(FLOATS, y, e * pitch + i);
        r.fma(r, FloatVector.fromArray(FLOATS, squares, i)).intoArray(squares, i);
        for (int k = 0; k < columns; k++) {
          var a = FloatVector.fromArray(FLOATS, amounts, k * pitch + i).neg();
          r = a.fma(FloatVector.broadcast(FLOATS, basis[k * energies + e]), r);
        }
        r.fma(r, FloatVector.fromArray(FLOATS, rest, i)).intoArray(rest, i);
      }
    }

    private static void addMultiple(
        float factor, float[] amounts, int from, float[] into, int to, int size) {
      var f = FloatVector.broadcast(FLOATS, factor);
      for (int i = 0; i < size; i += WIDTH) {
        FloatVector.fromArray(FLOATS, amounts, from + i)
            .fma(f, FloatVector.fromArray(FLOATS, into, to + i))
            .intoArray(into, to + i);
      }
    }

    static void model(
        int pitch,
        int energies,
        int length,
        float[] basis,
        int columns,
        float[] amounts,
        float[] into) {
      for (int e = 0; e < energies; e++) {
        java.util.Arrays.fill(into, e * pitch, e * pitch + length, 0);
        for (int k = 0; k < columns; k++) {
          addMultiple(basis[k * energies + e], amounts, k * pitch, into, e * pitch, length);
        }
      }
    }
  }
}
