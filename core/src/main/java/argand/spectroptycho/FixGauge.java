package argand.spectroptycho;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import argand.data.Region;
import argand.data.Shape;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.segment.EmptyRegion;
import java.util.Arrays;
import java.util.List;

/// Takes off what ptychography leaves open in each image, by a region without sample: there the
/// transmission is 1. In each image
///
/// (1) the linear phase ramp, by {@link RampFit};
/// (2) the complex scale Σ O exp(−i ramp)/n over the region: the ratio of object and probe, which
///     holds I₀, and the common phase. A mean of complex numbers is free of the bias that noise
///     puts on a mean of |O|².
///
/// The light on each pixel is scaled by |scale|², so that light times |O|² stays what was measured.
///
/// Without shapes the region is looked for: the brightest, smoothest tiles of the mean of ln|O|
/// over all energies ({@link EmptyRegion}). That is a guess and is told as one.
public record FixGauge(
    @Param(value = "where there is no sample; without any it is looked for", byDefault = "[]")
        List<Shape> emptyRegions,
    @Param(value = "share of the image to take where it is looked for", byDefault = "0.08")
        double emptyShare)
    implements ObjectStep {
  /// The default of `emptyShare`.
  static final double SHARE = 0.08;

  /// Pixels without which a ramp is not determined.
  private static final int LEAST = 12;

  public FixGauge {
    emptyRegions = List.copyOf(emptyRegions);
    Check.within("emptyShare", emptyShare, 1e-4, 0.9, "");
  }

  @Override
  public ObjectStack apply(ObjectStack input, Watch watch) {
    boolean named = !emptyRegions.isEmpty();
    Mask region = named ? named(input) : found(input);
    int count = input.count();
    var views = new View[count];
    double[][] gauge = new double[3][count];
    watch
        .workers()
        .forEach(count, (e, worker) -> views[e] = fixed(input.views().get(e), region, gauge, e));
    double[] energy = input.energyEv();
    var quality =
        input
            .findings()
            .quality()
            .withMetric("emptyShare", region.count() / (double) input.grid().size())
            .withFigure(
                "Gauge over energy: scale",
                List.of(curve("|scale| over its mean", "ratio", energy, relative(gauge[0]))))
            .withFigure(
                "Gauge over energy: phase ramp",
                List.of(
                    curve("down the rows", "rad/pixel", energy, gauge[1]),
                    curve("along the columns", "rad/pixel", energy, gauge[2])));
    if (!named) {
      String sentence =
          "The empty region was looked for, not named: its "
              + region.count()
              + " brightest even pixels are taken for vacuum (fixGauge: {emptyRegions: …} names it).";
      quality = quality.withVerdict(sentence);
      watch.tell(new Progress.Noted(sentence));
    }
    var findings = input.findings().with(quality);
    for (int k = 0; k < emptyRegions.size(); k++) {
      String name = emptyRegions.size() == 1 ? "empty region" : "empty region " + (k + 1);
      findings = findings.with(new Region(name, emptyRegions.get(k)));
    }
    return input
        .withViews(List.of(views))
        .withEmptyRegion(region)
        .withFindings(findings)
        .withStep("fixGauge by " + region.count() + " pixels" + (named ? "" : ", found"));
  }

  private Mask named(ObjectStack input) {
    boolean[] good = new boolean[input.grid().size()];
    for (var shape : emptyRegions) {
      var one = shape.mask(input.grid());
      for (int i = 0; i < good.length; i++) {
        good[i] |= one.good()[i] && input.mask().good()[i];
      }
    }
    var region = new Mask(input.grid(), good);
    if (region.count() < LEAST) {
      throw new InvalidInput(
          "emptyRegions",
          region.count() + " well-lit pixels",
          "at least " + LEAST,
          "the images have " + input.grid().rows() + " × " + input.grid().columns() + " pixels");
    }
    return region;
  }

  private Mask found(ObjectStack input) {
    var mean = new RealField(input.grid());
    for (var view : input.views()) {
      double[] level = new double[input.mask().count()];
      int n = 0;
      for (int i = 0; i < mean.values().length; i++) {
        if (input.mask().good()[i]) {
          level[n++] = logarithm(view, i);
        }
      }
      Arrays.sort(level);
      double high = level[(int) (0.95 * (n - 1))];
      for (int i = 0; i < mean.values().length; i++) {
        mean.values()[i] += (float) ((logarithm(view, i) - high) / input.count());
      }
    }
    for (int i = 0; i < mean.values().length; i++) {
      mean.values()[i] = (float) Math.exp(2 * mean.values()[i]);
    }
    return EmptyRegion.find(mean, input.mask(), emptyShare);
  }

  /// ln|O| of a pixel, not below that of a thousandth.
  private static double logarithm(View view, int i) {
    var grid = view.object().grid();
    int r = i / grid.columns();
    int c = i % grid.columns();
    return Math.log(Math.max(1e-3, Math.hypot(view.object().re(r, c), view.object().im(r, c))));
  }

  /// @param gauge |scale|, ramp down the rows and along the columns [rad/pixel]
  private static View fixed(View view, Mask region, double[][] gauge, int e) {
    var fit = RampFit.of(view.object(), region);
    gauge[0][e] = fit.modulus();
    gauge[1][e] = fit.down();
    gauge[2][e] = fit.right();
    var light = new RealField(view.light().grid());
    double square = fit.modulus() * fit.modulus();
    for (int i = 0; i < light.values().length; i++) {
      light.values()[i] = (float) (square * view.light().values()[i]);
    }
    return view.with(fit.removedFrom(view.object()), light);
  }

  private static double[] relative(double[] values) {
    double mean = Arrays.stream(values).average().orElse(1);
    return Arrays.stream(values).map(v -> v / mean).toArray();
  }

  private static Curve curve(String name, String unit, double[] x, double[] y) {
    return new Curve(name, "energy [eV]", unit, x, y);
  }
}
