package argand.sampling;

import argand.array.Check;

/// What the largest diffraction angle that is measured allows.
///
/// @param wavelength [m]
/// @param angle between the beam and the farthest measured direction [rad]
public record ResolutionLimit(double wavelength, double angle) {
  /// Depth of field in units of p²/λ: Tsai et al., Opt. Express 24, 29089 (2016),
  /// doi:10.1364/OE.24.029089.
  private static final double DEPTH = 5.2;

  public ResolutionLimit {
    Check.within("largest diffraction angle", angle, 1e-9, Math.PI / 2, "rad");
  }

  /// p = λ / (2 sin θ) [m].
  public double halfPeriod() {
    return wavelength / (2 * Math.sin(angle));
  }

  /// 2p = λ / sin θ [m].
  public double fullPeriod() {
    return 2 * halfPeriod();
  }

  /// 5.2 p²/λ [m], p the half period.
  public double depthOfField() {
    return depthOfField(wavelength, halfPeriod());
  }

  /// Thickness up to which a sample acts as one plane at half period `p` [m].
  public static double depthOfField(double wavelength, double p) {
    return DEPTH * p * p / wavelength;
  }
}
