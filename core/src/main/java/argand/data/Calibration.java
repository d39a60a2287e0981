package argand.data;

import java.util.Optional;

/// What a file holds beside its frames to calibrate the detector by: frames of the same detector,
/// turned like those of the measurement.
///
/// @param darks without beam, of the same exposure
/// @param flats evenly lit
public record Calibration(Optional<Frames> darks, Optional<Frames> flats) {
  /// Nothing.
  public static final Calibration NONE = new Calibration(Optional.empty(), Optional.empty());
}
