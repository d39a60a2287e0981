package argand.spectro;

import argand.Param;
import argand.array.Check;

/// How a detector turns photons into numbers: S = γ N + readout noise.
///
/// @param gain γ, detector units for a counted photon
/// @param readout standard deviation of the readout noise [detector units]
/// @param structure relative rms of what the flats do not take out (their structure moves or
///     changes between flat and image)
public record DetectorNoise(
    @Param(value = "detector units for a counted photon", byDefault = "1") double gain,
    @Param(value = "rms of the readout noise in detector units", byDefault = "0") double readout,
    @Param(value = "relative rms of the structure that the flats do not take out", byDefault = "0")
        double structure) {
  /// Counted photons and nothing else.
  public static final DetectorNoise COUNTS = new DetectorNoise(1, 0, 0);

  public DetectorNoise {
    Check.within("gain", gain, 1e-9, 1e9, "");
    Check.within("readout", readout, 0, 1e9, "");
    Check.within("structure", structure, 0, 1, "");
  }

  /// Variance of S − dark where it is measured as `signal`: half a count is the least that a
  /// pixel's variance is judged by.
  double variance(double signal) {
    return gain * Math.max(signal + gain / 2, gain / 2) + readout * readout;
  }
}
