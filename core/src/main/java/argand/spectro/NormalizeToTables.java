package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Quantity;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.physics.Material;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Edge normalization against tabulated cross sections (of the kind of MBACK): below and above the
/// edge each pixel is the absorber's tabulated μ/ρ times its areal density a, plus a smooth
/// background,
///
///     y(E) = a μ_tab(E) + Σ_j b_j P_j(E),   n = (y − Σ_j b_j P_j − a μ_pre)/(a (μ_tab − μ_pre))
///
/// P_j Legendre polynomials over all energies, both windows of equal weight, whatever their numbers
/// of energies; μ_pre the tables' power law from below the edge. Where the post-edge is short or
/// wavy, this step hangs less on the ends of the windows than two lines do. Unlike the paper's form
/// (which scales y, not the tables) noise in y does not pull a down; the paper's tail of
/// scattered light (an error function) is left out, so this is for transmission.
///
/// Leaves the maps `areal density` of the absorber [kg/m²] and `edge jump` with their standard
/// deviations. Tables hold for free atoms: within some percent, and not within 50 eV of the edge.
@Paper(
    value =
        "Weng, Waldo & Penner-Hahn, A method for normalization of X-ray absorption spectra,"
            + " J. Synchrotron Rad. 12, 506 (2005)",
    doi = "10.1107/S0909049504034193")
public record NormalizeToTables(
    @Param("absorbing element, or the formula of the absorbing phase") String absorber,
    @Param(value = "window below the edge", unit = "eV") List<Double> pre,
    @Param(value = "window above the edge", unit = "eV") List<Double> post,
    @Param(value = "degree of the background, 0 … 3", byDefault = "1") int degree,
    @Param("edge energy; that of the mean spectrum's steepest rise where it is not given")
        OptionalDouble e0Ev)
    implements StackStep {
  public NormalizeToTables {
    pre = List.copyOf(pre);
    post = List.copyOf(post);
    EnergyWindow.of("pre", pre).before(EnergyWindow.of("post", post));
    Check.within("degree", degree, 0, 3, "");
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    MeanSpectrum.notYetNormalized(input);
    double[] energyEv = input.energyEv();
    int[] below = EnergyWindow.of("pre", pre).indices(energyEv, 2, "the background");
    int[] above = EnergyWindow.of("post", post).indices(energyEv, 2, "the step");
    if (below.length + above.length < degree + 2) {
      throw new InvalidInput(
          "pre and post",
          below.length + above.length + " energies",
          "at least " + (degree + 2) + " for a background of degree " + degree,
          "");
    }
    var table =
        new EdgeTable(
            Material.of(absorber),
            new double[] {0.95 * pre.get(0), pre.get(1)},
            new double[] {post.get(0), Math.max(post.get(1), 1.02 * post.get(0))});
    double e0 =
        e0Ev.orElseGet(
            () -> {
              var mean = MeanSpectrum.ofSome(input, watch.workers());
              return EdgeEnergy.steepest(mean.energyEv(), mean.values(), pre.get(1), post.get(0));
            });
    var fit =
        EdgeFit.of(
            input,
            use -> model(energyEv, below, above, table, e0, use),
            below,
            above,
            0,
            watch.workers());
    double[] amount = new double[degree + 2];
    amount[0] = 1;
    var density = fit.map("areal density", amount, watch.workers());
    return input
        .withImages(
            fit.normalized(input.images()),
            input.variance().map(v -> fit.normalizedVariance(input.images(), v)),
            Quantity.NORMALIZED)
        .with(new FoundMap(density.name(), "kg/m2", density.values(), density.sigma()))
        .with(fit.map("edge jump", fit.model().jump(), watch.workers()))
        .withStep("normalizeToTables of " + absorber);
  }

  private Optional<EdgeModel> model(
      double[] energyEv, int[] below, int[] above, EdgeTable table, double e0, boolean[] use) {
    int n = energyEv.length;
    double[][] columns = new double[degree + 2][n];
    double[][] base = new double[degree + 2][n];
    double[][] step = new double[degree + 2][n];
    double[] weight = new double[n];
    for (int[] window : new int[][] {below, above}) {
      for (int e : window) {
        columns[0][e] = table.total(energyEv[e]);
        weight[e] = use[e] ? 1.0 / window.length : 0;
      }
    }
    double first = energyEv[0];
    double last = energyEv[n - 1];
    for (int e = 0; e < n; e++) {
      double t = 2 * (energyEv[e] - first) / (last - first) - 1;
      double before = 0;
      double legendre = 1;
      for (int j = 0; j <= degree; j++) {
        columns[j + 1][e] = legendre;
        base[j + 1][e] = legendre;
        double next = ((2 * j + 1) * t * legendre - j * before) / (j + 1);
        before = legendre;
        legendre = next;
      }
      base[0][e] = table.below(energyEv[e]);
      boolean measured = Arrays.binarySearch(above, e) >= 0;
      step[0][e] = measured ? columns[0][e] - base[0][e] : table.step(Math.max(energyEv[e], e0));
    }
    double[] jump = new double[degree + 2];
    jump[0] = table.step(e0);
    return LinearFit.weights(columns, weight)
        .map(weights -> new EdgeModel(weights, base, step, jump, jump));
  }
}
