package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.FileDoor;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.register.PyramidRegistration;
import argand.register.Transform;
import argand.register.Warp;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether the sample changed while it was measured: of two images at which the element absorbs
/// alike (the first and the last below the edge, or two after it), the later one less the best
/// multiple of the earlier, in units of what the counts allow.
///
/// Leaves the map `change` with its standard deviation, the metrics `changeChiSquare` (1 is noise)
/// and `changedShare` (share of pixels beyond 3 σ; 0.0027 is noise), and a sentence. It sees mass
/// loss and movement of the sample, also drift that was not registered; not a change of
/// valence that leaves the pre-edge alone.
///
/// With `again`, the result of a scan that was measured later, the later image is one of that: at
/// the same energy, all that the beam did is seen, a change of valence too. It is first moved onto
/// the earlier one ({@link PyramidRegistration}, displacements, contrast let free), its variance
/// following the weights of the interpolation.
public record CheckDamage(
    @Param(
            value =
                "energies of the earlier and the later image; with `again` of the image here and of"
                    + " that there, which may be the same",
            unit = "eV")
        List<Double> between,
    @Param("result of a later scan, in which the later image is") Optional<Path> again)
    implements StackStep {
  public CheckDamage {
    between = List.copyOf(between);
    if (again.isEmpty()) {
      EnergyWindow.of("between", between);
    } else if (between.size() != 2) {
      throw new InvalidInput("between", between, "two energies", "here and there");
    }
  }

  public CheckDamage(List<Double> between) {
    this(between, Optional.empty());
  }

  /// An image, its variance, its good pixels.
  private record Seen(double ev, RealField image, RealField variance, Mask mask) {
    static Seen of(EnergyStack stack, double ev) {
      if (stack.quantity() == Quantity.COUNTS) {
        throw new InvalidInput(
            "the stack", "one of counts", "one of optical density", "put opticalDensity before it");
      }
      var variance =
          stack
              .variance()
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "the variance",
                          "not known",
                          "that of opticalDensity",
                          "start from counts"));
      int e = Interpolation.nearest(stack.energyEv(), ev);
      return new Seen(
          stack.energyEv()[e], stack.images().plane(e), variance.plane(e), stack.mask());
    }

    /// Bad pixels are NaN.
    private RealField known(RealField of) {
      var known = of.copy();
      for (int i = 0; i < known.values().length; i++) {
        if (!mask.good()[i]) {
          known.values()[i] = Float.NaN;
        }
      }
      return known;
    }

    /// Moved onto another.
    Seen onto(Seen other, Workers workers) {
      var found =
          new PyramidRegistration(Transform.Model.TRANSLATION, true)
              .onto(other.known(other.image), Optional.empty(), workers)
              .find(known(image), Optional.empty())
              .transform();
      return new Seen(
          ev,
          Warp.CUBIC.image(known(image), found, workers),
          Warp.CUBIC.variance(known(variance), found, workers),
          Mask.all(mask.grid()));
    }
  }

  private Seen later(EnergyStack input, Seen first, Watch watch) {
    if (again.isEmpty()) {
      var last = Seen.of(input, between.get(1));
      if (last.ev == first.ev) {
        throw new InvalidInput(
            "between", between, "two energies of the stack", "the nearest image is the same");
      }
      return last;
    }
    Path file = again.get();
    if (!(FileDoor.open().product(file) instanceof EnergyStack other)) {
      throw new InvalidInput("again", file, "the result of a run on a stack", "");
    }
    try (var images = other.images()) {
      Check.same("rows of " + file, images.grid().rows(), input.grid().rows());
      Check.same("columns of " + file, images.grid().columns(), input.grid().columns());
      if (other.quantity() != input.quantity()) {
        throw new InvalidInput(
            file.toString(), other.quantity().words(), input.quantity().words() + " as here", "");
      }
      var last = Seen.of(other, between.get(1));
      other.variance().ifPresent(Planes::close);
      return last.onto(first, watch.workers());
    }
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    var earlier = Seen.of(input, between.get(0));
    var later = later(input, earlier, watch);
    float[] first = earlier.image.values();
    float[] last = later.image.values();
    float[] va = earlier.variance.values();
    float[] vb = later.variance.values();
    boolean[] good = input.mask().good();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < first.length; i++) {
      double product = (double) first[i] * last[i];
      if (good[i] && !Double.isNaN(product)) {
        xy += product;
        // the noise of the earlier image would pull the multiple down
        xx += (double) first[i] * first[i] - va[i];
      }
    }
    double multiple = xx > 0 ? xy / xx : 1;
    var change = new RealField(input.grid());
    var sigma = new RealField(input.grid());
    double chi = 0;
    int beyond = 0;
    int seen = 0;
    for (int i = 0; i < first.length; i++) {
      change.values()[i] = (float) (last[i] - multiple * first[i]);
      sigma.values()[i] = (float) Math.sqrt(vb[i] + multiple * multiple * va[i]);
      double z = change.values()[i] / sigma.values()[i];
      if (good[i] && !Double.isNaN(z)) {
        chi += z * z;
        beyond += Math.abs(z) > 3 ? 1 : 0;
        seen++;
      }
    }
    if (seen == 0) {
      throw new InvalidInput("the images", "without a common good pixel", "at least one", "");
    }
    double square = chi / seen;
    double share = (double) beyond / seen;
    // χ² of n pixels is known to √(2/n); a tenth more may be the noise model's
    boolean changed = square > 1.1 + 5 * Math.sqrt(2.0 / seen) || share > 0.01;
    String said =
        String.format(
            Locale.ROOT,
            (again.isPresent()
                    ? "between %.2f eV and %.2f eV of the later scan"
                    : "between %.2f and %.2f eV")
                + " the sample %s: χ² %.2f, %.2f %% of pixels beyond 3 σ,"
                + " absorption × %.4f",
            earlier.ev,
            later.ev,
            changed ? "changed or moved" : "did not change beyond its noise",
            square,
            100 * share,
            multiple);
    watch.tell(new Progress.Noted("checkDamage: " + said));
    var quality =
        input
            .findings()
            .quality()
            .withMetric("changeChiSquare", square)
            .withMetric("changedShare", share)
            .withVerdict(said);
    return input
        .withFindings(input.findings().with(quality))
        .with(new FoundMap("change", input.quantity().unit(), change, Optional.of(sigma)))
        .withStep("checkDamage: " + said);
  }
}
