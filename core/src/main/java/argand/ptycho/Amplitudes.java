package argand.ptycho;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Shift;
import argand.data.DiffractionScan;
import argand.physics.Geometry.Regime;

/// The measured amplitudes √I of all views, as the modulus constraint wants them: unpadded planes
/// in the order of the transform, its scale folded in, −1 where a pixel is not to be trusted.
final class Amplitudes {
  private final Grid grid;
  private final float[][] planes;
  private final double counts;
  private final double[] countsOf;
  private final boolean noisy;

  /// @throws InvalidInput when counts are negative without a variance, all zero, or masked
  /// altogether
  Amplitudes(DiffractionScan scan) {
    grid = scan.geometry().detector();
    boolean far = scan.geometry().regime() == Regime.FAR_FIELD;
    var mask = scan.mask().orElseGet(() -> Mask.all(grid));
    if (mask.count() == 0) {
      throw new InvalidInput(
          "the mask", "bad everywhere", "some good pixels", "is its meaning inverted?");
    }
    noisy = scan.frames().variance().isPresent();
    planes = new float[scan.frames().count()][];
    countsOf = new double[planes.length];
    var frame = new RealField(grid);
    double sum = 0;
    for (int j = 0; j < planes.length; j++) {
      scan.frames().read(j, frame);
      float[] plane = amplitudes(frame, mask, j, far ? 1 / Math.sqrt(grid.size()) : 1);
      planes[j] = far ? unshifted(plane) : plane;
      sum += countsOf[j];
    }
    counts = sum;
    if (counts == 0) {
      throw new InvalidInput(
          "the frames", "zero in every good pixel", "counts", "was the shutter closed?");
    }
  }

  private float[] amplitudes(RealField frame, Mask mask, int j, double scale) {
    float[] plane = new float[grid.size()];
    double sum = 0;
    for (int i = 0; i < plane.length; i++) {
      float intensity = frame.values()[i];
      if (!mask.good()[i] || Float.isNaN(intensity)) {
        plane[i] = -1; // NaN: not to be trusted in this frame
      } else if (intensity >= 0 && intensity < Float.POSITIVE_INFINITY) {
        plane[i] = (float) (Math.sqrt(intensity) * scale);
        sum += intensity;
      } else if (noisy && intensity > Float.NEGATIVE_INFINITY) {
        sum += intensity; // no quantum fell here, but the mean of many such pixels is right
      } else {
        throw new InvalidInput(
            "frame " + j + ", row " + i / grid.columns() + ", column " + i % grid.columns(),
            intensity,
            "counts of at least 0",
            "mask such pixels, or subtract less background");
      }
    }
    countsOf[j] = sum;
    return plane;
  }

  private float[] unshifted(float[] plane) {
    return Shift.rolled(
        plane, grid.rows(), grid.columns(), -(grid.rows() / 2), -(grid.columns() / 2));
  }

  Grid grid() {
    return grid;
  }

  int views() {
    return planes.length;
  }

  /// The plane of one view itself.
  float[] of(int view) {
    return planes[view];
  }

  /// ΣI over the good pixels of all views.
  double counts() {
    return counts;
  }

  /// ΣI over the good pixels of one view.
  double counts(int view) {
    return countsOf[view];
  }
}
