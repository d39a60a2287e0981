package argand.prepare;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Optional;

/// Frames that show a part of others, or sums of their pixels, made one at a time when they are
/// read. What is done to counts is done to their variances.
///
/// @param whole where they come from; closed with these
/// @param grid rows, columns and pixel size of the new frames
record MappedFrames(Frames whole, Grid grid, OfFrame map) implements Frames {
  /// Makes a new frame of an old one.
  interface OfFrame {
    /// into ← every pixel of the new frame
    void apply(RealField frame, RealField into);
  }

  @Override
  public int count() {
    return whole.count();
  }

  @Override
  public void read(int index, RealField into) {
    // a buffer for each call: frames are read from several threads
    var frame = new RealField(whole.grid());
    whole.read(index, frame);
    map.apply(frame, into);
  }

  @Override
  public Optional<Frames> variance() {
    return whole.variance().map(variance -> new MappedFrames(variance, grid, map));
  }

  @Override
  public Optional<RealField> background() {
    return whole
        .background()
        .map(
            level -> {
              var mapped = new RealField(grid);
              map.apply(level, mapped);
              return mapped;
            });
  }

  @Override
  public long memoryBytes() {
    return whole.memoryBytes();
  }

  @Override
  public void close() {
    whole.close();
  }
}
