package argand.array.kernel;

/// Row transforms of a length n that is a multiple of L² (L lanes), in four steps inside each row
/// and with one transposition instead of two.
///
/// With x = a L + l and k = k₁ + (n / L) k₂: (1) transforms of length n / L over a, all lanes l at
/// once; (2) times exp(−2πi l k₁ / n), lane by lane; (3) transposition of tiles of L values of k₁;
/// (4) transforms of length L over l, whose output k₂ for L neighbouring k₁ is contiguous in the
/// row.
///
/// D. H. Bailey, "FFTs in external or hierarchical memory", J. Supercomput. 4, 23–35 (1990),
/// doi:10.1007/BF00162341.
final class FourStepRows implements RowFft {
  private final int lanes;
  private final int groups;
  private final FftKernels kernels;
  private final RadixStrip along;
  private final RadixStrip across;
  private final float[] turnRe;
  private final float[] turnIm;
  private final float[] rowRe;
  private final float[] rowIm;
  private final float[] tileRe;
  private final float[] tileIm;

  FourStepRows(int columns, FftKernels kernels) {
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    this.groups = columns / lanes;
    this.along = new RadixStrip(RadixPlan.endingWithFour(groups), kernels);
    this.across = new RadixStrip(RadixPlan.of(lanes), kernels);
    this.turnRe = new float[columns];
    this.turnIm = new float[columns];
    for (int k = 0; k < groups; k++) {
      for (int lane = 0; lane < lanes; lane++) {
        double angle = -2 * Math.PI * ((long) lane * k % columns) / columns;
        turnRe[k * lanes + lane] = (float) Math.cos(angle);
        turnIm[k * lanes + lane] = (float) Math.sin(angle);
      }
    }
    this.rowRe = new float[Buffers.pairedLength(columns)];
    this.rowIm = new float[rowRe.length];
    this.tileRe = new float[Buffers.pairedLength(lanes * lanes)];
    this.tileIm = new float[Buffers.pairedLength(lanes * lanes)];
  }

  @Override
  public void transform(float[] re, float[] im, int at, int rows, int pitch) {
    for (int r = 0; r < rows; r++) {
      row(re, im, at + r * pitch);
    }
  }

  private void row(float[] re, float[] im, int at) {
    along.transformTurningLanes(re, im, at, lanes, rowRe, rowIm, turnRe, turnIm);
    for (int k = 0; k < groups; k += lanes) {
      kernels.transpose(rowRe, k * lanes, lanes, tileRe, 0, lanes);
      kernels.transpose(rowIm, k * lanes, lanes, tileIm, 0, lanes);
      across.transform(tileRe, tileIm, 0, lanes, re, im, at + k, groups);
    }
  }
}
