package argand.exafs;

import argand.array.Check;
import argand.array.InvalidInput;
import argand.inverse.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Distances, numbers and disorders of shells by least squares on χ(R) in a window of distances.
///
/// 1. d = T μ/Δμ₀, real and imaginary parts of χ(R) at R₁ … R₂, T the whole way from μ(E)
/// 2. m(θ) the same of the sum of shells ({@link Scattering}); θ: N S₀², R, σ² of each, one ΔE₀
/// 3. |d − m(θ)|² least by Levenberg and Marquardt's steps
/// 4. cov θ = H⁻¹ Jᵀ cov(d) J H⁻¹, H = JᵀJ, cov(d) = T var(μ) Tᵀ/Δμ₀²: exactly what noise in μ
/// does,
///    through background and transform. Where var(μ) is not known, it is taken as one number, from
///    χ(R) at distances where no shell is seen.
/// 5. χ² = N_idp/(2M) Σ(d − m)²/ε² over ν = N_idp − free; errors times √(χ²/ν) where that is above
/// 1
///
/// Shells whose peaks lie outside of the window but reach into it are not modelled and pull at
/// those
/// that are.
public final class ShellFit {
  /// Farthest a distance may go from that of the tables [Å].
  private static final double REACH = 0.4;

  private static final int STEPS = 80;

  private final Reduction reduction;
  private final List<Scattering> shells;
  private final RadialTransform transform;
  private final double independent;

  /// Wave numbers with weight, and which of the grid they are.
  private final int first;
  private final double[] k;
  private final double[][] rows;
  private final double[][] fromMu;
  private Optional<double[][]> fromNoise = Optional.empty();

  /// What is fitted beside the distances.
  ///
  /// @param neighbours the N S₀²
  /// @param disorder the σ²
  /// @param edge the ΔE₀
  public record Free(boolean neighbours, boolean disorder, boolean edge) {
    /// Everything.
    public static final Free ALL = new Free(true, true, true);

    int count(int shells) {
      return shells * (1 + (neighbours ? 1 : 0) + (disorder ? 1 : 0)) + (edge ? 1 : 0);
    }
  }

  /// Where a fit begins, and what it holds.
  public static final class Start {
    private final double[] theta;
    private final List<Scattering.At> tables;

    private Start(double[] theta, List<Scattering.At> tables) {
      this.theta = theta;
      this.tables = tables;
    }
  }

  /// @param fromR first distance of the window [Å]
  /// @param toR last one [Å]
  /// @throws InvalidInput without a shell, or where the data end before the window over k
  public ShellFit(
      Reduction reduction,
      RadialTransform transform,
      double fromR,
      double toR,
      List<Scattering> shells) {
    this.reduction = reduction;
    this.transform = transform;
    this.shells = List.copyOf(shells);
    if (shells.isEmpty()) {
      throw new InvalidInput("a fit of shells", "without a shell", "at least one", "");
    }
    double end = RadialTransform.k(reduction.count() - 1);
    if (transform.window().to() > end) {
      throw new InvalidInput(
          "the last wave number of the transform",
          transform.window().to() + " Å⁻¹",
          "at most " + end + " Å⁻¹, where the energies end",
          "");
    }
    independent = transform.independentPoints(fromR, toR);
    double[] weights = transform.weights(reduction.count());
    int from = 0;
    while (weights[from] == 0) {
      from++;
    }
    int to = weights.length;
    while (weights[to - 1] == 0) {
      to--;
    }
    first = from;
    k = new double[to - from];
    Arrays.setAll(k, i -> RadialTransform.k(first + i));
    int[] distances = RadialTransform.between(fromR, toR);
    Check.atLeast("distances of the window", distances.length, 2);
    double[][] all = transform.rows(reduction.count(), distances);
    fromMu = reduction.after(all);
    rows = new double[all.length][];
    for (int m = 0; m < rows.length; m++) {
      rows[m] = Arrays.copyOfRange(all[m], first, to);
    }
  }

  /// Edge energy of the spectra [eV].
  public double e0Ev() {
    return reduction.e0Ev();
  }

  /// At the numbers and distances of the tables, σ² and ΔE₀ 0.
  public Start start() {
    double[] theta = new double[3 * shells.size() + 1];
    for (int s = 0; s < shells.size(); s++) {
      theta[3 * s] = shells.get(s).neighbours();
      theta[3 * s + 1] = shells.get(s).distance();
    }
    return new Start(theta, tables(0));
  }

  /// At what a fit found.
  public Start start(FittedExafs found) {
    double[] theta = new double[3 * shells.size() + 1];
    for (int s = 0; s < shells.size(); s++) {
      var shell = found.shells().get(s);
      theta[3 * s] = shell.neighbours();
      theta[3 * s + 1] = shell.distance();
      theta[3 * s + 2] = shell.disorder();
    }
    theta[3 * shells.size()] = found.shiftEv();
    return new Start(theta, tables(found.shiftEv()));
  }

  private List<Scattering.At> tables(double shiftEv) {
    return shells.stream().map(shell -> shell.at(k, shiftEv)).toList();
  }

  /// @param mu absorption at all energies
  /// @param variance of each; absent where it is not known
  /// @param step of the edge in the unit of μ
  /// @throws InvalidInput where more is free than the window can tell
  public FittedExafs fit(
      double[] mu, Optional<double[]> variance, double step, Start start, Free free) {
    int count = free.count(shells.size());
    if (count > independent - 1) {
      throw new InvalidInput(
          "a fit of " + count + " numbers",
          String.format(java.util.Locale.ROOT, "in a window that holds %.1f", independent),
          "fewer numbers by at least one",
          "widen the windows over k and R, or hold some");
    }
    double[] data = Linear.times(fromMu, mu);
    for (int m = 0; m < data.length; m++) {
      data[m] /= step;
    }
    int[] varied = varied(free);
    double[] theta = start.theta.clone();
    var tables = start.tables;
    double[] model = model(theta, tables);
    double misfit = misfit(data, model);
    double[][] jacobian = jacobian(theta, tables, varied);
    double damping = 1e-3;
    boolean converged = false;
    for (int round = 0; round < STEPS && !converged; round++) {
      double[] next = step(theta, jacobian, data, model, varied, damping);
      var nextTables = free.edge ? tables(next[next.length - 1]) : tables;
      double[] nextModel = model(next, nextTables);
      double nextMisfit = misfit(data, nextModel);
      if (nextMisfit < misfit) {
        converged = misfit - nextMisfit < 1e-9 * misfit;
        theta = next;
        tables = nextTables;
        model = nextModel;
        misfit = nextMisfit;
        jacobian = jacobian(theta, tables, varied);
        damping = Math.max(1e-9, damping / 5);
      } else {
        converged = damping > 1e6;
        damping *= 4;
      }
    }
    return found(mu, variance, step, data, theta, misfit, jacobian, varied, converged);
  }

  private int[] varied(Free free) {
    var all = new ArrayList<Integer>();
    for (int s = 0; s < shells.size(); s++) {
      if (free.neighbours) {
        all.add(3 * s);
      }
      all.add(3 * s + 1);
      if (free.disorder) {
        all.add(3 * s + 2);
      }
    }
    if (free.edge) {
      all.add(3 * shells.size());
    }
    return all.stream().mapToInt(i -> i).toArray();
  }

  private double[] chi(double[] theta, List<Scattering.At> tables) {
    double[] chi = new double[k.length];
    for (int s = 0; s < shells.size(); s++) {
      tables.get(s).addTo(chi, theta[3 * s], theta[3 * s + 1], theta[3 * s + 2]);
    }
    return chi;
  }

  private double[] model(double[] theta, List<Scattering.At> tables) {
    return Linear.times(rows, chi(theta, tables));
  }

  private static double misfit(double[] data, double[] model) {
    double sum = 0;
    for (int m = 0; m < data.length; m++) {
      sum += (data[m] - model[m]) * (data[m] - model[m]);
    }
    return sum;
  }

  /// Columns ∂m/∂θ of what is varied, by central differences.
  private double[][] jacobian(double[] theta, List<Scattering.At> tables, int[] varied) {
    double[][] columns = new double[varied.length][];
    for (int c = 0; c < varied.length; c++) {
      int p = varied[c];
      boolean edge = p == theta.length - 1;
      double h = edge ? 1e-2 : p % 3 == 0 ? 1e-3 : p % 3 == 1 ? 1e-4 : 1e-6;
      double[] more = theta.clone();
      double[] less = theta.clone();
      more[p] += h;
      less[p] -= h;
      double[] high = model(more, edge ? tables(more[p]) : tables);
      double[] low = model(less, edge ? tables(less[p]) : tables);
      for (int m = 0; m < high.length; m++) {
        high[m] = (high[m] - low[m]) / (2 * h);
      }
      columns[c] = high;
    }
    return columns;
  }

  private double[] step(
      double[] theta,
      double[][] jacobian,
      double[] data,
      double[] model,
      int[] varied,
      double damping) {
    int n = varied.length;
    double[][] h = gram(jacobian);
    double[] right = new double[n];
    for (int a = 0; a < n; a++) {
      for (int m = 0; m < data.length; m++) {
        right[a] += jacobian[a][m] * (data[m] - model[m]);
      }
      h[a][a] *= 1 + damping;
      // a shell that is not there says nothing of its distance
      h[a][a] += Double.MIN_NORMAL;
    }
    var solver = new Cholesky(h, 1e-14);
    double[] next = theta.clone();
    if (solver.dependent() >= 0) {
      return next;
    }
    double[] by = solver.solve(right);
    for (int a = 0; a < n; a++) {
      next[varied[a]] += by[a];
    }
    for (int s = 0; s < shells.size(); s++) {
      double middle = shells.get(s).distance();
      next[3 * s] = Math.max(0, next[3 * s]);
      next[3 * s + 1] = Math.clamp(next[3 * s + 1], middle - REACH, middle + REACH);
      next[3 * s + 2] = Math.clamp(next[3 * s + 2], -0.03, 0.1);
    }
    int edge = next.length - 1;
    next[edge] = Math.clamp(next[edge], -30, 30);
    return next;
  }

  private static double[][] gram(double[][] columns) {
    double[][] h = new double[columns.length][columns.length];
    for (int a = 0; a < h.length; a++) {
      for (int b = 0; b <= a; b++) {
        h[a][b] = Linear.dot(columns[a], columns[b]);
        h[b][a] = h[a][b];
      }
    }
    return h;
  }

  private FittedExafs found(
      double[] mu,
      Optional<double[]> variance,
      double step,
      double[] data,
      double[] theta,
      double misfit,
      double[][] jacobian,
      int[] varied,
      boolean converged) {
    double[] v = variance.orElseGet(() -> estimated(mu));
    double noise = 0;
    for (double[] row : fromMu) {
      for (int e = 0; e < v.length; e++) {
        noise += row[e] * row[e] * v[e] / (step * step) / fromMu.length;
      }
    }
    double left = independent - varied.length;
    double reduced = misfit / noise * independent / data.length / left;
    double[] sigma = new double[theta.length];
    double[] errors = errors(jacobian, v, step);
    for (int c = 0; c < varied.length; c++) {
      sigma[varied[c]] = errors[c] * Math.sqrt(Math.max(1, reduced));
    }
    var found = new ArrayList<FittedShell>();
    for (int s = 0; s < shells.size(); s++) {
      found.add(
          new FittedShell(
              shells.get(s).name(),
              theta[3 * s],
              sigma[3 * s],
              theta[3 * s + 1],
              sigma[3 * s + 1],
              theta[3 * s + 2],
              sigma[3 * s + 2]));
    }
    double[] chi = new double[reduction.count()];
    System.arraycopy(chi(theta, tables(theta[theta.length - 1])), 0, chi, first, k.length);
    return new FittedExafs(
        found,
        theta[theta.length - 1],
        sigma[theta.length - 1],
        independent,
        varied.length,
        reduced,
        misfit / Linear.dot(data, data),
        chi,
        converged);
  }

  /// Step 4; infinite where a number is not told by the data.
  private double[] errors(double[][] jacobian, double[] variance, double step) {
    int n = jacobian.length;
    var solver = new Cholesky(gram(jacobian), 1e-12);
    double[] errors = new double[n];
    if (solver.dependent() >= 0) {
      Arrays.fill(errors, Double.POSITIVE_INFINITY);
      return errors;
    }
    double[][] inverse = solver.inverse();
    double[][] ofMu = Linear.times(Linear.times(inverse, jacobian), fromMu);
    for (int a = 0; a < n; a++) {
      for (int e = 0; e < variance.length; e++) {
        errors[a] += ofMu[a][e] * ofMu[a][e] * variance[e];
      }
      errors[a] = Math.sqrt(errors[a]) / step;
    }
    return errors;
  }

  /// One variance for all energies, out of χ(R) where no shell is seen: 15 … 25 Å, or 0.55 … 0.9 of
  /// the distance that the step of the measured wave numbers can tell.
  private double[] estimated(double[] mu) {
    double[][] far = far();
    double[] values = Linear.times(far, mu);
    double sum = 0;
    for (double[] row : far) {
      sum += Linear.dot(row, row);
    }
    double[] v = new double[reduction.energies()];
    Arrays.fill(v, Linear.dot(values, values) / sum);
    return v;
  }

  private synchronized double[][] far() {
    if (fromNoise.isEmpty()) {
      double last = Math.min(25, 0.9 * Math.PI / (2 * reduction.widestStep()));
      int[] distances = RadialTransform.between(0.6 * last, last);
      fromNoise = Optional.of(reduction.after(transform.rows(reduction.count(), distances)));
    }
    return fromNoise.orElseThrow();
  }
}
