package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Frames in a dataset of an open HDF5 file, read one at a time and from several threads.
///
/// Chunks whose filters we know are fetched under libhdf5's lock as they are and decoded outside of
/// it, so threads decode in parallel; everything else is read by libhdf5. Where a chunk holds
/// several frames, the last few decoded blocks are kept.
final class StoredFrames implements FrameSource {
  private static final int KEPT_BLOCKS = 1 + Runtime.getRuntime().availableProcessors();

  private final Hdf5 h5;
  private final FrameAxes axes;
  private final Grid grid;
  private final Hdf5Layout layout;
  private final boolean ours;
  private final Map<Integer, float[]> blocks =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, float[]> eldest) {
              return size() > KEPT_BLOCKS;
            }
          });

  /// @param h5 stays open as long as these frames are read; closed with them
  StoredFrames(Hdf5 h5, FrameAxes axes, Grid grid) {
    this.h5 = h5;
    this.axes = axes;
    this.grid = grid;
    this.layout = h5.layout(axes.path());
    this.ours = layout.decodable() && axes.framesInOrder() && Elements.known(layout.type());
  }

  @Override
  public int count() {
    return axes.count();
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public int together() {
    return ours ? (int) Math.min(count(), layout.chunk()[0]) : 1;
  }

  @Override
  public void read(int index, RealField into) {
    if (!ours) {
      float[] slab = h5.floats(axes.path(), axes.start(index), axes.size());
      axes.place(slab, 0, grid, into.values());
      return;
    }
    int depth = together();
    int block = index / depth;
    float[] decoded = depth == 1 ? decode(block) : blocks.get(block);
    if (decoded == null) {
      decoded = decode(block);
      blocks.put(block, decoded);
    }
    axes.place(decoded, (index - block * depth) * grid.size(), grid, into.values());
  }

  /// All frames of one row of chunks along the first axis, one after the other.
  private float[] decode(int block) {
    long[] chunk = layout.chunk();
    int rows = Math.toIntExact(layout.shape()[1]); // as stored, not as turned
    int columns = Math.toIntExact(layout.shape()[2]);
    int first = Math.toIntExact(block * chunk[0]);
    int frames = (int) Math.min(chunk[0], count() - first);
    float[] decoded = new float[Math.multiplyExact(together(), grid.size())];
    for (int r = 0; r < rows; r += (int) chunk[1]) {
      for (int c = 0; c < columns; c += (int) chunk[2]) {
        var stored = h5.chunk(axes.path(), new long[] {first, r, c});
        if (stored.bytes().length == 0) {
          continue; // never written: zeros, which the check of frames will name
        }
        byte[] bytes = undone(stored, first, r, c);
        int width = (int) Math.min(chunk[2], columns - c);
        for (int j = 0; j < frames; j++) {
          for (int y = 0; y < chunk[1] && r + y < rows; y++) {
            int from = (int) ((j * chunk[1] + y) * chunk[2]);
            int to = (j * rows + r + y) * columns + c;
            Elements.floats(bytes, from, width, layout.type(), decoded, to);
          }
        }
      }
    }
    return decoded;
  }

  private byte[] undone(Hdf5Chunk stored, int frame, int row, int column) {
    String where = "the chunk at frame " + frame + ", row " + row + ", column " + column;
    byte[] bytes;
    try {
      bytes = layout.decode(stored);
    } catch (IllegalArgumentException damaged) {
      throw new FileTrouble(
          h5.file(), axes.path() + ": " + where + " is damaged: " + damaged.getMessage(), damaged);
    }
    long expected = Hdf5Slabs.product(layout.chunk()) * layout.type().bytes();
    if (bytes.length != expected) {
      throw new FileTrouble(
          h5.file(),
          axes.path() + ": " + where + " holds " + bytes.length + " bytes; expected " + expected);
    }
    return bytes;
  }

  @Override
  public void close() {
    h5.close();
  }

  @Override
  public String toString() {
    return axes.path() + " " + Arrays.toString(layout.shape());
  }
}
