package argand.array.kernel;

import argand.Paper;
import argand.array.Check;
import argand.array.Workers;
import java.util.Arrays;

/// Products of matrices in single precision, C = A B, with A or B transposed where their steps say
/// so.
///
/// Each element is a sum of sums over 256 k at a time, each in order of k with fused multiply-add:
/// whatever the number of threads, and in scalar and vector code, the same bits. B is packed into
/// panels of 32 columns once for each 256 k, A into strips of 8 rows in blocks that stay in the
/// second-level cache.
@Paper(
    value =
        "Goto & van de Geijn, Anatomy of high-performance matrix multiplication, ACM Trans. Math."
            + " Softw. 34, 12 (2008)",
    doi = "10.1145/1356052.1356053")
public final class MatrixProduct {
  private MatrixProduct() {}

  /// k of one pass.
  static final int PART = 256;

  /// Rows of A that a block takes.
  private static final int BLOCK_ROWS = 64;

  /// Panels of B that a block packs.
  private static final int BLOCK_PANELS = 4;

  private static final float[] ZEROS = new float[ProductTile.ROWS];

  /// c ← a b
  public static void set(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    multiply(a, b, c, false, workers);
  }

  /// c ← c + a b
  public static void add(FloatMatrix a, FloatMatrix b, FloatMatrix c, Workers workers) {
    multiply(a, b, c, true, workers);
  }

  private static void multiply(
      FloatMatrix a, FloatMatrix b, FloatMatrix c, boolean add, Workers workers) {
    Check.same("rows of the second factor", b.rows(), a.columns());
    Check.same("rows of the product", c.rows(), a.rows());
    Check.same("columns of the product", c.columns(), b.columns());
    Check.same("column step of the product", c.columnStep(), 1);
    int depth = a.columns();
    if (depth == 0 && !add) {
      for (int i = 0; i < c.rows(); i++) {
        int from = c.at() + i * c.rowStep();
        Arrays.fill(c.values(), from, from + c.columns(), 0);
      }
    }
    int panels = Math.ceilDiv(b.columns(), ProductTile.COLUMNS);
    int blocks = Math.ceilDiv(a.rows(), BLOCK_ROWS);
    int longest = Math.min(PART, depth);
    float[] packed = new float[Math.multiplyExact(panels * ProductTile.COLUMNS, longest)];
    float[][] strips = new float[workers.threads()][BLOCK_ROWS * longest];
    float[][] edges = new float[workers.threads()][ProductTile.ROWS * ProductTile.COLUMNS];
    for (int first = 0; first < depth; first += PART) {
      int k = first;
      int length = Math.min(PART, depth - first);
      boolean more = add || first > 0;
      workers.forEach(
          Math.ceilDiv(panels, BLOCK_PANELS),
          (block, worker) -> {
            int last = Math.min(panels, (block + 1) * BLOCK_PANELS);
            for (int panel = block * BLOCK_PANELS; panel < last; panel++) {
              packPanel(b, panel, k, length, packed);
            }
          });
      workers.forEach(
          blocks,
          (block, worker) -> {
            packStrips(a, block, k, length, strips[worker]);
            rows(block, panels, length, strips[worker], packed, c, more, edges[worker]);
          });
    }
  }

  /// A block of rows of C, panel after panel: the panel stays in the first-level cache.
  private static void rows(
      int block,
      int panels,
      int length,
      float[] strips,
      float[] packed,
      FloatMatrix c,
      boolean add,
      float[] edge) {
    int last = Math.min(c.rows(), (block + 1) * BLOCK_ROWS);
    for (int panel = 0; panel < panels; panel++) {
      int column = panel * ProductTile.COLUMNS;
      int width = Math.min(ProductTile.COLUMNS, c.columns() - column);
      int from = panel * ProductTile.COLUMNS * length;
      for (int row = block * BLOCK_ROWS; row < last; row += ProductTile.ROWS) {
        int strip = (row - block * BLOCK_ROWS) * length;
        int height = Math.min(ProductTile.ROWS, c.rows() - row);
        int to = c.at() + row * c.rowStep() + column;
        if (height == ProductTile.ROWS && width == ProductTile.COLUMNS) {
          ProductTile.ofStrip(
              length, strips, strip, packed, from, ZEROS, 0, c.values(), to, c.rowStep(), add);
        } else {
          ProductTile.ofStrip(
              length, strips, strip, packed, from, ZEROS, 0, edge, 0, ProductTile.COLUMNS, false);
          copy(edge, height, width, c, to, add);
        }
      }
    }
  }

  private static void copy(
      float[] edge, int height, int width, FloatMatrix c, int to, boolean add) {
    for (int r = 0; r < height; r++) {
      for (int x = 0; x < width; x++) {
        int i = to + r * c.rowStep() + x;
        float sum = edge[r * ProductTile.COLUMNS + x];
        c.values()[i] = add ? sum + c.values()[i] : sum;
      }
    }
  }

  private static void packPanel(FloatMatrix b, int panel, int first, int length, float[] packed) {
    int column = panel * ProductTile.COLUMNS;
    int width = Math.min(ProductTile.COLUMNS, b.columns() - column);
    int to = column * length;
    if (width < ProductTile.COLUMNS) {
      Arrays.fill(packed, to, to + ProductTile.COLUMNS * length, 0);
    }
    int from = b.at() + first * b.rowStep() + column * b.columnStep();
    pack(b.values(), from, b.rowStep(), b.columnStep(), length, width, packed, to, 32);
  }

  private static void packStrips(FloatMatrix a, int block, int first, int length, float[] strips) {
    int last = Math.min(a.rows(), (block + 1) * BLOCK_ROWS);
    for (int row = block * BLOCK_ROWS; row < last; row += ProductTile.ROWS) {
      int height = Math.min(ProductTile.ROWS, last - row);
      int to = (row - block * BLOCK_ROWS) * length;
      if (height < ProductTile.ROWS) {
        Arrays.fill(strips, to, to + ProductTile.ROWS * length, 0);
      }
      int from = a.at() + row * a.rowStep() + first * a.columnStep();
      pack(a.values(), from, a.columnStep(), a.rowStep(), length, height, strips, to, 8);
    }
  }

  /// to[at + k · pitch + x] ← from[start + k · step + x · across], k < length, x < width; the inner
  /// loop goes where the numbers lie side by side.
  private static void pack(
      float[] from,
      int start,
      int step,
      int across,
      int length,
      int width,
      float[] to,
      int at,
      int pitch) {
    if (across == 1) {
      for (int k = 0; k < length; k++) {
        System.arraycopy(from, start + k * step, to, at + k * pitch, width);
      }
      return;
    }
    for (int x = 0; x < width; x++) {
      for (int k = 0; k < length; k++) {
        to[at + k * pitch + x] = from[start + k * step + x * across];
      }
    }
  }
}
