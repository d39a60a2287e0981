package argand.spectro;

import argand.array.Grid;
import argand.array.Workers;

/// The open door: what another jar assumes of neighbouring pixels, a record named by its {@link
/// argand.flow.Plugin}.
///
/// With a what each pixel's own spectrum says of its amounts and H their information, ½ (x − a)ᵀ H
/// (x − a) is the misfit of amounts x less the least one: a prior adds its own term and minimises.
public non-sealed interface PriorPlugin extends Prior {
  /// The amounts with the prior, a plane for each reference. Slices of volumes come one by one.
  ///
  /// @param amounts a, a plane for each reference; not to be changed
  /// @param information H, for references k ≥ l the plane k (k + 1)/2 + l, zero where nothing is
  ///     known; not to be changed
  float[][] amounts(Grid grid, float[][] amounts, float[][] information, Workers workers);
}
