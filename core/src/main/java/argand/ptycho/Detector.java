package argand.ptycho;

import argand.array.ComplexField;

/// How an exit wave reaches the detector, and what the measurement of one view changes in it. One
/// instance for each thread.
public sealed interface Detector permits FarField, NearField {
  /// ψ ← Π_F ψ − ψ: the change the measured moduli of this view ask for; untrusted pixels keep the
  /// computed wave.
  ///
  /// @return Σ(|u| − √I)² over good pixels [counts], u the wave at the detector before the change
  double change(ComplexField wave, int view);

  /// Σ(|u| − √I)² over good pixels [counts]; the wave is used up.
  double error(ComplexField wave, int view);
}
