package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// The inner loops of the Fourier transform, on *elements* of `lanes()` neighbouring floats in each
/// of two planes.
///
/// A transform along the first axis of a strip of columns never mixes lanes: each butterfly works
/// on whole elements. There are two spellings, {@link ScalarFftKernels}, which defines, and {@link
/// VectorFftKernels}, which is fast; the structure above them ({@link StripFft}, {@link RowFft},
/// {@link PlaneFft}) is shared. An implementation has no state.
public sealed interface FftKernels permits ScalarFftKernels, VectorFftKernels {
  /// The vector kernels where the Vector API is present, else the scalar ones.
  static FftKernels best() {
    return Simd.AVAILABLE ? new VectorFftKernels() : new ScalarFftKernels();
  }

  /// Floats in an element.
  int lanes();

  /// `count` butterflies of radix R (2, 3, 4, 5, 7 or 8).
  ///
  /// Butterfly j reads the R elements at `fromAt + j · fromStep + q · fromLeap`, q = 0 … R − 1,
  /// takes their discrete Fourier transform (kernel exp(−2πi q k / R)), multiplies output k ≥ 1 by
  /// the twiddle factor k of butterfly j and writes output k at `toAt + order[first + j] · toStep +
  /// k · toLeap`. All inputs of a butterfly are read before its first output is written, so a
  /// butterfly may work in place.
  ///
  /// @param turns twiddle factors, for each butterfly R − 1 triples (cos, sin, −sin); null for
  ///      factors of 1
  void pass(
      int radix,
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      int fromLeap,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep,
      int toLeap,
      int count,
      int[] order,
      int first,
      float @Nullable [] turns);

  /// The same for radix 4, except that every output is multiplied lane by lane with an element of a
  /// table of twiddle factors; the table has the layout of the target with `toAt` = 0.
  void passTurningLanes(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      int fromLeap,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep,
      int toLeap,
      int count,
      int[] order,
      int first,
      float[] turnRe,
      float[] turnIm);

  /// Element j (j < count) times factor j.
  ///
  /// @param turns the factors, triples (re, im, −im)
  void turn(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep,
      int count,
      float[] turns);

  /// Transposes a tile of lanes() elements: float c of element r becomes float r of element c.
  void transpose(float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep);

  /// Puts each two rows side by side, for elements of 16 lanes: element j < count of pair p holds
  /// the floats 8 j … 8 j + 7 of row 2 p and then those of row 2 p + 1, and is at `toAt + 16 (p ·
  /// count + j)`. A last row without a partner goes with itself.
  ///
  /// @param count even
  void pairRows(float[] from, int fromAt, int rows, int pitch, float[] to, int toAt, int count);

  /// The last steps of the transforms of rows in pairs ({@link PairedRows}), laid out as {@link
  /// #pairRows} leaves them: times the table of twiddle factors of a pair, lane by lane; then for
  /// each group of 8 elements and each half a transposition and a transform of length 8 across the
  /// group. Output k of group j goes to the floats 8 j + k · count … + 7 of its row.
  ///
  /// @param count elements of a pair, a multiple of 8
  void finishRows(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      float[] turnRe,
      float[] turnIm,
      int turnAt,
      float[] toRe,
      float[] toIm,
      int toAt,
      int rows,
      int pitch,
      int count);
}
