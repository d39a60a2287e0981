package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Products with many columns that lie in panels of 32: what the layers of a network do to a batch
/// of samples, without packing the samples.
///
/// A panel holds 32 columns of a matrix, one row of 32 after the other. Numbers of rows are rounded
/// up to 8 where they lie in strips or panels, and to 32 where a panel is transposed; what fills up
/// is zero. Sums run in fixed order, so that scalar and vector code of any width give the same
/// bits.
public final class PanelProduct {
  private PanelProduct() {}

  /// Columns of a panel.
  public static final int COLUMNS = ProductTile.COLUMNS;

  /// Rows of a strip.
  public static final int ROWS = ProductTile.ROWS;

  /// Rows, rounded up to whole strips.
  public static int padded(int rows) {
    return Math.ceilDiv(rows, ROWS) * ROWS;
  }

  /// Rows, rounded up to whole panels of the transposed.
  public static int paddedTransposed(int rows) {
    return Math.ceilDiv(rows, COLUMNS) * COLUMNS;
  }

  /// Packs `factor` · a into strips, length padded(rows) · columns.
  public static void pack(FloatMatrix a, float factor, float[] strips) {
    int depth = a.columns();
    for (int row = 0; row < padded(a.rows()); row++) {
      int to = row / ROWS * ROWS * depth + row % ROWS;
      for (int k = 0; k < depth; k++) {
        strips[to + k * ROWS] = row < a.rows() ? factor * a.get(row, k) : 0;
      }
    }
  }

  /// into ← start + A panel, A packed.
  ///
  /// @param rows of A; padded(rows) rows are written
  /// @param depth columns of A, rows of the panel
  /// @param start what is added to each row, length padded(rows)
  public static void set(
      float[] strips,
      int rows,
      int depth,
      float[] start,
      float[] panel,
      int at,
      float[] into,
      int to) {
    for (int row = 0; row < rows; row += ROWS) {
      int target = to + row * COLUMNS;
      ProductTile.ofStrip(
          depth, strips, row * depth, panel, at, start, row, into, target, COLUMNS, false);
    }
  }

  /// into[k · pitch + o] += Σ over the columns of all panels of h(k, column) z(o, column).
  ///
  /// @param h panels of `rows` rows, each `hStep` after the one before
  /// @param z transposed panels (see {@link #transpose}), each `zStep` after the one before
  /// @param pitch paddedTransposed(number of rows of z)
  public static void addOuter(
      int panels,
      float[] h,
      int at,
      int hStep,
      int rows,
      float[] z,
      int zAt,
      int zStep,
      float[] into,
      int pitch) {
    for (int o = 0; o < pitch; o += COLUMNS) {
      for (int k = 0; k < rows; k += ROWS) {
        ProductTile.ofPanels(
            panels,
            h,
            at + k * COLUMNS,
            hStep,
            z,
            zAt + o * COLUMNS,
            zStep,
            into,
            k * pitch + o,
            pitch);
      }
    }
  }

  /// A panel of `rows` rows, a multiple of 8, as panels of its transposed: into[to + 32 o + 32 c +
  /// x]
  /// is row o + x of column c, o = 0, 32, …
  public static void transpose(float[] panel, int at, int rows, float[] into, int to) {
    for (int o = 0; o < rows; o += COLUMNS) {
      int target = to + o * COLUMNS;
      int height = Math.min(COLUMNS, rows - o);
      if (height < COLUMNS) {
        Arrays.fill(into, target, target + COLUMNS * COLUMNS, 0);
      }
      int whole = 0;
      if (Simd.AVAILABLE) {
        whole = height / WIDTH * WIDTH;
        for (int x = 0; x < whole; x += WIDTH) {
          for (int c = 0; c < COLUMNS; c += WIDTH) {
            int from = at + (o + x) * COLUMNS + c;
            Vector.square(panel, from, into, target + c * COLUMNS + x);
          }
        }
      }
      for (int x = whole; x < height; x++) {
        for (int c = 0; c < COLUMNS; c++) {
          into[target + c * COLUMNS + x] = panel[at + (o + x) * COLUMNS + c];
        }
      }
    }
  }

  /// values[i] ← values[i] · factors[at + i], i = 0 … length − 1.
  public static void multiply(float[] values, float[] factors, int at, int length) {
    int done = Simd.AVAILABLE ? Vector.multiply(values, factors, at, length) : 0;
    for (int i = done; i < length; i++) {
      values[i] *= factors[at + i];
    }
  }

  /// sums[o] += Σ over the columns of all panels of z(o, column), z transposed.
  public static void addSums(int panels, float[] z, int zAt, int zStep, float[] sums, int pitch) {
    for (int p = 0; p < panels; p++) {
      for (int o = 0; o < pitch; o += COLUMNS) {
        int from = zAt + p * zStep + o * COLUMNS;
        if (Simd.AVAILABLE) {
          Vector.addSums(z, from, sums, o);
        } else {
          Plain.addSums(z, from, sums, o);
        }
      }
    }
  }

  static final class Plain {
    private Plain() {}

    static void addSums(float[] z, int at, float[] sums, int to) {
      for (int x = 0; x < COLUMNS; x++) {
        float sum = 0;
        for (int c = 0; c < COLUMNS; c++) {
          sum += z[at + c * COLUMNS + x];
        }
        sums[to + x] += sum;
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static void square(float[] from, int at, float[] to, int toAt) {
      switch (WIDTH) {
        case 16 -> VectorTranspose16.transpose(from, at, COLUMNS, to, toAt, COLUMNS);
        case 8 -> VectorTranspose8.transpose(from, at, COLUMNS, to, toAt, COLUMNS);
        default -> VectorTranspose4.transpose(from, at, COLUMNS, to, toAt, COLUMNS);
      }
    }

    static int multiply(float[] values, float[] factors, int at, int length) {
      int bound = FLOATS.loopBound(length);
      for (int i = 0; i < bound; i += WIDTH) {
        FloatVector.fromArray(FLOATS, values, i)
            .mul(FloatVector.fromArray(FLOATS, factors, at + i))
            .intoArray(values, i);
      }
      return bound;
    }

    static void addSums(float[] z, int at, float[] sums, int to) {
      for (int x = 0; x < COLUMNS; x += WIDTH) {
        var sum = FloatVector.zero(FLOATS);
        for (int c = 0; c < COLUMNS; c++) {
          sum = sum.add(FloatVector.fromArray(FLOATS, z, at + c * COLUMNS + x));
        }
        sum.add(FloatVector.fromArray(FLOATS, sums, to + x)).intoArray(sums, to + x);
      }
    }
  }
}
