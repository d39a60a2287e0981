package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Transposes a tile of 16 × 16 floats in registers: four stages, stage s exchanges the
/// off-diagonal s × s blocks of each 2s × 2s block, by picking lanes out of two vectors at once.
/// For machines with 16 lanes. Load only when {@link Simd#AVAILABLE} and {@link Lanes#WIDTH} is 16.
final class VectorTranspose16 {
  private VectorTranspose16() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final FloatVector EVEN8 = Lanes.evenBlocksOfTwo(8);
  private static final FloatVector ODD8 = Lanes.oddBlocksOfTwo(8);
  private static final FloatVector EVEN4 = Lanes.evenBlocksOfTwo(4);
  private static final FloatVector ODD4 = Lanes.oddBlocksOfTwo(4);
  private static final FloatVector EVEN2 = Lanes.evenBlocksOfTwo(2);
  private static final FloatVector ODD2 = Lanes.oddBlocksOfTwo(2);
  private static final FloatVector EVEN1 = Lanes.evenBlocksOfTwo(1);
  private static final FloatVector ODD1 = Lanes.oddBlocksOfTwo(1);

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
    FloatVector b0 = EVEN8.selectFrom(a0, a8);
    FloatVector b8 = ODD8.selectFrom(a0, a8);
    FloatVector b1 = EVEN8.selectFrom(a1, a9);
    FloatVector b9 = ODD8.selectFrom(a1, a9);
    FloatVector b2 = EVEN8.selectFrom(a2, a10);
    FloatVector b10 = ODD8.selectFrom(a2, a10);
    FloatVector b3 = EVEN8.selectFrom(a3, a11);
    FloatVector b11 = ODD8.selectFrom(a3, a11);
    FloatVector b4 = EVEN8.selectFrom(a4, a12);
    FloatVector b12 = ODD8.selectFrom(a4, a12);
    FloatVector b5 = EVEN8.selectFrom(a5, a13);
    FloatVector b13 = ODD8.selectFrom(a5, a13);
    FloatVector b6 = EVEN8.selectFrom(a6, a14);
    FloatVector b14 = ODD8.selectFrom(a6, a14);
    FloatVector b7 = EVEN8.selectFrom(a7, a15);
    FloatVector b15 = ODD8.selectFrom(a7, a15);
    // blocks of 4
    FloatVector c0 = EVEN4.selectFrom(b0, b4);
    FloatVector c4 = ODD4.selectFrom(b0, b4);
    FloatVector c1 = EVEN4.selectFrom(b1, b5);
    FloatVector c5 = ODD4.selectFrom(b1, b5);
    FloatVector c2 = EVEN4.selectFrom(b2, b6);
    FloatVector c6 = ODD4.selectFrom(b2, b6);
    FloatVector c3 = EVEN4.selectFrom(b3, b7);
    FloatVector c7 = ODD4.selectFrom(b3, b7);
    FloatVector c8 = EVEN4.selectFrom(b8, b12);
    FloatVector c12 = ODD4.selectFrom(b8, b12);
    FloatVector c9 = EVEN4.selectFrom(b9, b13);
    FloatVector c13 = ODD4.selectFrom(b9, b13);
    FloatVector c10 = EVEN4.selectFrom(b10, b14);
    FloatVector c14 = ODD4.selectFrom(b10, b14);
    FloatVector c11 = EVEN4.selectFrom(b11, b15);
    FloatVector c15 = ODD4.selectFrom(b11, b15);
    // blocks of 2
    FloatVector d0 = EVEN2.selectFrom(c0, c2);
    FloatVector d2 = ODD2.selectFrom(c0, c2);
    FloatVector d1 = EVEN2.selectFrom(c1, c3);
    FloatVector d3 = ODD2.selectFrom(c1, c3);
    FloatVector d4 = EVEN2.selectFrom(c4, c6);
    FloatVector d6 = ODD2.selectFrom(c4, c6);
    FloatVector d5 = EVEN2.selectFrom(c5, c7);
    FloatVector d7 = ODD2.selectFrom(c5, c7);
    FloatVector d8 = EVEN2.selectFrom(c8, c10);
    FloatVector d10 = ODD2.selectFrom(c8, c10);
    FloatVector d9 = EVEN2.selectFrom(c9, c11);
    FloatVector d11 = ODD2.selectFrom(c9, c11);
    FloatVector d12 = EVEN2.selectFrom(c12, c14);
    FloatVector d14 = ODD2.selectFrom(c12, c14);
    FloatVector d13 = EVEN2.selectFrom(c13, c15);
    FloatVector d15 = ODD2.selectFrom(c13, c15);
    // blocks of 1
    FloatVector e0 = EVEN1.selectFrom(d0, d1);
    FloatVector e1 = ODD1.selectFrom(d0, d1);
    FloatVector e2 = EVEN1.selectFrom(d2, d3);
    FloatVector e3 = ODD1.selectFrom(d2, d3);
    FloatVector e4 = EVEN1.selectFrom(d4, d5);
    FloatVector e5 = ODD1.selectFrom(d4, d5);
    FloatVector e6 = EVEN1.selectFrom(d6, d7);
    FloatVector e7 = ODD1.selectFrom(d6, d7);
    FloatVector e8 = EVEN1.selectFrom(d8, d9);
    FloatVector e9 = ODD1.selectFrom(d8, d9);
    FloatVector e10 = EVEN1.selectFrom(d10, d11);
    FloatVector e11 = ODD1.selectFrom(d10, d11);
    FloatVector e12 = EVEN1.selectFrom(d12, d13);
    FloatVector e13 = ODD1.selectFrom(d12, d13);
    FloatVector e14 = EVEN1.selectFrom(d14, d15);
    FloatVector e15 = ODD1.selectFrom(d14, d15);
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
