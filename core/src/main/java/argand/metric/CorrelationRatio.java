package argand.metric;

import argand.Paper;
import argand.array.Check;

/// How much of the spread of a value its group explains: η² = Σ_k n_k (m_k − m)² / Σ (x − m)², from
/// 0, when all groups have the same mean, to 1, when the value is the same within each.
@Paper(
    value =
        "R. A. Fisher, Statistical Methods for Research Workers (Oliver & Boyd, 1925), chapter 8",
    doi = "10.1007/978-1-4612-4380-9_6")
public final class CorrelationRatio {
  private CorrelationRatio() {}

  /// Things with a negative label or without a finite value are left out.
  public static double of(int[] label, float[] values) {
    Check.same("number of values", values.length, label.length);
    int groups = 0;
    for (int k : label) {
      groups = Math.max(groups, k + 1);
    }
    double[] sum = new double[groups];
    double[] count = new double[groups];
    double all = 0;
    double n = 0;
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0 && Float.isFinite(values[i])) {
        sum[label[i]] += values[i];
        count[label[i]]++;
        all += values[i];
        n++;
      }
    }
    double mean = all / n;
    double total = 0;
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0 && Float.isFinite(values[i])) {
        total += (values[i] - mean) * (values[i] - mean);
      }
    }
    double between = 0;
    for (int k = 0; k < groups; k++) {
      if (count[k] > 0) {
        double d = sum[k] / count[k] - mean;
        between += count[k] * d * d;
      }
    }
    return total > 0 ? between / total : 0;
  }
}
