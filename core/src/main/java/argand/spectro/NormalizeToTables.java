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
import argand.physics.ErrorFunction;
import argand.physics.Material;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/// Edge normalization against tabulated cross sections (of the kind of MBACK): below and above the
/// edge each pixel is the absorber's tabulated μ/ρ times its areal density a, plus a smooth
/// background,
///
///     y(E) = a μ_tab(E) + Σ_j b_j P_j(E) + s erfc((E − E_em)/ξ),
///     n = (y − Σ_j b_j P_j − s erfc − a μ_pre)/(a (μ_tab − μ_pre))
///
/// P_j Legendre polynomials over all energies, both windows of equal weight, whatever their numbers
/// of energies; μ_pre the tables' power law from below the edge. Where the post-edge is short or
/// wavy, this step hangs less on the ends of the windows than two lines do. Unlike the paper's form
/// (which scales y, not the tables) noise in y does not pull a down. The tail of scattered light
/// that
/// falls into the window of a fluorescence detector, around the line at E_em, is fitted where
/// `scatter` is given: s in each pixel, ξ once, to the mean spectrum; in transmission there is
/// none.
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
        OptionalDouble e0Ev,
    @Param("tail of scattered light, for fluorescence; none where it is not given")
        Optional<Scatter> scatter)
    implements StackStep {
  /// Elastic scatter that falls into the window of the fluorescence line, the less of it the
  /// farther
  /// the beam is above the line.
  public record Scatter(
      @Param("energy of the fluorescence line that is counted") double emissionEv,
      @Param(value = "ξ; fitted to the mean spectrum where it is not given", unit = "eV")
          OptionalDouble widthEv) {
    public Scatter {
      Check.within("emission", emissionEv, 10, 1e6, "eV");
      widthEv.ifPresent(width -> Check.within("width", width, 1, 1e5, "eV"));
    }
  }

  /// Between these ξ is looked for [eV], in so many steps and then between the neighbours of the
  /// best.
  private static final double NARROWEST = 50;

  private static final double WIDEST = 5000;
  private static final int STEPS = 24;

  /// Without scatter.
  public NormalizeToTables(
      String absorber, List<Double> pre, List<Double> post, int degree, OptionalDouble e0Ev) {
    this(absorber, pre, post, degree, e0Ev, Optional.empty());
  }

  public NormalizeToTables {
    pre = List.copyOf(pre);
    post = List.copyOf(post);
    EnergyWindow.of("pre", pre).before(EnergyWindow.of("post", post));
    Check.within("degree", degree, 0, 3, "");
    if (scatter.isPresent() && scatter.get().emissionEv >= pre.get(0)) {
      throw new InvalidInput(
          "emission",
          scatter.get().emissionEv + " eV",
          "below the pre-edge, " + pre.get(0) + " eV",
          "");
    }
  }

  private int count() {
    return degree + 2 + (scatter.isPresent() ? 1 : 0);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    MeanSpectrum.notYetNormalized(input);
    double[] energyEv = input.energyEv();
    int[] below = EnergyWindow.of("pre", pre).indices(energyEv, 2, "the background");
    int[] above = EnergyWindow.of("post", post).indices(energyEv, 2, "the step");
    if (below.length + above.length < count()) {
      throw new InvalidInput(
          "pre and post",
          below.length + above.length + " energies",
          "at least "
              + count()
              + " for a background of degree "
              + degree
              + (scatter.isPresent() ? " and scatter" : ""),
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
    double width = scatter.isPresent() ? width(input, below, above, table, watch) : 0;
    var fit =
        EdgeFit.of(
            input,
            use -> model(energyEv, below, above, table, e0, width, use),
            below,
            above,
            0,
            watch.workers());
    double[] amount = new double[count()];
    amount[0] = 1;
    var density = fit.map("areal density", amount, watch.workers());
    return input
        .withImages(
            fit.normalized(input.images()),
            input.variance().map(v -> fit.normalizedVariance(input.images(), v)),
            Quantity.NORMALIZED)
        .with(new FoundMap(density.name(), "kg/m2", density.values(), density.sigma()))
        .with(fit.map("edge jump", fit.model().jump(), watch.workers()))
        .with(EnergyWindow.of("pre", pre).band("pre-edge"))
        .with(EnergyWindow.of("post", post).band("post-edge"))
        .withStep(
            "normalizeToTables of "
                + absorber
                + (scatter.isPresent()
                    ? String.format(Locale.ROOT, ", scatter of width %.0f eV", width)
                    : ""));
  }

  /// ξ of the least misfit of the mean spectrum in both windows.
  private double width(EnergyStack input, int[] below, int[] above, EdgeTable table, Watch watch) {
    var given = scatter.orElseThrow().widthEv;
    if (given.isPresent()) {
      return given.getAsDouble();
    }
    double[] y = MeanSpectrum.ofSome(input, watch.workers()).values();
    DoubleUnaryOperator misfit =
        log -> misfit(y, input.energyEv(), below, above, table, Math.exp(log));
    double low = Math.log(NARROWEST);
    double step = (Math.log(WIDEST) - low) / STEPS;
    int best = 0;
    for (int k = 1; k <= STEPS; k++) {
      best =
          misfit.applyAsDouble(low + k * step) < misfit.applyAsDouble(low + best * step) ? k : best;
    }
    double a = low + Math.max(0, best - 1) * step;
    double b = low + Math.min(STEPS, best + 1) * step;
    double golden = (Math.sqrt(5) - 1) / 2;
    while (b - a > 1e-3) {
      double left = b - golden * (b - a);
      double right = a + golden * (b - a);
      if (misfit.applyAsDouble(left) < misfit.applyAsDouble(right)) {
        b = right;
      } else {
        a = left;
      }
    }
    return Math.exp((a + b) / 2);
  }

  private double misfit(
      double[] y, double[] energyEv, int[] below, int[] above, EdgeTable table, double width) {
    boolean[] use = EdgeModel.all(energyEv.length);
    for (int e = 0; e < use.length; e++) {
      use[e] = !Double.isNaN(y[e]);
    }
    double[][] columns = background(energyEv, width);
    double[] weight = tables(columns[0], energyEv, below, above, table, use);
    var weights = LinearFit.weights(columns, weight);
    if (weights.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    double[] rest = y.clone();
    for (int k = 0; k < columns.length; k++) {
      double c = 0;
      for (int e = 0; e < y.length; e++) {
        c += weight[e] > 0 ? weights.get()[k][e] * y[e] : 0;
      }
      for (int e = 0; e < y.length; e++) {
        rest[e] -= c * columns[k][e];
      }
    }
    double sum = 0;
    for (int e = 0; e < y.length; e++) {
      sum += weight[e] > 0 ? weight[e] * rest[e] * rest[e] : 0;
    }
    return sum;
  }

  /// The tables at the energies of both windows into `column`; gives the weights of all energies.
  private static double[] tables(
      double[] column,
      double[] energyEv,
      int[] below,
      int[] above,
      EdgeTable table,
      boolean[] use) {
    double[] weight = new double[energyEv.length];
    for (int[] window : new int[][] {below, above}) {
      for (int e : window) {
        column[e] = table.total(energyEv[e]);
        weight[e] = use[e] ? 1.0 / window.length : 0;
      }
    }
    return weight;
  }

  /// Columns of the model: the first empty, for the tables, then P_j, then the tail.
  private double[][] background(double[] energyEv, double width) {
    int n = energyEv.length;
    double[][] columns = new double[count()][n];
    double first = energyEv[0];
    double last = energyEv[n - 1];
    for (int e = 0; e < n; e++) {
      double t = 2 * (energyEv[e] - first) / (last - first) - 1;
      double before = 0;
      double legendre = 1;
      for (int j = 0; j <= degree; j++) {
        columns[j + 1][e] = legendre;
        double next = ((2 * j + 1) * t * legendre - j * before) / (j + 1);
        before = legendre;
        legendre = next;
      }
      if (scatter.isPresent()) {
        // over its value at the first energy, which may be small
        double from = (first - scatter.get().emissionEv) / width;
        double x = (energyEv[e] - scatter.get().emissionEv) / width;
        columns[degree + 2][e] =
            ErrorFunction.scaled(x) / ErrorFunction.scaled(from) * Math.exp(from * from - x * x);
      }
    }
    return columns;
  }

  private Optional<EdgeModel> model(
      double[] energyEv,
      int[] below,
      int[] above,
      EdgeTable table,
      double e0,
      double width,
      boolean[] use) {
    double[][] base = background(energyEv, width);
    double[][] columns = base.clone();
    columns[0] = new double[energyEv.length];
    double[] weight = tables(columns[0], energyEv, below, above, table, use);
    double[][] step = new double[count()][energyEv.length];
    for (int e = 0; e < energyEv.length; e++) {
      base[0][e] = table.below(energyEv[e]);
      boolean measured = Arrays.binarySearch(above, e) >= 0;
      step[0][e] = measured ? columns[0][e] - base[0][e] : table.step(Math.max(energyEv[e], e0));
    }
    double[] jump = new double[count()];
    jump[0] = table.step(e0);
    return LinearFit.weights(columns, weight)
        .map(weights -> new EdgeModel(weights, base, step, jump, jump));
  }
}
