package argand.array.kernel;

/// Two-dimensional Fourier transform for use in two halves, so that what is done to the transform
/// is done strip by strip while it is in the nearest cache: first {@link #columns}, then for each
/// group of rows {@link #toStrip}, {@link #alongRows} and whatever is to be done; the way back is
/// `alongRows`, {@link #toRows}, `columns`, with {@link Window#swapped}. Kernel
/// exp(−2πi(k r/rows + l c/columns)), unscaled, zero at (0, 0).
///
/// A strip is a group of `lanes` rows without gaps: element c holds value c of each. Both halves
/// then work on whole elements, with one transposition each way, where a transform that leaves rows
/// in their order has to transpose inside them too. Owns buffers: one instance for each thread.
public final class StripwiseFft {
  private final int rows;
  private final int columns;
  private final int lanes;
  private final StripFft down;
  private final StripFft along;
  private final RowTiles tiles;
  private final RowTiles ofMeasured;

  public StripwiseFft(int rows, int columns) {
    this(rows, columns, FftKernels.best());
  }

  public StripwiseFft(int rows, int columns, FftKernels kernels) {
    this.rows = rows;
    this.columns = columns;
    lanes = kernels.lanes();
    down = StripFft.of(rows, kernels);
    along = StripFft.of(columns, kernels);
    tiles = new RowTiles(columns, kernels, 0);
    ofMeasured = new RowTiles(columns, kernels, -1);
  }

  /// Rows of a group.
  public int lanes() {
    return lanes;
  }

  /// A strip of zeros.
  public Window strip() {
    int length = Buffers.pairedLength(Buffers.START + tiles.stripFloats());
    return new Window(new float[length], new float[length], Buffers.START, lanes);
  }

  /// A strip of real zeros.
  public RealWindow realStrip() {
    return new RealWindow(new float[Buffers.START + tiles.stripFloats()], Buffers.START, lanes);
  }

  /// The half of the transform that goes along the columns, in place. The padding of the plane may
  /// be transformed too and must be finite.
  public void columns(Window plane) {
    for (int c = 0; c < columns && rows > 1; c += lanes) {
      int at = plane.offset() + c;
      down.transform(
          plane.re(), plane.im(), at, plane.pitch(), plane.re(), plane.im(), at, plane.pitch());
    }
  }

  /// The half of the transform that goes along the rows, in place, for a strip of them.
  public void alongRows(Window strip) {
    int at = strip.offset();
    along.transform(strip.re(), strip.im(), at, lanes, strip.re(), strip.im(), at, lanes);
  }

  /// A group of rows as a strip.
  ///
  /// @param row the first, a multiple of the lanes
  public void toStrip(Window plane, int row, Window strip) {
    int at = plane.offset() + row * plane.pitch();
    int count = Math.min(lanes, rows - row);
    tiles.toStrip(plane.re(), at, count, plane.pitch(), strip.re(), strip.offset());
    tiles.toStrip(plane.im(), at, count, plane.pitch(), strip.im(), strip.offset());
  }

  /// A strip as the group of rows that it was.
  public void toRows(Window strip, Window plane, int row) {
    int at = plane.offset() + row * plane.pitch();
    int count = Math.min(lanes, rows - row);
    tiles.toRows(strip.re(), strip.offset(), plane.re(), at, count, plane.pitch());
    tiles.toRows(strip.im(), strip.offset(), plane.im(), at, count, plane.pitch());
  }

  /// A group of rows of a real plane as a strip; −1 in lanes for which there is no row.
  public void toStrip(RealWindow plane, int row, RealWindow strip) {
    int at = plane.offset() + row * plane.pitch();
    int count = Math.min(lanes, rows - row);
    ofMeasured.toStrip(plane.values(), at, count, plane.pitch(), strip.values(), strip.offset());
  }
}
