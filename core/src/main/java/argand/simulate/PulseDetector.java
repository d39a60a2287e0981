package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.data.EnergyCalibration;
import argand.physics.Beam;
import argand.physics.DetectorElement;
import argand.physics.Material;

/// An energy-dispersive detector that counts photon by photon, and what lies before it.
public record PulseDetector(
    @Param(value = "its semiconductor", byDefault = "silicon") DetectorElement element,
    @Param(value = "thickness of the crystal", unit = "m", byDefault = "500 um") double thickness,
    @Param(value = "thickness of its beryllium window", unit = "m", byDefault = "8 um")
        double window,
    @Param(value = "way through air from sample to window", unit = "m", byDefault = "10 mm")
        double air,
    @Param(value = "solid angle that it sees", unit = "sr", byDefault = "0.1 sr") double solidAngle,
    @Param(value = "angle between beam and way to the detector", unit = "rad", byDefault = "90 deg")
        double scatteringAngle,
    @Param(value = "full width of the electronic noise", unit = "eV", byDefault = "90 eV")
        double noiseEv,
    @Param(value = "Fano factor", byDefault = "0.118") double fano,
    @Param(
            value = "depth below its front in which charge is lost: the cause of tails",
            unit = "m",
            byDefault = "0.2 um")
        double lossDepth,
    @Param(value = "share of the charge that is lost at the very front", byDefault = "0.3")
        double loss,
    @Param(
            value = "pulses nearer in time are counted as one, with both energies",
            unit = "s",
            byDefault = "200 ns")
        double pairResolution,
    @Param(
            value = "after a pulse begins, how long no other is counted",
            unit = "s",
            byDefault = "1 us")
        double deadTime,
    @Param(value = "channels", byDefault = "2048") int channels,
    @Param(value = "energy of the first channel", unit = "eV", byDefault = "-12 eV") double zeroEv,
    @Param(value = "energy per channel", unit = "eV", byDefault = "10.03 eV") double gainEv,
    @Param(value = "what the file says of it", unit = "eV", byDefault = "0 eV") double statedZeroEv,
    @Param(value = "what the file says of it", unit = "eV", byDefault = "10 eV")
        double statedGainEv,
    @Param(value = "least energy that makes a pulse", unit = "eV", byDefault = "500 eV")
        double thresholdEv) {
  /// Formula and density [kg/m³] of dry air.
  private static final String AIR = "N1.5616O0.4195Ar0.0093C0.0003";

  private static final double AIR_DENSITY = 1.2047;
  private static final double BERYLLIUM_DENSITY = 1848;

  public PulseDetector {
    Check.within("thickness of the detector", thickness, 1e-6, 0.1, "m");
    Check.within("window", window, 0, 1e-3, "m");
    Check.within("air", air, 0, 10, "m");
    Check.within("solidAngle", solidAngle, 1e-9, 4 * Math.PI, "sr");
    Check.within("scatteringAngle", scatteringAngle, 0, Math.PI, "rad");
    Check.within("noise", noiseEv, 0, 1e4, "eV");
    Check.within("fano", fano, 0, 2, "");
    Check.within("lossDepth", lossDepth, 1e-12, 0.1, "m");
    Check.within("loss", loss, 0, 1, "");
    Check.within("pairResolution", pairResolution, 0, 1e-3, "s");
    Check.within("deadTime", deadTime, pairResolution, 1, "s");
    Check.within("channels", channels, 128, 65_536, "");
    Check.within("gain", gainEv, 0.1, 1e3, "eV");
    Check.within("statedGain", statedGainEv, 0.1, 1e3, "eV");
    Check.within("threshold", thresholdEv, 0, 1e5, "eV");
  }

  /// What the file says, not what is.
  EnergyCalibration stated() {
    return new EnergyCalibration(statedZeroEv, statedGainEv);
  }

  /// Share of the photons of this energy that reach the crystal.
  double transmission(double energyEv) {
    var beam = new Beam.XRays(energyEv);
    return Math.exp(
        -window * BERYLLIUM_DENSITY * Material.of("Be").massAttenuation(beam)
            - air * AIR_DENSITY * Material.of(AIR).massAttenuation(beam));
  }
}
