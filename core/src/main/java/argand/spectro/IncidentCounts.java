package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.segment.EmptyRegion;
import java.util.Arrays;
import java.util.Optional;

/// I₀ of each pixel at each energy, less the dark level, at the exposure of the sample's images.
///
/// @param flats shape of the beam; absent where one number at each energy is all there is
/// @param dark level of the detector
/// @param scale what the flats are multiplied by at each energy, or I₀ itself
/// @param pixels whose counts made `scale`; 0 where it is given
record IncidentCounts(
    Optional<EmptyBeam> flats, Optional<RealField> dark, double[] scale, int pixels) {
  /// Planes from which the automatic region is found.
  private static final int LOOKED_AT = 8;

  static IncidentCounts of(EnergyStack stack, IncidentBeam from) {
    var dark = stack.emptyBeam().flatMap(EmptyBeam::dark);
    return switch (from) {
      case IncidentBeam.Flats() -> {
        var beam =
            stack
                .emptyBeam()
                .orElseThrow(
                    () ->
                        new InvalidInput(
                            "the empty beam",
                            "not in the file",
                            "flats (I₀) beside the images",
                            "or let it be found beside the sample: i0: emptyRegion"));
        double[] scale = new double[stack.count()];
        Arrays.fill(scale, beam.exposureRatio());
        yield new IncidentCounts(Optional.of(beam), dark, scale, 0);
      }
      case IncidentBeam.EmptyRegion(double share) ->
          inRegion(stack, dark, EmptyRegion.find(picture(stack, dark), stack.mask(), share));
      case IncidentBeam.Region region ->
          inRegion(stack, dark, Rectangles.mask(stack.grid(), region).and(stack.mask()));
    };
  }

  /// The sum of some planes; over their own mean each, so that a strong energy does not rule; over
  /// the first flat where there are flats.
  private static RealField picture(EnergyStack stack, Optional<RealField> dark) {
    var sum = new RealField(stack.grid());
    int planes = Math.min(LOOKED_AT, stack.count());
    for (int k = 0; k < planes; k++) {
      int e = (int) ((long) k * (stack.count() - 1) / Math.max(1, planes - 1));
      float[] plane = stack.images().plane(e).values();
      float[] flat =
          stack.emptyBeam().map(b -> b.flats().plane(b.flatOf(e)).values()).orElse(new float[0]);
      double mean = 0;
      for (float v : plane) {
        mean += Float.isNaN(v) ? 0 : v / plane.length;
      }
      for (int i = 0; i < plane.length; i++) {
        float level = dark.isPresent() ? dark.get().values()[i] : 0;
        float shape = flat.length == 0 ? (float) mean : flat[i] - level;
        sum.values()[i] += (plane[i] - level) / shape;
      }
    }
    return sum;
  }

  private static IncidentCounts inRegion(EnergyStack stack, Optional<RealField> dark, Mask region) {
    int count = region.count();
    if (count == 0) {
      throw new InvalidInput("the empty region", "without a good pixel", "at least one", "");
    }
    double[] scale = new double[stack.count()];
    int size = stack.grid().size();
    float[] plane = new float[size];
    float[] flat = new float[size];
    for (int e = 0; e < scale.length; e++) {
      stack.images().read(e, 0, size, plane, 0);
      double seen = 0;
      double expected = 0;
      if (stack.emptyBeam().isPresent()) {
        var beam = stack.emptyBeam().get();
        beam.flats().read(beam.flatOf(e), 0, size, flat, 0);
      }
      for (int i = 0; i < size; i++) {
        if (region.good()[i] && !Float.isNaN(plane[i])) {
          float level = dark.isPresent() ? dark.get().values()[i] : 0;
          seen += plane[i] - level;
          expected += stack.emptyBeam().isPresent() ? flat[i] - level : 1;
        }
      }
      if (!(seen > 0 && expected > 0)) {
        // a dark frame: nothing is known at this energy
        scale[e] = Double.NaN;
      } else {
        scale[e] = seen / expected;
      }
    }
    return new IncidentCounts(stack.emptyBeam(), dark, scale, count);
  }

  /// into ← I₀ of pixels first … first + length at energy e; the logarithm of its mean over noise
  /// is that of the mean: γ/2f is added, γ detector units for a count, f frames of a flat.
  void read(int e, int first, int length, double gain, float[] into) {
    if (flats.isEmpty()) {
      Arrays.fill(into, 0, length, (float) scale[e]);
      return;
    }
    var beam = flats.get();
    beam.flats().read(beam.flatOf(e), first, length, into, 0);
    float factor = (float) scale[e];
    float half = (float) (gain / (2 * beam.flatFrames()));
    if (dark.isPresent()) {
      float[] level = dark.get().values();
      for (int i = 0; i < length; i++) {
        into[i] = (into[i] - level[first + i] + half) * factor;
      }
    } else {
      for (int i = 0; i < length; i++) {
        into[i] = (into[i] + half) * factor;
      }
    }
  }

  /// Variance of ln I₀ where I₀ is `counts` [detector units].
  double relativeVariance(int e, double counts, double gain, double readout) {
    if (flats.isEmpty()) {
      return (gain * counts + readout * readout) / (counts * counts * pixels);
    }
    double flat = counts / scale[e];
    double ofFlat = (gain * flat + readout * readout) / (flat * flat * flats.get().flatFrames());
    return pixels == 0
        ? ofFlat
        : ofFlat + (gain * counts + readout * readout) / (counts * counts * pixels);
  }
}
