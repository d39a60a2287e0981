package argand.spectro;

import argand.Param;
import argand.array.Check;

/// Where I₀, the counts without the sample, comes from.
public sealed interface IncidentBeam {
  /// The flats that came with the images.
  record Flats() implements IncidentBeam {}

  /// The brightest smooth part of the image, found automatically; where there are flats they give
  /// the shape of the beam and this part its strength at each energy.
  record EmptyRegion(
      @Param(value = "at most this share of the image is taken as empty", byDefault = "0.05")
          double share)
      implements IncidentBeam {
    public EmptyRegion {
      Check.within("share", share, 1e-4, 0.9, "");
    }
  }

  /// A rectangle of the image beside the sample; where there are flats they give the shape of the
  /// beam and this rectangle its strength at each energy.
  record Region(
      @Param("upper row") int row,
      @Param("left column") int column,
      @Param("its rows") int rows,
      @Param("its columns") int columns)
      implements IncidentBeam {
    public Region {
      Check.atLeast("row", row, 0);
      Check.atLeast("column", column, 0);
      Check.atLeast("rows", rows, 1);
      Check.atLeast("columns", columns, 1);
    }
  }
}
