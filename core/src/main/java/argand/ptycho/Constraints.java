package argand.ptycho;

import argand.array.Check;
import argand.array.ComplexField;
import java.util.List;

/// What holds for every method: in which passes the probe may change, and what is known of object
/// and probe.
///
/// @param probeFrom first pass (from 1) that updates the probe
/// @param probeUntil last pass that does
/// @param probeEvery passes from one that does to the next
/// @param limits what is known
/// @param wavelength λ [m]
/// @param counts mean of a frame
public record Constraints(
    int probeFrom,
    int probeUntil,
    int probeEvery,
    Limits limits,
    double wavelength,
    double counts) {
  /// Probe from the first pass, all else free.
  public static final Constraints NONE = new Constraints(1, 0, Double.POSITIVE_INFINITY);

  /// The probe changes in every pass from one on and is free; the object's amplitude has bounds.
  public Constraints(int probeFrom, double minAmplitude, double maxAmplitude) {
    this(probeFrom, Integer.MAX_VALUE, 1, minAmplitude, maxAmplitude);
  }

  public Constraints(
      int probeFrom, int probeUntil, int probeEvery, double minAmplitude, double maxAmplitude) {
    this(probeFrom, probeUntil, probeEvery, Limits.amplitude(minAmplitude, maxAmplitude), 1, 1);
  }

  public Constraints {
    Check.atLeast("probeFrom", probeFrom, 1);
    Check.atLeast("probeUntil", probeUntil, 0);
    Check.atLeast("probeEvery", probeEvery, 1);
  }

  /// The same with other passes that update the probe.
  Constraints withProbe(int from, int until, int every) {
    return new Constraints(from, until, every, limits, wavelength, counts);
  }

  /// What probes may change by, or what is asked of them: nothing where they are known to be zero.
  void project(List<ComplexField> probes) {
    limits.project(probes, wavelength);
  }

  /// True when pass `iteration` (from 0) updates the probe.
  public boolean updatesProbe(int iteration) {
    int pass = iteration + 1;
    return pass >= probeFrom && pass <= probeUntil && (pass - probeFrom) % probeEvery == 0;
  }

  /// Holds object and probe, after a pass, to what is known of them.
  public void apply(PtychoState state) {
    apply(state.object());
    applyToProbe(state);
  }

  /// Holds one object to what is known of its amplitude.
  public void apply(ComplexField object) {
    limits.apply(object);
  }

  /// Holds the probe, after a pass that changes it, to what is known of it.
  void applyToProbe(PtychoState state) {
    if (updatesProbe(state.iteration()) && !limits.leaveProbeFree()) {
      limits.applyToProbe(state, state.iteration() + 1, wavelength, counts);
    }
  }
}
