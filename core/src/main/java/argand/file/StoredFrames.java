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
/// several frames, all of them are read together whoever decodes, and the last few blocks are kept.
final class StoredFrames implements FrameSource {
  private static final int MOST_BLOCKS = 1 + Runtime.getRuntime().availableProcessors();
  private static final long MOST_BYTES = 512L << 20;

  private final Hdf5 h5;
  private final FrameAxes axes;
  private final Grid grid;
  private final Hdf5Layout layout;
  private final boolean ours;
  private final int depth;
  private final Map<Integer, float[]> blocks =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, float[]> eldest) {
              return size() > Math.clamp(MOST_BYTES / (4L * depth * grid.size()), 1, MOST_BLOCKS);
            }
          });

  /// @param h5 stays open as long as these frames are read; closed with them
  StoredFrames(Hdf5 h5, FrameAxes axes, Grid grid) {
    this.h5 = h5;
    this.axes = axes;
    this.grid = grid;
    this.layout = h5.layout(axes.path());
    this.ours = layout.decodable() && axes.framesInOrder() && Elements.known(layout.type());
    this.depth =
        layout.chunked() && axes.shape().length == 3
            ? (int) Math.min(count(), layout.chunk()[axes.frameAxis()])
            : 1;
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
    return depth;
  }

  @Override
  public void read(int index, RealField into) {
    if (depth == 1) {
      float[] frame = ours ? decode(index) : h5.floats(axes.path(), axes.start(index), axes.size());
      axes.place(frame, 0, grid, into.values());
      return;
    }
    int block = index / depth;
    float[] frames = blocks.get(block);
    if (frames == null) {
      frames = ours ? decode(block) : slab(block);
      blocks.put(block, frames);
    }
    axes.place(frames, (index - block * depth) * grid.size(), grid, into.values());
  }

  /// The frames of one block through libhdf5, one after the other, whichever axis counts them.
  private float[] slab(int block) {
    int axis = axes.frameAxis();
    long[] shape = axes.shape();
    long[] start = new long[3];
    long[] size = shape.clone();
    start[axis] = (long) block * depth;
    size[axis] = Math.min(depth, shape[axis] - start[axis]);
    float[] mixed = h5.floats(axes.path(), start, size);
    int frames = (int) size[axis];
    int inner = 1;
    for (int k = axis + 1; k < 3; k++) {
      inner *= (int) shape[k];
    }
    int outer = grid.size() / inner;
    float[] apart = new float[frames * grid.size()];
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < frames; k++) {
        int from = (o * frames + k) * inner;
        int to = k * grid.size() + o * inner;
        if (inner == 1) {
          apart[to] = mixed[from];
        } else {
          System.arraycopy(mixed, from, apart, to, inner);
        }
      }
    }
    return apart;
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
    String where =
        axes.path() + ": the chunk at frame " + frame + ", row " + row + ", column " + column;
    return layout.undone(stored, h5.file(), where);
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
