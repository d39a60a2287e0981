package argand.array.kernel;

/// The inner loop of matrix products: a tile of 8 rows and 32 columns of C = A B, whose sums stay
/// in registers while k runs.
///
/// A strip holds 8 rows of A, k after k: element (r, k) at 8k + r. A panel holds 32 columns, one
/// row of 32 after the other: element (k, c) at 32k + c. Every sum runs through k in order with
/// fused multiply-add, so that scalar code and vector code of any width give the same bits.
final class ProductTile {
  private ProductTile() {}

  static final int ROWS = 8;
  static final int COLUMNS = 32;

  /// c[ct + r · pitch + x] ← start[st + r] + Σ_k a[at + 8k + r] b[bt + 32k + x], and what was there
  /// before, if `add`.
  static void ofStrip(
      int depth,
      float[] a,
      int at,
      float[] b,
      int bt,
      float[] start,
      int st,
      float[] c,
      int ct,
      int pitch,
      boolean add) {
    if (!Simd.AVAILABLE) {
      Plain.ofStrip(depth, a, at, b, bt, start, st, c, ct, pitch, add);
    } else if (Lanes.WIDTH == 16) {
      VectorProduct8.ofStrip(depth, a, at, b, bt, start, st, c, ct, pitch, add);
    } else {
      int n = VectorProduct4.ROWS;
      for (int r = 0; r < ROWS; r += n) {
        for (int x = 0; x < COLUMNS; x += 2 * Lanes.WIDTH) {
          int to = ct + r * pitch + x;
          VectorProduct4.ofStrip(depth, a, at + r, b, bt + x, start, st + r, c, to, pitch, add);
        }
      }
    }
  }

  /// c[ct + r · pitch + x] += Σ_p Σ_k a[at + p · aStep + 32r + k] b[bt + p · bStep + 32k + x]: rows
  /// of panels, multiplied over their columns.
  static void ofPanels(
      int panels,
      float[] a,
      int at,
      int aStep,
      float[] b,
      int bt,
      int bStep,
      float[] c,
      int ct,
      int pitch) {
    if (!Simd.AVAILABLE) {
      Plain.ofPanels(panels, a, at, aStep, b, bt, bStep, c, ct, pitch);
    } else if (Lanes.WIDTH == 16) {
      VectorProduct8.ofPanels(panels, a, at, aStep, b, bt, bStep, c, ct, pitch);
    } else {
      int n = VectorProduct4.ROWS;
      for (int r = 0; r < ROWS; r += n) {
        for (int x = 0; x < COLUMNS; x += 2 * Lanes.WIDTH) {
          int to = ct + r * pitch + x;
          VectorProduct4.ofPanels(
              panels, a, at + r * COLUMNS, aStep, b, bt + x, bStep, c, to, pitch);
        }
      }
    }
  }

  static final class Plain {
    private Plain() {}

    static void ofStrip(
        int depth,
        float[] a,
        int at,
        float[] b,
        int bt,
        float[] start,
        int st,
        float[] c,
        int ct,
        int pitch,
        boolean add) {
      for (int r = 0; r < ROWS; r++) {
        for (int x = 0; x < COLUMNS; x++) {
          float sum = start[st + r];
          for (int k = 0; k < depth; k++) {
            sum = Math.fma(a[at + k * ROWS + r], b[bt + k * COLUMNS + x], sum);
          }
          int to = ct + r * pitch + x;
          c[to] = add ? sum + c[to] : sum;
        }
      }
    }

    static void ofPanels(
        int panels,
        float[] a,
        int at,
        int aStep,
        float[] b,
        int bt,
        int bStep,
        float[] c,
        int ct,
        int pitch) {
      for (int r = 0; r < ROWS; r++) {
        for (int x = 0; x < COLUMNS; x++) {
          float sum = 0;
          for (int p = 0; p < panels; p++) {
            for (int k = 0; k < COLUMNS; k++) {
              float factor = a[at + p * aStep + r * COLUMNS + k];
              sum = Math.fma(factor, b[bt + p * bStep + k * COLUMNS + x], sum);
            }
          }
          c[ct + r * pitch + x] += sum;
        }
      }
    }
  }
}
