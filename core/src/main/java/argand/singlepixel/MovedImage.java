package argand.singlepixel;

import argand.array.RealField;
import argand.register.CubicBSpline;

/// An image moved by parts of a pixel, by cubic splines; its edge is repeated, and what would fall
/// below zero is zero, as intensities and thicknesses are.
final class MovedImage {
  /// The first of the weights of {@link CubicBSpline#cardinal} belongs to this pixel.
  private static final int FIRST_TAP = 1 - CubicBSpline.REACH;

  private MovedImage() {}

  /// The image moved down and right: its value at r is that of the image at r − d.
  static RealField of(RealField image, double rowsPx, double columnsPx) {
    if (rowsPx == 0 && columnsPx == 0) {
      return image;
    }
    var moved = new RealField(image.grid());
    int rows = image.grid().rows();
    int columns = image.grid().columns();
    int wholeRows = (int) Math.floor(-rowsPx);
    int wholeColumns = (int) Math.floor(-columnsPx);
    double[] wy = CubicBSpline.cardinal(-rowsPx - wholeRows);
    double[] wx = CubicBSpline.cardinal(-columnsPx - wholeColumns);
    float[] across = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < wx.length; k++) {
        add(image.values(), r * columns, columns, wholeColumns + k + FIRST_TAP, wx[k], across);
      }
    }
    for (int r = 0; r < rows; r++) {
      int into = r * columns;
      for (int k = 0; k < wy.length; k++) {
        int from = Math.clamp(r + wholeRows + k + FIRST_TAP, 0, rows - 1) * columns;
        float weight = (float) wy[k];
        for (int c = 0; c < columns; c++) {
          moved.values()[into + c] += weight * across[from + c];
        }
      }
      for (int i = into; i < into + columns; i++) {
        moved.values()[i] = Math.max(0, moved.values()[i]);
      }
    }
    return moved;
  }

  /// A row of `sum` ← it + weight · the same row of `values`, read `off` pixels to the right.
  private static void add(
      float[] values, int start, int columns, int off, double weight, float[] sum) {
    float w = (float) weight;
    int first = Math.clamp(-off, 0, columns);
    int last = Math.clamp(columns - off, first, columns);
    for (int c = 0; c < first; c++) {
      sum[start + c] += w * values[start];
    }
    for (int c = first; c < last; c++) {
      sum[start + c] += w * values[start + c + off];
    }
    for (int c = last; c < columns; c++) {
      sum[start + c] += w * values[start + columns - 1];
    }
  }
}
