package argand.flow;

import argand.Param;
import argand.array.Grid;
import argand.data.Frames;
import java.nio.file.Path;
import java.util.Optional;

/// Images of the detector in a file beside the measurement: dark frames, flat frames, a background,
/// a map of the gain.
public record ImageFile(
    @Param("HDF5, TIFF or NumPy file") Path file,
    @Param("name of the array in it; found by its size where it is not given")
        Optional<String> dataset,
    @Param(
            value = "exchange rows and columns, as read: {transposeFrames} does with the frames",
            byDefault = "false")
        boolean transpose,
    @Param(value = "then reverse the rows, as flipFramesY", byDefault = "false") boolean flipY,
    @Param(value = "then reverse the columns, as flipFramesX", byDefault = "false") boolean flipX) {
  /// The images in this file, as they lie there.
  public static ImageFile of(Path file) {
    return new ImageFile(file, Optional.empty(), false, false, false);
  }

  /// At most a hundred of them, evenly chosen, in memory.
  ///
  /// @param detector the size they must have
  /// @throws argand.array.InvalidInput when there are none of this size, or several sets of them
  public Frames read(Grid detector) {
    return FileDoor.open().images(this, detector);
  }
}
