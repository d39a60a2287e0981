package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Product;
import argand.data.RawFile;
import argand.flow.Plugin;
import argand.flow.Step;
import argand.flow.Watch;
import argand.prepare.Crop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Loader, aligner, normaliser, fitter and clusterer of another jar, in one recipe.
class PluginTest {
  private static final String RECIPE =
      """
      argand: 1
      of: drop.numbers
      each:
        - readStack: {}
        - align: {method: {centreOfMass: {above: 0.05}}}
        - divideByMean: {}
        - straightLine: {at: 7100 eV}
        - cluster: {method: aboveMean, interior: false}
      """;

  @TempDir Path folder;

  private RecipeFile recipe(String text) {
    return new RecipeFile("r.yaml", text.getBytes(StandardCharsets.UTF_8), folder, List.of());
  }

  /// A drop that wanders by half a pixel from image to image, whose spectrum falls by 10 % an image
  /// in its middle and rises around it.
  private void measure() throws IOException {
    var text = new StringBuilder("24 32\n");
    for (int e = 0; e < 4; e++) {
      text.append(7100 + 10 * e).append('\n');
      for (int r = 0; r < 24; r++) {
        for (int c = 0; c < 32; c++) {
          double x = c - 14 - 0.5 * e;
          double drop = Math.exp(-(Math.pow(r - 11.5, 2) + x * x) / 32);
          double slope = 0.1 * (e - 1.5) * Math.tanh((Math.hypot(r - 11.5, x) - 4) / 1.5);
          text.append(String.format(Locale.ROOT, "%.6f ", 0.02 + drop * (1 + slope)));
        }
        text.append('\n');
      }
    }
    Files.writeString(folder.resolve("drop.numbers"), text);
  }

  @SuppressWarnings("unchecked")
  private EnergyStack result(Recipe recipe) {
    Product product = new RawFile(folder.resolve("drop.numbers"));
    for (Step<?, ?> step : recipe.each()) {
      product = ((Step.One<Product, Product>) step).apply(product, Watch.silent(1L << 30));
    }
    return (EnergyStack) product;
  }

  @Test
  void everyPartMayComeFromAnotherJar() throws IOException {
    measure();
    var stack = result(recipe(RECIPE).bind(Catalog.installed()));
    var moved = stack.findings().transforms().orElseThrow().of();
    assertThat(moved.get(3).column0() - moved.get(0).column0()).isCloseTo(1.5, within(0.01));
    var slope = stack.findings().map("slope").orElseThrow().values();
    assertThat(slope.at(12, 7)).isGreaterThan(0.002f);
    assertThat(slope.at(12, 14)).isLessThan(-0.002f);
    var clusters = stack.findings().clusters().orElseThrow();
    assertThat(clusters.count()).isEqualTo(2);
    assertThat(clusters.label()[12 * 32 + 7]).isNotEqualTo(clusters.label()[12 * 32 + 14]);
    assertThat(stack.source().steps()).anyMatch(step -> step.contains("CentreOfMass"));
  }

  /// A denoiser halves the contrast of each image; a prior that is certain gives its own amounts,
  /// one without weight those of the data.
  @Test
  void denoisersAndPriorsComeInLikewise() throws IOException {
    measure();
    var plain =
        result(
            recipe("argand: 1\nof: drop.numbers\neach:\n  - readStack: {}\n")
                .bind(Catalog.installed()));
    String read = "argand: 1\nof: drop.numbers\neach:\n  - readStack: {}\n";
    var quiet =
        result(recipe(read + "  - denoise: {method: oneQuiet}\n").bind(Catalog.installed()));
    float[] before = plain.images().plane(1).values();
    float[] after = quiet.images().plane(1).values();
    assertThat(after[400] - after[3]).isCloseTo(0.5f * (before[400] - before[3]), within(1e-5f));
    Files.writeString(folder.resolve("up.txt"), "7050 0\n7100 1\n7110 2\n7120 3\n7130 4\n7200 9\n");
    Files.writeString(
        folder.resolve("bent.txt"), "7050 1\n7100 2\n7110 1\n7120 1\n7130 2\n7200 4\n");
    String fit =
        read
            + "  - unmix: {references: [up.txt, bent.txt], background: [0], constraint: free,"
            + " prior: {towards: {near: 0.25, weight: W}}}\n";
    var certain = result(recipe(fit.replace("W", "1e30")).bind(Catalog.installed()));
    var open = result(recipe(fit.replace("W", "0")).bind(Catalog.installed()));
    var alone = result(recipe(fit.replaceAll(", prior: .*", "}")).bind(Catalog.installed()));
    for (String map : List.of("up", "bent")) {
      assertThat(amount(certain, map)).isCloseTo(0.25f, within(1e-5f));
      float free = amount(alone, map);
      assertThat(amount(open, map)).isCloseTo(free, within(1e-4f));
      assertThat(Math.abs(free - 0.25f)).isGreaterThan(0.05f);
    }
  }

  private static float amount(EnergyStack stack, String reference) {
    return stack.findings().map("amount of " + reference).orElseThrow().values().at(12, 7);
  }

  @Test
  void theyAreDescribedAndWrittenAsOurs() {
    var verb = Verb.find(Catalog.installed(), "straightLine").orElseThrow();
    assertThat(verb.parameters().getFirst().kind()).isEqualTo("number in eV");
    var bound = recipe(RECIPE).bind(Catalog.installed());
    assertThat(bound.each().stream().map(Written::step).toList().toString())
        .contains("centreOfMass", "7100");
  }

  /// Without plug-ins the verb is not there; a parameter that is wrong is refused as ours are; a
  /// name that is taken is refused with whose it is.
  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> recipe(RECIPE).bind(Catalog.ARGAND))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("divideByMean");
    assertThatThrownBy(() -> recipe(RECIPE.replace("7100 eV", "7100")).bind(Catalog.installed()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("each[3].straightLine.at");
    var second =
        new Plugin() {
          @Override
          public List<Class<? extends Step<?, ?>>> verbs() {
            return List.of(Crop.class);
          }
        };
    assertThatThrownBy(() -> Plugins.with(Catalog.ARGAND, List.of(second)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("brings crop")
        .hasMessageContaining("argand.prepare.Crop");
  }
}
