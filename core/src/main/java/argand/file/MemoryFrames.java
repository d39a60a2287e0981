package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Frames in an array in memory, or mapped from a file.
///
/// @param file closed with these frames
record MemoryFrames(Datasets file, MemoryArray array, FrameAxes axes, Grid grid)
    implements FrameSource {
  @Override
  public int together() {
    return 1;
  }

  @Override
  public int count() {
    return axes.count();
  }

  @Override
  public void read(int index, RealField into) {
    long[] strides = array.strides();
    long[] start = axes.start(index);
    long first = 0;
    for (int axis = 0; axis < start.length; axis++) {
      first += start[axis] * strides[axis];
    }
    // `place` expects the order of the axes of the array, whichever of them is called rows
    int slow = Math.min(axes.row(), axes.column());
    int fast = Math.max(axes.row(), axes.column());
    int width = (int) array.shape()[fast];
    float[] slab = new float[grid.size()];
    if (strides[fast] == 1 && strides[slow] == width) {
      int bytes = array.type().bytes();
      byte[] whole = new byte[Math.multiplyExact(slab.length, bytes)];
      MemorySegment.copy(
          array.data(), ValueLayout.JAVA_BYTE, first * bytes, whole, 0, whole.length);
      Elements.floats(whole, 0, slab.length, array.type(), slab, 0);
    } else {
      for (int i = 0; i < slab.length; i++) {
        slab[i] =
            (float) array.element(first + i / width * strides[slow] + i % width * strides[fast]);
      }
    }
    axes.place(slab, 0, grid, into.values());
  }

  @Override
  public void close() {
    file.close();
  }
}
