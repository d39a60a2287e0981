package argand.spectro;

import argand.array.RealField;
import argand.array.Workers;
import argand.register.Transform;
import argand.register.Warp;

/// A volume resampled once at a displacement along its three axes: voxel (s, r, c) is read at
/// (s + slicesPx, r + down, c + right).
///
/// The interpolation is the product of those along the axes: each slice as an image first, then
/// along the slices, which lie as rows of all voxels of a slice.
final class MovedVolume {
  private MovedVolume() {}

  /// @param volume slices one below the other, NaN where not known
  /// @param inSlice a translation
  /// @param variance true where the numbers are variances: weights are squared
  /// @param into of the same grid
  static void of(
      RealField volume,
      int slices,
      Transform inSlice,
      double slicesPx,
      Warp interpolation,
      boolean variance,
      RealField into) {
    var grid = volume.grid();
    var one = grid.resized(grid.rows() / slices, grid.columns());
    var tall = new RealField(grid.resized(slices, one.size()));
    for (int s = 0; s < slices; s++) {
      var slice = new RealField(one);
      System.arraycopy(volume.values(), s * one.size(), slice.values(), 0, one.size());
      var moved = moved(slice, inSlice, interpolation, variance);
      System.arraycopy(moved.values(), 0, tall.values(), s * one.size(), one.size());
    }
    var along = moved(tall, new Transform.Translation(slicesPx, 0), interpolation, variance);
    System.arraycopy(along.values(), 0, into.values(), 0, grid.size());
  }

  private static RealField moved(
      RealField image, Transform transform, Warp interpolation, boolean variance) {
    return variance
        ? interpolation.variance(image, transform, Workers.ONE)
        : interpolation.image(image, transform, Workers.ONE);
  }
}
