package argand.physics;

import argand.array.ComplexField;
import argand.array.Grid;

/// What forms the illumination. Each is a record that a recipe can name; the permits clause is the
/// register.
public sealed interface Optics
    permits ZonePlate,
        Pinhole,
        KirkpatrickBaez,
        RefractiveLens,
        GaussianBeam,
        AberratedLens,
        Diffuser {
  /// The wave in the sample plane, Σ|P|² = 1, centred at (rows/2, columns/2).
  ///
  /// @throws argand.array.InvalidInput when the grid cannot hold or sample it, with the remedy
  ComplexField probe(Beam beam, Grid sample);
}
