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
///     χ²_k = min_t Σ_e (n_e − t d_ke)² / s_e²,   s_e² = σ_e² + (m Σ n)²          (1)
///     p_k = exp(−χ²_k/2) / Σ_l exp(−χ²_l/2)                                       (2)
///
/// n_e the amounts ({@link ElementAmounts}), d_k the shares that the formula of compound k has of
/// these elements, σ_e the errors of the maps where they are known, m what ratios may be wrong by
/// beside noise. A pixel whose best p is below `sure` is undecided; one whose Σ n is below `least`
/// of the greatest has nothing. A pixel of two compounds goes to the nearer one; where its ratios
/// are further than three errors from all of them it is counted as unlike all.
///
/// The mean shares of each compound are those of the sums of its pixels; their errors come from the
/// differences among its pieces of the image. They are not told what the formula says.
public record ClassifyPhases(
    @Param("the compounds") List<Compound> phases,
    @Param(value = "energy of the beam", unit = "eV") double energyEv,
    @Param(value = "what lies between sample and detector", byDefault = "[]") List<Layer> layers,
    @Param(value = "errors of ratios beside noise, a share of the pixel's metal", byDefault = "0.06")
        double ratioError,
    @Param(value = "least probability of a decision", byDefault = "0.9") double sure,
    @Param(value = "least amount, a share of the greatest", byDefault = "0.1") double least)
    implements PatternStep {
  /// Errors beyond which ratios are those of none.
  private static final double UNLIKE = 3;

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
          .forEach(e -> symbols.add(argand.physics.FluorescenceLines.atomicNumber(e)));
    }
    var amounts =
        ElementAmounts.of(
            input,
            symbols.stream().map(argand.physics.FluorescenceLines::symbol).toList(),
            energyEv,
            layers);
    double[][] shares = shares(amounts.elements());
    var grid = input.grid();
    int[] label = new int[grid.size()];
    var confidence = new RealField(grid);
    int there = 0;
    int undecided = 0;
    int unlike = 0;
    for (int i = 0; i < label.length; i++) {
      confidence.values()[i] = Float.NaN;
      label[i] = Phases.NOTHING;
      if (!(amounts.sum(i) > least)) {
        continue;
      }
      there++;
      double[] chi = chiSquares(amounts, shares, i);
      int best = 0;
      double all = 0;
      for (int k = 0; k < chi.length; k++) {
        best = chi[k] < chi[best] ? k : best;
      }
      for (double one : chi) {
        all += Math.exp((chi[best] - one) / 2);
      }
      confidence.values()[i] = (float) (1 / all);
      label[i] = 1 / all >= sure ? best : Phases.UNDECIDED;
      undecided += label[i] < 0 ? 1 : 0;
      unlike += chi[best] > UNLIKE * UNLIKE ? 1 : 0;
    }
    if (there == 0) {
      throw new InvalidInput("the pixels with metal", 0, "some", "a lower 'least'");
    }
    var found = phases(amounts, shares, label, confidence);
    return told(input, amounts, found, (double) undecided / there, (double) unlike / there);
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

  /// (1) of each compound.
  private double[] chiSquares(ElementAmounts amounts, double[][] shares, int pixel) {
    double systematic = ratioError * amounts.sum(pixel);
    int n = amounts.elements().size();
    double[] weight = new double[n];
    for (int e = 0; e < n; e++) {
      double sigma = 0;
      if (amounts.sigma().isPresent()) {
        sigma = amounts.sigma().get().get(e).values()[pixel];
      }
      weight[e] = 1 / (sigma * sigma + systematic * systematic);
    }
    double[] chi = new double[shares.length];
    for (int k = 0; k < chi.length; k++) {
      double up = 0;
      double down = 0;
      for (int e = 0; e < n; e++) {
        up += weight[e] * shares[k][e] * amounts.amounts().get(e).values()[pixel];
        down += weight[e] * shares[k][e] * shares[k][e];
      }
      double t = Math.max(0, up / down);
      for (int e = 0; e < n; e++) {
        double off = amounts.amounts().get(e).values()[pixel] - t * shares[k][e];
        chi[k] += weight[e] * off * off;
      }
    }
    return chi;
  }

  private Phases phases(
      ElementAmounts amounts, double[][] shares, int[] label, RealField confidence) {
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
              Patches.of(mask, Patches.Neighbours.EIGHT)));
    }
    return new Phases(grid, amounts.elements(), found, label, confidence);
  }

  /// Ratio of sums, and its error by the differences of pieces, each weighted by what it holds.
  private static Phases.Phase phase(
      String name, double[] nominal, ElementAmounts amounts, Patches pieces) {
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
      for (int e = 0; e < n; e++) {
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

  private StructuredScan told(
      StructuredScan input,
      ElementAmounts amounts,
      Phases found,
      double undecided,
      double unlike) {
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
    var quality =
        findings
            .quality()
            .withMetric("phaseUndecided", undecided)
            .withMetric("phaseUnlikeAll", unlike);
    int all = found.label().length - found.pixels(Phases.NOTHING);
    for (var phase : found.phases()) {
      for (int e = 0; e < phase.found().length; e++) {
        quality =
            quality.withMetric(key(phase.name()) + found.elements().get(e), phase.found()[e]);
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
                "%.1f %% of the pixels with metal could be of more than one compound; in %.1f %% the"
                    + " ratios are those of none, as where two lie over each other.",
                100 * undecided,
                100 * unlike));
    return input.withFindings(findings.with(found).with(quality)).withStep(toString());
  }

  static String key(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "");
  }
}
