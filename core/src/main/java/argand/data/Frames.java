package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import java.util.List;
import java.util.Optional;

/// Diffraction patterns, counts per pixel, zero frequency at (rows/2, columns/2) in the far field;
/// read one at a time, from memory or from a file. `read` may be called from several threads.
///
/// NaN marks a pixel that is not to be trusted in this one frame (saturated, say); what is never to
/// be trusted is the mask's matter. Values below zero mean something only where the frames carry
/// their variance: an empty pixel less its dark level.
public interface Frames extends AutoCloseable {
  int count();

  /// Rows, columns and pixel size of the detector.
  Grid grid();

  /// into ← frame `index`; `into` has this grid's size.
  void read(int index, RealField into);

  /// The variance of each pixel of each frame [counts²], same size and order; absent means that of
  /// counted quanta, the counts themselves.
  default Optional<Frames> variance() {
    return Optional.empty();
  }

  /// Dark and flat frames of the same detector; empty once they are used, or frames are resized.
  default Calibration calibration() {
    return Calibration.NONE;
  }

  /// Counts of each pixel in every frame that do not come from the sample and are still in the
  /// frames (air, slits, stray light); absent where none are known.
  default Optional<RealField> background() {
    return Optional.empty();
  }

  /// Bytes they hold in memory; 0 where each frame is read from a file.
  default long memoryBytes() {
    return 0;
  }

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
      public long memoryBytes() {
        return 4L * kept.size() * kept.getFirst().grid().size();
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
      public long memoryBytes() {
        return whole.memoryBytes();
      }

      @Override
      public Grid grid() {
        return whole.grid();
      }

      @Override
      public void read(int index, RealField into) {
        whole.read(chosen[index], into);
      }

      @Override
      public Optional<Frames> variance() {
        return whole.variance().map(variance -> variance.select(chosen));
      }

      @Override
      public Calibration calibration() {
        return whole.calibration();
      }

      @Override
      public Optional<RealField> background() {
        return whole.background();
      }
    };
  }

  /// The same frames with dark and flat frames beside them.
  default Frames with(Calibration calibration) {
    var whole = this;
    return new Frames() {
      @Override
      public int count() {
        return whole.count();
      }

      @Override
      public long memoryBytes() {
        return whole.memoryBytes();
      }

      @Override
      public Grid grid() {
        return whole.grid();
      }

      @Override
      public void read(int index, RealField into) {
        whole.read(index, into);
      }

      @Override
      public Optional<Frames> variance() {
        return whole.variance();
      }

      @Override
      public Calibration calibration() {
        return calibration;
      }

      @Override
      public Optional<RealField> background() {
        return whole.background();
      }

      @Override
      public void close() {
        whole.close();
      }
    };
  }
}
