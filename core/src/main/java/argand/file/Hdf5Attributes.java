package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The attributes of one group or dataset of an open file.
public final class Hdf5Attributes {
  private final Path file;
  private final long id;
  private final String path;

  Hdf5Attributes(Path file, long id, String path) {
    this.file = file;
    this.id = id;
    this.path = path;
  }

  public boolean has(String name) {
    synchronized (Hdf5Calls.LOCK) {
      return H5Aexists_by_name(id, path, name, H5P_DEFAULT) > 0;
    }
  }

  /// The first string of an attribute; empty when there is none of this name or it holds no text.
  public Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return with(
        name,
        (attribute, type, space, is) ->
            is.kind() == Hdf5Type.Kind.TEXT
                ? texts(name, attribute, type, space).stream().findFirst()
                : Optional.empty());
  }

  /// All strings of an attribute.
  public List<String> texts(String name) {
    return with(
        name,
        (attribute, type, space, is) -> {
          expect(name, is, is.kind() == Hdf5Type.Kind.TEXT, "text");
          return texts(name, attribute, type, space);
        });
  }

  /// All numbers of an attribute.
  public double[] doubles(String name) {
    return with(
        name,
        (attribute, type, space, is) -> {
          expect(name, is, is.isNumber(), "numbers");
          return Hdf5Slabs.doubles(
              file,
              what(name),
              Hdf5Slabs.product(Hdf5Slabs.shape(space, file)),
              (memory, into) -> H5Aread(attribute, memory, into));
        });
  }

  private List<String> texts(String name, long attribute, long type, long space) {
    return Hdf5Texts.read(
        file,
        what(name),
        type,
        space,
        Hdf5Slabs.product(Hdf5Slabs.shape(space, file)),
        (memory, into) -> H5Aread(attribute, memory, into));
  }

  private interface Doing<T> {
    T with(long attribute, long type, long space, Hdf5Type is);
  }

  private <T> T with(String name, Doing<T> doing) {
    synchronized (Hdf5Calls.LOCK) {
      String cannot = "cannot open " + what(name);
      try (var attribute =
              Hdf5Id.of(
                  H5Aopen_by_name(id, path, name, H5P_DEFAULT, H5P_DEFAULT),
                  file,
                  cannot,
                  a -> H5Aclose(a));
          var type = Hdf5Id.of(H5Aget_type(attribute.id()), file, cannot, Hdf5Type.hdf5Type());
          var space = Hdf5Id.of(H5Aget_space(attribute.id()), file, cannot, s -> H5Sclose(s))) {
        return doing.with(attribute.id(), type.id(), space.id(), Hdf5Type.of(type.id(), file));
      }
    }
  }

  private void expect(String name, Hdf5Type found, boolean right, String expected) {
    if (!right) {
      throw new FileTrouble(file, what(name) + " holds " + found + "; expected " + expected);
    }
  }

  private String what(String name) {
    return "the attribute " + name + " of " + path;
  }
}
