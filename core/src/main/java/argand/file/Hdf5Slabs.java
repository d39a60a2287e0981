package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/// Blocks of numbers out of an open dataset or attribute. The caller holds the lock.
final class Hdf5Slabs {
  private Hdf5Slabs() {}

  /// How numbers get out of an open object into memory: whole attributes and slabs of datasets
  /// alike.
  interface Reading {
    int read(long memoryType, Pointer into);
  }

  static double[] doubles(Path file, String what, long count, Reading reading) {
    double[] values = new double[fits(file, what, count, 8)];
    try (var memory = new DoublePointer(Math.max(1, values.length))) {
      read(file, what, reading.read(H5T_NATIVE_DOUBLE_g(), memory));
      memory.get(values);
    }
    return values;
  }

  static float[] floats(Path file, String what, long count, Reading reading) {
    float[] values = new float[fits(file, what, count, 4)];
    try (var memory = new FloatPointer(Math.max(1, values.length))) {
      read(file, what, reading.read(H5T_NATIVE_FLOAT_g(), memory));
      memory.get(values);
    }
    return values;
  }

  static long[] longs(Path file, String what, long count, Reading reading) {
    long[] values = new long[fits(file, what, count, 8)];
    try (var memory = new LongPointer(Math.max(1, values.length))) {
      read(file, what, reading.read(H5T_NATIVE_INT64_g(), memory));
      memory.get(values);
    }
    return values;
  }

  /// @param names the file's names of the real and the imaginary part
  static ComplexValues complex(
      Path file, String what, long count, String[] names, Reading reading) {
    int length = fits(file, what, count, 16);
    var values = new ComplexValues(new float[length], new float[length]);
    try (var pair = pair(file, names, H5T_NATIVE_FLOAT_g(), 4);
        var memory = new FloatPointer(Math.max(2L, 2L * length))) {
      read(file, what, reading.read(pair.id(), memory));
      for (int i = 0; i < length; i++) {
        values.re()[i] = memory.get(2L * i);
        values.im()[i] = memory.get(2L * i + 1);
      }
    }
    return values;
  }

  /// A compound of two numbers of `base`, each of `size` bytes.
  static Hdf5Id pair(Path file, String[] names, long base, int size) {
    var pair =
        Hdf5Id.of(
            H5Tcreate(H5T_COMPOUND, 2L * size),
            file,
            "cannot make a complex type",
            Hdf5Type.hdf5Type());
    for (int i = 0; i < 2; i++) {
      Hdf5Calls.check(
          H5Tinsert(pair.id(), names[i], (long) i * size, base),
          file,
          "cannot make a complex type");
    }
    return pair;
  }

  /// The names of the two parts of a complex type.
  static String[] parts(long type) {
    String[] names = new String[2];
    for (int i = 0; i < 2; i++) {
      BytePointer name = H5Tget_member_name(type, i);
      names[i] = name.getString();
      H5free_memory(name);
    }
    return names;
  }

  /// Shape of an open dataspace; a scalar has none, and an empty one holds nothing.
  static long[] shape(long space, Path file) {
    int rank = H5Sget_simple_extent_ndims(space);
    Hdf5Calls.check(rank, file, "cannot tell the shape");
    if (H5Sget_simple_extent_type(space) == H5S_NULL) {
      return new long[] {0};
    }
    long[] shape = new long[rank];
    if (rank > 0) {
      Hdf5Calls.check(
          H5Sget_simple_extent_dims(space, shape, new long[rank]), file, "cannot tell the shape");
    }
    return shape;
  }

  /// Selects the slab in an open dataspace.
  static void select(long space, Path file, String what, long[] start, long[] count) {
    long[] shape = shape(space, file);
    boolean inside = start.length == shape.length && count.length == shape.length;
    for (int i = 0; inside && i < shape.length; i++) {
      inside = start[i] >= 0 && count[i] >= 0 && start[i] + count[i] <= shape[i];
    }
    if (!inside) {
      throw new FileTrouble(
          file,
          what
              + " has the shape "
              + Arrays.toString(shape)
              + "; the block of "
              + Arrays.toString(count)
              + " at "
              + Arrays.toString(start)
              + " is not in it");
    }
    if (shape.length > 0) {
      Hdf5Calls.check(
          H5Sselect_hyperslab(space, H5S_SELECT_SET, start, null, count, (long[]) null),
          file,
          "cannot select a block of " + what);
    }
  }

  static long product(long... sizes) {
    long product = 1;
    for (long size : sizes) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /// @throws FileTrouble when so many numbers fit neither into an array nor into the memory this
  ///      process may use
  static int fits(Path file, String what, long count, int bytes) {
    if (count > Integer.MAX_VALUE - 8 || count * bytes > Runtime.getRuntime().maxMemory()) {
      throw new FileTrouble(
          file,
          what
              + " holds "
              + count
              + " numbers, "
              + count * bytes / (1 << 20)
              + " MiB, and does not fit into the memory of "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB");
    }
    return (int) count;
  }

  private static void read(Path file, String what, int code) {
    Hdf5Calls.check(code, file, "cannot read " + what);
  }
}
