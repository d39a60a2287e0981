package argand.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The elements of a decoded chunk, any integer or floating-point type of either byte order, as
/// 32-bit floats.
final class Elements {
  private Elements() {}

  private static final VarHandle[] SHORT = views(short[].class);
  private static final VarHandle[] INT = views(int[].class);
  private static final VarHandle[] LONG = views(long[].class);
  private static final VarHandle[] FLOAT = views(float[].class);
  private static final VarHandle[] DOUBLE = views(double[].class);

  private static VarHandle[] views(Class<?> array) {
    return new VarHandle[] {
      MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN),
      MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN)
    };
  }

  /// Whether this type is known here.
  static boolean known(Hdf5Type type) {
    int bytes = type.bytes();
    return type.kind() == Hdf5Type.Kind.FLOAT
        ? bytes == 2 || bytes == 4 || bytes == 8
        : type.isInteger() && (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8);
  }

  /// into[at … at + count) ← elements from … from + count of `bytes`
  static void floats(byte[] bytes, int from, int count, Hdf5Type type, float[] into, int at) {
    int order = type.bigEndian() ? 1 : 0;
    boolean real = type.kind() == Hdf5Type.Kind.FLOAT;
    boolean signed = type.signed();
    switch (type.bytes()) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          byte value = bytes[from + i];
          into[at + i] = signed ? value : value & 0xff;
        }
      }
      case 2 -> {
        VarHandle view = SHORT[order];
        for (int i = 0; i < count; i++) {
          short value = (short) view.get(bytes, 2 * (from + i));
          into[at + i] = real ? Float.float16ToFloat(value) : signed ? value : value & 0xffff;
        }
      }
      case 4 -> {
        VarHandle view = real ? FLOAT[order] : INT[order];
        for (int i = 0; i < count; i++) {
          int place = 4 * (from + i);
          if (real) {
            into[at + i] = (float) view.get(bytes, place);
          } else {
            int value = (int) view.get(bytes, place);
            into[at + i] = signed ? value : value & 0xffffffffL;
          }
        }
      }
      default -> {
        VarHandle view = real ? DOUBLE[order] : LONG[order];
        for (int i = 0; i < count; i++) {
          int place = 8 * (from + i);
          if (real) {
            into[at + i] = (float) (double) view.get(bytes, place);
          } else {
            long value = (long) view.get(bytes, place);
            into[at + i] = signed || value >= 0 ? value : 2f * (value >>> 1);
          }
        }
      }
    }
  }
}
