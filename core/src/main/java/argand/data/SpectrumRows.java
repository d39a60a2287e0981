package argand.data;

import argand.array.Check;

/// Many spectra of one number of channels, read in runs of spectra: from memory, from a file, or
/// computed as they are read. `read` may be called from several threads.
///
/// Maps larger than memory go through them block by block.
public interface SpectrumRows extends AutoCloseable {
  int count();

  int channels();

  /// into[offset … offset + length · channels) ← spectra first … first + length, one behind the
  /// other.
  void read(int first, int length, float[] into, int offset);

  /// Bytes they hold in memory; 0 where they are read from a file or computed.
  default long memoryBytes() {
    return 0;
  }

  @Override
  default void close() {}

  /// A copy of one spectrum.
  default float[] spectrum(int index) {
    float[] one = new float[channels()];
    read(index, 1, one, 0);
    return one;
  }

  /// The sum of all, in order.
  default double[] sum() {
    int channels = channels();
    int block = Math.clamp((1 << 20) / channels, 1, count());
    float[] some = new float[block * channels];
    double[] sum = new double[channels];
    for (int first = 0; first < count(); first += block) {
      int length = Math.min(block, count() - first);
      read(first, length, some, 0);
      for (int j = 0; j < length; j++) {
        for (int c = 0; c < channels; c++) {
          sum[c] += some[j * channels + c];
        }
      }
    }
    return sum;
  }

  /// Fills a run of spectra; see {@link SpectrumRows#read}.
  @FunctionalInterface
  interface Reading {
    void read(int first, int length, float[] into, int offset);
  }

  /// Spectra made from others as they are read; closing them closes `from`.
  static SpectrumRows computed(SpectrumRows from, int count, int channels, Reading reading) {
    return new SpectrumRows() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public int channels() {
        return channels;
      }

      @Override
      public void read(int first, int length, float[] into, int offset) {
        reading.read(first, length, into, offset);
      }

      @Override
      public long memoryBytes() {
        return from.memoryBytes();
      }

      @Override
      public void close() {
        from.close();
      }
    };
  }

  /// Spectra in memory; the array is kept, not copied.
  ///
  /// @param counts spectrum after spectrum
  static SpectrumRows of(int channels, float[] counts) {
    Check.atLeast("channels", channels, 1);
    int count = counts.length / channels;
    Check.atLeast("number of spectra", count, 1);
    Check.same("counts", counts.length, count * channels);
    return new SpectrumRows() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public int channels() {
        return channels;
      }

      @Override
      public void read(int first, int length, float[] into, int offset) {
        System.arraycopy(counts, first * channels, into, offset, length * channels);
      }

      @Override
      public long memoryBytes() {
        return 4L * counts.length;
      }
    };
  }

  /// One spectrum.
  static SpectrumRows of(double[] counts) {
    float[] one = new float[counts.length];
    for (int c = 0; c < one.length; c++) {
      one[c] = (float) counts[c];
    }
    return of(one.length, one);
  }
}
