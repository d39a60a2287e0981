package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Quantity;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
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
public record CheckDamage(
    @Param(value = "energies of the earlier and the later image", unit = "eV") List<Double> between)
    implements StackStep {
  public CheckDamage {
    between = List.copyOf(between);
    EnergyWindow.of("between", between);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    if (input.quantity() == Quantity.COUNTS) {
      throw new InvalidInput(
          "the stack", "one of counts", "one of optical density", "put opticalDensity before it");
    }
    var variance =
        input
            .variance()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the variance",
                        "not known",
                        "that of opticalDensity",
                        "start from counts"));
    int a = Interpolation.nearest(input.energyEv(), between.get(0));
    int b = Interpolation.nearest(input.energyEv(), between.get(1));
    if (a == b) {
      throw new InvalidInput(
          "between", between, "two energies of the stack", "the nearest image is the same");
    }
    float[] first = input.images().plane(a).values();
    float[] last = input.images().plane(b).values();
    float[] va = variance.plane(a).values();
    float[] vb = variance.plane(b).values();
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
            "between %.2f and %.2f eV the sample %s: χ² %.2f, %.2f %% of pixels beyond 3 σ,"
                + " absorption × %.4f",
            input.energyEv()[a],
            input.energyEv()[b],
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
