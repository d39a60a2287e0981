package argand.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The elements of a decoded chunk, any integer or floating-point type of either byte order, as
/// 32-bit floats.
final class Elements {
  private Elements() {}

  // Constants, so that a loop over them is compiled to plain loads.
  private static final VarHandle SHORT = little(short[].class);
  private static final VarHandle INT = little(int[].class);
  private static final VarHandle LONG = little(long[].class);

  private static VarHandle little(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
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
    boolean real = type.kind() == Hdf5Type.Kind.FLOAT;
    boolean signed = type.signed();
    switch (type.bytes()) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          byte value = bytes[from + i];
          into[at + i] = signed ? value : value & 0xff;
        }
      }
      case 2 -> shorts(bytes, from, count, type, into, at);
      case 4 -> {
        for (int i = 0; i < count; i++) {
          int stored = (int) INT.get(bytes, 4 * (from + i));
          int value = type.bigEndian() ? Integer.reverseBytes(stored) : stored;
          into[at + i] = real ? Float.intBitsToFloat(value) : signed ? value : value & 0xffffffffL;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long stored = (long) LONG.get(bytes, 8 * (from + i));
          long value = type.bigEndian() ? Long.reverseBytes(stored) : stored;
          if (real) {
            into[at + i] = (float) Double.longBitsToDouble(value);
          } else {
            into[at + i] = signed || value >= 0 ? value : 2f * (value >>> 1);
          }
        }
      }
    }
  }

  private static void shorts(
      byte[] bytes, int from, int count, Hdf5Type type, float[] into, int at) {
    if (type.kind() != Hdf5Type.Kind.FLOAT && !type.signed() && !type.bigEndian()) {
      for (int i = 0; i < count; i++) { // what detectors write most
        into[at + i] = (short) SHORT.get(bytes, 2 * (from + i)) & 0xffff;
      }
      return;
    }
    boolean real = type.kind() == Hdf5Type.Kind.FLOAT;
    for (int i = 0; i < count; i++) {
      short stored = (short) SHORT.get(bytes, 2 * (from + i));
      short value = type.bigEndian() ? Short.reverseBytes(stored) : stored;
      into[at + i] = real ? Float.float16ToFloat(value) : type.signed() ? value : value & 0xffff;
    }
  }
}
