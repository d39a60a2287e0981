package argand.exafs;

import argand.physics.Constants;

/// Wave number and energy of the electron that an absorbed photon sets free, E − E₀ = ħ²k²/2m.
public final class PhotoElectron {
  private PhotoElectron() {}

  /// 2m/ħ² = 0.26246829 [Å⁻² eV⁻¹]
  public static final double PER_EV =
      2 * Constants.ELECTRON_REST_EV * Math.pow(2 * Math.PI / (Constants.HC_EV_M * 1e10), 2);

  /// Wave number [Å⁻¹] at a distance from the edge [eV]; that of the negative for a negative
  /// distance, with its sign.
  public static double waveNumber(double aboveEdgeEv) {
    return Math.signum(aboveEdgeEv) * Math.sqrt(PER_EV * Math.abs(aboveEdgeEv));
  }

  /// Distance from the edge [eV] of a wave number [Å⁻¹].
  public static double aboveEdgeEv(double waveNumber) {
    return waveNumber * Math.abs(waveNumber) / PER_EV;
  }
}
