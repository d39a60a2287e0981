package argand.file;

import argand.array.Grid;

/// An open file from which frames can be read.
interface FrameStore extends AutoCloseable {
  /// @param axes where they are and how they are turned
  /// @param grid of a frame, after turning
  FrameSource frames(FrameAxes axes, Grid grid);

  @Override
  void close();
}
