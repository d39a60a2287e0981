package argand.data;

/// What the numbers of an energy stack or a spectrum are.
public enum Quantity {
  /// Counts of a detector behind the sample; the empty beam stands beside them.
  COUNTS("counts", "counts"),
  /// Counts over those of the empty beam, I/I₀.
  TRANSMISSION("transmission", ""),
  /// −ln(I/I₀).
  OPTICAL_DENSITY("optical density", ""),
  /// Optical density (or yield) less its pre-edge line, over its edge step: 0 before, about 1
  /// behind the edge.
  NORMALIZED("normalized absorption", ""),
  /// Counts of fluorescence or electron yield over the incident ones: proportional to absorption.
  YIELD("yield", ""),
  /// Optical density of plus less minus helicity, of full polarization.
  DICHROISM("dichroism", ""),
  /// Phase of the transmission, made continuous; a delay is negative.
  PHASE("phase", "rad");

  private final String words;
  private final String unit;

  Quantity(String words, String unit) {
    this.words = words;
    this.unit = unit;
  }

  /// Its name for a person.
  public String words() {
    return words;
  }

  /// Its unit; empty for a ratio.
  public String unit() {
    return unit;
  }
}
