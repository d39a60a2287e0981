package argand.ptycho;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;

/// What holds for every method: in which passes the probe may change, and how strong the object may
/// be.
///
/// @param probeFrom first pass (from 1) that updates the probe
/// @param probeUntil last pass that does
/// @param probeEvery passes from one that does to the next
/// @param minAmplitude least |O|
/// @param maxAmplitude greatest |O|; +∞ for none
public record Constraints(
    int probeFrom, int probeUntil, int probeEvery, double minAmplitude, double maxAmplitude) {
  /// Probe from the first pass, amplitude free.
  public static final Constraints NONE = new Constraints(1, 0, Double.POSITIVE_INFINITY);

  /// The probe changes in every pass from one on.
  public Constraints(int probeFrom, double minAmplitude, double maxAmplitude) {
    this(probeFrom, Integer.MAX_VALUE, 1, minAmplitude, maxAmplitude);
  }

  public Constraints {
    Check.atLeast("probeFrom", probeFrom, 1);
    Check.atLeast("probeUntil", probeUntil, 0);
    Check.atLeast("probeEvery", probeEvery, 1);
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
    int pass = iteration + 1;
    return pass >= probeFrom && pass <= probeUntil && (pass - probeFrom) % probeEvery == 0;
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
