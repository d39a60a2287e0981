package argand.judge;

import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import java.util.Optional;

/// A short reconstruction under a hypothesis, always with the same number of passes and the same
/// seed, from the start probe of the scan.
public interface Refit {
  /// @param modes incoherent probe modes
  Reconstruction of(DiffractionScan scan, int modes);

  /// How light spreads over the detector, anew for each thread; nothing where a Fourier transform
  /// says it.
  default Optional<Spread> spread() {
    return Optional.empty();
  }
}
