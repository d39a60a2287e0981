package argand.data;

import argand.array.Check;

/// The energy of a channel of an energy-dispersive detector, E = zero + gain c + quadratic c²; the
/// first channel is 0, and its counts lie about that energy.
///
/// @param zeroEv [eV]
/// @param gainEv [eV per channel]
/// @param quadraticEv [eV per channel²]; 0 for a straight line
public record EnergyCalibration(double zeroEv, double gainEv, double quadraticEv) {
  public EnergyCalibration {
    Check.within("zero of the calibration", zeroEv, -1e5, 1e5, "eV");
    Check.within("gain of the calibration", gainEv, 1e-3, 1e5, "eV");
    Check.within("quadratic term of the calibration", quadraticEv, -1, 1, "eV");
  }

  public EnergyCalibration(double zeroEv, double gainEv) {
    this(zeroEv, gainEv, 0);
  }

  public double energyEv(double channel) {
    return zeroEv + channel * (gainEv + channel * quadraticEv);
  }

  /// Of all channels.
  public double[] energiesEv(int channels) {
    return energiesEv(0, channels);
  }

  /// Of so many channels from the first of them on.
  public double[] energiesEv(int first, int channels) {
    double[] energy = new double[channels];
    for (int c = 0; c < channels; c++) {
      energy[c] = energyEv(first + c);
    }
    return energy;
  }

  /// The channel of an energy, with its fraction.
  public double channel(double energyEv) {
    double straight = (energyEv - zeroEv) / gainEv;
    if (quadraticEv == 0) {
      return straight;
    }
    double root = gainEv * gainEv + 4 * quadraticEv * (energyEv - zeroEv);
    return root < 0 ? Double.NaN : 2 * (energyEv - zeroEv) / (gainEv + Math.sqrt(root));
  }
}
