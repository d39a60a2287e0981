package argand.ptycho;

/// Who carries a scale that all positions have in common.
public enum PixelSize {
  /// The size of a pixel is known: the stage has gone too far, or not far enough.
  FIXED,
  /// The stage is right: wavelength, distance or detector make pixels of another size. Far field
  /// only.
  FREE
}
