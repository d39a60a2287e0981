package argand.flow;

import argand.array.Grid;
import argand.data.Frames;
import argand.data.Product;
import java.nio.file.Path;
import java.util.ServiceLoader;

/// How a step comes by files other than its input. Formats are the matter of the floor above, which
/// provides this service.
public interface FileDoor {
  /// Images of the detector, see {@link ImageFile#read}.
  Frames images(ImageFile file, Grid detector);

  /// What an earlier run kept.
  Product product(Path file);

  /// The door that the class path provides.
  static FileDoor open() {
    return ServiceLoader.load(FileDoor.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing on the class path reads files"));
  }
}
