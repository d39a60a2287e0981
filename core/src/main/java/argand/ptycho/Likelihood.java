package argand.ptycho;

/// How measured counts I scatter about computed ones |u|², which decides what a wave u at the
/// detector is to become.
public enum Likelihood {
  /// Constant variance of √I: u ← √I u/|u|, the projection onto the measured modulus. Where no
  /// quantum fell it forces zero.
  AMPLITUDE,
  /// Shot noise: u ← u + ½ (I − |u|²)/(|u|² + ε) u. Without bias in every pixel, however few its
  /// counts.
  POISSON,
  /// Normal scatter with the variance of the measured counts, and one more for the detector: u ← u
  /// + ½ (I − |u|²)/(I + 1) u.
  GAUSSIAN,
  /// Normal scatter of one variance in all pixels, as of a camera whose readout noise is above all
  /// else: u ← u + ½ (I − |u|²)/max I u. Bright pixels decide.
  UNIFORM
}
