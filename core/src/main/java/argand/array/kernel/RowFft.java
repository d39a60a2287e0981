package argand.array.kernel;

/// Fourier transforms along the rows of a plane, by the way with the fewest transpositions that the
/// length allows: forward, unscaled, zero first, in place. Owns
/// buffers: one instance for each thread.
sealed interface RowFft permits PairedRows, FourStepRows, TransposedRows {
  static RowFft of(int columns, FftKernels kernels) {
    if (PairedRows.fits(columns, kernels)) {
      return new PairedRows(columns, kernels);
    }
    int lanes = kernels.lanes();
    return columns % (lanes * lanes) == 0 && lanes % 4 == 0 && RadixPlan.reaches(columns)
        ? new FourStepRows(columns, kernels)
        : new TransposedRows(columns, kernels);
  }

  /// Rows start at `at + r · pitch`. The pitch must hold a whole number of elements; the padding
  /// may be overwritten with finite values.
  void transform(float[] re, float[] im, int at, int rows, int pitch);
}
