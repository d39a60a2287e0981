package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Material;
import argand.sampling.AbsorbedDose;
import argand.sampling.Absorber;
import argand.sampling.DamageCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What dose the images of a stack have left in the sample, energy by energy in their order, and
/// what that did: a note, numbers and figures. The images pass through unchanged; put it before
/// `opticalDensity`, while counts and flats are there.
///
///     D_e = (μ_en/ρ)(E_e) E_e F_e,   F_e = I₀(E_e)/(QE · T · pixel area)
///
/// I₀ the mean of the flats over the good pixels, at the exposure of the images. The smallest
/// thing that the stack shows by Rose's criterion (A. Rose, J. Opt. Soc. Am. 38, 196 (1948)), a
/// cube
/// of edge d of a compound in vacuum, from all images at once:
///
///     Σ_e (μ_e d)² F_e d² = 5²,   so d = [25/Σ μ_e² F_e]^{1/4} and the dose for it goes as d⁻⁴
///
/// What was spent on focusing, alignment and dead time is not in it.
@Paper(
    value =
        "Howells et al., An assessment of the resolution limitation due to radiation-damage in X-ray"
            + " diffraction microscopy, J. Electron Spectrosc. 170, 4 (2009)",
    doi = "10.1016/j.elspec.2008.10.008")
public record StackDose(
    @Param("how strongly the sample absorbs") Absorber absorber,
    @Param(value = "counts for each photon that meets the detector", byDefault = "1")
        double quantumEfficiency,
    @Param(
            value = "share of the photons behind the sample that reach the detector",
            byDefault = "1")
        double transmission,
    @Param(value = "dose at which 1/e of the signal is left", unit = "Gy")
        OptionalDouble criticalDose,
    @Param("what the smallest visible thing is made of") Optional<Feature> feature)
    implements StackStep {
  private static final double ROSE = 5;

  /// A material.
  public record Feature(
      @Param("chemical formula") String formula,
      @Param(value = "its density", unit = "kg/m3") double density) {
    public Feature {
      Material.of(formula);
      Check.within("density", density, 0.1, 1e5, "kg/m3");
    }
  }

  public StackDose {
    new AbsorbedDose(absorber, quantumEfficiency, transmission);
    criticalDose.ifPresent(DamageCurve::new);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    if (stack.quantity() != Quantity.COUNTS || stack.emptyBeam().isEmpty()) {
      throw new InvalidInput(
          "the stack",
          stack.quantity() != Quantity.COUNTS
              ? "one of " + stack.quantity().words()
              : "one of counts without an empty beam",
          "counts with their flats",
          "put stackDose before opticalDensity");
    }
    double[] fluence = fluence(stack);
    double[] dose = new double[stack.count()];
    double[] sum = new double[stack.count()];
    var law = new AbsorbedDose(absorber, quantumEfficiency, transmission);
    for (int e = 0; e < dose.length; e++) {
      dose[e] = law.gray(fluence[e], new Beam.XRays(stack.energyEv()[e]));
      sum[e] = dose[e] + (e == 0 ? 0 : sum[e - 1]);
    }
    double total = sum[sum.length - 1];
    var curves = new ArrayList<Curve>();
    curves.add(new Curve("of each image", "energy [eV]", "dose [Gy]", stack.energyEv(), dose));
    curves.add(new Curve("so far", "energy [eV]", "dose [Gy]", stack.energyEv(), sum));
    var quality =
        stack
            .findings()
            .quality()
            .withMetric("dose", total)
            .withMetric("doseOfAnImage", total / dose.length);
    var note = new StringBuilder();
    note.append(
        String.format(
            Locale.ROOT,
            "dose of the %d images: %s, %s each on average",
            dose.length,
            AbsorbedDose.text(total),
            AbsorbedDose.text(total / dose.length)));
    if (criticalDose.isPresent()) {
      var curve = new DamageCurve(criticalDose.getAsDouble());
      double[] left = new double[dose.length];
      for (int e = 0; e < left.length; e++) {
        left[e] = curve.remaining(sum[e] - dose[e] / 2);
      }
      quality =
          quality
              .withMetric("doseRemaining", curve.remaining(total))
              .withFigure(
                  "Signal that is left",
                  List.of(
                      new Curve("in each image", "energy [eV]", "share", stack.energyEv(), left)));
      note.append(
          String.format(
              Locale.ROOT,
              "; at a critical dose of %s the first image has %.3g %% of the signal and the last"
                  + " %.3g %%",
              AbsorbedDose.text(curve.criticalDose()),
              100 * left[0],
              100 * left[left.length - 1]));
    }
    if (feature.isPresent()) {
      double size = smallest(stack.energyEv(), fluence, feature.get());
      quality = quality.withMetric("smallestVisible", size);
      note.append(
          String.format(
              Locale.ROOT,
              "; the smallest cube of %s that all images together show (Rose) is %.3g nm, one of"
                  + " half the size takes 16 times the dose",
              feature.get().formula(),
              1e9 * size));
    }
    watch.tell(new Progress.Noted(note.toString()));
    quality = quality.withFigure("Dose", curves).withVerdict(note.toString());
    return stack
        .withSource(stack.source().withNote(note.toString()))
        .withFindings(stack.findings().with(quality));
  }

  /// Photons on each square metre of the sample, for each image.
  private double[] fluence(EnergyStack stack) {
    var beam = stack.emptyBeam().orElseThrow();
    double area = stack.grid().pixelY() * stack.grid().pixelX();
    boolean[] good = stack.mask().good();
    double[] fluence = new double[stack.count()];
    for (int e = 0; e < fluence.length; e++) {
      float[] flat = beam.flats().plane(beam.flatOf(e)).values();
      double sum = 0;
      int n = 0;
      for (int i = 0; i < good.length; i++) {
        if (good[i] && Float.isFinite(flat[i])) {
          double dark = beam.dark().isPresent() ? beam.dark().get().values()[i] : 0;
          sum += flat[i] - dark;
          n++;
        }
      }
      fluence[e] = sum / n * beam.exposureRatio() / (quantumEfficiency * transmission * area);
    }
    return fluence;
  }

  private double smallest(double[] energies, double[] fluence, Feature of) {
    var material = Material.of(of.formula());
    double sum = 0;
    for (int e = 0; e < energies.length; e++) {
      double mu = of.density() * material.massAttenuation(new Beam.XRays(energies[e]));
      // counts, not photons, are what noise is made of
      sum += mu * mu * fluence[e] * quantumEfficiency * transmission;
    }
    return Math.pow(ROSE * ROSE / sum, 0.25);
  }
}
