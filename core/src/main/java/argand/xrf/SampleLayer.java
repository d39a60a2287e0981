package argand.xrf;

import argand.Param;
import argand.array.Check;
import argand.physics.Beam;
import argand.physics.Layer;
import java.util.OptionalDouble;

/// A flat, homogeneous sample: the beam comes in under one angle, the lines leave under another.
public record SampleLayer(
    @Param("formula of the matrix, or air, water, kapton, mylar") String material,
    @Param(value = "thickness", unit = "m") double thickness,
    @Param(value = "density", unit = "kg/m3") OptionalDouble density,
    @Param(value = "angle of the beam to the surface", unit = "rad", byDefault = "45 deg")
        double incidentAngle,
    @Param(
            value = "angle of the way to the detector to the surface",
            unit = "rad",
            byDefault = "45 deg")
        double exitAngle) {
  public SampleLayer {
    Check.within("incidentAngle", incidentAngle, 1e-5, Math.PI / 2 + 1e-9, "rad");
    Check.within("exitAngle", exitAngle, 1e-5, Math.PI / 2 + 1e-9, "rad");
    var unused = new Layer(material, thickness, density); // its guards
  }

  /// Mean over the depth of what absorption in the sample leaves of a line: with
  /// χ = μ(E₀)/sin α + μ(E)/sin β and the mass m of a unit area, (1 − e^{−χm}) / (χm).
  double factor(double incidentEv, double lineEv) {
    var layer = new Layer(material, thickness, density);
    double chi =
        layer.matter().massAttenuation(new Beam.XRays(incidentEv)) / Math.sin(incidentAngle)
            + layer.matter().massAttenuation(new Beam.XRays(lineEv)) / Math.sin(exitAngle);
    double x = chi * layer.arealDensity();
    return x < 1e-6 ? 1 - x / 2 : -Math.expm1(-x) / x;
  }

  /// Mass of the sample that the beam meets, for a unit area across the beam [kg/m²].
  double massInBeam() {
    return new Layer(material, thickness, density).arealDensity() / Math.sin(incidentAngle);
  }
}
