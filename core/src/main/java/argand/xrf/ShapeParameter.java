package argand.xrf;

/// What of the detector a fit may find beside the areas.
public enum ShapeParameter {
  /// Energy of channel 0.
  ZERO,
  /// Energy per channel.
  GAIN,
  /// Electronic noise.
  NOISE,
  /// Fano factor.
  FANO,
  /// Area of the short tail.
  SHORT_TAIL,
  /// Length of the short tail.
  SHORT_TAIL_LENGTH,
  /// Area of the long tail.
  LONG_TAIL,
  /// Height of the step.
  STEP,
  /// Where the Compton peak lies beside its nominal energy.
  COMPTON_SHIFT,
  /// How much wider the Compton peak is than a line.
  COMPTON_WIDTH
}
