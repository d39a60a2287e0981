package argand.inverse;

import argand.Paper;
import argand.array.Check;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// How well columns of a linear fit can be told from each other.
///
/// The columns are scaled to unit length, what a background explains is taken off, and the singular
/// values s_i of what is left say it: the condition number is s_max/s_min, where s_max is at least
/// 1, so that columns which a background explains count too. The columns that take part in the
/// worst
/// direction are those with more than a tenth of its square.
///
/// @param conditionNumber 1 for columns at right angles, infinite for a column twice
/// @param names of the columns that are hardest to tell apart, or from the background
@Paper(
    value = "Belsley, Kuh & Welsch, Regression Diagnostics (Wiley 1980), chapter 3",
    doi = "10.1002/0471725153")
public record Collinearity(double conditionNumber, List<String> names) {
  private static final double SHARE = 0.1;

  public Collinearity {
    names = List.copyOf(names);
  }

  /// @param columns values of each column, weighted by the square root of their weights
  /// @param background columns that are fitted too, but whose amounts do not matter
  public static Collinearity of(List<String> names, double[][] columns, double[][] background) {
    Check.same("names of columns", names.size(), columns.length);
    int rows = columns[0].length;
    double[][] basis = orthonormal(background, rows);
    var matrix = new DMatrixRMaj(rows, columns.length);
    for (int k = 0; k < columns.length; k++) {
      double[] column = columns[k].clone();
      double length = length(column);
      for (int again = 0; again < 2; again++) {
        for (double[] direction : basis) {
          double part = inner(direction, column);
          for (int e = 0; e < rows; e++) {
            column[e] -= part * direction[e];
          }
        }
      }
      for (int e = 0; e < rows; e++) {
        matrix.set(e, k, length == 0 ? 0 : column[e] / length);
      }
    }
    var svd = DecompositionFactory_DDRM.svd(rows, columns.length, false, true, true);
    if (!svd.decompose(matrix)) {
      throw new IllegalStateException("no singular values of " + names);
    }
    double[] values = svd.getSingularValues();
    int count = svd.numberOfSingularValues();
    int worst = 0;
    double greatest = 1;
    for (int i = 0; i < count; i++) {
      worst = values[i] < values[worst] ? i : worst;
      greatest = Math.max(greatest, values[i]);
    }
    var v = svd.getV(null, false);
    var involved = new ArrayList<String>();
    for (int k = 0; k < columns.length; k++) {
      if (v.get(k, worst) * v.get(k, worst) > SHARE) {
        involved.add(names.get(k));
      }
    }
    return new Collinearity(greatest / values[worst], involved);
  }

  /// Gram and Schmidt, twice, on the columns; those that others make up are left out.
  private static double[][] orthonormal(double[][] columns, int rows) {
    var basis = new ArrayList<double[]>();
    for (double[] column : columns) {
      double[] rest = column.clone();
      double before = length(rest);
      for (int again = 0; again < 2; again++) {
        for (double[] direction : basis) {
          double part = inner(direction, rest);
          for (int e = 0; e < rows; e++) {
            rest[e] -= part * direction[e];
          }
        }
      }
      double after = length(rest);
      if (after > 1e-10 * before) {
        for (int e = 0; e < rows; e++) {
          rest[e] /= after;
        }
        basis.add(rest);
      }
    }
    return basis.toArray(double[][]::new);
  }

  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int e = 0; e < a.length; e++) {
      sum += a[e] * b[e];
    }
    return sum;
  }

  private static double length(double[] a) {
    return Math.sqrt(inner(a, a));
  }
}
