package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;

/// The property lists and dataspaces that new datasets, attributes and links need. The caller holds
/// the lock.
final class Hdf5Plans {
  private Hdf5Plans() {}

  static Hdf5Id space(Path file, String path, long[] shape, boolean growing) {
    long[] largest = shape.clone();
    if (growing) {
      largest[0] = H5S_UNLIMITED;
    }
    return Hdf5Id.of(
        shape.length == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(shape.length, shape, largest),
        file,
        "cannot make " + path,
        s -> H5Sclose(s));
  }

  static Hdf5Id dataset(Path file, String path, Hdf5Storage storage) {
    String cannot = "cannot make " + path;
    var plan = Hdf5Id.of(H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), file, cannot, p -> H5Pclose(p));
    if (storage.chunk().length > 0) {
      Hdf5Calls.check(
          H5Pset_chunk(plan.id(), storage.chunk().length, storage.chunk()), file, cannot);
    }
    if (storage.deflate() > 0) {
      Hdf5Calls.check(H5Pset_shuffle(plan.id()), file, cannot);
      Hdf5Calls.check(H5Pset_deflate(plan.id(), storage.deflate()), file, cannot);
    }
    return plan;
  }

  /// Links make the groups on their way.
  static Hdf5Id links(Path file) {
    var links =
        Hdf5Id.of(
            H5Pcreate(H5P_CLS_LINK_CREATE_ID_g()), file, "cannot be written", p -> H5Pclose(p));
    Hdf5Calls.check(H5Pset_create_intermediate_group(links.id(), 1), file, "cannot be written");
    return links;
  }
}
