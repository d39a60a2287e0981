package argand.array.kernel;

/// Lengths of arrays that are used in pairs (real and imaginary parts at the same index).
///
/// A processor first compares only the low 12 bits of the addresses of a load and of the stores
/// before it: where two arrays lie a multiple of 4096 bytes apart, each load of one waits for
/// stores into the other. Arrays made one after the other mostly lie one after the other, so the
/// first one is made longer than needed, to end a quarter page off.
public final class Buffers {
  private static final int PAGE = 1024;
  private static final int LINE = 16;
  private static final int QUARTER = PAGE / 4;

  /// Where buffers and tables of elements begin: array data begin 16 bytes behind the start of the
  /// object, so that this float begins a cache line where objects are aligned to lines
  /// (`-XX:ObjectAlignmentInBytes=64`). Elsewhere it does no harm.
  public static final int START = 12;

  private Buffers() {}

  /// The least length ≥ `floats` with a distance of a quarter to three quarters of a page, of 1024
  /// floats, to the next multiple of a page.
  public static int pairedLength(int floats) {
    int rounded = Math.ceilDiv(floats, LINE) * LINE;
    int past = rounded % PAGE;
    if (past < QUARTER) {
      return Math.addExact(rounded, QUARTER - past);
    }
    return past > PAGE - QUARTER ? Math.addExact(rounded, PAGE + QUARTER - past) : rounded;
  }
}
