package argand.flow;

import argand.Param;
import argand.array.Check;
import argand.data.Findings.FoundMap;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// A map that something else has measured or computed: one image in a file.
public record MapFile(
    @Param("TIFF, NumPy, MATLAB or HDF5 file, or a result of Argand") Path file,
    @Param("name of the array, or of the map in a result; found where there is only one")
        Optional<String> dataset,
    @Param(value = "which of several images, from 0", byDefault = "0") int index,
    @Param(value = "edge of a square pixel on the sample; overrides the file", unit = "m")
        OptionalDouble pixelSize) {
  public MapFile {
    Check.atLeast("index", index, 0);
    pixelSize.ifPresent(size -> Check.within("pixelSize", size, 1e-12, 1, "m"));
  }

  /// The only map of a file, its pixel as the file says.
  public static MapFile of(Path file) {
    return new MapFile(file, Optional.empty(), 0, OptionalDouble.empty());
  }

  /// What was read.
  ///
  /// @param map with its errors where a result holds them
  /// @param sized whether the size of its pixel is known; else it is 1 m
  public record Foreign(FoundMap map, boolean sized) {}

  /// @throws argand.array.InvalidInput where the file has no such map, or several
  public Foreign read() {
    return FileDoor.open().map(this);
  }
}
