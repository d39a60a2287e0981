package argand.ptycho;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;

/// What holds for every method: from which pass on the probe may change, and how strong the object
/// may be.
///
/// @param probeFrom first pass (from 1) that updates the probe
/// @param minAmplitude least |O|
/// @param maxAmplitude greatest |O|; +∞ for none
public record Constraints(int probeFrom, double minAmplitude, double maxAmplitude) {
  /// Probe from the first pass, amplitude free.
  public static final Constraints NONE = new Constraints(1, 0, Double.POSITIVE_INFINITY);

  public Constraints {
    Check.atLeast("probeFrom", probeFrom, 1);
    if (!(minAmplitude >= 0 && maxAmplitude > minAmplitude)) {
      throw new InvalidInput(
          "object amplitude",
          minAmplitude + " … " + maxAmplitude,
          "0 ≤ minAmplitude < maxAmplitude",
          "");
    }
  }

  /// True when pass `iteration` (from 0) updates the probe.
  public boolean updatesProbe(int iteration) {
    return iteration + 1 >= probeFrom;
  }

  /// |object| into minAmplitude … maxAmplitude, its phase kept; a pixel of exactly zero becomes
  /// real.
  public void apply(ComplexField object) {
    if (minAmplitude == 0 && Double.isInfinite(maxAmplitude)) {
      return;
    }
    var grid = object.grid();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        float x = object.re(r, c);
        float y = object.im(r, c);
        double amplitude = Math.sqrt((double) x * x + (double) y * y);
        if (amplitude == 0) {
          object.set(r, c, (float) minAmplitude, 0);
        } else if (amplitude < minAmplitude || amplitude > maxAmplitude) {
          double factor = Math.clamp(amplitude, minAmplitude, maxAmplitude) / amplitude;
          object.set(r, c, (float) (x * factor), (float) (y * factor));
        }
      }
    }
  }
}
