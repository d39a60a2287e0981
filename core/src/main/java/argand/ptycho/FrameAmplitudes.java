package argand.ptycho;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.physics.Geometry.Regime;

/// What a frame of counts becomes for the modulus constraint: amplitudes √I in the order of the
/// transform, its scale folded in, −1 where a pixel is not to be trusted. Root, mask and order in
/// one sweep.
///
/// @param noisy whether counts below zero are noise about an empty pixel
/// @param scale of the transform
/// @param toRow where a row of the frame begins in the plane
/// @param toColumn where a column of the frame stands in a row of the plane
record FrameAmplitudes(Mask mask, boolean noisy, double scale, int[] toRow, int[] toColumn) {
  /// @throws InvalidInput when the mask trusts nothing
  static FrameAmplitudes of(DiffractionScan scan) {
    Grid grid = scan.geometry().detector();
    boolean far = scan.geometry().regime() == Regime.FAR_FIELD;
    var mask = scan.mask().orElseGet(() -> Mask.all(grid));
    if (mask.count() == 0) {
      throw new InvalidInput(
          "the mask", "bad everywhere", "some good pixels", "is its meaning inverted?");
    }
    int[] toRow = new int[grid.rows()];
    int[] toColumn = new int[grid.columns()];
    for (int r = 0; r < toRow.length; r++) {
      toRow[r] = grid.columns() * (far ? rolled(r, toRow.length) : r);
    }
    for (int c = 0; c < toColumn.length; c++) {
      toColumn[c] = far ? rolled(c, toColumn.length) : c;
    }
    return new FrameAmplitudes(
        mask,
        scan.frames().variance().isPresent(),
        far ? 1 / Math.sqrt(grid.size()) : 1,
        toRow,
        toColumn);
  }

  /// Zero frequency goes from n/2 to 0.
  private static int rolled(int index, int n) {
    return (index + n - n / 2) % n;
  }

  /// The amplitude of a count.
  float amplitude(double count) {
    return (float) (Math.sqrt(count) * scale);
  }

  /// into ← the amplitudes of a frame
  ///
  /// @return ΣI over its good pixels
  /// @throws InvalidInput when a count is negative without a variance, or infinite
  double of(RealField frame, int view, float[] into) {
    boolean[] good = mask.good();
    float[] values = frame.values();
    double sum = 0;
    int i = 0;
    for (int row : toRow) {
      for (int column : toColumn) {
        float intensity = values[i];
        float amplitude = 0;
        if (!good[i] || Float.isNaN(intensity)) {
          amplitude = -1; // NaN: not to be trusted in this frame
        } else if (intensity >= 0 && intensity < Float.POSITIVE_INFINITY) {
          amplitude = amplitude(intensity);
          sum += intensity;
        } else if (noisy && intensity > Float.NEGATIVE_INFINITY) {
          sum += intensity; // no quantum fell here, but the mean of many such pixels is right
        } else {
          throw refused(intensity, view, i);
        }
        into[row + column] = amplitude;
        i++;
      }
    }
    return sum;
  }

  /// into ← the amplitudes of a frame that {@link #of} has accepted before
  void again(RealField frame, float[] into) {
    boolean[] good = mask.good();
    float[] values = frame.values();
    int columns = toColumn.length;
    int half = toColumn[0]; // where the first column stands
    for (int r = 0; r < toRow.length; r++) {
      int from = r * columns;
      again(values, good, from, columns - half, into, toRow[r] + half);
      again(values, good, from + columns - half, half, into, toRow[r]);
    }
  }

  private void again(float[] values, boolean[] good, int from, int count, float[] into, int to) {
    for (int i = 0; i < count; i++) { // without a branch, so that it is done in lanes
      into[to + i] = (float) (Math.sqrt(values[from + i]) * scale);
    }
    for (int i = 0; i < count; i++) {
      if (!good[from + i] || Float.isNaN(into[to + i])) {
        into[to + i] = good[from + i] && values[from + i] < 0 ? 0 : -1;
      }
    }
  }

  private InvalidInput refused(float intensity, int view, int pixel) {
    return new InvalidInput(
        "frame "
            + view
            + ", row "
            + pixel / toColumn.length
            + ", column "
            + pixel % toColumn.length,
        intensity,
        "counts of at least 0",
        "mask such pixels, or subtract less background");
  }

  /// into ← the counts of a frame in the order of the transform: −1 where a pixel is not to be
  /// trusted, 0 where noise is below zero
  void counts(RealField frame, float[] into) {
    boolean[] good = mask.good();
    float[] values = frame.values();
    int i = 0;
    for (int row : toRow) {
      for (int column : toColumn) {
        float value = values[i];
        into[row + column] = !good[i] || Float.isNaN(value) ? -1 : Math.max(0, value);
        i++;
      }
    }
  }
}
