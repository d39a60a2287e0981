package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.KramersKronigMatrix;
import argand.physics.NearEdge;
import argand.physics.PhaseFromAbsorption;
import argand.physics.ScatteringFactors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Scattering factors and phase that follow from the optical density of regions, and, where the
/// stack
/// has a phase, whether it agrees.
///
/// 1. The mean optical density of a region is put into the tables of free atoms at two energies
///    (`NearEdge`): f₂, by Kramers and Kronig f₁, formula units on the area, thickness.
/// 2. The measured phase is compared with what the optical density demands (`PhaseFromAbsorption`);
///    the metric `kramersKronigMisfit` is the rms difference over the range of the measured phase,
///    the largest of all regions.
///
/// Leaves the spectra of each region (`NAME`, `NAME, phase`, `NAME, phase by Kramers–Kronig`),
/// figures
/// of both and of f₁ and f₂ (of δ and β, with a density).
///
/// A misfit has these causes, and this step cannot tell them apart: I₀ or the zero of the phase
/// wrong
/// at single energies, energies out of line, an optical density that saturates, absorbers with an
/// edge near by that the formula does not name, phase that was not unwrapped. The thickness
/// supposes
/// that both energies of merging are 10 eV or more off the fine structure.
@Paper(
    value =
        "Watts, Calculation of the Kramers-Kronig transform of X-ray spectra by a piecewise Laurent"
            + " polynomial method, Opt. Express 22, 23628 (2014)",
    doi = "10.1364/OE.22.023628")
public record KramersKronig(
    @Param("formula of the material: LiFePO4") String formula,
    @Param(value = "its density; for thickness, delta and beta", unit = "kg/m3")
        OptionalDouble density,
    @Param(
            value =
                "two energies where the measurement takes over from the tables and gives back to"
                    + " them; the first and the last where none is given",
            unit = "eV",
            byDefault = "[]")
        List<Double> merge,
    @Param(value = "where to look; all good pixels where none is named", byDefault = "[]")
        List<Region> regions,
    @Param(value = "what runs between measured energies", byDefault = "curves") Between between)
    implements StackStep {
  /// From here on a line lets so little light through that its optical density is likely too low.
  private static final double DENSE = 3;

  /// Misfit above which both spectra are said to disagree.
  private static final double BAD = 0.05;

  /// What runs between measured energies.
  public enum Between {
    /// Cubic polynomials through the points: where they resolve the lines of the spectrum.
    CURVES,
    /// Straight lines, as in other programs.
    LINES
  }

  public KramersKronig {
    merge = List.copyOf(merge);
    regions = List.copyOf(regions);
    if (!merge.isEmpty()) {
      EnergyWindow.of("merge", merge);
    }
    density.ifPresent(d -> Check.within("density", d, 0.1, 1e5, "kg/m3"));
  }

  /// All good pixels, from the first to the last energy.
  public static KramersKronig of(String formula) {
    return new KramersKronig(formula, OptionalDouble.empty(), List.of(), List.of(), Between.CURVES);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    if (stack.quantity() != Quantity.OPTICAL_DENSITY) {
      throw new InvalidInput(
          "the stack",
          "one of " + stack.quantity().words(),
          "one of optical density",
          "put opticalDensity before it");
    }
    var factors = ScatteringFactors.of(formula);
    var findings = stack.findings();
    double worst = Double.NEGATIVE_INFINITY;
    for (var group : groups(stack)) {
      boolean[] chosen = group.pixels;
      var density = MeanSpectrum.of(group.name, stack, i -> chosen[i], watch.workers());
      Optional<Spectrum> phase =
          stack
              .phase()
              .map(p -> stack.withImages(p.images(), p.variance(), Quantity.PHASE))
              .map(
                  p -> MeanSpectrum.of(group.name + ", phase", p, i -> chosen[i], watch.workers()));
      var look = look(factors, density, phase);
      if (group.region.isPresent()) {
        findings = findings.with(group.region.get());
      }
      findings = look.into(findings);
      worst = Math.max(worst, look.against.map(PhaseFromAbsorption::misfit).orElse(worst));
    }
    if (worst >= 0) {
      findings = findings.with(findings.quality().withMetric("kramersKronigMisfit", worst));
    }
    return stack.withFindings(findings).withStep("kramersKronig of " + formula);
  }

  private record Group(String name, Optional<Region> region, boolean[] pixels) {}

  private List<Group> groups(EnergyStack stack) {
    boolean[] good = stack.mask().good();
    if (regions.isEmpty()) {
      return List.of(new Group("mean", Optional.empty(), pixels("the mask", good, good)));
    }
    var groups = new ArrayList<Group>();
    for (var region : regions) {
      boolean[] inside = region.shape().mask(stack.grid()).good();
      groups.add(
          new Group(
              region.name(), Optional.of(region), pixels("region " + region.name(), inside, good)));
    }
    return groups;
  }

  private static boolean[] pixels(String what, boolean[] inside, boolean[] good) {
    boolean[] both = new boolean[good.length];
    boolean any = false;
    for (int i = 0; i < both.length; i++) {
      both[i] = inside[i] && good[i];
      any |= both[i];
    }
    if (!any) {
      throw new InvalidInput(what, "without a good pixel", "at least one", "");
    }
    return both;
  }

  private Look look(ScatteringFactors factors, Spectrum density, Optional<Spectrum> phase) {
    double[] ev = density.energyEv();
    boolean curved = between == Between.CURVES;
    double from = merge.isEmpty() ? ev[0] : merge.get(0);
    double to = merge.isEmpty() ? ev[ev.length - 1] : merge.get(1);
    var edge = NearEdge.of(factors, ev, density.values(), from, to, curved);
    var against =
        phase.map(
            p ->
                PhaseFromAbsorption.of(
                    KramersKronigMatrix.of(factors, ev, curved),
                    density.values(),
                    density.sigma(),
                    p.values(),
                    p.sigma()));
    return new Look(edge, density, phase, against, this.density);
  }

  /// What is known of one region.
  private record Look(
      NearEdge edge,
      Spectrum density,
      Optional<Spectrum> phase,
      Optional<PhaseFromAbsorption> against,
      OptionalDouble kilograms) {
    Findings into(Findings before) {
      String name = density.name();
      double[] inside = edge.energiesEv();
      var found =
          before
              .with(density)
              .with(
                  Spectrum.of(
                      name + ", phase by Kramers–Kronig",
                      against.map(PhaseFromAbsorption::energyEv).orElse(inside),
                      against
                          .map(PhaseFromAbsorption::predicted)
                          .orElseGet(() -> edge.phase(inside)),
                      Quantity.PHASE));
      if (phase.isPresent()) {
        found = found.with(phase.get());
      }
      Quality quality = factors(found.quality());
      double most = Arrays.stream(density.values()).max().orElseThrow();
      if (most > DENSE) {
        quality =
            quality.withVerdict(
                String.format(
                    Locale.ROOT,
                    "The optical density of %s reaches %.1f: strong lines may be saturated, and f1"
                        + " around them wrong.",
                    name,
                    most));
      }
      return found.with(against.isPresent() ? compared(quality, against.get()) : quality);
    }

    private Quality factors(Quality before) {
      String name = density.name();
      double[] ev = edge.energiesEv();
      double[] f1 = edge.f1();
      double[] f2 = edge.f2();
      var quality = before;
      if (kilograms.isPresent()) {
        double[] delta = new double[ev.length];
        double[] beta = new double[ev.length];
        for (int i = 0; i < ev.length; i++) {
          double each = edge.factors().each(ev[i], kilograms.getAsDouble());
          delta[i] = each * f1[i];
          beta[i] = each * f2[i];
        }
        double thickness = edge.thickness(kilograms.getAsDouble());
        return quality
            .withFigure(
                "Refractive index of " + name,
                List.of(
                    new Curve("delta", "energy [eV]", "1 − n", ev, delta),
                    new Curve("beta", "energy [eV]", "1 − n", ev, beta)))
            .withMetric("thicknessOf" + key(name), thickness)
            .withVerdict(
                String.format(
                    Locale.ROOT,
                    "Put between the tables at %.1f and %.1f eV, %s is %.0f nm of %s.",
                    ev[0],
                    ev[ev.length - 1],
                    name,
                    1e9 * thickness,
                    edge.factors().formula()));
      }
      return quality.withFigure(
          "Scattering factors of " + name,
          List.of(
              new Curve("f1", "energy [eV]", "electrons", ev, f1),
              new Curve("f2", "energy [eV]", "electrons", ev, f2)));
    }

    private Quality compared(Quality before, PhaseFromAbsorption with) {
      String name = density.name();
      double[] ev = with.energyEv();
      var peaks = ResonancePeaks.of(ev, density.values(), with.measured());
      String noise =
          with.noiseShare()
              .map(n -> String.format(Locale.ROOT, " (noise explains %.1f %%)", 100 * n))
              .orElse("");
      return before
          .withFigure("Optical density of " + name, List.of(density.named("measured").curve()))
          .withFigure(
              "Phase of " + name,
              List.of(
                  curve("measured", ev, with.measured()),
                  curve("by Kramers–Kronig from optical density", ev, with.predicted()),
                  curve("line between the ends", ev, peaks.line())))
          .withMetric("kramersKronigMisfitOf" + key(name), with.misfit())
          .withMetric("kramersKronigScaleOf" + key(name), with.scale())
          .withMetric("absorptionPeakEvOf" + key(name), peaks.absorptionEv())
          .withMetric("phasePeakEvOf" + key(name), peaks.phaseEv())
          .withVerdict(
              String.format(
                  Locale.ROOT,
                  "%s: absorption and phase %s, rms difference %.1f %% of the phase's range%s, best"
                      + " factor %.2f; %s.",
                  name,
                  with.misfit() < BAD ? "agree" : "disagree",
                  100 * with.misfit(),
                  noise,
                  with.scale(),
                  peaks.words()));
    }

    private static Curve curve(String name, double[] ev, double[] phase) {
      return Spectrum.of(name, ev, phase, Quantity.PHASE).curve();
    }

    /// A name as part of a metric's.
    private static String key(String name) {
      String key = name.replaceAll("[^\\p{L}\\p{N}+]+", "");
      return key.isEmpty() ? key : Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
  }
}
