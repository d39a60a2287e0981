package argand.ptycho;

import argand.array.ComplexField;
import argand.physics.AngularSpectrum;
import argand.physics.Geometry;

/// Free space from sample to detector in the near field, over a distance that may be found to be
/// another than stated.
final class Transfer {
  private final Geometry stated;
  private final float[] factor;
  private final ComplexField field;
  private float madeFor;

  /// @param factor distance as found ÷ stated, one element that others write
  Transfer(Geometry stated, float[] factor) {
    this.stated = stated;
    this.factor = factor;
    field = new ComplexField(stated.sample());
  }

  /// Effective distance z/M as found [m].
  double distance() {
    return factor[0] * stated.effectiveDistance();
  }

  /// H/N of the distance as found, zero frequency at (0, 0).
  synchronized ComplexField field() {
    if (madeFor != factor[0]) {
      var grid = stated.sample();
      double wavelength = stated.beam().wavelength();
      field.set(AngularSpectrum.transfer(grid, wavelength, distance()).scale(1.0 / grid.size()));
      madeFor = factor[0];
    }
    return field;
  }
}
