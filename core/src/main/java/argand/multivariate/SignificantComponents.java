package argand.multivariate;

import argand.Paper;

/// How many principal components are more than noise, counted in three ways.
///
/// With eigenvalues λ_1 ≥ … ≥ λ_E of n points:
///
/// 1. Malinowski's indicator: the k of least IND(k) = √(Σ_{j>k} λ_j n / (n (E − k))) / (E − k)²;
/// 2. elbow: the k after which ln λ lies farthest below the line from its first to its last value;
/// 3. noise edge: those λ above (1 + √(E/n))² σ², the largest that pure noise of variance σ² gives
///    (Marchenko & Pastur), where the features were weighted by their errors so that σ² = 1.
///
/// @param indicator by 1
/// @param elbow by 2
/// @param aboveNoise by 3; −1 where errors are not known
@Paper(value = "E. R. Malinowski, Anal. Chem. 49, 612–617 (1977)", doi = "10.1021/ac50012a027")
public record SignificantComponents(int indicator, int elbow, int aboveNoise) {
  /// A share of the edge for what the errors themselves are uncertain by.
  private static final double MARGIN = 1.1;

  /// @param inUnitsOfErrors whether the features were divided by their standard errors
  public static SignificantComponents of(Eigenspectra found, boolean inUnitsOfErrors) {
    double[] values = found.values();
    return new SignificantComponents(
        indicator(values, found.points()),
        elbow(values),
        inUnitsOfErrors ? above(values, found.points()) : -1);
  }

  /// By errors where they are known, else by the indicator.
  public int best() {
    return aboveNoise >= 0 ? aboveNoise : indicator;
  }

  private static int indicator(double[] values, int points) {
    int rank = Math.min(values.length, points);
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k < rank; k++) {
      double rest = 0;
      for (int j = k; j < rank; j++) {
        rest += values[j];
      }
      double left = rank - k;
      double ind = Math.sqrt(rest / left) / (left * left);
      if (ind < least) {
        least = ind;
        best = k;
      }
    }
    return best;
  }

  private static int elbow(double[] values) {
    int last = values.length - 1;
    while (last > 0 && !(values[last] > 1e-14 * values[0])) {
      last--;
    }
    int best = 0;
    double most = 0;
    for (int k = 0; k <= last; k++) {
      double line =
          Math.log(values[0])
              + (Math.log(values[last]) - Math.log(values[0])) * k / Math.max(1, last);
      if (line - Math.log(values[k]) > most) {
        most = line - Math.log(values[k]);
        best = k;
      }
    }
    // The farthest below the line is the first of the noise.
    return Math.max(1, best);
  }

  private static int above(double[] values, int points) {
    double edge = 1 + Math.sqrt((double) values.length / points);
    int above = 0;
    while (above < values.length && values[above] > MARGIN * edge * edge) {
      above++;
    }
    return above;
  }
}
