package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// The real part of the inner product of two fields, as real vectors of twice the length.
public final class InnerProduct {
  private InnerProduct() {}

  /// Re Σ a* b. A row is added up in single precision, in the same order every time; rows in
  /// double.
  public static double real(Window a, Window b, int rows, int columns) {
    return Simd.AVAILABLE ? Vector.real(a, b, rows, columns) : Plain.real(a, b, rows, columns);
  }

  static final class Plain {
    private Plain() {}

    static double real(Window a, Window b, int rows, int columns) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        int i = a.offset() + r * a.pitch();
        int k = b.offset() + r * b.pitch();
        for (int c = 0; c < columns; c++) {
          sum += Math.fma(a.re()[i + c], b.re()[k + c], a.im()[i + c] * b.im()[k + c]);
        }
      }
      return sum;
    }
  }

  static final class Vector {
    private Vector() {}

    static double real(Window a, Window b, int rows, int columns) {
      float[] ar = a.re();
      float[] ai = a.im();
      float[] br = b.re();
      float[] bi = b.im();
      float[] lanes = new float[WIDTH];
      int bound = FLOATS.loopBound(columns);
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        int i = a.offset() + r * a.pitch();
        int k = b.offset() + r * b.pitch();
        var re = FloatVector.zero(FLOATS);
        var im = FloatVector.zero(FLOATS);
        for (int c = 0; c < bound; c += WIDTH) {
          re =
              FloatVector.fromArray(FLOATS, ar, i + c)
                  .fma(FloatVector.fromArray(FLOATS, br, k + c), re);
          im =
              FloatVector.fromArray(FLOATS, ai, i + c)
                  .fma(FloatVector.fromArray(FLOATS, bi, k + c), im);
        }
        // Not reduceLanes: the order of its additions is left open, and with it the last bits.
        re.add(im).intoArray(lanes, 0);
        for (float lane : lanes) {
          sum += lane;
        }
      }
      return bound < columns
          ? sum + Plain.real(a.moved(0, bound), b.moved(0, bound), rows, columns - bound)
          : sum;
    }
  }
}
