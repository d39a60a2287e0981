package argand.array.kernel;

/// Row transforms of any length: `lanes` rows at a time are transposed into a strip, transformed
/// there, transposed back.
final class TransposedRows implements RowFft {
  private final int lanes;
  private final StripFft strip;
  private final RowTiles tiles;

  /// The rows as a strip, transformed in place.
  private final float[] stripRe;

  private final float[] stripIm;

  TransposedRows(int columns, FftKernels kernels) {
    lanes = kernels.lanes();
    strip = StripFft.of(columns, kernels);
    tiles = new RowTiles(columns, kernels, 0);
    int size = Buffers.pairedLength(tiles.stripFloats());
    stripRe = new float[size];
    stripIm = new float[size];
  }

  @Override
  public void transform(float[] re, float[] im, int at, int rows, int pitch) {
    for (int r = 0; r < rows; r += lanes) {
      int from = at + r * pitch;
      int count = Math.min(lanes, rows - r);
      tiles.toStrip(re, from, count, pitch, stripRe, 0);
      tiles.toStrip(im, from, count, pitch, stripIm, 0);
      strip.transform(stripRe, stripIm, 0, lanes, stripRe, stripIm, 0, lanes);
      tiles.toRows(stripRe, 0, re, from, count, pitch);
      tiles.toRows(stripIm, 0, im, from, count, pitch);
    }
  }
}
