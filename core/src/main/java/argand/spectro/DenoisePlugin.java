package argand.spectro;

import argand.array.Grid;

/// The open door: a way to make an image quieter from another jar, a record named by its {@link
/// argand.flow.Plugin}.
public non-sealed interface DenoisePlugin extends DenoiseMethod {
  /// The quieter image. What is missing, where images lie, and slices of volumes are the business
  /// of `denoise`. May be called from several threads.
  ///
  /// @param image row by row, without NaN; not to be changed
  /// @param sigma standard deviation of the noise of each pixel; not to be changed
  float[] filtered(Grid grid, float[] image, float[] sigma);
}
