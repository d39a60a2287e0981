package argand.metric;

import argand.Paper;
import argand.array.Check;

/// How far two ways to group the same things agree: 1 when they are the same but for the names of
/// the groups, about 0 when one says nothing of the other.
///
/// With n_ab things in group a of the one and b of the other, C(n) = n(n − 1)/2 pairs:
///
///     ARI = (Σ_ab C(n_ab) − E) / (½ (Σ_a C(n_a) + Σ_b C(n_b)) − E),  E = Σ_a C(n_a) Σ_b C(n_b) /
/// C(n)
@Paper(value = "L. Hubert, P. Arabie, J. Classif. 2, 193–218 (1985)", doi = "10.1007/BF01908075")
public final class AdjustedRandIndex {
  private AdjustedRandIndex() {}

  /// Things with a negative label in either are left out.
  public static double of(int[] one, int[] other) {
    Check.same("number of labels", other.length, one.length);
    int a = 0;
    int b = 0;
    for (int i = 0; i < one.length; i++) {
      a = Math.max(a, one[i] + 1);
      b = Math.max(b, other[i] + 1);
    }
    double[][] both = new double[a][b];
    double n = 0;
    for (int i = 0; i < one.length; i++) {
      if (one[i] >= 0 && other[i] >= 0) {
        both[one[i]][other[i]]++;
        n++;
      }
    }
    double[] rows = new double[a];
    double[] columns = new double[b];
    double pairs = 0;
    for (int r = 0; r < a; r++) {
      for (int c = 0; c < b; c++) {
        rows[r] += both[r][c];
        columns[c] += both[r][c];
        pairs += pairs(both[r][c]);
      }
    }
    double ofRows = pairs(rows);
    double ofColumns = pairs(columns);
    double expected = n < 2 ? 0 : ofRows * ofColumns / pairs(n);
    double most = (ofRows + ofColumns) / 2;
    return most == expected ? 1 : (pairs - expected) / (most - expected);
  }

  private static double pairs(double n) {
    return n * (n - 1) / 2;
  }

  private static double pairs(double[] counts) {
    double sum = 0;
    for (double n : counts) {
      sum += pairs(n);
    }
    return sum;
  }
}
