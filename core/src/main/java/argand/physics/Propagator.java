package argand.physics;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;

/// Carries a wave from one plane to another along the beam; the permits clause is the register.
///
/// Waves go as exp i(kz − ωt); the phase exp(ikz) common to all pixels is dropped. Numbers are
/// √counts per pixel, so Σ|u|² over pixels is kept wherever the law itself keeps it. A wave is
/// overwritten in place: its numbers then live on the grid {@link #to()}, whatever its own grid
/// says. One instance for each thread.
public sealed interface Propagator permits AngularSpectrum, Fraunhofer, Fresnel, FresnelScaling {
  /// The pixels of the plane where the wave starts.
  Grid from();

  /// The pixels of the plane where the wave arrives; rows and columns are those of {@link #from()}.
  Grid to();

  /// wave ← P wave, from the first plane to the second.
  ///
  /// @throws argand.array.InvalidInput when the wave has another number of rows or columns
  void forward(ComplexField wave);

  /// wave ← P† wave, the adjoint; for the part of a wave that P carries without loss, its inverse.
  ///
  /// @throws argand.array.InvalidInput when the wave has another number of rows or columns
  void backward(ComplexField wave);

  /// The propagator from the sample to the detector of this geometry.
  ///
  /// Near field: {@link FresnelScaling}. Far field: {@link Fraunhofer}, or {@link Fresnel} where
  /// the detector stands too near for it; both have the same pixels.
  ///
  /// @throws argand.array.InvalidInput when the sample grid cannot carry the law, with the remedy
  static Propagator of(Geometry geometry) {
    double wavelength = geometry.beam().wavelength();
    return switch (geometry.regime()) {
      case NEAR_FIELD ->
          new FresnelScaling(
              geometry.sample(), wavelength, geometry.distance(), geometry.focusDistance());
      case FAR_FIELD ->
          Fraunhofer.holds(geometry.sample(), wavelength, geometry.distance())
              ? new Fraunhofer(geometry.sample(), wavelength, geometry.distance())
              : new Fresnel(geometry.sample(), wavelength, geometry.distance());
    };
  }

  /// Refuses a wave that is not of the propagator's size.
  static void check(ComplexField wave, Grid grid) {
    Check.same("rows of the wave", wave.grid().rows(), grid.rows());
    Check.same("columns of the wave", wave.grid().columns(), grid.columns());
  }
}
