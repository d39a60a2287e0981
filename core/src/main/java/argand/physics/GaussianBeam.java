package argand.physics;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;

/// A Gaussian beam away from its waist: amplitude exp(−r²/w²), wavefront curvature R.
public record GaussianBeam(
    @Param(value = "full width at half maximum of the intensity", unit = "m") double width,
    @Param(
            value = "radius of curvature of the wavefront, positive when diverging; 0 for plane",
            unit = "m",
            byDefault = "0 m")
        double curvature)
    implements Optics {
  public GaussianBeam {
    Check.within("width", width, 1e-12, 1, "m");
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    var field = new ComplexField(sample);
    double w2 = width * width / (2 * Math.log(2));
    for (int r = 0; r < sample.rows(); r++) {
      double y = (r - sample.rows() / 2) * sample.pixelY();
      for (int c = 0; c < sample.columns(); c++) {
        double x = (c - sample.columns() / 2) * sample.pixelX();
        double r2 = y * y + x * x;
        double amplitude = Math.exp(-r2 / w2);
        double phase = curvature == 0 ? 0 : Math.PI * r2 / (beam.wavelength() * curvature);
        field.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    return field.scale(1 / Math.sqrt(field.power()));
  }
}
