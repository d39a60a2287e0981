package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.Clusters;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What each cluster is made of: its mean spectrum as a linear combination of references, with the
/// fractions, their errors and its area as one table.
///
/// 1. y_e = Σ_i y_i(e)/n over the pixels of the cluster; σ_e² = Σ_i v_i(e)/n² where variances are
///    known and images are not normalized (normalizing makes one error of all energies)
/// 2. amounts and their covariance by {@link SpectrumFit}, weighted by 1/σ_e², else all energies
///    alike with the variance that the residual has
/// 3. f_k = x_k/Σ x, σ from the whole covariance, times √χ² where the misfit is beyond the noise
public record FitClusters(
    @Param(
            value =
                "files of reference spectra, [refs/*.xdi]; the spectra found before, where none is"
                    + " named",
            byDefault = "[]")
        List<Path> references,
    @Param(
            value = "names of the references, of those files and of those found before; or all",
            byDefault = "[]")
        List<String> spectra,
    @Param(
            value = "whether amounts may be negative, and whether they add up to 1",
            byDefault = "nonNegative")
        Unmix.Constraint constraint,
    @Param("exponents n of the background columns E^n; [0, -3], or none for normalized spectra")
        Optional<List<Integer>> background,
    @Param(value = "first and last energy of the fits", unit = "eV", byDefault = "[]")
        List<Double> range,
    @Param(
            value = "windows of energies to leave out: [[from, to], …]",
            unit = "eV",
            byDefault = "[]")
        List<List<Double>> exclude,
    @Param(
            value = "leave out pixels that touch another cluster, as the mean spectra shown do",
            byDefault = "true")
        boolean interior)
    implements StackStep {
  public FitClusters {
    references = List.copyOf(references);
    spectra = List.copyOf(spectra);
    range = List.copyOf(range);
    exclude = List.copyOf(exclude);
    if (!range.isEmpty()) {
      EnergyWindow.of("range", range);
    }
    exclude.forEach(window -> EnergyWindow.of("exclude", window));
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var clusters =
        stack
            .findings()
            .clusters()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the stack", "without clusters", "some", "put cluster before fitClusters"));
    var chosen = References.chosen(references, spectra, stack);
    var exponents =
        background.orElse(
            stack.quantity() == Quantity.NORMALIZED ? List.<Integer>of() : List.of(0, -3));
    var found = new ArrayList<Clusters.Composition>();
    var findings = stack.findings();
    var quality = findings.quality();
    var means = means(stack, clusters, watch.workers());
    for (int k = 0; k < clusters.count(); k++) {
      var mean = means.get(k);
      if (Arrays.stream(mean.values()).anyMatch(Double::isNaN)) {
        throw new InvalidInput(
            mean.name(), "without a good pixel at some energy", "a mean at each energy", "");
      }
      var fit = SpectrumFit.of(mean, chosen, constraint, exponents, range, exclude);
      double[][] fractions = fit.fractions();
      double chi = mean.sigma().isPresent() ? fit.reducedChiSquare() : Double.NaN;
      double widened = chi > 1 ? Math.sqrt(chi) : 1;
      double[] sigma = Arrays.stream(fractions[1]).map(s -> s * widened).toArray();
      var one = new Clusters.Composition(fit.references(), fractions[0], sigma, fit.rFactor(), chi);
      found.add(one);
      findings = findings.with(fit.fitted());
      quality =
          quality
              .withFigure(
                  "Fit of " + mean.name(),
                  List.<Curve>of(mean.named("measured").curve(), fit.fitted().named("fit").curve()))
              .withVerdict(
                  String.format(
                      Locale.ROOT,
                      "%s, %.4g µm²: %s (R %.2g%s).",
                      mean.name(),
                      clusters.area(k) * 1e12,
                      one.words(),
                      fit.rFactor(),
                      Double.isNaN(chi) ? "" : String.format(Locale.ROOT, ", χ² %.3g", chi)));
    }
    return stack
        .withFindings(findings.with(clusters.with(found)).with(quality))
        .withStep("fitClusters by " + chosen.stream().map(Spectrum::name).toList());
  }

  private List<Spectrum> means(EnergyStack stack, Clusters clusters, Workers workers) {
    int count = clusters.count();
    int[] label =
        interior
            ? Cluster.inside(clusters.label(), count, stack.grid().columns())
            : clusters.label();
    var of = MeanSpectra.of(stack.images(), label, count, workers);
    boolean weighted = stack.variance().isPresent() && stack.quantity() != Quantity.NORMALIZED;
    var noise =
        weighted
            ? Optional.of(MeanSpectra.of(stack.variance().orElseThrow(), label, count, workers))
            : Optional.<MeanSpectra>empty();
    var means = new ArrayList<Spectrum>();
    for (int k = 0; k < count; k++) {
      int cluster = k;
      means.add(
          new Spectrum(
              clusters.means().get(k).name(),
              stack.energyEv(),
              of.mean(k),
              noise.map(v -> v.errorOfMean(cluster)),
              stack.quantity()));
    }
    return means;
  }
}
