package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import java.util.List;

/// Diffraction patterns, counts per pixel, zero frequency at (rows/2, columns/2) in the far field;
/// read one at a time, from memory or from a file. `read` may be called from several threads.
public interface Frames extends AutoCloseable {
  int count();

  /// Rows, columns and pixel size of the detector.
  Grid grid();

  /// into ← frame `index`; `into` has this grid's size.
  void read(int index, RealField into);

  @Override
  default void close() {}

  /// Frames in memory; the fields are kept, not copied.
  static Frames of(List<RealField> frames) {
    Check.atLeast("number of frames", frames.size(), 1);
    var kept = List.copyOf(frames);
    return new Frames() {
      @Override
      public int count() {
        return kept.size();
      }

      @Override
      public Grid grid() {
        return kept.getFirst().grid();
      }

      @Override
      public void read(int index, RealField into) {
        float[] from = kept.get(index).values();
        System.arraycopy(from, 0, into.values(), 0, from.length);
      }
    };
  }

  /// A part of these frames, in the order of `indices`.
  default Frames select(int[] indices) {
    var whole = this;
    int[] chosen = indices.clone();
    return new Frames() {
      @Override
      public int count() {
        return chosen.length;
      }

      @Override
      public Grid grid() {
        return whole.grid();
      }

      @Override
      public void read(int index, RealField into) {
        whole.read(chosen[index], into);
      }
    };
  }
}
