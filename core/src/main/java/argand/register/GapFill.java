package argand.register;

import argand.array.RealField;

/// Missing pixels (NaN) replaced by a smooth continuation of those around, so that filters can run
/// over them: what lies behind a gap is read from the same image at half the resolution, and so on.
final class GapFill {
  private GapFill() {}

  /// The image itself where nothing is missing, else a filled copy; zeros where all is missing.
  static RealField of(RealField image) {
    boolean gap = false;
    for (float value : image.values()) {
      gap |= Float.isNaN(value);
    }
    if (!gap) {
      return image;
    }
    var filled = image.copy();
    fill(filled.values(), image.grid().rows(), image.grid().columns());
    return filled;
  }

  private static void fill(float[] image, int rows, int columns) {
    int halfRows = (rows + 1) / 2;
    int halfColumns = (columns + 1) / 2;
    float[] half = new float[halfRows * halfColumns];
    boolean any = false;
    boolean gaps = false;
    for (int r = 0; r < halfRows; r++) {
      for (int c = 0; c < halfColumns; c++) {
        double sum = 0;
        int seen = 0;
        for (int i = 2 * r; i < Math.min(rows, 2 * r + 2); i++) {
          for (int k = 2 * c; k < Math.min(columns, 2 * c + 2); k++) {
            float value = image[i * columns + k];
            if (Float.isNaN(value)) {
              gaps = true;
            } else {
              sum += value;
              seen++;
            }
          }
        }
        any |= seen > 0;
        half[r * halfColumns + c] = seen == 0 ? Float.NaN : (float) (sum / seen);
      }
    }
    if (!gaps) {
      return;
    }
    if (!any) {
      java.util.Arrays.fill(image, 0);
      return;
    }
    if (half.length > 1) {
      fill(half, halfRows, halfColumns);
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (Float.isNaN(image[r * columns + c])) {
          image[r * columns + c] =
              between(half, halfRows, halfColumns, 0.5 * r - 0.25, 0.5 * c - 0.25);
        }
      }
    }
  }

  /// Bilinear, beyond the edge the last value.
  private static float between(float[] image, int rows, int columns, double row, double column) {
    double r = Math.clamp(row, 0, rows - 1.0);
    double c = Math.clamp(column, 0, columns - 1.0);
    int r0 = Math.min((int) r, Math.max(0, rows - 2));
    int c0 = Math.min((int) c, Math.max(0, columns - 2));
    int r1 = Math.min(rows - 1, r0 + 1);
    int c1 = Math.min(columns - 1, c0 + 1);
    double u = r - r0;
    double v = c - c0;
    return (float)
        ((1 - u) * ((1 - v) * image[r0 * columns + c0] + v * image[r0 * columns + c1])
            + u * ((1 - v) * image[r1 * columns + c0] + v * image[r1 * columns + c1]));
  }
}
