package argand.spectro;

import argand.data.EnergyStack;
import argand.flow.Watch;
import argand.register.Transform;
import java.util.List;

/// The open door: a way to align from another jar, a record named by its {@link
/// argand.flow.Plugin}.
public non-sealed interface AlignPlugin extends AlignMethod {
  /// How the images lie, one transform for each: aligned(x) = image(T(x)). Resampling, variances,
  /// masks and the file of transforms are those of `align`.
  ///
  /// @param stack of optical densities or transmissions, where pixels that are not good mean
  /// nothing
  List<Transform> transforms(EnergyStack stack, Watch watch);
}
