package argand.file;

import argand.data.Frames;

/// Frames as a file holds them, read one at a time and from several threads.
interface FrameSource extends Frames {
  /// How many neighbouring frames are best read together: those of one chunk.
  int together();
}
