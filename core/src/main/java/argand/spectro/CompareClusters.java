package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.metric.AdjustedRandIndex;
import java.util.Arrays;
import java.util.Locale;

/// Groups the pixels in two ways, such as on their spectra and on what a fit made of them, and says
/// how far the two agree. The groups of the second are renamed so that most pixels have one name in
/// both; the map `clusters differ` is 1 where they have not. The first is kept as the clustering.
///
/// With a map, such as a fraction, each way also says how far its pixels lie from the mean of their
/// group: what is left unexplained.
public record CompareClusters(
    @Param("one clustering: {method: …, on: …}") Cluster one,
    @Param("the other") Cluster other,
    @Param("a map whose spread within the groups is measured") java.util.Optional<String> map)
    implements StackStep {
  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var first = one.apply(stack, watch);
    int[] a = clusters(first).label();
    int[] b = clusters(other.apply(stack, watch)).label();
    double index = AdjustedRandIndex.of(a, b);
    int[] renamed = renamed(a, b);
    var differ = new RealField(stack.grid());
    int both = 0;
    int same = 0;
    for (int i = 0; i < a.length; i++) {
      boolean known = a[i] >= 0 && b[i] >= 0;
      both += known ? 1 : 0;
      same += known && a[i] == renamed[i] ? 1 : 0;
      differ.values()[i] = !known ? Float.NaN : a[i] == renamed[i] ? 0 : 1;
    }
    var quality =
        first
            .findings()
            .quality()
            .withMetric("clusteringsAgree", index)
            .withMetric("pixelsOfTheSameCluster", (double) same / Math.max(1, both))
            .withVerdict(
                String.format(
                    Locale.ROOT,
                    "Both clusterings put %.1f %% of the pixels into the same groups (adjusted Rand"
                        + " index %.3f).",
                    100.0 * same / Math.max(1, both),
                    index));
    if (map.isPresent()) {
      var values = NamedImage.of(stack, map.get()).values().values();
      quality =
          quality
              .withMetric("spreadWithinClusters", spread(a, values))
              .withMetric("spreadWithinOtherClusters", spread(b, values));
    }
    return first
        .withFindings(
            first.findings().with(FoundMap.of("clusters differ", "", differ)).with(quality))
        .withStep("compareClusters");
  }

  private static Clusters clusters(EnergyStack stack) {
    return stack
        .findings()
        .clusters()
        .orElseThrow(() -> new InvalidInput("compareClusters", "without clusters", "some", ""));
  }

  /// The labels `b` with the names that agree with most pixels of `a`, the largest agreement first.
  static int[] renamed(int[] a, int[] b) {
    int n = Arrays.stream(a).max().orElse(-1) + 1;
    int m = Arrays.stream(b).max().orElse(-1) + 1;
    int[][] both = new int[n][m];
    for (int i = 0; i < a.length; i++) {
      if (a[i] >= 0 && b[i] >= 0) {
        both[a[i]][b[i]]++;
      }
    }
    int[] name = new int[m];
    Arrays.fill(name, -1);
    boolean[] taken = new boolean[n];
    for (int round = 0; round < Math.min(n, m); round++) {
      int row = -1;
      int column = -1;
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < m; c++) {
          if (!taken[r] && name[c] < 0 && (row < 0 || both[r][c] > both[row][column])) {
            row = r;
            column = c;
          }
        }
      }
      name[column] = row;
      taken[row] = true;
    }
    int next = n;
    for (int c = 0; c < m; c++) {
      name[c] = name[c] < 0 ? next++ : name[c];
    }
    return Arrays.stream(b).map(k -> k < 0 ? -1 : name[k]).toArray();
  }

  /// Root mean square of the distance from the group's mean.
  static double spread(int[] label, float[] values) {
    int groups = Arrays.stream(label).max().orElse(-1) + 1;
    double[] sum = new double[groups];
    double[] count = new double[groups];
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0 && Float.isFinite(values[i])) {
        sum[label[i]] += values[i];
        count[label[i]]++;
      }
    }
    double square = 0;
    double n = 0;
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0 && Float.isFinite(values[i])) {
        double d = values[i] - sum[label[i]] / count[label[i]];
        square += d * d;
        n++;
      }
    }
    return Math.sqrt(square / n);
  }
}
