package argand.inverse;

import argand.array.Workers;

/// The proximal operator of a penalty g on images of several channels.
public interface Proximal {
  /// v ← argmin_z step · g(z) + ½ ‖z − v‖²
  ///
  /// @param v one array for each channel
  void apply(float[][] v, double step, Workers workers);
}
