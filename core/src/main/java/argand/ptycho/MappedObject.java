package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;

/// An object taken along by a linear map that is nearly none: O(r) ← O(r − A (r − c)), interpolated
/// by Lanczos' kernel of three pixels. What comes in from beyond the rim goes on as the object
/// ends.
final class MappedObject {
  private static final int TAPS = 6;

  /// Places between two pixels for which weights are kept: positions are right to 1/512 px.
  private static final int PLACES = 256;

  private static final float[] WEIGHTS = weights();

  private MappedObject() {}

  private static float[] weights() {
    float[] weights = new float[(PLACES + 1) * TAPS];
    for (int place = 0; place <= PLACES; place++) {
      double sum = 0;
      double[] of = new double[TAPS];
      for (int k = 0; k < TAPS; k++) {
        double distance = k - 2 - (double) place / PLACES;
        of[k] = sinc(distance) * sinc(distance / 3);
        sum += of[k];
      }
      for (int k = 0; k < TAPS; k++) {
        weights[place * TAPS + k] = (float) (of[k] / sum);
      }
    }
    return weights;
  }

  private static double sinc(double t) {
    return Math.abs(t) < 1e-12 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
  }

  /// Writes into the object.
  static void set(ComplexField object, LinearMap map, Workers workers) {
    var from = object.copy();
    int rows = object.grid().rows();
    int columns = object.grid().columns();
    workers.forEach(
        rows,
        (r, worker) -> {
          for (int c = 0; c < columns; c++) {
            sample(from, r - map.down(r, c), c - map.right(r, c), object, r, c);
          }
        });
  }

  /// into(r, c) ← from(y, x)
  static void sample(ComplexField from, double y, double x, ComplexField into, int r, int c) {
    int row = (int) Math.floor(y);
    int column = (int) Math.floor(x);
    int ofY = (int) Math.round((y - row) * PLACES) * TAPS;
    int ofX = (int) Math.round((x - column) * PLACES) * TAPS;
    int lastRow = from.grid().rows() - 1;
    int lastColumn = from.grid().columns() - 1;
    float re = 0;
    float im = 0;
    for (int i = 0; i < TAPS; i++) {
      int at = Math.clamp(row + i - 2, 0, lastRow) * from.pitch();
      float lineRe = 0;
      float lineIm = 0;
      for (int k = 0; k < TAPS; k++) {
        int pixel = at + Math.clamp(column + k - 2, 0, lastColumn);
        float weight = WEIGHTS[ofX + k];
        lineRe += weight * from.re()[pixel];
        lineIm += weight * from.im()[pixel];
      }
      re += WEIGHTS[ofY + i] * lineRe;
      im += WEIGHTS[ofY + i] * lineIm;
    }
    into.set(r, c, re, im);
  }
}
