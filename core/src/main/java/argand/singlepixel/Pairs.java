package argand.singlepixel;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Planes;
import argand.flow.Progress;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Images of each pattern without and with the sample, and what they tell together.
final class Pairs {
  private final Grid grid;
  private final RealField[] without;
  private final RealField[] with;
  private final Watch watch;
  private final double noise;
  private final double level;
  private final double contrast;

  /// @param without and with the sample; each image is read once
  /// @throws InvalidInput where one has no light, or pixels that are no numbers
  Pairs(Planes without, Planes with, Watch watch) {
    this.grid = without.grid();
    this.without = read(without, "without the sample");
    this.with = read(with, "with the sample");
    this.watch = watch;
    var found = new PatternNoise();
    double sum = 0;
    double square = 0;
    for (var image : this.without) {
      found.add(image);
      double mean = image.sum() / grid.size();
      sum += mean;
      for (float value : image.values()) {
        square += (value - mean) * (value - mean) / grid.size();
      }
    }
    noise = found.perUnit();
    level = sum / count();
    contrast = square / count();
  }

  private static RealField[] read(Planes planes, String which) {
    float[][] rows = SensingOperator.rows(planes);
    var images = new RealField[rows.length];
    for (int j = 0; j < images.length; j++) {
      images[j] = new RealField(planes.grid(), rows[j]);
      double light = images[j].sum();
      if (!(light > 0) || Double.isInfinite(light)) {
        throw new InvalidInput(
            "the image of pattern " + (j + 1) + " " + which,
            Double.isNaN(light) ? "not a number in some pixels" : "a sum of " + light,
            "light",
            "leave the exposure out");
      }
    }
    return images;
  }

  private int count() {
    return without.length;
  }

  PairFit[] fit(RealField transmission, AlignPatterns.Moves moves) {
    var fits = new PairFit[count()];
    var done = new AtomicInteger();
    var own = new PatternNoise();
    own.add(transmission);
    watch
        .workers()
        .forEach(
            fits.length,
            (j, worker) -> {
              fits[j] = PairFit.of(without[j], with[j], transmission, moves, noise, own.perUnit());
              watch.tell(
                  new Progress.Worked(
                      "pairs of images", done.incrementAndGet() / (double) fits.length));
            });
    return fits;
  }

  /// Σ I / Σ P: the transmission of a sample that did not move, else a blurred one.
  RealField meanRatio() {
    return ratio(j -> with[j], j -> without[j]);
  }

  /// Σ I(r + s)/(g/ḡ) / Σ P(r + s − p): the mean gain ḡ stays in it, since only g T is measured.
  RealField transmission(PairFit[] fits) {
    double mean = Arrays.stream(fits).mapToDouble(PairFit::gain).average().orElse(1);
    var transmission = ratio(j -> sampleSeen(fits[j], j), j -> lightOn(fits[j], j));
    for (int i = 0; i < transmission.values().length; i++) {
      transmission.values()[i] *= (float) mean;
    }
    return transmission;
  }

  private interface Image {
    RealField of(int j);
  }

  private RealField ratio(Image above, Image below) {
    var ratio = new RealField(grid);
    double[] upper = new double[ratio.values().length];
    double[] lower = new double[upper.length];
    for (int j = 0; j < count(); j++) {
      float[] a = above.of(j).values();
      float[] b = below.of(j).values();
      for (int i = 0; i < upper.length; i++) {
        upper[i] += a[i];
        lower[i] += b[i];
      }
    }
    for (int i = 0; i < upper.length; i++) {
      ratio.values()[i] = (float) (lower[i] > 0 ? Math.clamp(upper[i] / lower[i], 1e-6, 4) : 1);
    }
    return ratio;
  }

  /// I(r + s) / g
  private RealField sampleSeen(PairFit fit, int j) {
    var moved = MovedImage.of(with[j], -fit.sampleRows(), -fit.sampleColumns());
    var image = new RealField(grid);
    float gain = (float) fit.gain();
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = moved.values()[i] / gain;
    }
    return image;
  }

  /// P(r + s − p)
  private RealField lightOn(PairFit fit, int j) {
    return MovedImage.of(
        without[j],
        fit.patternRows() - fit.sampleRows(),
        fit.patternColumns() - fit.sampleColumns());
  }

  /// What patterns changed by between their exposures, over their contrast.
  double change(PairFit[] fits) {
    return contrast > 0 ? Math.sqrt(changed(fits) / contrast) : 0;
  }

  private static double changed(PairFit[] fits) {
    return Math.max(0, Arrays.stream(fits).mapToDouble(PairFit::change).average().orElse(0));
  }

  /// The light on the sample, in its frame. An image without it has the variance κ P̄ of photons
  /// and
  /// that by which patterns change, ρ²; one with it, divided by g T, has κ P̄/(g T).
  List<RealField> light(PairFit[] fits, RealField transmission, AlignPatterns.Light light) {
    double photons = Math.max(noise * level, 1e-9 * level * level);
    double aloneWeight = 1 / (photons + changed(fits));
    var planes = new RealField[count()];
    watch
        .workers()
        .forEach(
            planes.length,
            (j, worker) -> {
              var alone = lightOn(fits[j], j);
              var seen = sampleSeen(fits[j], j);
              var plane = new RealField(grid);
              for (int i = 0; i < plane.values().length; i++) {
                double t = transmission.values()[i];
                double a = light == AlignPatterns.Light.WITH ? 0 : aloneWeight;
                double b = light == AlignPatterns.Light.WITHOUT ? 0 : fits[j].gain() * t / photons;
                plane.values()[i] =
                    (float) ((a * alone.values()[i] + b * seen.values()[i] / t) / (a + b));
              }
              planes[j] = plane;
            });
    return List.of(planes);
  }
}
