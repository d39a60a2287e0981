package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.Optional;

/// Counts of fluorescence or electron yield over the incident counts, I/I₀, with no logarithm: the
/// yield of a thin or dilute sample is proportional to its absorption. Variance
/// v/I₀² + (I/I₀)² var(ln I₀). What a thick sample does to it is the matter of {@link
/// CorrectOverAbsorption}. Nothing is computed until pixels are read.
public record FluorescenceYield(
    @Param(value = "where I₀ comes from", byDefault = "flats") IncidentBeam i0,
    @Param(value = "gain, readout noise, structure of the flats", byDefault = "{}")
        DetectorNoise noise)
    implements StackStep {
  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.quantity() != Quantity.COUNTS) {
      throw new InvalidInput(
          "the stack", "one of " + input.quantity().words(), "one of counts", "");
    }
    if (i0 instanceof IncidentBeam.EmptyRegion) {
      throw new InvalidInput(
          "i0", "emptyRegion", "flats or a region", "beside the sample there is no fluorescence");
    }
    var incident = IncidentCounts.of(input, i0);
    var counts = input.images();
    double structure = noise.structure() * noise.structure();
    return input
        .withImages(
            Planes.computed(
                counts,
                (e, first, length, into, offset) -> {
                  float[] empty = new float[length];
                  incident.read(e, first, length, 0, empty);
                  counts.read(e, first, length, into, offset);
                  for (int i = 0; i < length; i++) {
                    into[offset + i] = (into[offset + i] - dark(incident, first + i)) / empty[i];
                  }
                }),
            Optional.of(
                Planes.computed(
                    counts,
                    (e, first, length, into, offset) -> {
                      float[] empty = new float[length];
                      incident.read(e, first, length, 0, empty);
                      counts.read(e, first, length, into, offset);
                      for (int i = 0; i < length; i++) {
                        double signal = into[offset + i] - dark(incident, first + i);
                        double ratio = signal / empty[i];
                        into[offset + i] =
                            (float)
                                (noise.variance(signal) / ((double) empty[i] * empty[i])
                                    + ratio
                                        * ratio
                                        * (incident.relativeVariance(
                                                e, empty[i], noise.gain(), noise.readout())
                                            + structure));
                      }
                    })),
            Quantity.YIELD)
        .withEmptyBeam(Optional.empty())
        .withStep("fluorescenceYield");
  }

  private static float dark(IncidentCounts incident, int pixel) {
    return incident.dark().isPresent() ? incident.dark().get().values()[pixel] : 0;
  }
}
