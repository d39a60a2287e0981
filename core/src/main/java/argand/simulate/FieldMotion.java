package argand.simulate;

import argand.Param;
import argand.array.Check;
import java.util.SplittableRandom;

/// How the sample's image wanders over the camera while the energy changes: a slow drift, a jump
/// now and then, a small tremble, and a magnification that follows the energy.
public record FieldMotion(
    @Param(value = "reach of the drift along each axis, pixels", byDefault = "3") double driftPx,
    @Param(value = "rms tremble from image to image, pixels", byDefault = "0.3") double tremblePx,
    @Param(
            value = "magnification at the last energy over that at the first, less 1",
            byDefault = "0")
        double magnification) {
  public FieldMotion {
    Check.within("driftPx", driftPx, 0, 1000, "");
    Check.within("tremblePx", tremblePx, 0, 100, "");
    Check.within("magnification", magnification, -0.2, 0.2, "");
  }

  /// Where the sample's middle stood and how large it was in each image.
  ///
  /// @param row of the middle, counted from the image's middle [pixels]
  /// @param scale 1 is the size that the truth is kept in
  record Place(double row, double column, double scale) {}

  Place[] places(double[] energyEv, SplittableRandom random) {
    int count = energyEv.length;
    double phase = 2 * Math.PI * random.nextDouble();
    double other = 2 * Math.PI * random.nextDouble();
    int jump = count / 4 + random.nextInt(Math.max(1, count / 2));
    double middle = 0.5 * (energyEv[0] + energyEv[count - 1]);
    double range = energyEv[count - 1] - energyEv[0];
    var places = new Place[count];
    for (int e = 0; e < count; e++) {
      double way = e / (double) Math.max(1, count - 1);
      double step = e < jump ? 0 : 0.35;
      double row = driftPx * (0.65 * Math.sin(3.1 * way + phase) + step);
      double column = driftPx * (0.65 * Math.cos(4.3 * way + other) - step);
      places[e] =
          new Place(
              row + tremblePx * random.nextGaussian(),
              column + tremblePx * random.nextGaussian(),
              1 + magnification * (energyEv[e] - middle) / range);
    }
    return places;
  }
}
