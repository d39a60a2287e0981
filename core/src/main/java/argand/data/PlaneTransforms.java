package argand.data;

import argand.array.Check;
import java.util.List;

/// How the planes of a stack were moved onto a common grid: output pixel (row, column) of plane e,
/// counted from the image's centre, was taken from (row′, column′) = M·(row, column) + t [pixels].
///
/// @param of one for each plane
public record PlaneTransforms(List<Affine> of) {
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
    Check.atLeast("number of transforms", of.size(), 1);
  }
}
