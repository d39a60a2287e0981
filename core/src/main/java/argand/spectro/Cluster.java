package argand.spectro;

import argand.Param;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.metric.CorrelationRatio;
import argand.multivariate.Clustering;
import argand.multivariate.Partition;
import java.util.Locale;

/// Puts the good pixels into groups of like spectra; the mean spectrum of each with the standard
/// deviation of its pixels is kept beside them.
///
/// Where the images are not normalized, the groups may only say how thick the sample is (Ge & Lee
/// 2020, figure 6): the share η² of the spread of the thickness that the groups explain is found
/// and
/// said.
public record Cluster(
    @Param(value = "how groups are found", byDefault = "{kMeans: {}}") Clustering method,
    @Param(value = "what of each pixel is compared", byDefault = "spectra") PixelFeatures on,
    @Param(value = "of everything random", byDefault = "1") long seed,
    @Param(
            value =
                "leave out of the mean spectra what touches another cluster and so shows both, where"
                    + " a quarter of the cluster remains",
            byDefault = "true")
        boolean interior)
    implements StackStep {
  /// Share of the thickness's spread from which on a warning is due.
  private static final double WARNING = 0.5;

  @Override
  public long memoryBytes(EnergyStack input) {
    return input.memoryBytes() > 0 ? 0 : 4L * input.count() * input.grid().size();
  }

  @Override
  public long leastMemoryBytes(EnergyStack input) {
    return 0;
  }

  /// Label of each pixel, and how they were found.
  record Found(int[] label, Partition partition) {}

  /// The groups alone.
  Found groups(EnergyStack stack, Watch watch) {
    Workers workers = watch.workers();
    try (var held = PixelPoints.held(stack.images(), workers, watch.memoryBytes() / 2)) {
      var seen = on.of(stack, held, workers);
      var partition = method.of(seen.points(), seed, workers);
      return new Found(seen.pixels().labels(partition.label()), partition);
    }
  }

  /// The labels without pixels that touch another cluster; those of clusters that would lose more
  /// than three quarters as they are.
  static int[] inside(int[] label, int count, int columns) {
    int[] kept = label.clone();
    int[] all = new int[count];
    int[] left = new int[count];
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0) {
        boolean same =
            same(label, i, i - columns)
                && same(label, i, i + columns)
                && (i % columns == 0 || same(label, i, i - 1))
                && ((i + 1) % columns == 0 || same(label, i, i + 1));
        all[label[i]]++;
        left[label[i]] += same ? 1 : 0;
        kept[i] = same ? label[i] : -1;
      }
    }
    for (int i = 0; i < label.length; i++) {
      if (label[i] >= 0 && 4 * left[label[i]] < all[label[i]]) {
        kept[i] = label[i];
      }
    }
    return kept;
  }

  /// Beyond the image and where there is no cluster nothing is mixed in.
  private static boolean same(int[] label, int i, int neighbour) {
    return neighbour < 0
        || neighbour >= label.length
        || label[neighbour] < 0
        || label[neighbour] == label[i];
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var found = groups(stack, watch);
    int count = found.partition().count();
    int[] shown = interior ? inside(found.label(), count, stack.grid().columns()) : found.label();
    var means =
        MeanSpectra.of(stack.images(), shown, count, watch.workers())
            .spectra(stack.energyEv(), stack.quantity(), k -> "cluster " + (k + 1));
    var quality =
        stack
            .findings()
            .quality()
            .withMetric("clusters", count)
            .withMetric("clusterIterations", found.partition().iterations());
    double eta = CorrelationRatio.of(found.label(), thickness(stack, watch.workers()).values());
    quality = quality.withMetric("thicknessExplainedByClusters", eta);
    if (!isNormalized(stack.quantity()) && on instanceof PixelFeatures.Spectra && eta >= WARNING) {
      String warning =
          "The clusters mostly say how thick the sample is (it explains η² = "
              + String.format(Locale.ROOT, "%.2f", eta)
              + " of their difference), since the images are not normalized: normalize them first,"
              + " or cluster by angle, unless these are slices of a volume, in which a pixel has no"
              + " thickness.";
      watch.tell(new Progress.Noted(warning));
      quality = quality.withVerdict(warning);
    }
    String words = "cluster: " + count + " by " + method + " on " + on + ", seed " + seed;
    watch.tell(new Progress.Noted("cluster: " + count + " clusters"));
    return stack
        .withFindings(
            stack.findings().with(new Clusters(stack.grid(), found.label(), means)).with(quality))
        .withStep(words);
  }

  private static boolean isNormalized(Quantity quantity) {
    return quantity == Quantity.NORMALIZED;
  }

  /// The map of that name where there is one, else the mean over the energies.
  private static RealField thickness(EnergyStack stack, Workers workers) {
    return stack
        .findings()
        .map("thickness")
        .map(map -> map.values())
        .orElseGet(() -> MeanImage.of(stack.images(), workers));
  }
}
