package argand.singlepixel;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Findings.FoundMap;
import argand.data.Phases;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import argand.physics.FluorescenceLines;
import argand.physics.Layer;
import argand.physics.Material;
import argand.segment.Patches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Says of which of some known compounds each pixel is, by the ratios of its elements.
///
/// 1. χ²_k = min_t Σ_e (n_e − t d_ke)² / s_e², s_e² = σ_e² + (m Σ n)², for each compound alone;
/// 2. where the least is below 9, p_k = exp(−χ²_k/2) / Σ_l exp(−χ²_l/2): the pixel is pure;
/// 3. elsewhere two lie over each other or beside each other in the pixel: the same for each pair,
///    t₁, t₂ ≥ 0, and p_k is the sum over pairs of exp(−χ²/2) times the probability that k has more
///    metal than the other, Φ((t₁ − t₂)/σ), over that of all pairs.
///
/// n_e the amounts ({@link ElementAmounts}), d_k the shares that the formula of compound k has of
/// these elements, σ_e the errors of the maps where they are known, m what amounts may be wrong by
/// beside noise. A pixel whose best p is below `sure` is undecided; one whose Σ n is below `least`
/// of the greatest has nothing.
///
/// The mean shares of each compound are those of the sums over its pure pixels; their errors come
/// from the differences among its pieces of the image. They are not told what the formula says,
/// beyond the choice of pixels in line 2.
public record ClassifyPhases(
    @Param("the compounds") List<Compound> phases,
    @Param(value = "energy of the beam", unit = "eV") double energyEv,
    @Param(value = "what lies between sample and detector", byDefault = "[]") List<Layer> layers,
    @Param(
            value = "errors of ratios beside noise, a share of the pixel's metal",
            byDefault = "0.06")
        double ratioError,
    @Param(value = "least probability of a decision", byDefault = "0.9") double sure,
    @Param(value = "least amount, a share of the greatest", byDefault = "0.05") double least)
    implements PatternStep {
  /// χ² beyond which ratios are those of no compound, or of no pair.
  private static final double UNLIKE = 9;

  /// One compound.
  public record Compound(
      @Param("a short name") String name, @Param("its formula, such as LiCoO2") String formula) {
    public Compound {
      Material.of(formula);
    }
  }

  public ClassifyPhases {
    phases = List.copyOf(phases);
    layers = List.copyOf(layers);
    Check.atLeast("number of phases", phases.size(), 2);
    Check.within("energy", energyEv, 1000, 2e5, "eV");
    Check.within("ratioError", ratioError, 1e-6, 1, "");
    Check.within("sure", sure, 0, 1, "");
    Check.within("least", least, 0, 1, "");
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var symbols = new TreeSet<Integer>();
    for (var phase : phases) {
      Material.of(phase.formula())
          .elements()
          .forEach(e -> symbols.add(FluorescenceLines.atomicNumber(e)));
    }
    var amounts =
        ElementAmounts.of(
            input, symbols.stream().map(FluorescenceLines::symbol).toList(), energyEv, layers);
    double[][] shares = shares(amounts.elements());
    var grid = input.grid();
    int[] label = new int[grid.size()];
    var confidence = new RealField(grid);
    var pure = new Mask(grid, new boolean[label.length]);
    var fit = new CompoundFit(amounts, shares, ratioError);
    int there = 0;
    int undecided = 0;
    int mixed = 0;
    int unlike = 0;
    for (int i = 0; i < label.length; i++) {
      confidence.values()[i] = Float.NaN;
      label[i] = Phases.NOTHING;
      if (!(amounts.sum(i) > least)) {
        continue;
      }
      there++;
      var found = fit.alone(i);
      pure.good()[i] = found.chiSquare() < UNLIKE;
      if (!pure.good()[i]) {
        mixed++;
        found = fit.paired(i);
        unlike += found.chiSquare() < UNLIKE ? 0 : 1;
      }
      confidence.values()[i] = (float) found.probability();
      label[i] = found.probability() >= sure ? found.compound() : Phases.UNDECIDED;
      undecided += label[i] < 0 ? 1 : 0;
    }
    if (there == 0) {
      throw new InvalidInput("the pixels with metal", 0, "some", "a lower 'least'");
    }
    var quality =
        input
            .findings()
            .quality()
            .withMetric("phaseUndecided", (double) undecided / there)
            .withMetric("phaseMixed", (double) mixed / there)
            .withMetric("phaseUnlikeAll", (double) unlike / there);
    return told(
        input.withFindings(input.findings().with(quality)),
        amounts,
        phases(amounts, shares, label, pure, confidence));
  }

  private double[][] shares(List<String> elements) {
    double[][] shares = new double[phases.size()][elements.size()];
    for (int k = 0; k < shares.length; k++) {
      var matter = Material.of(phases.get(k).formula());
      double sum = 0;
      for (int e = 0; e < elements.size(); e++) {
        shares[k][e] = matter.atoms(elements.get(e));
        sum += shares[k][e];
      }
      if (sum == 0) {
        throw new InvalidInput(
            "phase " + phases.get(k).name(),
            phases.get(k).formula(),
            "at least one of the mapped elements " + String.join(", ", elements),
            "");
      }
      for (int e = 0; e < elements.size(); e++) {
        shares[k][e] /= sum;
      }
      for (int l = 0; l < k; l++) {
        if (Arrays.equals(shares[k], shares[l])) {
          throw new InvalidInput(
              "phases " + phases.get(l).name() + " and " + phases.get(k).name(),
              "alike in " + String.join(", ", elements),
              "compounds that these elements tell apart",
              "");
        }
      }
    }
    return shares;
  }

  private Phases phases(
      ElementAmounts amounts, double[][] shares, int[] label, Mask pure, RealField confidence) {
    var grid = confidence.grid();
    var found = new ArrayList<Phases.Phase>();
    for (int k = 0; k < shares.length; k++) {
      var mask = new Mask(grid, new boolean[label.length]);
      for (int i = 0; i < label.length; i++) {
        mask.good()[i] = label[i] == k;
      }
      found.add(
          phase(
              phases.get(k).name(),
              shares[k],
              amounts,
              Patches.of(mask, Patches.Neighbours.EIGHT),
              pure));
    }
    return new Phases(grid, amounts.elements(), found, label, pure, confidence);
  }

  /// Ratio of sums, and its error by the differences of pieces, each weighted by what it holds.
  private static Phases.Phase phase(
      String name, double[] nominal, ElementAmounts amounts, Patches pieces, Mask pure) {
    int n = nominal.length;
    double[][] held = new double[pieces.count()][n];
    double[] whole = new double[pieces.count()];
    double[] mean = new double[n];
    double all = 0;
    int pixels = 0;
    for (int i = 0; i < pieces.label().length; i++) {
      int piece = pieces.label()[i];
      if (piece < 0) {
        continue;
      }
      pixels++;
      for (int e = 0; e < n && pure.good()[i]; e++) {
        double amount = amounts.amounts().get(e).values()[i];
        held[piece][e] += amount;
        whole[piece] += amount;
        mean[e] += amount;
        all += amount;
      }
    }
    double[] sigma = new double[n];
    for (int e = 0; e < n; e++) {
      mean[e] = all > 0 ? mean[e] / all : Double.NaN;
      double square = 0;
      for (int q = 0; q < held.length; q++) {
        square += Math.pow(held[q][e] - mean[e] * whole[q], 2);
      }
      int count = pieces.count();
      sigma[e] = count < 2 ? Double.NaN : Math.sqrt(square * count / (count - 1)) / all;
    }
    return new Phases.Phase(name, nominal, mean, sigma, pixels, pieces.count());
  }

  private static StructuredScan told(StructuredScan input, ElementAmounts amounts, Phases found) {
    var findings = input.findings();
    for (int e = 0; e < amounts.elements().size(); e++) {
      int at = e;
      findings =
          findings.with(
              new FoundMap(
                  amounts.elements().get(e) + ", amount",
                  "of the greatest",
                  amounts.amounts().get(e),
                  amounts.sigma().map(all -> all.get(at))));
    }
    var quality = findings.quality();
    int all = found.label().length - found.pixels(Phases.NOTHING);
    for (var phase : found.phases()) {
      for (int e = 0; e < phase.found().length; e++) {
        quality = quality.withMetric(key(phase.name()) + found.elements().get(e), phase.found()[e]);
      }
      quality =
          quality.withVerdict(
              phase.pixels() == 0
                  ? phase.name() + " was found nowhere."
                  : String.format(
                      Locale.ROOT,
                      "%s: %.1f %% of the pixels with metal, in %d pieces; %s.",
                      phase.name(),
                      100.0 * phase.pixels() / all,
                      phase.pieces(),
                      phase.words(found.elements())));
    }
    quality =
        quality.withVerdict(
            String.format(
                Locale.ROOT,
                "%.1f %% of the pixels with metal hold two compounds, %.1f %% none of their ratios,"
                    + " %.1f %% could not be decided.",
                100 * quality.metrics().getOrDefault("phaseMixed", 0.0),
                100 * quality.metrics().getOrDefault("phaseUnlikeAll", 0.0),
                100 * quality.metrics().getOrDefault("phaseUndecided", 0.0)));
    return input
        .withFindings(findings.with(found).with(quality))
        .withStep("compounds by ratios of elements");
  }

  static String key(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "");
  }
}
