package argand.physics;

/// Complex refractive index n = 1 − δ + iβ at one wavelength.
///
/// @param delta δ, by which the phase velocity exceeds that of vacuum
/// @param beta β, extinction
public record RefractiveIndex(double delta, double beta) {
  /// Linear attenuation coefficient of the intensity, μ = 4πβ/λ [1/m].
  public double attenuation(Beam beam) {
    return 4 * Math.PI * beta / beam.wavelength();
  }

  /// Phase lag of a metre of matter against a metre of vacuum, 2πδ/λ [rad/m].
  public double phaseLag(Beam beam) {
    return 2 * Math.PI * delta / beam.wavelength();
  }
}
