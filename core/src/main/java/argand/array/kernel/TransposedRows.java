package argand.array.kernel;

/// Row transforms of any length: `lanes` rows at a time are transposed into a strip, transformed
/// there, transposed back.
final class TransposedRows implements RowFft {
  private final int columns;
  private final int lanes;
  private final int tiles;
  private final FftKernels kernels;
  private final StripFft strip;

  /// The rows as a strip, transformed in place; elements from `columns` on carry the padding of the
  /// plane there and back.
  private final float[] stripRe;

  private final float[] stripIm;

  /// Copy of the last rows when their number is no multiple of `lanes`.
  private final float[] restRe;

  private final float[] restIm;

  TransposedRows(int columns, FftKernels kernels) {
    this.columns = columns;
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    this.tiles = Math.ceilDiv(columns, lanes);
    this.strip = StripFft.of(columns, kernels);
    int size = Buffers.pairedLength(tiles * lanes * lanes);
    this.stripRe = new float[size];
    this.stripIm = new float[size];
    this.restRe = new float[size];
    this.restIm = new float[size];
  }

  @Override
  public void transform(float[] re, float[] im, int at, int rows, int pitch) {
    int row = 0;
    for (; row + lanes <= rows; row += lanes) {
      group(re, im, at + row * pitch, pitch);
    }
    if (row < rows) {
      int width = tiles * lanes;
      for (int r = row; r < rows; r++) {
        System.arraycopy(re, at + r * pitch, restRe, (r - row) * width, columns);
        System.arraycopy(im, at + r * pitch, restIm, (r - row) * width, columns);
      }
      group(restRe, restIm, 0, width);
      for (int r = row; r < rows; r++) {
        System.arraycopy(restRe, (r - row) * width, re, at + r * pitch, columns);
        System.arraycopy(restIm, (r - row) * width, im, at + r * pitch, columns);
      }
    }
  }

  private void group(float[] re, float[] im, int at, int pitch) {
    for (int tile = 0; tile < tiles; tile++) {
      int place = tile * lanes * lanes;
      kernels.transpose(re, at + tile * lanes, pitch, stripRe, place, lanes);
      kernels.transpose(im, at + tile * lanes, pitch, stripIm, place, lanes);
    }
    strip.transform(stripRe, stripIm, 0, lanes, stripRe, stripIm, 0, lanes);
    for (int tile = 0; tile < tiles; tile++) {
      int place = tile * lanes * lanes;
      kernels.transpose(stripRe, place, lanes, re, at + tile * lanes, pitch);
      kernels.transpose(stripIm, place, lanes, im, at + tile * lanes, pitch);
    }
  }
}
