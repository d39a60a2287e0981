package argand.spectro;

import argand.array.InvalidInput;
import argand.data.Spectrum;
import argand.inverse.BoundedQuadratic;
import argand.inverse.Collinearity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The columns of a linear fit of spectra: references, then powers of the energy as a background,
/// at
/// those energies that take part.
///
/// Fits work with an orthonormal basis Q of them, A = Q R: sums over energies in single precision
/// would lose what tells powers of the energy apart.
final class FitColumns {
  /// Condition number of the references beside the background from which they are refused: the
  /// error
  /// of the worst combination is at least that many times the error of the best.
  static final double WORST_CONDITION = 1000;

  private final List<String> names;
  private final int[] used;
  private final double[] energyEv;
  private final double[][] columns;
  private final double[][] q;
  private final double[][] r;
  private final double condition;

  /// @param energyEv of all planes [eV]
  /// @param used numbers of those that take part
  /// @param exponents n of the background columns (E/Ē)ⁿ
  /// @throws InvalidInput where a reference does not reach over the energies, there are fewer
  ///     energies than columns, or references cannot be told apart
  FitColumns(List<Spectrum> references, double[] energyEv, int[] used, List<Integer> exponents) {
    this.used = used.clone();
    names = references.stream().map(Spectrum::name).toList();
    int count = names.size() + exponents.size();
    if (names.isEmpty()) {
      throw new InvalidInput(
          "references", "none", "one reference spectrum at least", "name files of spectra");
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new InvalidInput("references", names.toString(), "each name once", "");
    }
    if (count > BoundedQuadratic.MOST) {
      throw new InvalidInput(
          "the number of columns", count, "at most " + BoundedQuadratic.MOST, "");
    }
    if (used.length < count) {
      throw new InvalidInput(
          "the number of energies in the fit",
          used.length,
          "at least "
              + count
              + ", one for each of "
              + names.size()
              + " references and "
              + exponents.size()
              + " background columns",
          "widen range, or take fewer background columns");
    }
    this.energyEv = new double[used.length];
    double mean = 0;
    for (int e = 0; e < used.length; e++) {
      this.energyEv[e] = energyEv[used[e]];
      mean += this.energyEv[e] / used.length;
    }
    columns = new double[count][];
    for (int k = 0; k < names.size(); k++) {
      var spline = new ReferenceSpline(references.get(k));
      spline.mustCover(this.energyEv[0], this.energyEv[used.length - 1]);
      columns[k] = spline.at(this.energyEv);
    }
    for (int k = names.size(); k < count; k++) {
      columns[k] = new double[used.length];
      for (int e = 0; e < used.length; e++) {
        columns[k][e] = Math.pow(this.energyEv[e] / mean, exponents.get(k - names.size()));
      }
    }
    condition = tellApart();
    q = new double[count][];
    r = new double[count][count];
    orthonormalise();
  }

  private double tellApart() {
    var all = List.of(columns);
    var found =
        Collinearity.of(
            names,
            all.subList(0, names.size()).toArray(double[][]::new),
            all.subList(names.size(), columns.length).toArray(double[][]::new));
    if (!(found.conditionNumber() < WORST_CONDITION)) {
      throw new InvalidInput(
          "references",
          String.format(
              Locale.ROOT,
              "%s, with a condition number of %.3g",
              String.join(" and ", found.names()),
              found.conditionNumber()),
          String.format(Locale.ROOT, "spectra that differ (less than %.0f)", WORST_CONDITION),
          found.names().size() > 1
              ? "leave one of them out"
              : "the background columns explain it: take fewer, or more energies");
    }
    return found.conditionNumber();
  }

  /// Gram and Schmidt, twice: Q of the columns, in their order, and R.
  private void orthonormalise() {
    for (int k = 0; k < columns.length; k++) {
      double[] rest = columns[k].clone();
      for (int again = 0; again < 2; again++) {
        for (int l = 0; l < k; l++) {
          double part = 0;
          for (int e = 0; e < rest.length; e++) {
            part += q[l][e] * rest[e];
          }
          r[l][k] += part;
          for (int e = 0; e < rest.length; e++) {
            rest[e] -= part * q[l][e];
          }
        }
      }
      double square = 0;
      for (double value : rest) {
        square += value * value;
      }
      r[k][k] = Math.sqrt(square);
      for (int e = 0; e < rest.length; e++) {
        rest[e] /= r[k][k];
      }
      q[k] = rest;
    }
  }

  /// The planes that take part: those inside `range` (all where it is empty) and in none of the
  /// windows of `exclude`, in eV.
  static int[] energies(double[] energyEv, List<Double> range, List<List<Double>> exclude) {
    var used = new ArrayList<Integer>();
    for (int e = 0; e < energyEv.length; e++) {
      double energy = energyEv[e];
      boolean in = range.isEmpty() || (energy >= range.get(0) && energy <= range.get(1));
      for (var window : exclude) {
        in &= energy < window.get(0) || energy > window.get(1);
      }
      if (in) {
        used.add(e);
      }
    }
    if (used.isEmpty()) {
      throw new InvalidInput(
          "range",
          String.format(
              Locale.ROOT,
              "without an energy of the stack (%.6g … %.6g eV)",
              energyEv[0],
              energyEv[energyEv.length - 1]),
          "a window with some of them",
          "");
    }
    return used.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Names of the references.
  List<String> names() {
    return names;
  }

  int references() {
    return names.size();
  }

  /// References and background.
  int count() {
    return columns.length;
  }

  /// Numbers of the planes that take part.
  int[] used() {
    return used.clone();
  }

  /// Their energies [eV].
  double[] energyEv() {
    return energyEv.clone();
  }

  double[] column(int k) {
    return columns[k];
  }

  /// Of the references beside the background.
  double condition() {
    return condition;
  }

  /// R, where A = Q R.
  double[][] triangle() {
    return r;
  }

  /// Q as [k][e].
  float[][] basis() {
    float[][] basis = new float[q.length][used.length];
    for (int k = 0; k < q.length; k++) {
      for (int e = 0; e < used.length; e++) {
        basis[k][e] = (float) q[k][e];
      }
    }
    return basis;
  }

  /// Q_k Q_l for k ≥ l as [k (k + 1)/2 + l][e].
  float[][] products() {
    float[][] products = new float[q.length * (q.length + 1) / 2][used.length];
    int row = 0;
    for (int k = 0; k < q.length; k++) {
      for (int l = 0; l <= k; l++) {
        for (int e = 0; e < used.length; e++) {
          products[row][e] = (float) (q[k][e] * q[l][e]);
        }
        row++;
      }
    }
    return products;
  }

  /// g ← Rᵀ M R, M symmetric in the basis Q: the normal matrix of the columns themselves.
  void normal(double[] inBasis, double[] g, double[] scratch) {
    int n = columns.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int m = 0; m <= j; m++) {
          sum += inBasis[i * n + m] * r[m][j];
        }
        scratch[i * n + j] = sum;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = 0;
        for (int m = 0; m <= i; m++) {
          sum += r[m][i] * scratch[m * n + j];
        }
        g[i * n + j] = sum;
        g[j * n + i] = sum;
      }
    }
  }

  /// c ← Rᵀ b
  void rightSide(double[] inBasis, double[] c) {
    for (int k = columns.length - 1; k >= 0; k--) {
      double sum = 0;
      for (int m = 0; m <= k; m++) {
        sum += r[m][k] * inBasis[m];
      }
      c[k] = sum;
    }
  }

  /// z ← R x
  void inBasis(double[] x, double[] z) {
    for (int k = 0; k < columns.length; k++) {
      double sum = 0;
      for (int m = k; m < columns.length; m++) {
        sum += r[k][m] * x[m];
      }
      z[k] = sum;
    }
  }

  /// x ← R⁻¹ z
  void fromBasis(double[] z, double[] x) {
    for (int k = columns.length - 1; k >= 0; k--) {
      double sum = z[k];
      for (int m = k + 1; m < columns.length; m++) {
        sum -= r[k][m] * x[m];
      }
      x[k] = sum / r[k][k];
    }
  }
}
