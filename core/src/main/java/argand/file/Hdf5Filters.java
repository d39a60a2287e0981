package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.hdf5.H5Z_class2_t;
import org.bytedeco.hdf5.H5Z_func_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/// Lends libhdf5 our decoders of LZF, LZ4 and bitshuffle, so that slabs, links and virtual datasets
/// read them everywhere.
final class Hdf5Filters {
  private Hdf5Filters() {}

  /// Native structures must outlive the registration, which lasts as long as the process.
  private static final List<Pointer> ALIVE = new ArrayList<>();

  static void register() {
    register(Filter.LZF, "LZF, decoded by Argand");
    register(Filter.LZ4, "LZ4, decoded by Argand");
    register(Filter.BITSHUFFLE, "bitshuffle, decoded by Argand");
  }

  private static void register(int id, String name) {
    var function = new Decoder(id);
    var text = new BytePointer(name);
    var description =
        new H5Z_class2_t()
            .version(H5Z_CLASS_T_VERS)
            .id(id)
            .encoder_present(0)
            .decoder_present(1)
            .name(text)
            .can_apply(null)
            .set_local(null)
            .filter(function);
    ALIVE.add(function);
    ALIVE.add(text);
    ALIVE.add(description);
    if (H5Zregister(description) < 0) {
      throw new IllegalStateException("libhdf5 refuses the filter " + name);
    }
  }

  /// A filter as libhdf5 calls it: 0 says that it failed.
  private static final class Decoder extends H5Z_func_t {
    private final int id;

    Decoder(int id) {
      this.id = id;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public long call(
        int flags,
        long values,
        IntPointer value,
        long bytes,
        SizeTPointer size,
        PointerPointer buffer) {
      if ((flags & H5Z_FLAG_REVERSE) == 0) {
        return 0;
      }
      byte[] encoded = new byte[(int) bytes];
      var old = new BytePointer(buffer.get(0));
      old.get(encoded);
      int[] parameters = new int[(int) values];
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = value.get(i);
      }
      byte[] decoded;
      try {
        decoded = new Filter(id, parameters).decode(encoded);
      } catch (IllegalArgumentException damaged) {
        return 0; // becomes the sentence that the filter failed during read
      }
      var fresh = H5allocate_memory(decoded.length, false);
      if (fresh == null || fresh.isNull()) {
        return 0;
      }
      new BytePointer(fresh).put(decoded);
      buffer.put(0, fresh);
      H5free_memory(old);
      size.put(decoded.length);
      return decoded.length;
    }
  }
}
