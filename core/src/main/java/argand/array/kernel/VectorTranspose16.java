package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposes a tile of 16 × 16 floats in registers: 4 stages, stage s exchanges the off-diagonal s
// × s blocks of each
/// 2s × 2s block. For machines with 16 lanes. Load only when {@link Simd#AVAILABLE} and {@link
// Lanes#WIDTH} is 16.
final class VectorTranspose16 {
  private VectorTranspose16() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final VectorShuffle<Float> SWAP8 = Lanes.swapping(8);
  private static final VectorMask<Float> ODD8 = Lanes.oddBlocks(8);
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
    FloatVector a8 = FloatVector.fromArray(LANES, from, fromAt + 8 * fromStep);
    FloatVector a9 = FloatVector.fromArray(LANES, from, fromAt + 9 * fromStep);
    FloatVector a10 = FloatVector.fromArray(LANES, from, fromAt + 10 * fromStep);
    FloatVector a11 = FloatVector.fromArray(LANES, from, fromAt + 11 * fromStep);
    FloatVector a12 = FloatVector.fromArray(LANES, from, fromAt + 12 * fromStep);
    FloatVector a13 = FloatVector.fromArray(LANES, from, fromAt + 13 * fromStep);
    FloatVector a14 = FloatVector.fromArray(LANES, from, fromAt + 14 * fromStep);
    FloatVector a15 = FloatVector.fromArray(LANES, from, fromAt + 15 * fromStep);
    // blocks of 8
    FloatVector b0 = a0.blend(a8.rearrange(SWAP8), ODD8);
    FloatVector b8 = a0.rearrange(SWAP8).blend(a8, ODD8);
    FloatVector b1 = a1.blend(a9.rearrange(SWAP8), ODD8);
    FloatVector b9 = a1.rearrange(SWAP8).blend(a9, ODD8);
    FloatVector b2 = a2.blend(a10.rearrange(SWAP8), ODD8);
    FloatVector b10 = a2.rearrange(SWAP8).blend(a10, ODD8);
    FloatVector b3 = a3.blend(a11.rearrange(SWAP8), ODD8);
    FloatVector b11 = a3.rearrange(SWAP8).blend(a11, ODD8);
    FloatVector b4 = a4.blend(a12.rearrange(SWAP8), ODD8);
    FloatVector b12 = a4.rearrange(SWAP8).blend(a12, ODD8);
    FloatVector b5 = a5.blend(a13.rearrange(SWAP8), ODD8);
    FloatVector b13 = a5.rearrange(SWAP8).blend(a13, ODD8);
    FloatVector b6 = a6.blend(a14.rearrange(SWAP8), ODD8);
    FloatVector b14 = a6.rearrange(SWAP8).blend(a14, ODD8);
    FloatVector b7 = a7.blend(a15.rearrange(SWAP8), ODD8);
    FloatVector b15 = a7.rearrange(SWAP8).blend(a15, ODD8);
    // blocks of 4
    FloatVector c0 = b0.blend(b4.rearrange(SWAP4), ODD4);
    FloatVector c4 = b0.rearrange(SWAP4).blend(b4, ODD4);
    FloatVector c1 = b1.blend(b5.rearrange(SWAP4), ODD4);
    FloatVector c5 = b1.rearrange(SWAP4).blend(b5, ODD4);
    FloatVector c2 = b2.blend(b6.rearrange(SWAP4), ODD4);
    FloatVector c6 = b2.rearrange(SWAP4).blend(b6, ODD4);
    FloatVector c3 = b3.blend(b7.rearrange(SWAP4), ODD4);
    FloatVector c7 = b3.rearrange(SWAP4).blend(b7, ODD4);
    FloatVector c8 = b8.blend(b12.rearrange(SWAP4), ODD4);
    FloatVector c12 = b8.rearrange(SWAP4).blend(b12, ODD4);
    FloatVector c9 = b9.blend(b13.rearrange(SWAP4), ODD4);
    FloatVector c13 = b9.rearrange(SWAP4).blend(b13, ODD4);
    FloatVector c10 = b10.blend(b14.rearrange(SWAP4), ODD4);
    FloatVector c14 = b10.rearrange(SWAP4).blend(b14, ODD4);
    FloatVector c11 = b11.blend(b15.rearrange(SWAP4), ODD4);
    FloatVector c15 = b11.rearrange(SWAP4).blend(b15, ODD4);
    // blocks of 2
    FloatVector d0 = c0.blend(c2.rearrange(SWAP2), ODD2);
    FloatVector d2 = c0.rearrange(SWAP2).blend(c2, ODD2);
    FloatVector d1 = c1.blend(c3.rearrange(SWAP2), ODD2);
    FloatVector d3 = c1.rearrange(SWAP2).blend(c3, ODD2);
    FloatVector d4 = c4.blend(c6.rearrange(SWAP2), ODD2);
    FloatVector d6 = c4.rearrange(SWAP2).blend(c6, ODD2);
    FloatVector d5 = c5.blend(c7.rearrange(SWAP2), ODD2);
    FloatVector d7 = c5.rearrange(SWAP2).blend(c7, ODD2);
    FloatVector d8 = c8.blend(c10.rearrange(SWAP2), ODD2);
    FloatVector d10 = c8.rearrange(SWAP2).blend(c10, ODD2);
    FloatVector d9 = c9.blend(c11.rearrange(SWAP2), ODD2);
    FloatVector d11 = c9.rearrange(SWAP2).blend(c11, ODD2);
    FloatVector d12 = c12.blend(c14.rearrange(SWAP2), ODD2);
    FloatVector d14 = c12.rearrange(SWAP2).blend(c14, ODD2);
    FloatVector d13 = c13.blend(c15.rearrange(SWAP2), ODD2);
    FloatVector d15 = c13.rearrange(SWAP2).blend(c15, ODD2);
    // blocks of 1
    FloatVector e0 = d0.blend(d1.rearrange(SWAP1), ODD1);
    FloatVector e1 = d0.rearrange(SWAP1).blend(d1, ODD1);
    FloatVector e2 = d2.blend(d3.rearrange(SWAP1), ODD1);
    FloatVector e3 = d2.rearrange(SWAP1).blend(d3, ODD1);
    FloatVector e4 = d4.blend(d5.rearrange(SWAP1), ODD1);
    FloatVector e5 = d4.rearrange(SWAP1).blend(d5, ODD1);
    FloatVector e6 = d6.blend(d7.rearrange(SWAP1), ODD1);
    FloatVector e7 = d6.rearrange(SWAP1).blend(d7, ODD1);
    FloatVector e8 = d8.blend(d9.rearrange(SWAP1), ODD1);
    FloatVector e9 = d8.rearrange(SWAP1).blend(d9, ODD1);
    FloatVector e10 = d10.blend(d11.rearrange(SWAP1), ODD1);
    FloatVector e11 = d10.rearrange(SWAP1).blend(d11, ODD1);
    FloatVector e12 = d12.blend(d13.rearrange(SWAP1), ODD1);
    FloatVector e13 = d12.rearrange(SWAP1).blend(d13, ODD1);
    FloatVector e14 = d14.blend(d15.rearrange(SWAP1), ODD1);
    FloatVector e15 = d14.rearrange(SWAP1).blend(d15, ODD1);
    e0.intoArray(to, toAt);
    e1.intoArray(to, toAt + toStep);
    e2.intoArray(to, toAt + 2 * toStep);
    e3.intoArray(to, toAt + 3 * toStep);
    e4.intoArray(to, toAt + 4 * toStep);
    e5.intoArray(to, toAt + 5 * toStep);
    e6.intoArray(to, toAt + 6 * toStep);
    e7.intoArray(to, toAt + 7 * toStep);
    e8.intoArray(to, toAt + 8 * toStep);
    e9.intoArray(to, toAt + 9 * toStep);
    e10.intoArray(to, toAt + 10 * toStep);
    e11.intoArray(to, toAt + 11 * toStep);
    e12.intoArray(to, toAt + 12 * toStep);
    e13.intoArray(to, toAt + 13 * toStep);
    e14.intoArray(to, toAt + 14 * toStep);
    e15.intoArray(to, toAt + 15 * toStep);
  }
}
