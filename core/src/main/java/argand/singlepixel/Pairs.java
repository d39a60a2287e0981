package argand.singlepixel;

import argand.array.RealField;
import argand.data.Planes;
import argand.flow.Progress;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Images of each pattern without and with the sample, and what they tell together.
final class Pairs {
  private final Planes without;
  private final Planes with;
  private final Watch watch;
  private final double noise;
  private final double level;
  private final double contrast;

  Pairs(Planes without, Planes with, Watch watch) {
    this.without = without;
    this.with = with;
    this.watch = watch;
    var found = new PatternNoise();
    double sum = 0;
    double square = 0;
    for (int j = 0; j < without.count(); j++) {
      var image = without.plane(j);
      found.add(image);
      double mean = image.sum() / image.grid().size();
      sum += mean;
      for (float value : image.values()) {
        square += (value - mean) * (value - mean) / image.grid().size();
      }
    }
    noise = found.perUnit();
    level = sum / without.count();
    contrast = square / without.count();
  }

  private int count() {
    return without.count();
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
              fits[j] =
                  PairFit.of(
                      without.plane(j), with.plane(j), transmission, moves, noise, own.perUnit());
              watch.tell(
                  new Progress.Worked(
                      "pairs of images", done.incrementAndGet() / (double) fits.length));
            });
    return fits;
  }

  /// Σ I / Σ P: the transmission of a sample that did not move, else a blurred one.
  RealField meanRatio() {
    return ratio(j -> with.plane(j), j -> without.plane(j));
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
    var ratio = new RealField(without.grid());
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
    var image = MovedImage.of(with.plane(j), -fit.sampleRows(), -fit.sampleColumns());
    float gain = (float) fit.gain();
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] /= gain;
    }
    return image;
  }

  /// P(r + s − p)
  private RealField lightOn(PairFit fit, int j) {
    return MovedImage.of(
        without.plane(j),
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
              var plane = new RealField(without.grid());
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
