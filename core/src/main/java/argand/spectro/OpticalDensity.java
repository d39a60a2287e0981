package argand.spectro;

import argand.array.InvalidInput;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.Optional;

/// Optical density −ln(I/I₀) of counts, by the flats and the dark level that came with them.
///
/// The mean of −ln N over Poisson counts of mean λ is −ln λ + 1/(2λ) + …; −ln(N + ½) has no term in
/// 1/λ, so half a count is added to both. The variance is 1/(N + ½) + 1/(f (N₀ + ½)) for flats that
/// are the mean of f frames. Where counts less the dark level are −½ or less, NaN. Nothing is
/// computed until pixels are read.
public record OpticalDensity() implements Step.One<EnergyStack, EnergyStack> {
  @Override
  public Class<EnergyStack> takes() {
    return EnergyStack.class;
  }

  @Override
  public Class<EnergyStack> gives() {
    return EnergyStack.class;
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.quantity() != Quantity.COUNTS) {
      throw new InvalidInput(
          "the stack", "one of " + input.quantity().words(), "one of counts", "");
    }
    var beam =
        input
            .emptyBeam()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the empty beam", "not in the file", "flats (I₀) beside the images", ""));
    var counts = input.images();
    var density =
        Planes.computed(
            counts,
            (e, first, length, into, offset) -> {
              counts.read(e, first, length, into, offset);
              float[] flat = flat(beam, e, first, length);
              for (int i = 0; i < length; i++) {
                double sample = into[offset + i] - dark(beam, first + i) + 0.5;
                double empty = flat[i] - dark(beam, first + i) + 0.5;
                into[offset + i] =
                    sample > 0 && empty > 0
                        ? (float) Math.log(empty * beam.exposureRatio() / sample)
                        : Float.NaN;
              }
            });
    var variance =
        Planes.computed(
            counts,
            (e, first, length, into, offset) -> {
              counts.read(e, first, length, into, offset);
              float[] flat = flat(beam, e, first, length);
              for (int i = 0; i < length; i++) {
                double sample = into[offset + i] - dark(beam, first + i) + 0.5;
                double empty = flat[i] - dark(beam, first + i) + 0.5;
                into[offset + i] = (float) (1 / sample + 1 / (empty * beam.flatFrames()));
              }
            });
    return input
        .withImages(density, Optional.of(variance), Quantity.OPTICAL_DENSITY)
        .withEmptyBeam(Optional.empty())
        .withStep("opticalDensity");
  }

  private static float[] flat(EmptyBeam beam, int e, int first, int length) {
    float[] flat = new float[length];
    beam.flats().read(beam.flatOf(e), first, length, flat, 0);
    return flat;
  }

  private static float dark(EmptyBeam beam, int pixel) {
    return beam.dark().isPresent() ? beam.dark().get().values()[pixel] : 0;
  }
}
