package argand.data;

import argand.array.Check;
import java.util.List;

/// How the planes of a stack were moved onto a common grid: output pixel (row, column) of plane e,
/// counted from the image's centre, was taken from (row′, column′) = M·(row, column) + t [pixels].
///
/// @param of one for each plane
/// @param slicesPx of volumes how far each was moved along its slices besides, in the same sense
///     [slices]; empty for images
public record PlaneTransforms(List<Affine> of, List<Double> slicesPx) {
  /// row′ = m00·row + m01·column + row0, column′ = m10·row + m11·column + column0.
  public record Affine(
      double m00, double m01, double m10, double m11, double row0, double column0) {
    public static final Affine NONE = shift(0, 0);

    /// A displacement alone [pixels].
    public static Affine shift(double row, double column) {
      return new Affine(1, 0, 0, 1, row, column);
    }
  }

  public PlaneTransforms {
    of = List.copyOf(of);
    slicesPx = List.copyOf(slicesPx);
    Check.atLeast("number of transforms", of.size(), 1);
    Check.within("displacements along slices", slicesPx.size(), 0, of.size(), "");
  }

  /// Of images.
  public PlaneTransforms(List<Affine> of) {
    this(of, List.of());
  }
}
