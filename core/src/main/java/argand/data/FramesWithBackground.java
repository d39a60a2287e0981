package argand.data;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import java.util.Optional;

/// Frames as they are, and beside them how much of each pixel does not come from the sample.
///
/// @param frames with that background in them
/// @param level counts of each pixel, at least 0, on the frames' grid
public record FramesWithBackground(Frames frames, RealField level) implements Frames {
  /// @throws InvalidInput when the background has another size, or is not a number of counts
  public FramesWithBackground {
    var grid = frames.grid();
    if (level.grid().rows() != grid.rows() || level.grid().columns() != grid.columns()) {
      throw new InvalidInput(
          "the background",
          level.grid().rows() + " × " + level.grid().columns() + " pixels",
          grid.rows() + " × " + grid.columns() + ", as the frames have",
          "");
    }
    for (float value : level.values()) {
      if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
        throw new InvalidInput("the background", value, "counts of at least 0", "");
      }
    }
  }

  @Override
  public int count() {
    return frames.count();
  }

  @Override
  public Grid grid() {
    return frames.grid();
  }

  @Override
  public void read(int index, RealField into) {
    frames.read(index, into);
  }

  @Override
  public Optional<Frames> variance() {
    return frames.variance();
  }

  @Override
  public Calibration calibration() {
    return frames.calibration();
  }

  @Override
  public Optional<RealField> background() {
    return Optional.of(level);
  }

  @Override
  public long memoryBytes() {
    return frames.memoryBytes();
  }

  @Override
  public void close() {
    frames.close();
  }
}
