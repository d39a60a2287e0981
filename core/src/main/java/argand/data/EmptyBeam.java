package argand.data;

import argand.array.Check;
import argand.array.RealField;
import java.util.Optional;

/// What the detector saw without the sample, still to be used: I₀ and its dark level.
///
/// @param flats counts of the empty beam, one plane for each energy or one for all
/// @param dark level of the detector without beam, that of sample and flat alike
/// @param flatFrames how many frames each flat is the mean of: its noise is less by that
/// @param exposureRatio exposure of a sample image over that of a flat
public record EmptyBeam(
    Planes flats, Optional<RealField> dark, int flatFrames, double exposureRatio) {
  public EmptyBeam {
    Check.atLeast("frames of a flat", flatFrames, 1);
    Check.within("exposure of the sample over that of the flats", exposureRatio, 1e-6, 1e6, "");
  }

  /// The plane of the flats for energy `e`.
  public int flatOf(int e) {
    return flats.count() == 1 ? 0 : e;
  }
}
