package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.Clusters;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Quality;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.multivariate.RankTest;
import argand.segment.Patches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Whether the chemistry of particles goes with their form. Particles are the patches of the mask.
/// Of each:
///
/// * diameter of a disc of equal area, and elongation: √ of the ratio of the larger to the smaller
///   moment of inertia, 1 for a disc;
/// * the mean of each named map;
/// * where there are clusters: `domains`, how many patches of one cluster it holds, and the cluster
///   that has most of its pixels.
///
/// Spearman's ρ of each quantity with the diameter, and, where there are clusters, the test of
/// Kruskal
/// and Wallis of each quantity between particles of different clusters, with their chances
/// ({@link RankTest}). Of many tests some are below 0.05 by chance: the sentence counts them.
/// Particles that touch the border are cut, and left out.
public record ParticleStatistics(
    @Param(value = "maps whose means are looked at", byDefault = "[]") List<String> maps,
    @Param(value = "particles of fewer pixels are left out", byDefault = "20") int least,
    @Param(value = "patches of fewer pixels are no domain", byDefault = "4") int leastDomain,
    @Param(value = "chance below which a test is told", byDefault = "0.01") double significance,
    @Param(value = "of the permutations", byDefault = "1") long seed)
    implements StackStep {
  private static final int FEWEST = 5;

  public ParticleStatistics {
    maps = List.copyOf(maps);
    Check.atLeast("least", least, 3);
    Check.atLeast("leastDomain", leastDomain, 1);
    Check.within("significance", significance, 1e-6, 0.5, "");
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    stack.mustBeImages("particleStatistics", "take one slice of the volumes");
    var patches = Patches.of(stack.mask(), Patches.Neighbours.EIGHT);
    int[] number = kept(patches);
    int count = Arrays.stream(number).max().orElse(-1) + 1;
    if (count < FEWEST) {
      throw new InvalidInput(
          "particles",
          count,
          "at least " + FEWEST + " of " + least + " good pixels inside of the image",
          "mask before, or lower least");
    }
    int[] part = Arrays.stream(patches.label()).map(p -> p < 0 ? -1 : number[p]).toArray();
    Map<String, double[]> table = new LinkedHashMap<>();
    shapes(table, stack, part, count);
    for (String name : maps) {
      var map = NamedImage.of(stack, name);
      table.put(
          map.unit().isEmpty() ? name : name + " [" + map.unit() + "]",
          means(map.values().values(), part, count));
    }
    var clusters = stack.findings().clusters();
    clusters.ifPresent(found -> table.put("domains", domains(found, part, count)));
    var quality = stack.findings().quality().withMetric("particles", count);
    quality = withSizes(quality, table);
    if (clusters.isPresent()) {
      quality = withClasses(quality, table, classes(clusters.get(), part, count), clusters.get());
    }
    return stack
        .withFindings(stack.findings().with(quality))
        .withStep("particleStatistics of " + count);
  }

  /// The number of each patch that is large enough and not cut by the border, −1 for others.
  private int[] kept(Patches patches) {
    var grid = patches.grid();
    boolean[] cut = new boolean[patches.count()];
    for (int i = 0; i < patches.label().length; i++) {
      int r = i / grid.columns();
      int c = i % grid.columns();
      boolean border = r == 0 || c == 0 || r == grid.rows() - 1 || c == grid.columns() - 1;
      if (border && patches.label()[i] >= 0) {
        cut[patches.label()[i]] = true;
      }
    }
    int[] number = new int[patches.count()];
    int next = 0;
    for (int p = 0; p < number.length; p++) {
      number[p] = !cut[p] && patches.size()[p] >= least ? next++ : -1;
    }
    return number;
  }

  private static void shapes(
      Map<String, double[]> table, EnergyStack stack, int[] part, int count) {
    double dy = 1e6 * stack.grid().pixelY();
    double dx = 1e6 * stack.grid().pixelX();
    int columns = stack.grid().columns();
    double[][] m = new double[count][6];
    for (int i = 0; i < part.length; i++) {
      if (part[i] >= 0) {
        double y = i / columns * dy;
        double x = i % columns * dx;
        double[] of = m[part[i]];
        of[0]++;
        of[1] += y;
        of[2] += x;
        of[3] += y * y;
        of[4] += x * x;
        of[5] += x * y;
      }
    }
    double[] diameter = new double[count];
    double[] elongation = new double[count];
    for (int p = 0; p < count; p++) {
      double n = m[p][0];
      // a pixel is not a point: its own moment is a twelfth of its edge squared
      double yy = m[p][3] / n - m[p][1] * m[p][1] / n / n + dy * dy / 12;
      double xx = m[p][4] / n - m[p][2] * m[p][2] / n / n + dx * dx / 12;
      double xy = m[p][5] / n - m[p][1] * m[p][2] / n / n;
      double middle = (yy + xx) / 2;
      double off = Math.hypot((yy - xx) / 2, xy);
      diameter[p] = 2 * Math.sqrt(n * dy * dx / Math.PI);
      elongation[p] = Math.sqrt((middle + off) / (middle - off));
    }
    table.put("diameter [µm]", diameter);
    table.put("elongation", elongation);
  }

  private static double[] means(float[] values, int[] part, int count) {
    double[] sum = new double[count];
    double[] n = new double[count];
    for (int i = 0; i < part.length; i++) {
      if (part[i] >= 0 && Float.isFinite(values[i])) {
        sum[part[i]] += values[i];
        n[part[i]]++;
      }
    }
    return IntStream.range(0, count).mapToDouble(p -> sum[p] / n[p]).toArray();
  }

  /// Patches of one cluster in each particle.
  private double[] domains(Clusters clusters, int[] part, int count) {
    double[] domains = new double[count];
    for (int k = 0; k < clusters.means().size(); k++) {
      boolean[] one = new boolean[part.length];
      for (int i = 0; i < one.length; i++) {
        one[i] = part[i] >= 0 && clusters.label()[i] == k;
      }
      var patches = Patches.of(new Mask(clusters.grid(), one), Patches.Neighbours.EIGHT);
      boolean[] seen = new boolean[patches.count()];
      for (int i = 0; i < one.length; i++) {
        int patch = patches.label()[i];
        if (patch >= 0 && !seen[patch]) {
          seen[patch] = true;
          domains[part[i]] += patches.size()[patch] >= leastDomain ? 1 : 0;
        }
      }
    }
    return domains;
  }

  /// The cluster of most pixels; 0, 1, … of those that occur.
  private static int[] classes(Clusters clusters, int[] part, int count) {
    int[][] pixels = new int[count][clusters.means().size()];
    for (int i = 0; i < part.length; i++) {
      if (part[i] >= 0 && clusters.label()[i] >= 0) {
        pixels[part[i]][clusters.label()[i]]++;
      }
    }
    int[] most = new int[count];
    for (int p = 0; p < count; p++) {
      for (int k = 1; k < pixels[p].length; k++) {
        most[p] = pixels[p][k] > pixels[p][most[p]] ? k : most[p];
      }
    }
    return most;
  }

  private Quality withSizes(Quality before, Map<String, double[]> table) {
    double[] diameter = table.getOrDefault("diameter [µm]", new double[0]);
    int[] order =
        IntStream.range(0, diameter.length)
            .boxed()
            .sorted(java.util.Comparator.comparingDouble(p -> diameter[p]))
            .mapToInt(Integer::intValue)
            .toArray();
    var quality = before;
    var told = new ArrayList<String>();
    int tests = 0;
    for (var column : table.entrySet()) {
      String name = column.getKey();
      double[] values = column.getValue();
      if (values == diameter || Arrays.stream(values).anyMatch(Double::isNaN)) {
        continue;
      }
      var test = RankTest.spearman(diameter, values, seed);
      tests++;
      quality =
          quality
              .withMetric("spearman." + plain(name), test.statistic())
              .withMetric("spearmanChance." + plain(name), test.chance())
              .withFigure(
                  name + " over diameter",
                  List.of(
                      new Curve(
                          name,
                          "diameter [µm]",
                          name,
                          Arrays.stream(order).mapToDouble(p -> diameter[p]).toArray(),
                          Arrays.stream(order).mapToDouble(p -> values[p]).toArray())));
      if (test.chance() < significance) {
        told.add(
            String.format(
                Locale.ROOT,
                "%s goes with the diameter (ρ = %.2f, chance %.2g)",
                plain(name),
                test.statistic(),
                test.chance()));
      }
    }
    return quality.withVerdict(sentence(told, tests));
  }

  private Quality withClasses(
      Quality before, Map<String, double[]> table, int[] classes, Clusters clusters) {
    var quality = before;
    if (Arrays.stream(classes).distinct().count() < 2) {
      return quality.withVerdict("All particles are mostly of one cluster.");
    }
    for (int k = 0; k < clusters.means().size(); k++) {
      int cluster = k;
      quality =
          quality.withMetric(
              "particles." + clusters.means().get(k).name(),
              Arrays.stream(classes).filter(c -> c == cluster).count());
    }
    var told = new ArrayList<String>();
    int tests = 0;
    for (var column : table.entrySet()) {
      if (Arrays.stream(column.getValue()).anyMatch(Double::isNaN)) {
        continue;
      }
      var test = RankTest.kruskal(column.getValue(), classes, seed);
      tests++;
      String name = plain(column.getKey());
      quality =
          quality
              .withMetric("kruskal." + name, test.statistic())
              .withMetric("kruskalChance." + name, test.chance());
      if (test.chance() < significance) {
        told.add(
            String.format(
                Locale.ROOT,
                "%s differs between clusters (H = %.1f, chance %.2g)",
                name,
                test.statistic(),
                test.chance()));
      }
    }
    return quality.withVerdict(sentence(told, tests));
  }

  private String sentence(List<String> told, int tests) {
    return String.format(
        Locale.ROOT,
        "%s; %d tests, of which %.2g would be told by chance.",
        told.isEmpty() ? "Nothing is told" : String.join("; ", told),
        tests,
        tests * significance);
  }

  private static String plain(String name) {
    return name.replaceFirst(" \\[.*]$", "");
  }
}
