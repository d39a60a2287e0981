package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import java.util.Locale;

/// What the elements of a dataset or an attribute are.
///
/// @param kind the class of the type; an enumeration (h5py's bool) reads as its integers
/// @param bytes size of one element in the file
/// @param signed whether integers have a sign
/// @param bigEndian byte order in the file
public record Hdf5Type(Kind kind, int bytes, boolean signed, boolean bigEndian) {
  /// Classes of types that are told apart.
  public enum Kind {
    INTEGER,
    FLOAT,
    ENUMERATION,
    /// A compound of two floating-point numbers, real part first.
    COMPLEX,
    TEXT,
    /// The places of other objects of the file.
    REFERENCE,
    /// Anything else: other compounds, opaque, bit fields, lists of varying length.
    OTHER
  }

  /// Whether it reads as real numbers.
  public boolean isNumber() {
    return kind == Kind.INTEGER || kind == Kind.FLOAT || kind == Kind.ENUMERATION;
  }

  public boolean isInteger() {
    return kind == Kind.INTEGER || kind == Kind.ENUMERATION;
  }

  /// In the words of numpy: `uint16`, `float32`, `complex64`, `text`.
  public String name() {
    return switch (kind) {
      case INTEGER -> (signed ? "int" : "uint") + bytes * 8;
      case FLOAT -> "float" + bytes * 8;
      case COMPLEX -> "complex" + bytes * 8;
      case ENUMERATION -> bytes == 1 ? "bool or enumeration" : "enumeration";
      case TEXT -> "text";
      case REFERENCE -> "references";
      case OTHER -> "other";
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Of an open type.
  static Hdf5Type of(long type, Path file) {
    int bytes = (int) H5Tget_size(type);
    int kind = (int) Hdf5Calls.check(H5Tget_class(type), file, "cannot tell the type");
    if (kind == H5T_INTEGER) {
      return new Hdf5Type(
          Kind.INTEGER, bytes, H5Tget_sign(type) == H5T_SGN_2, H5Tget_order(type) == H5T_ORDER_BE);
    }
    if (kind == H5T_FLOAT) {
      return new Hdf5Type(Kind.FLOAT, bytes, true, H5Tget_order(type) == H5T_ORDER_BE);
    }
    if (kind == H5T_STRING) {
      return new Hdf5Type(Kind.TEXT, bytes, false, false);
    }
    if (kind == H5T_REFERENCE && bytes == Long.BYTES) { // to an object; those to regions are longer
      return new Hdf5Type(Kind.REFERENCE, bytes, false, false);
    }
    if (kind == H5T_ENUM) {
      try (var base = Hdf5Id.of(H5Tget_super(type), file, "cannot tell the type", hdf5Type())) {
        Hdf5Type of = of(base.id(), file);
        return new Hdf5Type(Kind.ENUMERATION, bytes, of.signed, of.bigEndian);
      }
    }
    if (kind == H5T_COMPOUND && H5Tget_nmembers(type) == 2) {
      try (var first =
              Hdf5Id.of(H5Tget_member_type(type, 0), file, "cannot tell the type", hdf5Type());
          var second =
              Hdf5Id.of(H5Tget_member_type(type, 1), file, "cannot tell the type", hdf5Type())) {
        if (H5Tget_class(first.id()) == H5T_FLOAT && H5Tget_class(second.id()) == H5T_FLOAT) {
          return new Hdf5Type(Kind.COMPLEX, bytes, true, of(first.id(), file).bigEndian);
        }
      }
    }
    return new Hdf5Type(Kind.OTHER, bytes, false, false);
  }

  /// How a type is closed.
  static Hdf5Id.Closer hdf5Type() {
    return type -> H5Tclose(type);
  }
}
