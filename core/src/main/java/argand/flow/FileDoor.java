package argand.flow;

import argand.array.Grid;
import argand.data.Frames;
import argand.data.Product;
import argand.data.Spectrum;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// How a step comes by files other than its input. Formats are the matter of the floor above, which
/// provides this service.
public interface FileDoor {
  /// Images of the detector, see {@link ImageFile#read}.
  Frames images(ImageFile file, Grid detector);

  /// One map, see {@link MapFile#read}.
  MapFile.Foreign map(MapFile file);

  /// What an earlier run kept.
  Product product(Path file);

  /// Spectra of a file: XDI, Athena project, columns of text, or a result of ours.
  ///
  /// @param note hears what was assumed: the unit of energy, the columns, points left out
  List<Spectrum> spectra(Path file, Consumer<String> note);

  /// The same where no one wants to know what was assumed.
  default List<Spectrum> spectra(Path file) {
    return spectra(file, _ -> {});
  }

  /// The door that the class path provides.
  static FileDoor open() {
    return ServiceLoader.load(FileDoor.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing on the class path reads files"));
  }
}
