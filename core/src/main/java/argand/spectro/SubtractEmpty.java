package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Locale;

/// Takes from each image its own mean in a rectangle beside the sample: beam that changed between
/// flat and image, or a background common to the image. The variance of that mean is added to every
/// pixel; that it is common to all pixels of an image is not handed on. Leaves the spectrum `empty
/// region`.
public record SubtractEmpty(@Param("rectangle beside the sample") IncidentBeam.Region region)
    implements StackStep {
  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.quantity() == Quantity.COUNTS || input.quantity() == Quantity.TRANSMISSION) {
      throw new InvalidInput(
          "the stack",
          "one of " + input.quantity().words(),
          "one of optical density or yield",
          "for counts let opticalDensity take I₀ from the region");
    }
    boolean[] inside = Rectangles.mask(input.grid(), region).and(input.mask()).good();
    var mean = MeanSpectrum.of("empty region", input, i -> inside[i], watch.workers());
    var sigma = mean.sigma();
    float[] level = new float[input.count()];
    for (int e = 0; e < level.length; e++) {
      level[e] = (float) mean.values()[e];
    }
    return input
        .withImages(
            Planes.computed(
                input.images(),
                (e, first, length, into, offset) -> {
                  input.images().read(e, first, length, into, offset);
                  for (int i = offset; i < offset + length; i++) {
                    into[i] -= level[e];
                  }
                }),
            input
                .variance()
                .map(
                    v ->
                        Planes.computed(
                            v,
                            (e, first, length, into, offset) -> {
                              v.read(e, first, length, into, offset);
                              double s = sigma.map(all -> all[e]).orElse(0.0);
                              for (int i = offset; i < offset + length; i++) {
                                into[i] += (float) (s * s);
                              }
                            })),
            input.quantity())
        .withFindings(input.findings().with(mean))
        .withStep(
            String.format(
                Locale.ROOT,
                "subtractEmpty rows %d … %d, columns %d … %d",
                region.row(),
                region.row() + region.rows() - 1,
                region.column(),
                region.column() + region.columns() - 1));
  }
}
