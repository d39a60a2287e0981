package argand.physics;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;

/// A pair of elliptical mirrors, one for each axis: a rectangular pupil whose focal lengths do not
/// depend on the energy.
///
/// Along each axis the pupil of half angle a/(2f) is evenly lit, so the focus is sinc(x a/(λf)),
/// its
/// intensity 0.886 λf/a wide at half maximum; behind it by d the phase of the pupil is −πλd q².
@Paper(
    value = "Kirkpatrick & Baez, J. Opt. Soc. Am. 38, 766 (1948)",
    doi = "10.1364/JOSA.38.000766")
public record KirkpatrickBaez(
    @Param(value = "height of the beam that the vertical mirror takes", unit = "m")
        double apertureY,
    @Param(value = "width of the beam that the horizontal mirror takes", unit = "m")
        double apertureX,
    @Param(value = "from the vertical mirror to the focus", unit = "m") double focalY,
    @Param(value = "from the horizontal mirror to the focus", unit = "m") double focalX,
    @Param(
            value = "how far the sample stands behind the focus; negative before it",
            unit = "m",
            byDefault = "0 m")
        double defocus,
    @Param(
            value = "how far the horizontal focus lies behind the vertical one",
            unit = "m",
            byDefault = "0 m")
        double astigmatism)
    implements Optics {
  public KirkpatrickBaez {
    Check.within("apertureY", apertureY, 1e-7, 1, "m");
    Check.within("apertureX", apertureX, 1e-7, 1, "m");
    Check.within("focalY", focalY, 1e-4, 100, "m");
    Check.within("focalX", focalX, 1e-4, 100, "m");
    Check.within("defocus", defocus, -1, 1, "m");
    Check.within("astigmatism", astigmatism, -1, 1, "m");
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    double lambda = beam.wavelength();
    double[][] down =
        axis("rows", lambda, apertureY / focalY, defocus, sample.rows(), sample.pixelY());
    double[][] right =
        axis(
            "columns",
            lambda,
            apertureX / focalX,
            defocus - astigmatism,
            sample.columns(),
            sample.pixelX());
    var probe = new ComplexField(sample);
    for (int r = 0; r < sample.rows(); r++) {
      for (int c = 0; c < sample.columns(); c++) {
        double re = down[0][r] * right[0][c] - down[1][r] * right[1][c];
        double im = down[0][r] * right[1][c] + down[1][r] * right[0][c];
        probe.set(r, c, (float) re, (float) im);
      }
    }
    return probe.scale(1 / Math.sqrt(probe.power()));
  }

  /// Real and imaginary parts of the wave along one axis, summed over the pixels of its spectrum.
  ///
  /// @param opening full angle under which the mirror is seen from the focus [rad]
  private static double[][] axis(
      String axis, double lambda, double opening, double defocus, int count, double pixel) {
    double outer = opening / (2 * lambda);
    double step = 1 / (count * pixel);
    if (outer > 0.5 / pixel) {
      throw new InvalidInput(
          "kirkpatrickBaez: resolution (half period 1/(2 q)) along the " + axis,
          Metres.text(0.5 / outer),
          "at least the sample pixel, " + Metres.text(pixel) + ", or the beam misses the detector",
          "move the detector nearer, or use more of its pixels");
    }
    double width = Math.abs(defocus) * opening + 0.886 / outer;
    if (width > count * pixel) {
      throw new InvalidInput(
          "kirkpatrickBaez: width of the beam at the sample along the " + axis,
          Metres.text(width),
          "at most the field of one frame, " + Metres.text(count * pixel),
          "reduce the defocus of " + Metres.text(defocus) + ", or move the detector farther away");
    }
    double[][] wave = new double[2][count];
    for (int k = -count / 2; k < count - count / 2; k++) {
      double q = k * step;
      double open = Math.clamp(0.5 + (outer - Math.abs(q)) / step, 0, 1);
      for (int i = 0; i < count && open > 0; i++) {
        double angle =
            2 * Math.PI * k * (i - count / 2) / count - Math.PI * lambda * defocus * q * q;
        wave[0][i] += open * Math.cos(angle);
        wave[1][i] += open * Math.sin(angle);
      }
    }
    return wave;
  }
}
