package argand.acquire;

import argand.array.RealField;
import argand.data.EnergyCalibration;
import java.util.Arrays;

/// What the detectors of a beamline gave for one exposure.
///
/// @param image of the camera [counts]
/// @param spectrum of the fluorescence detector [counts in each channel], as counted
/// @param calibration of its channels
/// @param realTime by the clock [s]
/// @param liveTime in which the fluorescence detector could count [s]
/// @param incident reading of the monitor before the sample
/// @param energyEv of the beam [eV]
public record Reading(
    RealField image,
    float[] spectrum,
    EnergyCalibration calibration,
    double realTime,
    double liveTime,
    double incident,
    double energyEv) {

  /// By value, so that frames can be compared.
  @Override
  public boolean equals(Object other) {
    return other instanceof Reading that
        && image.grid().equals(that.image.grid())
        && Arrays.equals(image.values(), that.image.values())
        && Arrays.equals(spectrum, that.spectrum)
        && calibration.equals(that.calibration)
        && realTime == that.realTime
        && liveTime == that.liveTime
        && incident == that.incident
        && energyEv == that.energyEv;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(image.values()) + 31 * Arrays.hashCode(spectrum);
  }
}
