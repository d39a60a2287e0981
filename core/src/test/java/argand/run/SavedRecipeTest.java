package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.file.Hdf5;
import argand.file.Hdf5Type;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PYX-37: what a run saved is enough to have it again, bit by bit, from counts to maps, with
/// another number of threads.
class SavedRecipeTest {
  private static final String CHAIN =
      """
      of: raw.h5
      each:
        - readStack: {}
        - findFaultyPixels: {}
        - opticalDensity: {}
        - align: {method: {edgeAware: {components: 2}}}
        - unmix: {references: [reduced.txt, oxidized.txt]}
        - normalizeEdge: {pre: [8300 eV, 8330 eV], post: [8365 eV, 8420 eV]}
        - peakMap: {range: [8340 eV, 8362 eV]}
        - autoMask: {}
        - cluster: {method: {kMeans: {clusters: 2}}, seed: 4}
        - fitClusters: {references: [reduced.txt, oxidized.txt]}
        - colorMix: {maps: [{map: fraction of reduced}, {map: fraction of oxidized}]}
      """;

  @TempDir Path folder;

  private Outcome run(RecipeFile recipe, int threads) {
    var plan = Plan.of(recipe, Catalog.ARGAND, threads, 0);
    var runs = RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t");
    var outcome = new Runner(plan, runs, Listener.NONE).start();
    assertThat(outcome.failures()).isEmpty();
    return outcome;
  }

  private RecipeFile recipe(String text) {
    return new RecipeFile(
        "r.yaml",
        ("argand: 1\ntitle: t\n" + text).getBytes(StandardCharsets.UTF_8),
        folder,
        List.of());
  }

  private void measured() throws IOException {
    var made =
        run(
            recipe(
                """
                of:
                  simulateStack:
                    sample: cathodeParticle
                    energies: {from: 8.30 keV, to: 8.42 keV, edge: 8.342 keV, count: 20}
                    rows: 64
                    columns: 72
                    pixel: 60 nm
                    motion: {driftPx: 2, tremblePx: 0.3}
                    camera: {counts: 9000, flats: 4}
                    seed: 3
                each:
                  - readStack: {}
                """),
            2);
    Files.copy(made.folder().path().resolve("inputs/simulated.h5"), folder.resolve("raw.h5"));
    for (int k = 0; k < 2; k++) {
      var text = new StringBuilder();
      for (double ev = 8290; ev <= 8430; ev += 0.5) {
        double at = ev - (k == 0 ? 8343 : 8345);
        text.append(
            String.format(
                Locale.ROOT,
                "%.1f %.6f%n",
                ev,
                0.5 + Math.atan(at) / Math.PI + 0.5 * Math.exp(-0.1 * (at - 4) * (at - 4))));
      }
      Files.writeString(folder.resolve(k == 0 ? "reduced.txt" : "oxidized.txt"), text);
    }
  }

  /// Every dataset of a result but the record of where it came from.
  private static SortedMap<String, Object> datasets(Outcome outcome) {
    var all = new TreeMap<String, Object>();
    try (var h5 = Hdf5.open(outcome.result().orElseThrow())) {
      var groups = new ArrayList<>(List.of("/entry"));
      for (int g = 0; g < groups.size(); g++) {
        for (String name : h5.list(groups.get(g))) {
          String path = groups.get(g) + "/" + name;
          if (h5.isGroup(path)) {
            groups.add(path);
          } else if (h5.type(path).kind() == Hdf5Type.Kind.TEXT) {
            all.put(path, "text");
          } else if (h5.type(path).isNumber()) {
            all.put(path, h5.doubles(path));
          }
        }
      }
    }
    return all;
  }

  private static List<String> different(SortedMap<String, Object> a, SortedMap<String, Object> b) {
    assertThat(b.keySet()).isEqualTo(a.keySet());
    return a.keySet().stream()
        .filter(
            path ->
                a.get(path) instanceof double[] left
                    && !Arrays.equals(left, (double[]) b.get(path)))
        .toList();
  }

  @Test
  void givesTheSameBitsOverTheWholeChain() throws IOException {
    measured();
    var first = run(recipe(CHAIN), 2);
    var again = run(first.folder().recipeFile(), 1);
    var one = datasets(first);
    assertThat(one.keySet())
        .anyMatch(path -> path.startsWith("/entry/found/maps/map_00"))
        .contains("/entry/stack/data", "/entry/found/clusters/label", "/entry/found/transforms");
    assertThat(different(one, datasets(again))).isEmpty();
    assertThat(tables(again)).isEqualTo(tables(first)).hasSizeGreaterThan(8);
    assertThat(Files.readString(first.folder().path().resolve("tasks/0001/tables/clusters.csv")))
        .startsWith(
            "cluster,pixels,area [m2],\"fraction of reduced\",\"sigma of reduced\","
                + "\"fraction of oxidized\",\"sigma of oxidized\",R factor,reduced chi-square\n"
                + "\"cluster 1\",")
        .hasLineCount(3);
    // one component more in the alignment is seen in all that follows
    var other = run(recipe(CHAIN.replace("components: 2", "components: 3")), 2);
    assertThat(different(one, datasets(other)))
        .contains("/entry/stack/data", "/entry/found/transforms", "/entry/found/maps/map_000/data");
  }

  /// What other programs are given, byte by byte.
  private static SortedMap<String, String> tables(Outcome outcome) throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.list(outcome.folder().path().resolve("tasks/0001/tables"))) {
      for (Path file : files.toList()) {
        all.put(String.valueOf(file.getFileName()), Digest.of(file));
      }
    }
    return all;
  }
}
