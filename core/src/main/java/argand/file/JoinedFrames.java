package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import java.util.List;

/// Frames that lie in several datasets, one after the other.
///
/// @param parts at least one
record JoinedFrames(List<FrameSource> parts) implements FrameSource {
  /// Several datasets of an open file as one.
  ///
  /// @param paths each of (frames, rows, columns)
  record Store(Hdf5 h5, List<String> paths) implements FrameStore {
    @Override
    public FrameSource frames(FrameAxes axes, Grid grid) {
      return new JoinedFrames(
          paths.stream().map(path -> h5.frames(axes.in(path, h5.shape(path)), grid)).toList());
    }

    /// What they are together.
    FrameAxes axes(String name) {
      long[] shape = h5.shape(paths.getFirst()).clone();
      long count = 0;
      for (String path : paths) {
        long[] part = h5.shape(path);
        boolean same =
            part.length == 3 && shape.length == 3 && part[1] == shape[1] && part[2] == shape[2];
        if (!same) {
          throw new FileTrouble(
              h5.file(),
              path
                  + " has the shape "
                  + java.util.Arrays.toString(part)
                  + "; expected frames like those of "
                  + paths.getFirst()
                  + ", "
                  + java.util.Arrays.toString(shape));
        }
        count += part[0];
      }
      return FrameAxes.usual(h5.file(), name, new long[] {count, shape[1], shape[2]});
    }

    @Override
    public void close() {
      h5.close();
    }
  }

  JoinedFrames {
    parts = List.copyOf(parts);
  }

  @Override
  public int together() {
    return parts.size() == 1 ? parts.getFirst().together() : 1;
  }

  @Override
  public int count() {
    return parts.stream().mapToInt(FrameSource::count).sum();
  }

  @Override
  public Grid grid() {
    return parts.getFirst().grid();
  }

  @Override
  public void read(int index, RealField into) {
    int rest = index;
    for (FrameSource part : parts) {
      if (rest < part.count()) {
        part.read(rest, into);
        return;
      }
      rest -= part.count();
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public void close() {
    parts.forEach(FrameSource::close);
  }
}
