package argand.metric;

import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PlaneTransforms.Affine;
import argand.data.Quality;
import java.util.Locale;

/// What was found in a simulated stack against its truth: maps of the same names, regions, drift.
///
/// Registration leaves open where the common image lies; its offset is taken from the transforms
/// (mean of found less true) and removed before maps are compared. Metrics, where the stack holds
/// what they need:
///
/// * `shiftRms`, `shiftWorst` [pixels]: of the found transforms at the image's middle, without the
///   common offset;
/// * `maskIou`: the mask against that of the truth, intersection over union;
/// * for each map, its name in camel case with `Rmse`, `Bias`, and with errors `Coverage` (share of
///   pixels within one σ) and `PullMean`, where mask and truth's mask are both good and the truth
/// is
///   known; with regions also their means, `…MeanCore`;
/// * `adjustedRandIndex` of clusters against regions, `…Recall` of each region, and
///   `…JumpError`, the relative error of the jump (mean over the last fifth of energies less that
/// over
///   the first) of the cluster that has most of the region.
public final class StackComparison {
  /// A region with a smaller jump has no edge.
  private static final double LEAST_JUMP = 0.05;

  private StackComparison() {}

  /// @param found what was made of the measurement
  /// @param truth on the same grid
  public static Quality between(EnergyStack found, EnergyStack truth) {
    if (found.grid().rows() != truth.grid().rows()
        || found.grid().columns() != truth.grid().columns()) {
      return Quality.NONE.withVerdict(
          "The stack was cut or binned, so it is not compared with the truth.");
    }
    double[] offset = offset(found, truth);
    var at = Placement.shift(found.grid(), truth.grid(), offset[0], offset[1]);
    var quality = shifts(found, truth, offset);
    boolean masked = found.mask().count() < found.grid().size();
    if (masked) {
      quality = quality.withMetric("maskIou", overlap(found, truth, at));
    }
    quality = findings(quality, found, truth, at);
    return quality;
  }

  /// Maps of the same names, and clusters against regions.
  static Quality findings(Quality before, EnergyStack found, EnergyStack truth, Placement at) {
    var quality = before;
    for (var map : found.findings().maps()) {
      var known = truth.findings().map(map.name());
      if (known.isPresent()) {
        quality = map(quality, map, known.get(), found, truth, at);
      }
    }
    if (found.findings().clusters().isPresent() && truth.findings().clusters().isPresent()) {
      quality =
          clusters(
              quality, found.findings().clusters().get(), truth.findings().clusters().get(), at);
    }
    return quality;
  }

  /// Mean of true less found displacement: output pixel p of the found stack shows the sample at
  /// p + (found − true).
  private static double[] offset(EnergyStack found, EnergyStack truth) {
    double[] offset = {0, 0};
    var moved = found.findings().transforms();
    var known = truth.findings().transforms();
    if (moved.isEmpty() || known.isEmpty() || moved.get().of().size() != known.get().of().size()) {
      return offset;
    }
    int count = known.get().of().size();
    for (int e = 0; e < count; e++) {
      offset[0] += (moved.get().of().get(e).row0() - known.get().of().get(e).row0()) / count;
      offset[1] += (moved.get().of().get(e).column0() - known.get().of().get(e).column0()) / count;
    }
    return offset;
  }

  private static Quality shifts(EnergyStack found, EnergyStack truth, double[] offset) {
    var moved = found.findings().transforms();
    var known = truth.findings().transforms();
    if (moved.isEmpty() || known.isEmpty() || moved.get().of().size() != known.get().of().size()) {
      return Quality.NONE;
    }
    double square = 0;
    double worst = 0;
    int count = known.get().of().size();
    for (int e = 0; e < count; e++) {
      Affine a = moved.get().of().get(e);
      Affine b = known.get().of().get(e);
      double down = a.row0() - b.row0() - offset[0];
      double right = a.column0() - b.column0() - offset[1];
      square += (down * down + right * right) / (2.0 * count);
      worst = Math.max(worst, Math.max(Math.abs(down), Math.abs(right)));
    }
    return Quality.NONE.withMetric("shiftRms", Math.sqrt(square)).withMetric("shiftWorst", worst);
  }

  private static double overlap(EnergyStack found, EnergyStack truth, Placement at) {
    int both = 0;
    int any = 0;
    for (int i = 0; i < found.grid().size(); i++) {
      int place = at.nearest(i);
      if (place >= 0) {
        boolean here = found.mask().good()[i];
        boolean there = truth.mask().good()[place];
        both += here && there ? 1 : 0;
        any += here || there ? 1 : 0;
      }
    }
    return any == 0 ? 1 : both / (double) any;
  }

  private static Quality map(
      Quality before,
      FoundMap map,
      FoundMap known,
      EnergyStack found,
      EnergyStack truth,
      Placement at) {
    var regions = truth.findings().clusters();
    int names = regions.map(Clusters::count).orElse(0);
    double[] sums = new double[names];
    int[] seen = new int[names];
    double sum = 0;
    double square = 0;
    double pull = 0;
    int within = 0;
    int judged = 0;
    int count = 0;
    for (int i = 0; i < found.grid().size(); i++) {
      int place = at.nearest(i);
      float value = map.values().values()[i];
      if (place < 0
          || !found.mask().good()[i]
          || !truth.mask().good()[place]
          || Float.isNaN(value)) {
        continue;
      }
      double is = at.between(known.values(), i);
      if (Double.isNaN(is)) {
        continue;
      }
      sum += value - is;
      square += (value - is) * (value - is);
      count++;
      if (names > 0 && regions.orElseThrow().label()[place] >= 0) {
        sums[regions.orElseThrow().label()[place]] += value;
        seen[regions.orElseThrow().label()[place]]++;
      }
      float sigma = map.sigma().isPresent() ? map.sigma().get().values()[i] : Float.NaN;
      if (sigma > 0) {
        within += Math.abs(value - is) <= sigma ? 1 : 0;
        pull += (value - is) / sigma;
        judged++;
      }
    }
    if (count == 0) {
      return before;
    }
    String name = camel(map.name());
    var quality =
        before
            .withMetric(name + "Rmse", Math.sqrt(square / count))
            .withMetric(name + "Bias", sum / count);
    if (judged > 0) {
      quality =
          quality
              .withMetric(name + "Coverage", within / (double) judged)
              .withMetric(name + "PullMean", pull / judged);
    }
    for (int k = 0; k < names; k++) {
      if (seen[k] > 0) {
        String region = camel(regions.orElseThrow().means().get(k).name());
        quality = quality.withMetric(name + "Mean" + capital(region), sums[k] / seen[k]);
      }
    }
    return quality;
  }

  private static Quality clusters(Quality before, Clusters found, Clusters truth, Placement at) {
    int[] known = new int[found.label().length];
    int[][] table = new int[found.count()][truth.count()];
    for (int i = 0; i < known.length; i++) {
      int place = at.nearest(i);
      known[i] = place < 0 ? -1 : truth.label()[place];
      if (found.label()[i] >= 0 && known[i] >= 0) {
        table[found.label()[i]][known[i]]++;
      }
    }
    var quality =
        before.withMetric("adjustedRandIndex", AdjustedRandIndex.of(found.label(), known));
    for (int k = 0; k < truth.count(); k++) {
      int all = 0;
      int recalled = 0;
      int own = 0;
      for (int c = 0; c < table.length; c++) {
        all += table[c][k];
        recalled += largest(table[c]) == table[c][k] ? table[c][k] : 0;
        own = table[c][k] > table[own][k] ? c : own;
      }
      if (all > 0) {
        String name = camel(truth.means().get(k).name());
        double jump = jump(truth.means().get(k).values());
        quality = quality.withMetric(name + "Recall", recalled / (double) all);
        if (jump > LEAST_JUMP) {
          double relative = jump(found.means().get(own).values()) / jump - 1;
          quality = quality.withMetric(name + "JumpError", Math.abs(relative));
        }
      }
    }
    return quality;
  }

  private static int largest(int[] row) {
    int largest = 0;
    for (int one : row) {
      largest = Math.max(largest, one);
    }
    return largest;
  }

  /// Mean over the last fifth of a spectrum less that over the first.
  private static double jump(double[] values) {
    int fifth = Math.max(1, values.length / 5);
    double jump = 0;
    for (int e = 0; e < fifth; e++) {
      jump += (values[values.length - 1 - e] - values[e]) / fifth;
    }
    return jump;
  }

  /// `fraction of NiIV` → `fractionOfNiIV`.
  static String camel(String name) {
    var camel = new StringBuilder();
    for (String word : name.split("[^\\p{L}\\p{N}]+", -1)) {
      camel.append(camel.isEmpty() ? word : capital(word));
    }
    return camel.toString();
  }

  private static String capital(String word) {
    return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
