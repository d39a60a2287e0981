package argand.spectro;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/// Made-up absorption edges and the stacks that a detector would see of them; nothing of the code
/// under test is used.
final class Edges {
  private Edges() {}

  static double[] energies(double from, double to, double step) {
    int n = (int) Math.round((to - from) / step) + 1;
    double[] e = new double[n];
    for (int i = 0; i < n; i++) {
      e[i] = from + i * step;
    }
    return e;
  }

  /// A step of arctangent shape at e0 and a Gaussian white line of height 0.7, σ 3 eV, 4 eV above
  /// it.
  static DoubleUnaryOperator edge(double e0) {
    return e ->
        0.5
            + Math.atan((e - e0) / 1.2) / Math.PI
            + 0.7 * Math.exp(-0.5 * Math.pow((e - e0 - 4) / 3, 2));
  }

  interface Value {
    double at(int pixel, double energyEv);
  }

  static EnergyStack stack(double[] energyEv, Grid grid, Quantity quantity, Value value) {
    return EnergyStack.of(energyEv, planes(energyEv, grid, value), quantity, Source.NONE);
  }

  static Planes planes(double[] energyEv, Grid grid, Value value) {
    List<RealField> planes = new ArrayList<>();
    for (double e : energyEv) {
      var plane = new RealField(grid);
      for (int i = 0; i < grid.size(); i++) {
        plane.values()[i] = (float) value.at(i, e);
      }
      planes.add(plane);
    }
    return Planes.of(planes);
  }

  /// The same with Gaussian noise of standard deviation σ, and σ² as its variance.
  static EnergyStack noisy(EnergyStack clean, double sigma, long seed) {
    var random = new Random(seed);
    List<RealField> planes = new ArrayList<>();
    for (int e = 0; e < clean.count(); e++) {
      var plane = clean.images().plane(e);
      for (int i = 0; i < plane.values().length; i++) {
        plane.values()[i] += (float) (sigma * random.nextGaussian());
      }
      planes.add(plane);
    }
    var variance = planes(clean.energyEv(), clean.grid(), (i, e) -> sigma * sigma);
    return clean.withImages(Planes.of(planes), Optional.of(variance), clean.quantity());
  }

  /// Poisson counts of a mean: by multiplication of uniforms, above 50 by adding halves, above 400
  /// the normal law, whose skewness is within 0.05 of theirs.
  static int poisson(Random random, double mean) {
    if (mean > 400) {
      return (int) Math.round(mean + Math.sqrt(mean) * random.nextGaussian());
    }
    if (mean > 50) {
      return poisson(random, mean / 2) + poisson(random, mean / 2);
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int n = 0;
    while (product > limit) {
      product *= random.nextDouble();
      n++;
    }
    return n;
  }

  /// Counts behind a sample of this optical density, the empty beam beside them.
  static EnergyStack counts(
      double[] energyEv, Grid grid, double i0, int flatFrames, Value density, long seed) {
    var random = new Random(seed);
    var counts =
        planes(energyEv, grid, (i, e) -> poisson(random, i0 * Math.exp(-density.at(i, e))));
    var flats =
        planes(energyEv, grid, (i, e) -> poisson(random, i0 * flatFrames) / (double) flatFrames);
    return EnergyStack.of(energyEv, counts, Quantity.COUNTS, Source.NONE)
        .withEmptyBeam(Optional.of(new EmptyBeam(flats, Optional.empty(), flatFrames, 1)));
  }

  static double mean(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float v : values) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }
}
