package argand.multivariate;

import argand.array.Check;
import argand.array.Workers;
import java.util.SplittableRandom;

/// Points in a space of features, handed out in blocks: the spectra of pixels, or what these were
/// reduced to. No feature is NaN.
public interface Points {
  /// Points of a block.
  int BLOCK = 2048;

  int count();

  int features();

  /// into[f · BLOCK + i] ← feature f of point first + i, for i < length ≤ BLOCK. May be called from
  /// several threads.
  void read(int first, int length, float[] into);

  /// What is done with a block.
  @FunctionalInterface
  interface Task {
    /// @param values as {@link Points#read} fills them; may be written to
    void run(int block, int first, int length, float[] values, int worker);
  }

  default int blocks() {
    return (count() + BLOCK - 1) / BLOCK;
  }

  /// Reads every block once and hands it to `task`.
  default void forEach(Workers workers, Task task) {
    var buffers = new float[workers.threads()][];
    workers.forEach(
        blocks(),
        (block, worker) -> {
          if (buffers[worker] == null) {
            buffers[worker] = new float[features() * BLOCK];
          }
          int first = block * BLOCK;
          int length = Math.min(BLOCK, count() - first);
          read(first, length, buffers[worker]);
          task.run(block, first, length, buffers[worker], worker);
        });
  }

  /// Points in memory.
  ///
  /// @param values one array of all points for each feature; kept, not copied
  static Points of(float[][] values) {
    Check.atLeast("number of features", values.length, 1);
    return new Points() {
      @Override
      public int count() {
        return values[0].length;
      }

      @Override
      public int features() {
        return values.length;
      }

      @Override
      public void read(int first, int length, float[] into) {
        for (int f = 0; f < values.length; f++) {
          System.arraycopy(values[f], first, into, f * BLOCK, length);
        }
      }
    };
  }

  /// These points held in memory, at most `most` of them, drawn evenly over their order with some
  /// randomness, so that each block gives its share.
  default Points sample(int most, long seed) {
    int n = Math.min(most, count());
    int features = features();
    var random = new SplittableRandom(seed);
    int[] chosen = new int[n];
    for (int i = 0; i < n; i++) {
      // One of the points between two marks: no point twice, no pattern of rows.
      long from = (long) i * count() / n;
      long to = (long) (i + 1) * count() / n;
      chosen[i] = (int) (to > from + 1 ? random.nextLong(from, to) : from);
    }
    float[][] values = new float[features][n];
    float[] buffer = new float[features * BLOCK];
    int i = 0;
    while (i < n) {
      int first = chosen[i] / BLOCK * BLOCK;
      int length = Math.min(BLOCK, count() - first);
      read(first, length, buffer);
      for (; i < n && chosen[i] < first + length; i++) {
        for (int f = 0; f < features; f++) {
          values[f][i] = buffer[f * BLOCK + chosen[i] - first];
        }
      }
    }
    return of(values);
  }

  /// Each point divided by its length: only the direction, the shape of a spectrum, is left. A
  /// point
  /// at the origin stays there.
  default Points directions() {
    var all = this;
    return new Points() {
      @Override
      public int count() {
        return all.count();
      }

      @Override
      public int features() {
        return all.features();
      }

      @Override
      public void read(int first, int length, float[] into) {
        all.read(first, length, into);
        float[] square = new float[length];
        for (int f = 0; f < features(); f++) {
          for (int i = 0; i < length; i++) {
            square[i] += into[f * BLOCK + i] * into[f * BLOCK + i];
          }
        }
        for (int i = 0; i < length; i++) {
          square[i] = square[i] > 0 ? (float) (1 / Math.sqrt(square[i])) : 0;
        }
        for (int f = 0; f < features(); f++) {
          for (int i = 0; i < length; i++) {
            into[f * BLOCK + i] *= square[i];
          }
        }
      }
    };
  }

  /// Mean of each feature over all points.
  default double[] mean(Workers workers) {
    double[][] sums = new double[blocks()][];
    forEach(
        workers,
        (block, first, length, values, worker) -> {
          double[] sum = new double[features()];
          for (int f = 0; f < sum.length; f++) {
            for (int i = 0; i < length; i++) {
              sum[f] += values[f * BLOCK + i];
            }
          }
          sums[block] = sum;
        });
    double[] mean = new double[features()];
    for (double[] sum : sums) {
      for (int f = 0; f < mean.length; f++) {
        mean[f] += sum[f] / count();
      }
    }
    return mean;
  }
}
