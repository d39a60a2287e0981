package argand.spectro;

import argand.inverse.Cholesky;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// How well some energies tell amounts apart, and which do it best. With N_e photons on a pixel at
/// energy e, the columns x_e of the fit there and the optical density D_se of sample s,
///
///     (1)  w_se = 1/(exp(D_se)/N_e + (D′_se σ_E)²)          Fisher information of one image
///     (2)  C_s = (Σ_e w_se x_e x_eᵀ)⁻¹                        covariance, the background in it
///     (3)  Φ_A = mean_s tr(G_s C_s G_sᵀ),  G = ∂f/∂a         squares of the fractions' errors
///     (4)  Φ_D = mean_s ln |(C_s)_aa|                        volume of the amounts' errors
///     (5)  Σ_e N_e c_e = B                                   photons (c = 1) or dose
///
/// The set is found greedily, then by exchanges of one energy while Φ falls (Fedorov), from several
/// starts. The budget B is divided evenly over the images, or so that Φ is least: N_e ← N_e
/// √(φ_e/c_e), φ_e = −∂Φ/∂N_e, scaled back to (5) (Silvey, Titterington & Torsney 1978).
final class EnergyDesign {
  /// A design.
  ///
  /// @param chosen numbers of the candidates, rising
  /// @param counts photons on a pixel at each
  /// @param value of Φ
  record Design(int[] chosen, double[] counts, double value) {}

  private static final int STARTS = 6;
  private static final int ROUNDS = 200;
  private static final int DIVISIONS = 300;
  private static final double RIDGE = 1e-8;

  private final double[][] columns;
  private final int references;
  private final double[][] amounts;
  private final double[][] density;
  private final double[][] slope;
  private final double energyError;
  private final double[] cost;
  private final double budget;
  private final ChooseEnergies.Criterion criterion;
  private final boolean divided;

  /// @param columns x of each candidate as [e][k], the references before the background
  /// @param references how many of the columns are references
  /// @param amounts of the references in each sample, [s][k]
  /// @param density optical density of each sample at each candidate, [s][e]
  /// @param slope of it over energy [1/eV]
  /// @param energyError standard deviation of an image's energy [eV]
  /// @param cost of a photon at each candidate
  /// @param budget B
  /// @param divided whether the budget goes where it helps most, not evenly over the images
  EnergyDesign(
      double[][] columns,
      int references,
      double[][] amounts,
      double[][] density,
      double[][] slope,
      double energyError,
      double[] cost,
      double budget,
      ChooseEnergies.Criterion criterion,
      boolean divided) {
    this.columns = columns;
    this.references = references;
    this.amounts = amounts;
    this.density = density;
    this.slope = slope;
    this.energyError = energyError;
    this.cost = cost;
    this.budget = budget;
    this.criterion = criterion;
    this.divided = divided;
  }

  /// The best `number` of the candidates that was found.
  Design best(int number) {
    int[] found = exchanged(greedy(number));
    double value = value(found, even(found), 0);
    var random = new SplittableRandom(7);
    for (int start = 1; start < STARTS; start++) {
      int[] other = exchanged(start == 1 ? spread(number) : any(number, random));
      double otherValue = value(other, even(other), 0);
      if (otherValue < value) {
        found = other;
        value = otherValue;
      }
    }
    return of(found);
  }

  /// These candidates, the budget divided as asked.
  Design of(int[] chosen) {
    int[] rising = chosen.clone();
    Arrays.sort(rising);
    double[] counts = even(rising);
    double value = value(rising, counts, 0);
    return divided && Double.isFinite(value)
        ? divided(rising, counts)
        : new Design(rising, counts, value);
  }

  /// Standard deviation of the fraction of each reference in sample s (of one reference alone: the
  /// relative error of its amount); infinite where the energies do not tell.
  double[] sigma(Design design, int s) {
    double[] sigma = new double[references];
    var information = new Cholesky(information(design.chosen(), design.counts(), s, 0));
    if (information.dependent() >= 0) {
      Arrays.fill(sigma, Double.POSITIVE_INFINITY);
      return sigma;
    }
    double[][] c = information.inverse();
    double[][] g = gradient(s);
    for (int k = 0; k < references; k++) {
      sigma[k] = Math.sqrt(quadratic(c, g[k]));
    }
    return sigma;
  }

  /// Root mean square of these over all samples and references.
  double rms(Design design) {
    double square = 0;
    for (int s = 0; s < density.length; s++) {
      for (double one : sigma(design, s)) {
        square += one * one / (density.length * references);
      }
    }
    return Math.sqrt(square);
  }

  private int[] greedy(int number) {
    int[] chosen = new int[0];
    while (chosen.length < number) {
      int[] more = Arrays.copyOf(chosen, chosen.length + 1);
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int e = 0; e < columns.length; e++) {
        if (!holds(chosen, e)) {
          more[chosen.length] = e;
          double value = value(more, even(more), RIDGE);
          if (best < 0 || value < least) {
            best = e;
            least = value;
          }
        }
      }
      more[chosen.length] = best;
      chosen = more;
    }
    return chosen;
  }

  private int[] spread(int number) {
    int[] chosen = new int[number];
    for (int i = 0; i < number; i++) {
      chosen[i] = (int) ((long) i * (columns.length - 1) / Math.max(1, number - 1));
    }
    return chosen;
  }

  private int[] any(int number, SplittableRandom random) {
    var chosen = new TreeSet<Integer>();
    while (chosen.size() < number) {
      chosen.add(random.nextInt(columns.length));
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  /// The best exchange of one energy, again and again while Φ falls.
  private int[] exchanged(int[] start) {
    int[] chosen = start.clone();
    double value = value(chosen, even(chosen), 0);
    for (int round = 0; round < ROUNDS; round++) {
      int out = -1;
      int in = -1;
      double least = value;
      for (int i = 0; i < chosen.length; i++) {
        int before = chosen[i];
        for (int e = 0; e < columns.length; e++) {
          if (!holds(chosen, e)) {
            chosen[i] = e;
            double trial = value(chosen, even(chosen), 0);
            if (trial < least - 1e-12 * Math.abs(least)) {
              least = trial;
              out = i;
              in = e;
            }
            chosen[i] = before;
          }
        }
      }
      if (out < 0) {
        break;
      }
      chosen[out] = in;
      value = least;
    }
    return chosen;
  }

  private static boolean holds(int[] chosen, int e) {
    for (int one : chosen) {
      if (one == e) {
        return true;
      }
    }
    return false;
  }

  /// As many photons at each energy.
  private double[] even(int[] chosen) {
    double sum = 0;
    for (int e : chosen) {
      sum += cost[e];
    }
    double[] counts = new double[chosen.length];
    Arrays.fill(counts, budget / sum);
    return counts;
  }

  private Design divided(int[] chosen, double[] start) {
    double[] counts = start;
    double value = value(chosen, counts, 0);
    for (int round = 0; round < DIVISIONS; round++) {
      double[] gain = gains(chosen, counts);
      double[] next = new double[counts.length];
      double sum = 0;
      for (int i = 0; i < next.length; i++) {
        next[i] = counts[i] * Math.sqrt(gain[i] / cost[chosen[i]]);
        sum += next[i] * cost[chosen[i]];
      }
      for (int i = 0; i < next.length; i++) {
        next[i] *= budget / sum;
      }
      double nextValue = value(chosen, next, 0);
      if (!(nextValue < value)) {
        break;
      }
      counts = next;
      value = nextValue;
    }
    return new Design(chosen, counts, value);
  }

  /// φ: by how much Φ falls for each photon more.
  private double[] gains(int[] chosen, double[] counts) {
    double[] gains = new double[chosen.length];
    for (int s = 0; s < density.length; s++) {
      double[][] c = new Cholesky(information(chosen, counts, s, 0)).inverse();
      double[][] measured =
          criterion == ChooseEnergies.Criterion.FRACTIONS
              ? gradient(s)
              : new double[references][references];
      var volume = criterion == ChooseEnergies.Criterion.FRACTIONS ? null : new Cholesky(corner(c));
      for (int i = 0; i < chosen.length; i++) {
        double[] cx = times(c, columns[chosen[i]]);
        double square = 0;
        if (volume == null) {
          for (double[] g : measured) {
            double part = dot(g, cx);
            square += part * part;
          }
        } else {
          double[] head = Arrays.copyOf(cx, references);
          square = dot(head, volume.solve(head));
        }
        double noise = Math.exp(density[s][chosen[i]]) / counts[i];
        double w = weight(s, chosen[i], counts[i]);
        gains[i] += square * w * w * noise / counts[i];
      }
    }
    return gains;
  }

  /// Φ, infinite where the energies do not tell the columns apart.
  private double value(int[] chosen, double[] counts, double ridge) {
    double sum = 0;
    for (int s = 0; s < density.length; s++) {
      var information = new Cholesky(information(chosen, counts, s, ridge));
      if (information.dependent() >= 0) {
        return Double.POSITIVE_INFINITY;
      }
      double[][] c = information.inverse();
      if (criterion == ChooseEnergies.Criterion.AMOUNTS) {
        sum += new Cholesky(corner(c)).logDeterminant();
      } else {
        for (double[] g : gradient(s)) {
          sum += quadratic(c, g);
        }
      }
    }
    return sum / density.length;
  }

  private double weight(int s, int e, double counts) {
    double moved = slope[s][e] * energyError;
    return 1 / (Math.exp(density[s][e]) / counts + moved * moved);
  }

  private double[][] information(int[] chosen, double[] counts, int s, double ridge) {
    int n = columns[0].length;
    double[][] m = new double[n][n];
    for (int i = 0; i < chosen.length; i++) {
      double[] x = columns[chosen[i]];
      double w = weight(s, chosen[i], counts[i]);
      for (int k = 0; k < n; k++) {
        for (int l = 0; l <= k; l++) {
          m[k][l] += w * x[k] * x[l];
        }
      }
    }
    for (int k = 0; ridge > 0 && k < n; k++) {
      m[k][k] += ridge * budget;
    }
    return m;
  }

  /// ∂f_k/∂a_l = (δ_kl − f_k)/Σa; of one reference 1/a.
  private double[][] gradient(int s) {
    double sum = Arrays.stream(amounts[s]).sum();
    double[][] g = new double[references][columns[0].length];
    for (int k = 0; k < references; k++) {
      for (int l = 0; l < references; l++) {
        double share = references == 1 ? 0 : amounts[s][k] / sum;
        g[k][l] = ((k == l ? 1 : 0) - share) / sum;
      }
    }
    return g;
  }

  private double[][] corner(double[][] c) {
    double[][] corner = new double[references][];
    for (int k = 0; k < references; k++) {
      corner[k] = Arrays.copyOf(c[k], references);
    }
    return corner;
  }

  private static double quadratic(double[][] c, double[] g) {
    return dot(g, times(c, g));
  }

  private static double[] times(double[][] c, double[] x) {
    double[] product = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      product[k] = dot(c[k], x);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
