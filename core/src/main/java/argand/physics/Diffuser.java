package argand.physics;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import java.util.SplittableRandom;

/// A round beam through a random phase screen, after free space up to the sample: the structured
/// illumination of near-field ptychography.
public record Diffuser(
    @Param(value = "diameter of the beam on the screen", unit = "m") double diameter,
    @Param(value = "shortest period of the screen", unit = "m") double period,
    @Param(value = "rms phase of the screen", unit = "rad", byDefault = "2 rad") double strength,
    @Param(value = "distance to the sample", unit = "m", byDefault = "0 m") double distance,
    @Param(
            value = "width over which the amplitude falls from 1 to 0 at the rim of the beam",
            unit = "m",
            byDefault = "0 m")
        double edge,
    @Param(value = "seed of the screen", byDefault = "1") long seed)
    implements Optics {
  public Diffuser {
    Check.within("diameter", diameter, 1e-10, 1, "m");
    Check.within("period", period, 1e-12, diameter, "m");
    Check.within("strength", strength, 0, 100, "rad");
    Check.within("distance", distance, 0, 100, "m");
    Check.within("edge", edge, 0, diameter, "m");
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    double pixel = Math.max(sample.pixelY(), sample.pixelX());
    double field = Math.min(sample.rows() * sample.pixelY(), sample.columns() * sample.pixelX());
    // The rms slope along one axis is strength · π/period; twice that, and one period more.
    double frequency = (strength + 1) / period;
    if (frequency > 0.5 / pixel) {
      throw new InvalidInput(
          "diffuser: period",
          Metres.text(period),
          "at least " + Metres.text(2 * pixel * (strength + 1)) + " on this grid",
          "use a longer period, a weaker screen, or a finer grid");
    }
    double width = diameter + edge + 2 * beam.wavelength() * frequency * distance;
    if (width > field) {
      throw new InvalidInput(
          "diffuser: width of the beam at the sample",
          Metres.text(width),
          "at most the field of one frame, " + Metres.text(field),
          "use a narrower beam, or move the screen nearer to the sample");
    }
    double soft = Math.max(edge, pixel);
    Grid wide = sample.resized(2 * sample.rows(), 2 * sample.columns());
    float[] heights = new RandomWaves(period, new SplittableRandom(seed)).heights(wide);
    return FreeSpace.illuminate(
        beam,
        sample,
        distance,
        (wave, r, c, y, x) -> {
          double outside = (Math.hypot(y, x) - 0.5 * diameter) / soft;
          double amplitude = 0.5 * (1 - Math.sin(Math.PI * Math.clamp(outside, -0.5, 0.5)));
          double phase = strength * heights[r * wide.columns() + c];
          wave.set(
              r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
        });
  }
}
