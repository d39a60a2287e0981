package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposes a tile of 4 × 4 floats in registers: 2 stages, stage s exchanges the off-diagonal s ×
/// s blocks of each 2s × 2s block. For machines with 4 lanes. Load only when {@link Simd#AVAILABLE}
/// and {@link Lanes#WIDTH} is 4.
final class VectorTranspose4 {
  private VectorTranspose4() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final VectorShuffle<Float> SWAP2 = Lanes.swapping(2);
  private static final VectorMask<Float> ODD2 = Lanes.oddBlocks(2);
  private static final VectorShuffle<Float> SWAP1 = Lanes.swapping(1);
  private static final VectorMask<Float> ODD1 = Lanes.oddBlocks(1);

  static void transpose(float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep) {
    FloatVector a0 = FloatVector.fromArray(LANES, from, fromAt);
    FloatVector a1 = FloatVector.fromArray(LANES, from, fromAt + fromStep);
    FloatVector a2 = FloatVector.fromArray(LANES, from, fromAt + 2 * fromStep);
    FloatVector a3 = FloatVector.fromArray(LANES, from, fromAt + 3 * fromStep);
    // blocks of 2
    FloatVector b0 = a0.blend(a2.rearrange(SWAP2), ODD2);
    FloatVector b2 = a0.rearrange(SWAP2).blend(a2, ODD2);
    FloatVector b1 = a1.blend(a3.rearrange(SWAP2), ODD2);
    FloatVector b3 = a1.rearrange(SWAP2).blend(a3, ODD2);
    // blocks of 1
    FloatVector c0 = b0.blend(b1.rearrange(SWAP1), ODD1);
    FloatVector c1 = b0.rearrange(SWAP1).blend(b1, ODD1);
    FloatVector c2 = b2.blend(b3.rearrange(SWAP1), ODD1);
    FloatVector c3 = b2.rearrange(SWAP1).blend(b3, ODD1);
    c0.intoArray(to, toAt);
    c1.intoArray(to, toAt + toStep);
    c2.intoArray(to, toAt + 2 * toStep);
    c3.intoArray(to, toAt + 3 * toStep);
  }
}
