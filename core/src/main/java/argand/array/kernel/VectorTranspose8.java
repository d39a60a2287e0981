package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposes a tile of 8 × 8 floats in registers: 3 stages, stage s exchanges the off-diagonal s ×
/// s blocks of each 2s × 2s block. For machines with 8 lanes. Load only when {@link Simd#AVAILABLE}
/// and {@link Lanes#WIDTH} is 8.
final class VectorTranspose8 {
  private VectorTranspose8() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final VectorShuffle<Float> SWAP4 = Lanes.swapping(4);
  private static final VectorMask<Float> ODD4 = Lanes.oddBlocks(4);
  private static final VectorShuffle<Float> SWAP2 = Lanes.swapping(2);
  private static final VectorMask<Float> ODD2 = Lanes.oddBlocks(2);
  private static final VectorShuffle<Float> SWAP1 = Lanes.swapping(1);
  private static final VectorMask<Float> ODD1 = Lanes.oddBlocks(1);

  static void transpose(float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep) {
    FloatVector a0 = FloatVector.fromArray(LANES, from, fromAt);
    FloatVector a1 = FloatVector.fromArray(LANES, from, fromAt + fromStep);
    FloatVector a2 = FloatVector.fromArray(LANES, from, fromAt + 2 * fromStep);
    FloatVector a3 = FloatVector.fromArray(LANES, from, fromAt + 3 * fromStep);
    FloatVector a4 = FloatVector.fromArray(LANES, from, fromAt + 4 * fromStep);
    FloatVector a5 = FloatVector.fromArray(LANES, from, fromAt + 5 * fromStep);
    FloatVector a6 = FloatVector.fromArray(LANES, from, fromAt + 6 * fromStep);
    FloatVector a7 = FloatVector.fromArray(LANES, from, fromAt + 7 * fromStep);
    // blocks of 4
    FloatVector b0 = a0.blend(a4.rearrange(SWAP4), ODD4);
    FloatVector b4 = a0.rearrange(SWAP4).blend(a4, ODD4);
    FloatVector b1 = a1.blend(a5.rearrange(SWAP4), ODD4);
    FloatVector b5 = a1.rearrange(SWAP4).blend(a5, ODD4);
    FloatVector b2 = a2.blend(a6.rearrange(SWAP4), ODD4);
    FloatVector b6 = a2.rearrange(SWAP4).blend(a6, ODD4);
    FloatVector b3 = a3.blend(a7.rearrange(SWAP4), ODD4);
    FloatVector b7 = a3.rearrange(SWAP4).blend(a7, ODD4);
    // blocks of 2
    FloatVector c0 = b0.blend(b2.rearrange(SWAP2), ODD2);
    FloatVector c2 = b0.rearrange(SWAP2).blend(b2, ODD2);
    FloatVector c1 = b1.blend(b3.rearrange(SWAP2), ODD2);
    FloatVector c3 = b1.rearrange(SWAP2).blend(b3, ODD2);
    FloatVector c4 = b4.blend(b6.rearrange(SWAP2), ODD2);
    FloatVector c6 = b4.rearrange(SWAP2).blend(b6, ODD2);
    FloatVector c5 = b5.blend(b7.rearrange(SWAP2), ODD2);
    FloatVector c7 = b5.rearrange(SWAP2).blend(b7, ODD2);
    // blocks of 1
    FloatVector d0 = c0.blend(c1.rearrange(SWAP1), ODD1);
    FloatVector d1 = c0.rearrange(SWAP1).blend(c1, ODD1);
    FloatVector d2 = c2.blend(c3.rearrange(SWAP1), ODD1);
    FloatVector d3 = c2.rearrange(SWAP1).blend(c3, ODD1);
    FloatVector d4 = c4.blend(c5.rearrange(SWAP1), ODD1);
    FloatVector d5 = c4.rearrange(SWAP1).blend(c5, ODD1);
    FloatVector d6 = c6.blend(c7.rearrange(SWAP1), ODD1);
    FloatVector d7 = c6.rearrange(SWAP1).blend(c7, ODD1);
    d0.intoArray(to, toAt);
    d1.intoArray(to, toAt + toStep);
    d2.intoArray(to, toAt + 2 * toStep);
    d3.intoArray(to, toAt + 3 * toStep);
    d4.intoArray(to, toAt + 4 * toStep);
    d5.intoArray(to, toAt + 5 * toStep);
    d6.intoArray(to, toAt + 6 * toStep);
    d7.intoArray(to, toAt + 7 * toStep);
  }
}
