package argand.judge;

import argand.array.ComplexField;
import argand.array.RealField;

/// How the light of a wave behind the sample spreads over a far-field detector where one Fourier
/// transform does not say it. One instance for each thread.
public interface Spread {
  /// into ← into + mean counts, zero frequency at (rows/2, columns/2); the wave is used up.
  void add(ComplexField wave, RealField into);
}
