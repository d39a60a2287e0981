package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PixelBlocks;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which references does a spectrum need? All combinations of up to `most` of them are fitted, to a
/// spectrum found before or to the mean of the pixels in the mask; the best and, by Hamilton's
/// test,
/// the simplest that is not worse than by chance are named. Nothing in the images is changed.
public record ChooseReferences(
    @Param("name of the spectrum; the mean of the mask where it is not given")
        Optional<String> spectrum,
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
    @Param(value = "most references in one combination", byDefault = "4") int most,
    @Param(
            value = "whether amounts may be negative, and whether they add up to 1",
            byDefault = "nonNegative")
        Unmix.Constraint constraint,
    @Param("exponents n of the background columns E^n; [0, -3], or none for normalized spectra")
        Optional<List<Integer>> background,
    @Param(value = "first and last energy of the fits", unit = "eV", byDefault = "[]")
        List<Double> range,
    @Param(
            value = "probability of chance below which more references are taken to be needed",
            byDefault = "0.05")
        double significance)
    implements StackStep {
  private static final int MOST_REFERENCES = 16;
  private static final int SHOWN = 5;

  public ChooseReferences {
    references = List.copyOf(references);
    spectra = List.copyOf(spectra);
    range = List.copyOf(range);
    Check.within("most", most, 1, 8, "");
    Check.within("significance", significance, 1e-9, 0.5, "");
    if (!range.isEmpty() && (range.size() != 2 || !(range.get(0) < range.get(1)))) {
      throw new InvalidInput("range", range, "the lower and the upper energy", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var data =
        spectrum.isPresent()
            ? References.named(stack.findings().spectra(), spectrum.get())
            : mean(stack, watch);
    var candidates = new ArrayList<>(References.chosen(references, spectra, stack));
    candidates.removeIf(s -> s.name().equals(data.name()));
    Check.within("the number of references", candidates.size(), 1, MOST_REFERENCES, "");
    var exponents =
        background.orElse(
            data.quantity() == Quantity.NORMALIZED ? List.<Integer>of() : List.of(0, -3));
    var fits =
        SpectrumFit.combinations(data, candidates, most, constraint, exponents, range, List.of());
    var best = fits.getFirst();
    var enough = simplest(fits);
    var quality =
        stack
            .findings()
            .quality()
            .withMetric("combinations", fits.size())
            .withMetric("rFactor", enough.rFactor())
            .withFigure(
                "References of " + data.name(), List.of(data.curve(), enough.fitted().curve()))
            .withVerdict(
                String.format(
                    Locale.ROOT,
                    "%s is %s (R %.2g); %s.",
                    data.name(),
                    enough.words(),
                    enough.rFactor(),
                    enough == best
                        ? "no other combination is better"
                        : String.format(
                            Locale.ROOT,
                            "%s is no better than by chance (%.2f)",
                            String.join(" + ", best.references()),
                            chance(best, enough))));
    for (int i = 0; i < Math.min(SHOWN, fits.size()); i++) {
      quality =
          quality.withVerdict(
              String.format(
                  Locale.ROOT,
                  "%d. %s: R %.3g",
                  i + 1,
                  fits.get(i).words(),
                  fits.get(i).rFactor()));
    }
    Findings findings = stack.findings().with(enough.fitted()).with(quality);
    if (spectrum.isEmpty()) {
      findings = findings.with(data);
    }
    return stack.withFindings(findings).withStep("chooseReferences for " + data.name());
  }

  /// The fewest references that the best combination is not significantly better than.
  private SpectrumFit simplest(List<SpectrumFit> fits) {
    var best = fits.getFirst();
    var enough = best;
    for (var fit : fits) {
      boolean fewer = fit.parameters() < enough.parameters();
      if (fewer && chance(best, fit) > significance) {
        enough = fit;
      }
    }
    return enough;
  }

  private static double chance(SpectrumFit better, SpectrumFit simpler) {
    return simpler.parameters() < better.parameters() ? HamiltonTest.chance(better, simpler) : 1;
  }

  /// The mean of the good pixels at each energy, with its error where the variance is known.
  private static Spectrum mean(EnergyStack stack, Watch watch) {
    int blocks = PixelBlocks.count(stack.grid().size());
    int n = stack.count();
    double[][] sums = new double[blocks][];
    boolean[] good = stack.mask().good();
    PixelBlocks.forEach(
        stack.images(),
        watch.workers(),
        (block, first, length, spectra, worker) -> {
          double[] sum = new double[3 * n];
          float[] variance = new float[PixelBlocks.SIZE];
          for (int e = 0; e < n; e++) {
            if (stack.variance().isPresent()) {
              stack.variance().get().read(e, first, length, variance, 0);
            }
            for (int i = 0; i < length; i++) {
              float value = spectra[e * PixelBlocks.SIZE + i];
              if (good[first + i] && !Float.isNaN(value)) {
                sum[e] += value;
                sum[n + e]++;
                sum[2 * n + e] += variance[i];
              }
            }
          }
          sums[block] = sum;
        });
    double[] all = new double[3 * n];
    for (double[] sum : sums) {
      for (int i = 0; i < all.length; i++) {
        all[i] += sum[i];
      }
    }
    double[] mean = new double[n];
    double[] sigma = new double[n];
    for (int e = 0; e < n; e++) {
      mean[e] = all[e] / all[n + e];
      sigma[e] = Math.sqrt(all[2 * n + e]) / all[n + e];
      if (Double.isNaN(mean[e])) {
        throw new InvalidInput(
            "the mean spectrum", "NaN at " + stack.energyEv()[e] + " eV", "some good pixels", "");
      }
    }
    return new Spectrum(
        "mean",
        stack.energyEv(),
        mean,
        stack.variance().isPresent() ? Optional.of(sigma) : Optional.empty(),
        stack.quantity());
  }
}
