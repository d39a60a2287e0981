package argand.array.kernel;

/// The two kinds of work of a three-dimensional transform: inside a plane, and across the planes
/// for one row. Forward, unscaled, zero first, in place; swapping the two arrays gives the
/// transform back. Owns buffers: one instance for each thread.
public final class VolumeFft {
  private final int planes;
  private final int columns;
  private final int lanes;
  private final PlaneFft plane;
  private final StripFft strip;

  public VolumeFft(int planes, int rows, int columns) {
    this(planes, rows, columns, FftKernels.best());
  }

  public VolumeFft(int planes, int rows, int columns, FftKernels kernels) {
    this.planes = planes;
    this.columns = columns;
    this.lanes = kernels.lanes();
    this.plane = new PlaneFft(rows, columns, kernels);
    this.strip = StripFft.of(planes, kernels);
  }

  /// Rows and columns of the plane that starts at `at`. See {@link PlaneFft#transform}.
  public void plane(float[] re, float[] im, int at, int pitch) {
    plane.transform(re, im, at, pitch);
  }

  /// Across the planes, for the row that starts at `at` in the first plane.
  ///
  /// @param planePitch floats between planes, a multiple of 16, best an odd one
  public void across(float[] re, float[] im, int at, int planePitch) {
    if (planes == 1) {
      return;
    }
    for (int c = 0; c < columns; c += lanes) {
      strip.transform(re, im, at + c, planePitch, re, im, at + c, planePitch);
    }
  }
}
