package argand.physics;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;

/// A plane wave behind a round pinhole, after free space up to the sample.
///
/// Angular spectrum over `distance` on twice the grid, its transfer function limited to the band
/// that the grid samples (Matsushima & Shimobaba, Opt. Express 17, 19662 (2009)).
public record Pinhole(
    @Param(value = "diameter", unit = "m") double diameter,
    @Param(value = "distance to the sample", unit = "m", byDefault = "0 m") double distance,
    @Param(
            value = "width over which the amplitude falls from 1 to 0 at the edge",
            unit = "m",
            byDefault = "0 m")
        double edge)
    implements Optics {
  public Pinhole {
    Check.within("diameter", diameter, 1e-10, 1, "m");
    Check.within("distance", distance, 0, 100, "m");
    Check.within("edge", edge, 0, diameter, "m");
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    double field = Math.min(sample.rows() * sample.pixelY(), sample.columns() * sample.pixelX());
    double pixel = Math.max(sample.pixelY(), sample.pixelX());
    if (diameter < 4 * pixel) {
      throw new InvalidInput(
          "pinhole: diameter",
          Metres.text(diameter),
          "at least 4 sample pixels, " + Metres.text(4 * pixel),
          "move the detector nearer, or use more of its pixels");
    }
    double width = diameter + edge + 2.44 * beam.wavelength() * distance / diameter;
    if (width > field) {
      throw new InvalidInput(
          "pinhole: width of the beam at the sample",
          Metres.text(width),
          "at most the field of one frame, " + Metres.text(field),
          "move the pinhole nearer to the sample, or the detector farther away");
    }
    double soft = Math.max(edge, pixel);
    return FreeSpace.illuminate(
        beam,
        sample,
        distance,
        (wave, r, c, y, x) -> {
          double outside = (Math.hypot(y, x) - 0.5 * diameter) / soft;
          double amplitude = 0.5 * (1 - Math.sin(Math.PI * Math.clamp(outside, -0.5, 0.5)));
          wave.set(r, c, (float) amplitude, 0);
        });
  }
}
