package argand.singlepixel;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Findings.FoundMap;
import argand.flow.Unheard;
import argand.flow.Watch;
import argand.metric.MapComparison;
import argand.metric.Ssim;
import argand.phantom.MixedCathode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/// The samples of a sampling study and their noise, and what each method makes of them.
final class StudyCases {
  private final StudySampling study;
  private final Grid grid;
  private final List<Sample> samples = new ArrayList<>();

  /// @param transmission of each pixel, without noise
  /// @param density for a test of the inversion
  private record Sample(
      List<RealField> elements, RealField density, RealField transmission, long seed) {}

  /// One set of noise: counts, their truth, the guide.
  private record Case(
      List<BucketSignal> signals, List<RealField> truth, RealField guide, SplittableRandom rest) {}

  StudyCases(StudySampling study, Grid grid) {
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

  StudyColumn column(SensingOperator a, Watch watch) {
    var cases = new ArrayList<Case>();
    for (var sample : samples) {
      for (int s = 0; s < study.noises(); s++) {
        cases.add(noisy(a, sample, sample.seed() + s, watch.workers()));
      }
    }
    SequencedMap<String, double[]> psnr = new LinkedHashMap<>();
    var seconds = new LinkedHashMap<String, Double>();
    var shown = new ArrayList<FoundMap>();
    int element = samples.getFirst().elements().size() - 1;
    String share = String.format(Locale.ROOT, "%.3g %%", percent(a));
    shown.add(map("Ni", "truth", "", cases.getFirst().truth().get(element)));
    points(a, cases, psnr, shown, share);
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
      String name = StudySampling.name(method);
      psnr.put(name, compared(images, cases));
      seconds.put(name, 1e-9 * (System.nanoTime() - began) / cases.size());
      shown.add(map("Ni", name, share, images.get(element)));
    }
    return new StudyColumn(a.count(), percent(a), psnr, seconds, invertibility, shown);
  }

  private double percent(SensingOperator a) {
    return 100.0 * a.count() / grid.size();
  }

  private static FoundMap map(String element, String method, String share, RealField image) {
    String name = element + ", " + method + (share.isEmpty() ? "" : ", " + share);
    return FoundMap.of(name, "counts", image);
  }

  private void points(
      SensingOperator a,
      List<Case> cases,
      SequencedMap<String, double[]> psnr,
      List<FoundMap> shown,
      String share) {
    var scan = PointScan.of(a.count(), grid);
    var images = new ArrayList<RealField>();
    for (var one : cases) {
      for (var truth : one.truth()) {
        images.add(scan.image(truth, study.counts(), one.rest()));
      }
    }
    psnr.put(StudyColumn.POINTS, compared(images, cases));
    int last = cases.getFirst().truth().size() - 1;
    shown.add(map("Ni", StudyColumn.POINTS, share, images.get(last)));
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

  private static double[] compared(List<RealField> images, List<Case> cases) {
    double[] psnr = new double[images.size()];
    int i = 0;
    for (var one : cases) {
      for (var truth : one.truth()) {
        psnr[i] = MapComparison.psnr(images.get(i), truth);
        i++;
      }
    }
    return psnr;
  }

  /// The same sample and seed give the same noise under the first patterns, whatever their number
  /// but for its scale.
  private Case noisy(SensingOperator a, Sample sample, long seed, Workers workers) {
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
      double scale = (study.counts() > 0 ? study.counts() : 1e6) / mean;
      var scaled = element.copy();
      for (int i = 0; i < scaled.values().length; i++) {
        scaled.values()[i] *= (float) scale;
      }
      truth.add(scaled);
      signals.add(counted(MixedCathode.ELEMENTS.get(e), light, scale, random.split()));
    }
    return new Case(signals, truth, guide(sample, random.split()), random);
  }

  private BucketSignal counted(String name, double[] light, double scale, SplittableRandom random) {
    double[] counted = new double[light.length];
    for (int j = 0; j < counted.length; j++) {
      double mean = light[j] * scale;
      counted[j] =
          study.counts() > 0
              ? PoissonSampler.of(random::nextLong, Math.max(mean, 1e-9)).sample()
              : mean;
    }
    return study.counts() > 0
        ? BucketSignal.ofCounts(name, counted)
        : BucketSignal.unweighted(name, "counts", counted);
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
