package argand.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// One array of numbers in memory, or mapped from a file.
///
/// @param type of its elements
/// @param shape sizes of the axes, empty for a scalar
/// @param fortran whether the first axis is the fastest
/// @param data its elements as the file has them
record MemoryArray(Hdf5Type type, long[] shape, boolean fortran, MemorySegment data) {
  long count() {
    return Hdf5Slabs.product(shape);
  }

  /// Elements between neighbours along each axis.
  long[] strides() {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int k = 0; k < shape.length; k++) {
      int axis = fortran ? k : shape.length - 1 - k;
      strides[axis] = step;
      step *= shape[axis];
    }
    return strides;
  }

  /// Real element `index` in the order of the file; of complex arrays, real and imaginary parts
  /// count singly.
  double element(long index) {
    int bytes = type.kind() == Hdf5Type.Kind.COMPLEX ? type.bytes() / 2 : type.bytes();
    boolean real = !type.isInteger();
    var order = type.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long at = index * bytes;
    return switch (bytes) {
      case 1 -> {
        byte value = data.get(ValueLayout.JAVA_BYTE, at);
        yield type.signed() ? value : value & 0xff;
      }
      case 2 -> {
        short value = data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
        yield real ? Float.float16ToFloat(value) : type.signed() ? value : value & 0xffff;
      }
      case 4 -> {
        int value = data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
        yield real ? Float.intBitsToFloat(value) : type.signed() ? value : value & 0xffffffffL;
      }
      default -> {
        long value = data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
        yield real
            ? Double.longBitsToDouble(value)
            : type.signed() || value >= 0 ? value : 2.0 * (value >>> 1);
      }
    };
  }

  /// Where element `k`, counted with the last axis fastest, lies in the file.
  long place(long k, long[] strides) {
    if (!fortran) {
      return k;
    }
    long place = 0;
    long rest = k;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      place += rest % shape[axis] * strides[axis];
      rest /= shape[axis];
    }
    return place;
  }

  /// All its real numbers, last axis fastest.
  double[] doubles(Path file, String path) {
    mustBeReal(file, path);
    double[] values = new double[length(file, path)];
    long[] strides = strides();
    for (int k = 0; k < values.length; k++) {
      values[k] = element(place(k, strides));
    }
    return values;
  }

  /// All its real numbers, last axis fastest.
  float[] floats(Path file, String path) {
    mustBeReal(file, path);
    float[] values = new float[length(file, path)];
    long[] strides = strides();
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) element(place(k, strides));
    }
    return values;
  }

  /// @throws FileTrouble when it holds complex numbers
  void mustBeReal(Path file, String path) {
    if (type.kind() == Hdf5Type.Kind.COMPLEX) {
      throw new FileTrouble(file, path + " holds " + type + "; expected real numbers");
    }
  }

  /// How many elements there are.
  ///
  /// @throws FileTrouble when they are too many for one Java array
  int length(Path file, String path) {
    if (count() > Integer.MAX_VALUE - 8) {
      throw new FileTrouble(file, path + " holds too many numbers to be read at once");
    }
    return (int) count();
  }
}
