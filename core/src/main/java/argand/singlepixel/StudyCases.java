package argand.singlepixel;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Findings.FoundMap;
import argand.flow.Unheard;
import argand.flow.Watch;
import argand.metric.MapComparison;
import argand.metric.RingCorrelation;
import argand.metric.Ssim;
import argand.phantom.MixedCathode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// The samples of a study and their noise, and what each method makes of them.
final class StudyCases {
  private final PatternStudy study;
  private final Grid grid;
  private final List<Sample> samples = new ArrayList<>();

  /// @param transmission of each pixel, without noise
  /// @param density for a test of the inversion
  private record Sample(
      List<RealField> elements, RealField density, RealField transmission, long seed) {}

  /// One set of noise: counts, their truth, the guide.
  private record Case(
      List<BucketSignal> signals, List<RealField> truth, RealField guide, SplittableRandom rest) {}

  StudyCases(PatternStudy study, Grid grid) {
    this.study = study;
    this.grid = grid;
    for (int k = 0; k < study.samples(); k++) {
      var first = study.sample();
      var cathode =
          new MixedCathode(
              first.particles(), first.rim(), first.gradient(), first.thickest(), first.seed() + k);
      var drawn = cathode.draw(grid);
      samples.add(
          new Sample(
              drawn.elements(),
              drawn.density(),
              cathode.transmission(grid, 0),
              study.seed() + 1000L * k));
    }
  }

  /// @param counts mean of each element and exposure; 0 for no noise
  StudyColumn column(SensingOperator a, double counts, StudyColumn.At at, Watch watch) {
    var cases = new ArrayList<Case>();
    for (var sample : samples) {
      for (int s = 0; s < study.noises(); s++) {
        cases.add(noisy(a, counts, sample, sample.seed() + s, watch.workers()));
      }
    }
    SequencedMap<String, double[]> psnr = new LinkedHashMap<>();
    var resolution = new LinkedHashMap<String, double[]>();
    var seconds = new LinkedHashMap<String, Double>();
    var shown = new ArrayList<FoundMap>();
    int element = samples.getFirst().elements().size() - 1;
    shown.add(map("Ni", "truth", "", cases.getFirst().truth().get(element)));
    var points = points(a, counts, cases);
    psnr.put(StudyColumn.POINTS, psnr(points, cases));
    resolution.put(StudyColumn.POINTS, resolution(points, cases));
    shown.add(map("Ni", StudyColumn.POINTS, at.head(), points.get(element)));
    double invertibility = Double.NaN;
    for (var method : study.methods()) {
      long began = System.nanoTime();
      var images = new ArrayList<RealField>();
      boolean led = method instanceof GuidedVariation || method instanceof NeuralFit;
      var quiet = new Unheard(watch);
      if (led) {
        for (var one : cases) {
          images.addAll(images(method, a, one.signals(), Optional.of(one.guide()), quiet));
        }
      } else {
        var signals = new ArrayList<BucketSignal>();
        cases.forEach(one -> signals.addAll(one.signals()));
        boolean inverse = method instanceof PseudoInverse;
        var density = samples.getFirst().density();
        if (inverse) {
          signals.add(
              BucketSignal.unweighted("test", "", a.apply(density.values(), watch.workers())));
        }
        images.addAll(images(method, a, signals, Optional.empty(), quiet));
        if (inverse) {
          invertibility =
              Ssim.of(images.removeLast(), density, (double) density.max() - density.min());
        }
      }
      String name = PatternStudy.name(method);
      psnr.put(name, psnr(images, cases));
      resolution.put(name, resolution(images, cases));
      seconds.put(name, 1e-9 * (System.nanoTime() - began) / cases.size());
      shown.add(map("Ni", name, at.head(), images.get(element)));
    }
    return new StudyColumn(at, psnr, resolution, seconds, invertibility, shown);
  }

  private static FoundMap map(String element, String method, String share, RealField image) {
    String name = element + ", " + method + (share.isEmpty() ? "" : ", " + share);
    return FoundMap.of(name, "counts", image);
  }

  private List<RealField> points(SensingOperator a, double counts, List<Case> cases) {
    var scan = PointScan.of(a.count(), grid);
    var images = new ArrayList<RealField>();
    for (var one : cases) {
      for (var truth : one.truth()) {
        images.add(scan.image(truth, counts, one.rest()));
      }
    }
    return images;
  }

  private List<RealField> images(
      PatternMethod method,
      SensingOperator a,
      List<BucketSignal> signals,
      Optional<RealField> guide,
      Watch watch) {
    return method
        .solve(new PatternMethod.Problem(a, signals, guide, study.seed(), watch))
        .maps()
        .stream()
        .map(PatternMethod.Map::image)
        .toList();
  }

  private static double[] psnr(List<RealField> images, List<Case> cases) {
    return compared(images, cases, MapComparison::psnr);
  }

  /// Where an image that resolves nothing has its half period is not known: the field's is taken.
  private static double[] resolution(List<RealField> images, List<Case> cases) {
    return compared(
        images,
        cases,
        (image, truth) ->
            RingCorrelation.between(image, truth, RingCorrelation.Window.TUKEY)
                .halfPeriod(RingCorrelation.Threshold.ONE_SEVENTH)
                .orElse(0.5 * image.grid().rows() * image.grid().pixelY()));
  }

  private static double[] compared(
      List<RealField> images, List<Case> cases, ToDoubleBiFunction<RealField, RealField> how) {
    double[] compared = new double[images.size()];
    int i = 0;
    for (var one : cases) {
      for (var truth : one.truth()) {
        compared[i] = how.applyAsDouble(images.get(i), truth);
        i++;
      }
    }
    return compared;
  }

  /// The same sample and seed give the same noise under the first patterns, whatever their number
  /// but for its scale.
  private Case noisy(SensingOperator a, double counts, Sample sample, long seed, Workers workers) {
    var random = new SplittableRandom(seed);
    var signals = new ArrayList<BucketSignal>();
    var truth = new ArrayList<RealField>();
    for (int e = 0; e < sample.elements().size(); e++) {
      var element = sample.elements().get(e);
      double[] light = a.apply(element.values(), workers);
      double mean = 0;
      for (double value : light) {
        mean += value / light.length;
      }
      double scale = (counts > 0 ? counts : 1e6) / mean;
      var scaled = element.copy();
      for (int i = 0; i < scaled.values().length; i++) {
        scaled.values()[i] *= (float) scale;
      }
      truth.add(scaled);
      double[] expected = new double[light.length];
      for (int j = 0; j < expected.length; j++) {
        expected[j] = light[j] * scale;
      }
      String name = MixedCathode.ELEMENTS.get(e);
      var stream = random.split();
      signals.add(
          counts > 0
              ? counted(name, expected, stream)
              : BucketSignal.unweighted(name, "counts", expected));
    }
    return new Case(signals, truth, guide(sample, random.split()), random);
  }

  private static BucketSignal counted(String name, double[] expected, SplittableRandom random) {
    double[] counted = new double[expected.length];
    for (int j = 0; j < counted.length; j++) {
      counted[j] = PoissonSampler.of(random::nextLong, Math.max(expected[j], 1e-9)).sample();
    }
    return BucketSignal.ofCounts(name, counted);
  }

  private RealField guide(Sample sample, SplittableRandom random) {
    var guide = new RealField(grid);
    for (int i = 0; i < guide.values().length; i++) {
      double mean = study.guideCounts() * sample.transmission().values()[i];
      double counted = Math.max(1, PoissonSampler.of(random::nextLong, mean).sample());
      guide.values()[i] = (float) -Math.log(counted / study.guideCounts());
    }
    return guide;
  }
}
