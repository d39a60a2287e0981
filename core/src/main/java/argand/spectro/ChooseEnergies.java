package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.EnergyBand;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Quality;
import argand.data.Spectrum;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Which few energies tell references apart best at a given exposure or dose, and with what error
/// of
/// the fractions ({@link EnergyDesign}). Candidates are the energies of the stack, or a range in
/// steps where nothing is measured yet. The errors are averaged over samples of the same amount:
/// even parts of all references, and four fifths of each in turn.
///
/// Images are not changed; `keepEnergies` takes the chosen ones out of a stack. With as many
/// energies as columns of the fit no energy is left that could show that references are missing.
@Paper(
    value =
        "Silvey, Titterington & Torsney, An algorithm for optimal designs on a design space, Commun."
            + " Stat. Theory Methods 7, 1379 (1978)",
    doi = "10.1080/03610927808827719")
public record ChooseEnergies(
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
    @Param(value = "how many energies", byDefault = "3") int number,
    @Param("photons on one pixel without sample, over the energies of the whole scan")
        double counts,
    @Param(
            value = "what the few images may spend: the photons of the whole scan, or its dose",
            byDefault = "dose")
        Spend spend,
    @Param(
            value = "which errors are to be small: fractions (A-optimal) or amounts (D-optimal)",
            byDefault = "fractions")
        Criterion criterion,
    @Param(
            value = "whether each image gets as many photons as the others, or what helps most",
            byDefault = "even")
        Exposures exposures,
    @Param(value = "sum of the amounts of all references, as in the images", byDefault = "1")
        double amount,
    @Param(value = "optical density of all else", byDefault = "0") double matrix,
    @Param("exponents n of the background columns E^n; [0] where it is not given")
        Optional<List<Integer>> background,
    @Param(value = "first and last candidate", unit = "eV", byDefault = "[]") List<Double> range,
    @Param(
            value = "distance of the candidates; those of the stack where it is not given",
            unit = "eV")
        OptionalDouble stepEv,
    @Param(
            value = "standard deviation of the energy from image to image; keeps off steep slopes",
            unit = "eV",
            byDefault = "0 eV")
        double jitterEv)
    implements StackStep {
  /// What is made small.
  public enum Criterion {
    /// The mean square error of the fractions.
    FRACTIONS,
    /// The volume of the amounts' error ellipsoid.
    AMOUNTS
  }

  /// What is held fast.
  public enum Spend {
    PHOTONS,
    DOSE
  }

  /// How the budget is divided over the images.
  public enum Exposures {
    EVEN,
    BEST
  }

  /// The name of the bands that mark chosen energies begins so.
  static final String CHOSEN = "chosen energy";

  private static final int MOST_CANDIDATES = 2000;
  private static final double MOSTLY = 0.8;

  public ChooseEnergies {
    references = List.copyOf(references);
    spectra = List.copyOf(spectra);
    range = List.copyOf(range);
    Check.within("number", number, 1, 100, "");
    Check.within("counts", counts, 1e-3, 1e15, "");
    Check.within("amount", amount, 1e-6, 1e6, "");
    Check.within("matrix", matrix, 0, 20, "");
    Check.within("jitter", jitterEv, 0, 100, "eV");
    new EnergyCandidates(range, stepEv); // refuses what it cannot be
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var chosen = References.chosen(references, spectra, stack);
    double[] energies =
        new EnergyCandidates(range, stepEv).energies(stack.energyEv(), 1, MOST_CANDIDATES);
    int[] all = IntStream.range(0, energies.length).toArray();
    var columns = new FitColumns(chosen, energies, all, background.orElse(List.of(0)));
    if (number < columns.count()) {
      throw new InvalidInput(
          "number",
          number,
          "at least "
              + columns.count()
              + ", one for each of "
              + columns.references()
              + " references and "
              + (columns.count() - columns.references())
              + " background columns",
          "background: [] where the images are normalized");
    }
    if (number > energies.length) {
      throw new InvalidInput(
          "number", number, "at most the " + energies.length + " candidates", "");
    }
    var design = design(columns, chosen, energies);
    var whole = design.of(all);
    var best = design.best(number);
    var spread = design.of(evenly(energies.length, number));
    var findings = marked(stack.findings(), energies, best);
    var quality = judged(findings.quality(), design, columns, energies, best, whole, spread, watch);
    return stack
        .withFindings(findings.with(quality.withFigure("Energies", shown(chosen, energies, best))))
        .withStep("chooseEnergies: " + text(energies, best));
  }

  private EnergyDesign design(FitColumns columns, List<Spectrum> chosen, double[] energies) {
    int k = columns.references();
    int samples = k == 1 ? 1 : k + 1;
    double[][] amounts = new double[samples][k];
    for (int s = 0; s < samples; s++) {
      for (int r = 0; r < k; r++) {
        double share = s == 0 ? 1.0 / k : s - 1 == r ? MOSTLY : (1 - MOSTLY) / (k - 1);
        amounts[s][r] = amount * share;
      }
    }
    double[][] x = new double[energies.length][columns.count()];
    double[][] density = new double[samples][energies.length];
    double[][] slope = new double[samples][energies.length];
    for (int c = 0; c < columns.count(); c++) {
      for (int e = 0; e < energies.length; e++) {
        x[e][c] = columns.column(c)[e];
      }
    }
    double[] value = new double[energies.length];
    double[] rise = new double[energies.length];
    for (int r = 0; r < k; r++) {
      new ReferenceSpline(chosen.get(r)).shifted(energies, 0, value, rise);
      for (int s = 0; s < samples; s++) {
        for (int e = 0; e < energies.length; e++) {
          density[s][e] += amounts[s][r] * value[e];
          slope[s][e] += amounts[s][r] * rise[e];
        }
      }
    }
    double[] cost = new double[energies.length];
    double mean = 0;
    for (int e = 0; e < energies.length; e++) {
      for (int s = 0; s < samples; s++) {
        density[s][e] += matrix;
        cost[e] += -Math.expm1(-Math.max(0, density[s][e])) * energies[e] / samples;
      }
      cost[e] = spend == Spend.DOSE ? cost[e] : 1;
      mean += cost[e] / energies.length;
    }
    for (int e = 0; e < energies.length; e++) {
      if (!(cost[e] > 1e-6 * mean)) {
        // before an edge without matrix nothing is absorbed, and photons would cost nothing
        cost[e] = 1e-6 * mean;
      }
    }
    return new EnergyDesign(
        x,
        k,
        amounts,
        density,
        slope,
        jitterEv,
        cost,
        counts * mean,
        criterion,
        exposures == Exposures.BEST);
  }

  private static int[] evenly(int candidates, int number) {
    return IntStream.range(0, number)
        .map(i -> (int) Math.round((i + 0.5) * candidates / number - 0.5))
        .toArray();
  }

  private static Findings marked(Findings before, double[] energies, EnergyDesign.Design best) {
    var findings = before;
    for (int i = 0; i < best.chosen().length; i++) {
      double ev = energies[best.chosen()[i]];
      findings = findings.with(new EnergyBand(CHOSEN + " " + (i + 1), ev, ev));
    }
    return findings;
  }

  private Quality judged(
      Quality before,
      EnergyDesign design,
      FitColumns columns,
      double[] energies,
      EnergyDesign.Design best,
      EnergyDesign.Design whole,
      EnergyDesign.Design spread,
      Watch watch) {
    double few = design.rms(best);
    double many = design.rms(whole);
    var quality =
        before
            .withMetric("expectedSigma", few)
            .withMetric("expectedSigmaOfAll", many)
            .withMetric("expectedSigmaRatio", few / many)
            .withMetric("expectedSigmaEvenlySpaced", design.rms(spread));
    for (int i = 0; i < best.chosen().length; i++) {
      quality =
          quality
              .withMetric("chosenEnergy" + (i + 1), energies[best.chosen()[i]])
              .withMetric("chosenCounts" + (i + 1), best.counts()[i]);
    }
    double[] sigma = design.sigma(best, 0);
    for (int k = 0; k < columns.references(); k++) {
      quality = quality.withMetric("expectedSigma." + columns.names().get(k), sigma[k]);
    }
    String sentence =
        String.format(
            Locale.ROOT,
            "At %s a fraction is known to %.3g in one pixel (root mean square over mixtures); all %d"
                + " energies would give %.3g for the same %s, %d evenly spaced ones %.3g.",
            text(energies, best),
            few,
            energies.length,
            many,
            spend == Spend.DOSE ? "dose" : "photons",
            number,
            design.rms(spread));
    watch.tell(new Progress.Noted(sentence));
    quality = quality.withVerdict(sentence);
    if (number == columns.count()) {
      quality =
          quality.withVerdict(
              "As many energies as columns of the fit: no image is left that could show that a"
                  + " reference is missing or the images are not aligned.");
    }
    int most = Math.min(energies.length, Math.max(number, columns.count() + 5));
    var n = new ArrayList<Double>();
    var error = new ArrayList<Double>();
    for (int count = columns.count(); count <= most && !watch.stopped(); count++) {
      n.add((double) count);
      error.add(count == number ? few : design.rms(design.best(count)));
    }
    double[] x = n.stream().mapToDouble(Double::doubleValue).toArray();
    double[] flat = new double[x.length];
    Arrays.fill(flat, many);
    return quality.withFigure(
        "Expected error of a fraction",
        List.of(
            new Curve(
                "best energies",
                "number of energies",
                "standard deviation",
                x,
                error.stream().mapToDouble(Double::doubleValue).toArray()),
            new Curve("all energies", "number of energies", "standard deviation", x, flat)));
  }

  private static List<Curve> shown(
      List<Spectrum> chosen, double[] energies, EnergyDesign.Design best) {
    var curves = new ArrayList<Curve>();
    for (var reference : chosen) {
      double[] values = new ReferenceSpline(reference).at(energies);
      curves.add(Spectrum.of(reference.name(), energies, values, reference.quantity()).curve());
    }
    double[] at = EnergyWindow.at(energies, best.chosen());
    curves.add(
        new Curve(
            "chosen",
            curves.getFirst().labelX(),
            curves.getFirst().labelY(),
            at,
            new ReferenceSpline(chosen.getFirst()).at(at)));
    return curves;
  }

  private static String text(double[] energies, EnergyDesign.Design design) {
    return String.join(
        ", ",
        Arrays.stream(design.chosen())
            .mapToObj(e -> String.format(Locale.ROOT, "%.2f eV", energies[e]))
            .toList());
  }
}
