package argand.run;

import argand.data.DiffractionScan;
import argand.data.Product;
import java.nio.file.Path;

/// Where products lie between steps and runs. Everything written is complete or absent.
public interface Shelf {
  /// @param recipe its text, kept beside the product
  /// @param plan its text, kept beside the product
  /// @throws argand.file.FileTrouble when the file cannot be written
  void keep(Path file, Product product, String recipe, String plan);

  /// @throws argand.file.FileTrouble when the file cannot be read
  Product fetch(Path file);

  /// A measurement as a beamline would have written it.
  ///
  /// @throws argand.file.FileTrouble when the file cannot be written
  void keepMeasurement(Path file, DiffractionScan scan);
}
