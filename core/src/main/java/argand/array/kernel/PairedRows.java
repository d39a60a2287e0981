package argand.array.kernel;

/// Row transforms of a length n that is a multiple of 64, for elements of 16 lanes: two rows at a
/// time, side by side in the halves of the elements, in four steps with one transposition.
///
/// With x = 8 a + l and k = k₁ + (n / 8) k₂: (1) transforms of length n / 8 over a, for the eight l
/// of both rows at once; (2) times exp(−2πi l k₁ / n), lane by lane; (3) transposition of 8 × 8
/// tiles, one of each row at once; (4) transforms of length 8 over l. Steps 2 to 4 stay in
/// registers.
///
/// D. H. Bailey, "FFTs in external or hierarchical memory", J. Supercomput. 4, 23–35 (1990),
/// doi:10.1007/BF00162341.
final class PairedRows implements RowFft {
  private static final int LANES = 16;
  private static final int HALF = LANES / 2;

  /// Floats of a buffer that stays in the nearest cache: short rows go through it several at a
  /// time,
  /// because starting a kernel costs as much as a few of its butterflies.
  private static final int BATCH = 1024;

  private final int columns;
  private final int batch;
  private final int groups;
  private final FftKernels kernels;
  private final RadixStrip along;
  private final float[] turnRe;
  private final float[] turnIm;
  private final float[] pairRe;
  private final float[] pairIm;

  PairedRows(int columns, FftKernels kernels) {
    this.kernels = kernels;
    this.columns = columns;
    this.batch = Math.max(2, BATCH / columns / 2 * 2);
    this.groups = columns / HALF;
    this.along = new RadixStrip(RadixPlan.of(groups), kernels);
    int size = Buffers.pairedLength(Buffers.START + batch * columns);
    this.turnRe = new float[size];
    this.turnIm = new float[size];
    for (int k = 0; k < groups; k++) {
      for (int lane = 0; lane < LANES; lane++) {
        double angle = -2 * Math.PI * ((long) (lane % HALF) * k % columns) / columns;
        turnRe[Buffers.START + k * LANES + lane] = (float) Math.cos(angle);
        turnIm[Buffers.START + k * LANES + lane] = (float) Math.sin(angle);
      }
    }
    this.pairRe = new float[size];
    this.pairIm = new float[size];
  }

  static boolean fits(int columns, FftKernels kernels) {
    return kernels.lanes() == LANES
        && columns % (HALF * HALF) == 0
        && RadixPlan.reaches(columns / HALF);
  }

  @Override
  public void transform(float[] re, float[] im, int at, int rows, int pitch) {
    for (int r = 0; r < rows; r += batch) {
      some(re, im, at + r * pitch, Math.min(batch, rows - r), pitch);
    }
  }

  private void some(float[] re, float[] im, int at, int rows, int pitch) {
    int start = Buffers.START;
    kernels.pairRows(re, at, rows, pitch, pairRe, start, groups);
    kernels.pairRows(im, at, rows, pitch, pairIm, start, groups);
    for (int r = 0; r < rows; r += 2) {
      int pair = start + r * columns;
      along.transform(pairRe, pairIm, pair, LANES, pairRe, pairIm, pair, LANES);
    }
    kernels.finishRows(
        pairRe, pairIm, start, turnRe, turnIm, start, re, im, at, rows, pitch, groups);
  }
}
