package argand.spectroptycho;

import argand.Paper;
import argand.Param;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Magnetic circular dichroism in absorption and in phase, from pairs of complex images of opposite
/// helicity. For each energy
///
/// (1) Q = O₊/O₋, whose scale, phase and ramp are fixed by the empty region, or where there is none
///     by the field as a whole: then the mean dichroism of the field is taken for zero, and that is
///     said;
/// (2) ΔOD = −2 ln|Q| · 1/P,  Δφ = arg Q · 1/P, plus less minus; P half of the difference of the
/// two
///     degrees of circular polarization;
/// (3) variances 2 (1/n₊ + 1/n₋)/P² and a quarter of it, n the photons that passed, times the
/// square
///     of what the scatter in the empty region or off the edge is over them.
///
/// A map from all energies: ΔOD_e(r) ≈ s_e m(r), the first principal component, scaled so that m is
/// ΔOD at the energy where |s| is largest; the same of Δφ ({@link MagneticMap}).
///
/// Off the edge there is no dichroism: what images at the energies named `offEdge` show in the
/// domains, against what they show in domains laid elsewhere, is the null test.
@Paper(
    value =
        "C. Donnelly, V. Scagnoli, M. Guizar-Sicairos, M. Holler, F. Wilhelm, F. Guillou, A. Rogalev,"
            + " C. Detlefs, A. Menzel, J. Raabe, L. J. Heyderman, High-resolution hard x-ray magnetic"
            + " imaging with dichroic ptychography, Phys. Rev. B 94, 064421 (2016)",
    doi = "10.1103/PhysRevB.94.064421")
public record Dichroism(
    @Param(
            value = "energies at which there is no dichroism: what is found there is error",
            unit = "eV",
            byDefault = "[]")
        List<Double> offEdgeEv)
    implements Step.One<ObjectStack, EnergyStack> {
  public Dichroism {
    offEdgeEv = List.copyOf(offEdgeEv);
  }

  @Override
  public Class<ObjectStack> takes() {
    return ObjectStack.class;
  }

  @Override
  public Class<EnergyStack> gives() {
    return EnergyStack.class;
  }

  @Override
  public EnergyStack apply(ObjectStack input, Watch watch) {
    var pairs = HelicityPair.of(input);
    double[] energies = pairs.stream().mapToDouble(p -> p.plus().energyEv()).toArray();
    boolean[] off = offEdge(energies);
    Grid grid = input.grid();
    int count = pairs.size();
    var density = RealField.zeros(grid, count);
    var variance = RealField.zeros(grid, count);
    var phase = RealField.zeros(grid, count);
    var phaseVariance = RealField.zeros(grid, count);
    Mask zero = input.emptyRegion().orElse(input.mask());
    watch
        .workers()
        .forEach(
            count,
            (e, worker) -> {
              fill(pairs.get(e), zero, input.mask(), density.get(e), phase.get(e), variance.get(e));
              for (int i = 0; i < grid.size(); i++) {
                phaseVariance.get(e).values()[i] = variance.get(e).values()[i] / 4;
              }
              var still = off[e] ? Optional.of(input.mask()) : input.emptyRegion();
              AbsorptionAndPhase.scaled(density.get(e), variance.get(e), still);
              AbsorptionAndPhase.scaled(phase.get(e), phaseVariance.get(e), still);
            });
    var map = MagneticMap.of(density, variance, input.mask());
    var phaseMap = MagneticMap.of(phase, phaseVariance, input.mask());
    var found =
        input
            .findings()
            .with(
                new Findings.FoundMap(
                    "magnetic dichroism", "", map.map(), Optional.of(map.sigma())))
            .with(
                new Findings.FoundMap(
                    "magnetic phase dichroism",
                    "rad",
                    phaseMap.map(),
                    Optional.of(phaseMap.sigma())));
    var absorbed =
        map.spectrum("dichroism in absorption", energies, Quantity.DICHROISM, density, variance);
    // by the same domains, so that both spectra have the signs of one magnetization
    var delayed =
        map.spectrum("dichroism in phase", energies, Quantity.PHASE, phase, phaseVariance);
    found = found.with(absorbed).with(delayed);
    var quality =
        found
            .quality()
            .withMetric("dichroismPeakEv", peak(absorbed))
            .withMetric("phaseDichroismPeakEv", peak(delayed))
            .withMetric("channelCorrelation", Math.abs(map.correlation(phaseMap, input.mask())));
    quality = nullTest(quality, map, density, phase, off);
    if (input.emptyRegion().isEmpty()) {
      quality =
          quality.withVerdict(
              "No empty region: the mean dichroism of the field is taken for zero, which a"
                  + " remanent film is not.");
    }
    return new EnergyStack(
        energies,
        Planes.of(density),
        Optional.of(Planes.of(variance)),
        Quantity.DICHROISM,
        Optional.empty(),
        input.mask(),
        0,
        1,
        found.with(quality),
        input.source().withStep("dichroism of " + count + " pairs"),
        Optional.of(new PhaseImages(Planes.of(phase), Optional.of(Planes.of(phaseVariance)))));
  }

  private boolean[] offEdge(double[] energies) {
    boolean[] off = new boolean[energies.length];
    for (double wanted : offEdgeEv) {
      boolean there = false;
      for (int e = 0; e < energies.length; e++) {
        if (Math.abs(energies[e] - wanted) < ObjectStack.SAME_EV) {
          off[e] = true;
          there = true;
        }
      }
      if (!there) {
        throw new InvalidInput(
            "offEdge", ObjectStack.ev(wanted), "energies of the stack", "it has " + list(energies));
      }
    }
    return off;
  }

  private static String list(double[] energies) {
    var words = new ArrayList<String>();
    for (double one : energies) {
      words.add(ObjectStack.ev(one));
    }
    return String.join(", ", words);
  }

  /// (1) to (3), the factor of the variance left out.
  private static void fill(
      HelicityPair pair,
      Mask zero,
      Mask mask,
      RealField density,
      RealField phase,
      RealField variance) {
    var grid = density.grid();
    var ratio = new ComplexField(grid);
    var plus = pair.plus();
    var minus = pair.minus();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double a = plus.object().re(r, c);
        double b = plus.object().im(r, c);
        double x = minus.object().re(r, c);
        double y = minus.object().im(r, c);
        double square = Math.max(x * x + y * y, 1e-12);
        ratio.set(r, c, (float) ((a * x + b * y) / square), (float) ((b * x - a * y) / square));
        double passedPlus =
            Math.max(AbsorptionAndPhase.FEWEST, plus.light().at(r, c) * (a * a + b * b));
        double passedMinus = Math.max(AbsorptionAndPhase.FEWEST, minus.light().at(r, c) * square);
        double degree = pair.degree();
        boolean good = mask.at(r, c);
        variance.set(
            r,
            c,
            good
                ? (float) (2 * (1 / passedPlus + 1 / passedMinus) / (degree * degree))
                : Float.NaN);
      }
    }
    var level = RampFit.of(ratio, zero).removedFrom(ratio);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double re = level.re(r, c);
        double im = level.im(r, c);
        boolean good = mask.at(r, c);
        double part = 2 * pair.degree();
        density.set(r, c, good ? (float) (-Math.log(re * re + im * im) * 2 / part) : Float.NaN);
        phase.set(r, c, good ? (float) (Math.atan2(im, re) * 2 / part) : Float.NaN);
      }
    }
  }

  private static double peak(Spectrum spectrum) {
    int best = 0;
    for (int e = 1; e < spectrum.values().length; e++) {
      if (Math.abs(spectrum.values()[e]) > Math.abs(spectrum.values()[best])) {
        best = e;
      }
    }
    return spectrum.energyEv()[best];
  }

  /// The largest departure from zero off the edge, in standard deviations.
  private static Quality nullTest(
      Quality before,
      MagneticMap map,
      List<RealField> density,
      List<RealField> phase,
      boolean[] off) {
    double worst = -1;
    for (int e = 0; e < off.length; e++) {
      if (off[e]) {
        worst = Math.max(worst, map.sigmasFromZero(density.get(e)));
        worst = Math.max(worst, map.sigmasFromZero(phase.get(e)));
      }
    }
    return worst < 0
        ? before.withVerdict(
            "No energy off the edge is named (offEdge), so nothing tests that dichroism is zero"
                + " there.")
        : before
            .withMetric("offEdgeSigmas", worst)
            .withVerdict(
                String.format(
                    Locale.ROOT,
                    worst <= 2
                        ? "Off the edge the dichroism is zero within %.1f σ."
                        : "Off the edge there is a dichroism of %.1f σ: charge contrast leaks in, by"
                            + " misalignment or a gauge of the pair that is not the same.",
                    worst));
  }
}
