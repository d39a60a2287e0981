package argand.prepare;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Frames;
import java.util.Optional;

/// The sum of the frames that were kept of each burst, times frames of a burst ÷ frames kept; made
/// when it is read. A pixel counts in the frames in which it is trusted, and is NaN where it is in
/// none.
///
/// @param kept which frames of `whole` are kept of each burst
/// @param length frames of a whole burst
record BurstFrames(Frames whole, int[][] kept, int length) implements Frames {
  static float[][] read(Frames frames, int[] which) {
    float[][] read = new float[which.length][];
    for (int k = 0; k < which.length; k++) {
      var frame = new RealField(frames.grid());
      frames.read(which[k], frame);
      read[k] = frame.values();
    }
    return read;
  }

  @Override
  public int count() {
    return kept.length;
  }

  @Override
  public Grid grid() {
    return whole.grid();
  }

  @Override
  public long memoryBytes() {
    return whole.memoryBytes();
  }

  @Override
  public void read(int index, RealField into) {
    sum(index, whole, 1, into);
  }

  /// (length/kept)² Σ var; counts stand for the variance where there is none.
  @Override
  public Optional<Frames> variance() {
    boolean scaled = false;
    for (int[] burst : kept) {
      scaled |= burst.length < length;
    }
    return scaled || whole.variance().isPresent()
        ? Optional.of(new Variance(this))
        : Optional.empty();
  }

  /// What was taken to be there in each frame is there as often as frames were added.
  @Override
  public Optional<RealField> background() {
    return whole
        .background()
        .map(
            level -> {
              var all = new RealField(level.grid());
              for (int i = 0; i < all.values().length; i++) {
                all.values()[i] = length * level.values()[i];
              }
              return all;
            });
  }

  private void sum(int index, Frames of, int power, RealField into) {
    float[][] counts = read(whole, kept[index]);
    float[][] values = of == whole ? counts : read(of, kept[index]);
    for (int i = 0; i < into.values().length; i++) {
      double sum = 0;
      int trusted = 0;
      for (int k = 0; k < counts.length; k++) {
        if (!Float.isNaN(counts[k][i])) {
          sum += values[k][i];
          trusted++;
        }
      }
      double scale = Math.pow((double) length / trusted, power);
      into.values()[i] = trusted == 0 ? Float.NaN : (float) (scale * sum);
    }
  }

  @Override
  public void close() {
    whole.close();
  }

  private record Variance(BurstFrames frames) implements Frames {
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
      frames.sum(index, frames.whole.variance().orElse(frames.whole), 2, into);
    }
  }
}
