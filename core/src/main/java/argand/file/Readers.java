package argand.file;

import argand.array.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// The readers there are, and which of them reads a file.
final class Readers {
  private Readers() {}

  static List<Reader> all() {
    var readers = new ArrayList<Reader>();
    ServiceLoader.load(Reader.class).forEach(readers::add);
    return readers;
  }

  /// The reader that the recipe asks for, or the one that claims the file.
  static Reader of(Path file, Read how) {
    if (!Files.exists(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new FileTrouble(file, "this is a folder, not a file");
    }
    if (how.profile().isPresent()) {
      return new ProfileReader(Profile.find(how.profile().get()));
    }
    List<Reader> readers = all();
    for (Reader reader : readers) {
      if (how.format().equals("auto") ? reader.claims(file) : reader.name().equals(how.format())) {
        return reader;
      }
    }
    String names = String.join(", ", readers.stream().map(Reader::name).toList());
    if (!how.format().equals("auto")) {
      throw new InvalidInput("format", how.format(), "auto or one of " + names, "");
    }
    if (NumpyFile.claims(file)) {
      throw new InvalidInput(
              "the meaning of these NumPy arrays",
              "nowhere stated",
              "a profile that says which of them are frames and positions",
              "write one (docs/formats/numpy.md) and give read: {profile: my.yaml}")
          .at(file.toString());
    }
    if (MatlabFile.claims(file)) {
      throw new InvalidInput(
              "the meaning of these MATLAB variables",
              "nowhere stated",
              "a profile that says which of them are frames and positions",
              "write one (docs/formats/matlab.md) and give read: {profile: my.yaml}")
          .at(file.toString());
    }
    if (!Hdf5.looksLikeHdf5(file)) {
      throw new FileTrouble(file, "this is not an HDF5 file, and no reader knows it");
    }
    throw new InvalidInput(
            "the layout of this HDF5 file",
            "unknown: no reader claims it, and there is no /entry_1/instrument_1/detector_1/data",
            String.join(", ", readers.stream().map(Reader::title).toList())
                + ", or a profile that says where things are",
            Profile.builtInFor(file)
                .map(name -> "the built-in profile fits: read: {profile: " + name + "}")
                .orElse(
                    "write a profile (docs/formats/profile.md) and give read: {profile: my.yaml}"))
        .at(file.toString());
  }
}
