package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape all kernels use: the widest this machine prefers, at most a cache line, or the
/// one that `-Dargand.kernels=vector8` (4, 8, 16) asks for. Load only when {@link Simd#AVAILABLE}.
final class Lanes {
  private Lanes() {}

  static final VectorSpecies<Float> FLOATS = species();
  static final int WIDTH = FLOATS.length();

  private static VectorSpecies<Float> species() {
    return switch (Simd.CHOICE) {
      case "vector4" -> FloatVector.SPECIES_128;
      case "vector8" -> FloatVector.SPECIES_256;
      case "vector16" -> FloatVector.SPECIES_512;
      default ->
          FloatVector.SPECIES_PREFERRED.length() > 16
              ? FloatVector.SPECIES_512
              : FloatVector.SPECIES_PREFERRED;
    };
  }

  /// The same value in every lane; for constants only, never inside a kernel: C2 stops inlining in
  /// large methods.
  static FloatVector all(double value) {
    return FloatVector.broadcast(FLOATS, (float) value);
  }

  /// The shuffle that exchanges neighbouring blocks of `block` lanes (a power of two).
  static VectorShuffle<Float> swapping(int block) {
    return VectorShuffle.fromOp(FLOATS, lane -> lane ^ block);
  }

  /// True in every second block of `block` lanes (a power of two).
  static VectorMask<Float> oddBlocks(int block) {
    boolean[] odd = new boolean[WIDTH];
    for (int lane = 0; lane < WIDTH; lane++) {
      odd[lane] = (lane & block) != 0;
    }
    return VectorMask.fromArray(FLOATS, odd, 0);
  }

  /// Where the lanes of (even blocks of x, even blocks of y), interleaved, come from in x followed
  /// by y.
  static FloatVector evenBlocksOfTwo(int block) {
    float[] from = new float[WIDTH];
    for (int lane = 0; lane < WIDTH; lane++) {
      from[lane] = (lane & block) == 0 ? lane : WIDTH + (lane ^ block);
    }
    return FloatVector.fromArray(FLOATS, from, 0);
  }

  /// Where the lanes of (odd blocks of x, odd blocks of y), interleaved, come from in x followed by
  /// y.
  static FloatVector oddBlocksOfTwo(int block) {
    float[] from = new float[WIDTH];
    for (int lane = 0; lane < WIDTH; lane++) {
      from[lane] = (lane & block) == 0 ? lane ^ block : WIDTH + lane;
    }
    return FloatVector.fromArray(FLOATS, from, 0);
  }
}
