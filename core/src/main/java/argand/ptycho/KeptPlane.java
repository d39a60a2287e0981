package argand.ptycho;

/// The amplitudes of one view in memory: as they are, or as counts of one or two bytes whose roots
/// are looked up when they are asked for, with a list of the pixels that do not fit. All give the
/// same bits.
sealed interface KeptPlane {
  /// The amplitudes: the plane itself, or written into `room`.
  float[] amplitudes(float[] room);

  /// Bytes it holds.
  long bytes();

  /// Amplitudes as they are.
  record Floats(float[] values) implements KeptPlane {
    @Override
    public float[] amplitudes(float[] room) {
      return values;
    }

    @Override
    public long bytes() {
      return 4L * values.length;
    }
  }

  /// Counts below 255; 255 marks a pixel that is not to be trusted.
  record Bytes(byte[] counts, float[] roots, Others others) implements KeptPlane {
    @Override
    public float[] amplitudes(float[] room) {
      for (int i = 0; i < counts.length; i++) {
        room[i] = roots[counts[i] & 0xff];
      }
      return others.into(room);
    }

    @Override
    public long bytes() {
      return counts.length + others.bytes();
    }
  }

  /// Counts below 65 535; 65 535 marks a pixel that is not to be trusted.
  record Shorts(short[] counts, float[] roots, Others others) implements KeptPlane {
    @Override
    public float[] amplitudes(float[] room) {
      for (int i = 0; i < counts.length; i++) {
        room[i] = roots[counts[i] & 0xffff];
      }
      return others.into(room);
    }

    @Override
    public long bytes() {
      return 2L * counts.length + others.bytes();
    }
  }

  /// Pixels whose counts are too large or not whole.
  ///
  /// @param places in the plane
  record Others(int[] places, float[] amplitudes) {
    static final int BYTES_EACH = 8;

    float[] into(float[] room) {
      for (int k = 0; k < places.length; k++) {
        room[places[k]] = amplitudes[k];
      }
      return room;
    }

    long bytes() {
      return (long) BYTES_EACH * places.length;
    }
  }

  /// Finds the smallest form of a view.
  final class Smallest {
    private static final int OF_BYTES = 1 << 8;
    private static final int OF_SHORTS = 1 << 16;

    private final FrameAmplitudes form;
    private final float[] rootsOfBytes;
    private final float[] rootsOfShorts;

    Smallest(FrameAmplitudes form) {
      this.form = form;
      rootsOfBytes = roots(OF_BYTES);
      rootsOfShorts = roots(OF_SHORTS);
    }

    /// √ of every count, −1 for the last number.
    private float[] roots(int size) {
      float[] roots = new float[size];
      for (int count = 0; count < size - 1; count++) {
        roots[count] = form.amplitude(count);
      }
      roots[size - 1] = -1;
      return roots;
    }

    /// @param counts in the order of the transform, −1 where a pixel is not to be trusted
    KeptPlane of(float[] counts) {
      int beyondBytes = others(counts, OF_BYTES);
      int beyondShorts = others(counts, OF_SHORTS);
      long bytes = counts.length + (long) Others.BYTES_EACH * beyondBytes;
      long shorts = 2L * counts.length + (long) Others.BYTES_EACH * beyondShorts;
      if (Math.min(bytes, shorts) >= 4L * counts.length) {
        float[] plane = new float[counts.length];
        for (int i = 0; i < plane.length; i++) {
          plane[i] = counts[i] < 0 ? -1 : form.amplitude(counts[i]);
        }
        return new Floats(plane);
      }
      if (bytes <= shorts) {
        byte[] codes = new byte[counts.length];
        for (int i = 0; i < codes.length; i++) {
          codes[i] = (byte) code(counts[i], OF_BYTES);
        }
        return new Bytes(codes, rootsOfBytes, others(counts, OF_BYTES, beyondBytes));
      }
      short[] codes = new short[counts.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (short) code(counts[i], OF_SHORTS);
      }
      return new Shorts(codes, rootsOfShorts, others(counts, OF_SHORTS, beyondShorts));
    }

    private static boolean fits(float count, int codes) {
      return count < codes - 1 && count == (int) count;
    }

    private static int code(float count, int codes) {
      return count < 0 ? codes - 1 : fits(count, codes) ? (int) count : 0;
    }

    private static int others(float[] counts, int codes) {
      int others = 0;
      for (float count : counts) {
        others += count < 0 || fits(count, codes) ? 0 : 1;
      }
      return others;
    }

    private Others others(float[] counts, int codes, int number) {
      int[] places = new int[number];
      float[] amplitudes = new float[number];
      int k = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] >= 0 && !fits(counts[i], codes)) {
          places[k] = i;
          amplitudes[k++] = form.amplitude(counts[i]);
        }
      }
      return new Others(places, amplitudes);
    }
  }
}
