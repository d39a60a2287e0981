package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Amounts and fractions of reference spectra in every pixel, with the error of each.
///
/// What is fitted follows from what the stack is. Optical densities: references and a background of
/// powers of the energy, weighted by the variance that the counts gave; amounts are edge steps.
/// Counts with their empty beam: the same by the likelihood of the counts, for thin and dense areas
/// and few counts. Normalized spectra: references alone. Phases: references of phase
/// ({@link PhaseReferences}), a constant and 1/E.
///
/// 1. x = argmin Σ_e w_e (y_e − Σ_k x_k A_k(E_e) − Σ_j b_j (E_e/Ē)^{n_j})², exactly under the
///    constraint
/// 2. f_k = x_k/Σ_l x_l, σ(f) from the whole covariance C = (AᵀWA)⁻¹, the background in it: this is
///    the Cramér–Rao bound of the pixel
/// 3. where a prior is asked for, f again with it
@Paper(
    value =
        "Ge & Lee, PyXAS – an open-source package for 2D X-ray near-edge spectroscopy analysis, J."
            + " Synchrotron Rad. 27, 567 (2020)",
    doi = "10.1107/S1600577520001071")
public record Unmix(
    @Param(
            value =
                "files of reference spectra, [refs/*.xdi]; the spectra found before, where none is"
                    + " named",
            byDefault = "[]")
        List<Path> references,
    @Param(
            value = "names of the spectra to use, of those files and of those found before; or all",
            byDefault = "[]")
        List<String> spectra,
    @Param(
            value = "whether amounts may be negative, and whether they add up to 1",
            byDefault = "nonNegative")
        Constraint constraint,
    @Param(
            "exponents n of the background columns E^n; [0, -3], [0, -1] for phases, none for normalized"
                + " spectra")
        Optional<List<Integer>> background,
    @Param(value = "first and last energy of the fit", unit = "eV", byDefault = "[]")
        List<Double> range,
    @Param(
            value = "windows of energies to leave out: [[from, to], …]",
            unit = "eV",
            byDefault = "[]")
        List<List<Double>> exclude,
    @Param(
            value = "variance where the stack has one, or all energies alike",
            byDefault = "variance")
        Weights weights,
    @Param("greatest amount of a reference; none where it is not given") OptionalDouble mostAmount,
    @Param(
            value =
                "greatest energy by which the references may be shifted in a pixel; they are not"
                    + " where it is not given",
            unit = "eV")
        OptionalDouble shift,
    @Param(value = "what is assumed of neighbouring pixels", byDefault = "none") Prior prior)
    implements StackStep {
  /// What amounts may be.
  public enum Constraint {
    FREE,
    NON_NEGATIVE,
    SUM_TO_ONE
  }

  /// How data are weighted.
  public enum Weights {
    VARIANCE,
    ALIKE
  }

  public Unmix {
    references = List.copyOf(references);
    spectra = List.copyOf(spectra);
    range = List.copyOf(range);
    exclude = List.copyOf(exclude);
    if (!range.isEmpty()) {
      window("range", range);
    }
    for (var one : exclude) {
      window("exclude", one);
    }
    background.ifPresent(
        exponents -> {
          if (exponents.stream().distinct().count() < exponents.size()) {
            throw new InvalidInput("background", exponents, "each exponent once", "");
          }
          exponents.forEach(n -> Check.within("background", n, -6, 6, ""));
        });
    mostAmount.ifPresent(most -> Check.within("mostAmount", most, 1e-6, 1e6, ""));
    shift.ifPresent(most -> Check.within("shift", most, 1e-3, 20, "eV"));
  }

  /// Optical densities or counts, non-negative, without prior.
  public static Unmix plain() {
    return new Unmix(
        List.of(),
        List.of(),
        Constraint.NON_NEGATIVE,
        Optional.empty(),
        List.of(),
        List.of(),
        Weights.VARIANCE,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        new Prior.None());
  }

  public Unmix with(Prior other) {
    return new Unmix(
        references,
        spectra,
        constraint,
        background,
        range,
        exclude,
        weights,
        mostAmount,
        shift,
        other);
  }

  public Unmix with(Constraint other) {
    return new Unmix(
        references, spectra, other, background, range, exclude, weights, mostAmount, shift, prior);
  }

  private static void window(String what, List<Double> window) {
    if (window.size() != 2 || !(window.get(0) < window.get(1))) {
      throw new InvalidInput(what, window, "the lower and the upper energy", "");
    }
  }

  /// The maps beside those of the fit, and what comes with them.
  @Override
  public long memoryBytes(EnergyStack stack) {
    int planes = 5 * Math.max(2, Math.max(references.size(), spectra.size())) + 6;
    int smooth = prior instanceof Prior.None ? 0 : 40;
    return 4L * stack.grid().size() * (planes + smooth);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    mustSee(stack);
    var chosen = References.chosen(references, spectra, stack);
    int[] used = FitColumns.energies(stack.energyEv(), range, exclude);
    var columns = new FitColumns(chosen, stack.energyEv(), used, exponents(stack.quantity()));
    Optional<FractionData> fields =
        prior instanceof Prior.None
            ? Optional.empty()
            : Optional.of(FractionData.empty(stack.grid(), chosen.size()));
    if (fields.isPresent() && chosen.size() < 2) {
      throw new InvalidInput(
          "prior", "given for one reference", "two references at least", "the fraction is 1");
    }
    Optional<Planes> variance = weights == Weights.VARIANCE ? stack.variance() : Optional.empty();
    Optional<FoundMap> shifts = Optional.empty();
    FitMaps maps;
    if (stack.quantity() == Quantity.COUNTS) {
      if (shift.isPresent()) {
        throw new InvalidInput(
            "shift",
            "given for counts",
            "optical densities or normalized spectra",
            "put opticalDensity before unmix");
      }
      var beam =
          stack
              .emptyBeam()
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "the empty beam", "not with these counts", "flats (I₀)", ""));
      maps =
          new CountsFit(columns, () -> solver(columns), beam)
              .fit(stack.images(), stack.mask(), fields, watch);
    } else if (shift.isPresent()) {
      var found =
          new ShiftFit(
                  columns,
                  chosen,
                  shift.getAsDouble(),
                  lower(columns),
                  upper(columns),
                  summed(columns))
              .fit(stack.images(), variance, stack.mask(), fields, watch);
      maps = found.maps();
      shifts = Optional.of(found.shift());
    } else {
      maps =
          variance.isPresent()
              ? new PixelFit(columns, () -> solver(columns))
                  .fit(stack.images(), variance.get(), stack.mask(), fields, watch)
              : new CommonFit(columns, () -> solver(columns))
                  .fit(stack.images(), stack.mask(), fields, watch);
    }
    var quality = stack.findings().quality().and(judged(maps, columns, watch.workers()));
    if (fields.isPresent() && !watch.stopped()) {
      quality =
          quality.and(
              SpatialFit.apply(prior, fields.get(), stack.slices(), maps, constraint, watch));
    }
    boolean noiseKnown = variance.isPresent() || stack.quantity() == Quantity.COUNTS;
    var findings = maps.into(stack.findings(), noiseKnown).with(quality);
    if (shifts.isPresent()) {
      findings = findings.with(shifts.get());
    }
    return stack
        .withFindings(findings)
        .withStep("unmix into " + String.join(", ", columns.names()));
  }

  private static void mustSee(EnergyStack stack) {
    if (stack.quantity() == Quantity.TRANSMISSION) {
      throw new InvalidInput(
          "the stack",
          "one of " + stack.quantity().words(),
          "counts, optical densities, phases or normalized spectra",
          "put opticalDensity before unmix");
    }
    if (stack.mask().count() == 0) {
      throw new InvalidInput(
          "the mask",
          "without a good pixel",
          "some pixels to fit",
          "loosen the masks before unmix");
    }
  }

  private List<Integer> exponents(Quantity quantity) {
    return background.orElseGet(
        () ->
            switch (quantity) {
              case NORMALIZED -> List.of();
              // its zero, and the delay by all electrons that have no edge here
              case PHASE -> List.of(0, -1);
              default -> List.of(0, -3);
            });
  }

  private BoundedQuadratic solver(FitColumns columns) {
    return new BoundedQuadratic(lower(columns), upper(columns), summed(columns));
  }

  private double[] lower(FitColumns columns) {
    double[] lower = new double[columns.count()];
    Arrays.fill(lower, Double.NEGATIVE_INFINITY);
    if (constraint != Constraint.FREE) {
      Arrays.fill(lower, 0, columns.references(), 0);
    }
    return lower;
  }

  private double[] upper(FitColumns columns) {
    double[] upper = new double[columns.count()];
    Arrays.fill(upper, Double.POSITIVE_INFINITY);
    mostAmount.ifPresent(most -> Arrays.fill(upper, 0, columns.references(), most));
    return upper;
  }

  private boolean[] summed(FitColumns columns) {
    boolean[] summed = new boolean[columns.count()];
    Arrays.fill(summed, 0, columns.references(), constraint == Constraint.SUM_TO_ONE);
    return summed;
  }

  /// Numbers and sentences of the fit before any prior.
  private static Quality judged(FitMaps maps, FitColumns columns, Workers workers) {
    var quality =
        Quality.NONE
            .withMetric("referencesConditionNumber", columns.condition())
            .withMetric("rFactorMean", maps.mean(maps.rFactor, workers));
    for (int k = 0; k < columns.references(); k++) {
      String name = columns.names().get(k);
      double bound = maps.rms(maps.fractionSigma[k], workers);
      double share = maps.mean(maps.fraction[k], workers);
      quality =
          quality
              .withMetric("fraction." + name, share)
              .withMetric("fractionBound." + name, bound)
              .withVerdict(
                  String.format(
                      Locale.ROOT,
                      "%s: %.3f of the matter; the counts allow an error of %.3f in one pixel"
                          + " (Cramér–Rao, root mean square over the pixels that tell).",
                      name,
                      share,
                      bound));
    }
    return quality;
  }
}
