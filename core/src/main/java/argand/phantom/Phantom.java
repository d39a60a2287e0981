package argand.phantom;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.physics.Beam;

/// A sample with known truth. Each is a record that a recipe can name; the permits clause is the
/// register.
///
/// A phantom is defined in metres, so that a finer grid shows the same sample in more detail.
public sealed interface Phantom permits SiemensStar, Particles, Texture, Layers, SpectralSample {
  /// The complex transmission on `grid`, whose pixel (rows/2, columns/2) lies at the phantom's
  /// origin: 1 in vacuum; exp(−kβt)·exp(−ikδt) behind a thickness t of matter n = 1 − δ + iβ.
  /// A pixel holds the mean over its area.
  ComplexField draw(Grid grid, Beam beam);
}
