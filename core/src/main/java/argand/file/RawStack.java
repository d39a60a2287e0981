package argand.file;

import argand.data.Planes;
import argand.data.Quantity;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a reader found in a file, before it is put together.
///
/// @param images as they lie there, with the pixel size that is known
/// @param energies of the images, as written; absent where the file has none
/// @param flats of the empty beam
/// @param darks without beam
/// @param flatFrames how many frames each of the flats is the mean of
/// @param exposureRatio exposure of an image over that of a flat
/// @param quantity where the format fixes it
/// @param scaled whether the file states the size of a pixel
/// @param angle of the sample about the vertical axis [rad]
/// @param slices that lie one below the other in an image of a volume; 1 for images
record RawStack(
    Planes images,
    Optional<Energies> energies,
    Optional<Planes> flats,
    Optional<Planes> darks,
    int flatFrames,
    OptionalDouble exposureRatio,
    Optional<Quantity> quantity,
    boolean integers,
    boolean scaled,
    double angle,
    int slices) {
  /// Energies as a file writes them.
  ///
  /// @param unit as it stands there; empty where none does
  /// @param where for people: the dataset, the file
  record Energies(double[] values, Optional<String> unit, String where) {}

  RawStack(Planes images, boolean integers, boolean scaled) {
    this(
        images,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        OptionalDouble.empty(),
        Optional.empty(),
        integers,
        scaled,
        0,
        1);
  }

  RawStack withEnergies(Optional<Energies> found) {
    return new RawStack(
        images,
        found,
        flats,
        darks,
        flatFrames,
        exposureRatio,
        quantity,
        integers,
        scaled,
        angle,
        slices);
  }

  RawStack withBeam(Optional<Planes> foundFlats, Optional<Planes> foundDarks) {
    return new RawStack(
        images,
        energies,
        foundFlats,
        foundDarks,
        flatFrames,
        exposureRatio,
        quantity,
        integers,
        scaled,
        angle,
        slices);
  }

  RawStack withExposure(int frames, OptionalDouble ratio) {
    return new RawStack(
        images, energies, flats, darks, frames, ratio, quantity, integers, scaled, angle, slices);
  }

  RawStack withQuantity(Optional<Quantity> known) {
    return new RawStack(
        images,
        energies,
        flats,
        darks,
        flatFrames,
        exposureRatio,
        known,
        integers,
        scaled,
        angle,
        slices);
  }

  RawStack withAngle(double radians) {
    return new RawStack(
        images,
        energies,
        flats,
        darks,
        flatFrames,
        exposureRatio,
        quantity,
        integers,
        scaled,
        radians,
        slices);
  }

  RawStack withSlices(int number) {
    return new RawStack(
        images,
        energies,
        flats,
        darks,
        flatFrames,
        exposureRatio,
        quantity,
        integers,
        scaled,
        angle,
        number);
  }

  void close() {
    images.close();
    flats.ifPresent(Planes::close);
    darks.ifPresent(Planes::close);
  }
}
