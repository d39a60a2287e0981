package argand.array.kernel;

/// Two-dimensional Fourier transform on two raw planes, in place: kernel exp(−2πi(k r/rows + l
/// c/columns)), unscaled, zero at (0, 0). Swapping the planes gives the transform back. Owns
/// buffers: one instance for each thread.
public final class PlaneFft {
  private final int rows;
  private final int columns;
  private final int lanes;
  private final StripFft strip;
  private final RowFft row;

  public PlaneFft(int rows, int columns) {
    this(rows, columns, FftKernels.best());
  }

  public PlaneFft(int rows, int columns, FftKernels kernels) {
    this.rows = rows;
    this.columns = columns;
    this.lanes = kernels.lanes();
    this.strip = StripFft.of(rows, kernels);
    this.row = RowFft.of(columns, kernels);
  }

  /// Value (r, c) is at `at + r · pitch + c`.
  ///
  /// @param pitch a multiple of 16, ≥ columns; an odd multiple is much faster where rows is a power
  ///      of two. The padding may be overwritten and must be finite
  public void transform(float[] re, float[] im, int at, int pitch) {
    columns(re, im, at, pitch);
    row.transform(re, im, at, rows, pitch);
  }

  private void columns(float[] re, float[] im, int at, int pitch) {
    if (rows == 1) {
      return;
    }
    for (int c = 0; c < columns; c += lanes) {
      strip.transform(re, im, at + c, pitch, re, im, at + c, pitch);
    }
  }
}
