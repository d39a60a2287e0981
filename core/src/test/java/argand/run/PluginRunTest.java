package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run says of the jars of others that it used; here they are the folder of the tests.
class PluginRunTest {
  @TempDir Path folder;

  private Plan plan(String steps) {
    var file =
        new RecipeFile(
            "r.yaml",
            ("argand: 1\ntitle: t\nof: drop.numbers\neach:\n  - readStack: {}\n" + steps)
                .getBytes(StandardCharsets.UTF_8),
            folder,
            List.of());
    return Plan.of(file, Catalog.installed(), 1, 0);
  }

  private static PluginJar with(PluginJar jar, String sha256) {
    return new PluginJar(jar.file(), sha256, jar.taken());
  }

  @Test
  void aJarIsAnInputByItsBytes() throws IOException {
    Files.writeString(
        folder.resolve("drop.numbers"), "2 2\n7100\n1 2 3 4\n7110\n2 3 4 5\n7120\n3 4 5 7\n");
    var own = plan("  - denoise: {method: median}\n");
    assertThat(own.plugins()).isEmpty();
    assertThat(own.asMap()).doesNotContainKey("plugins");
    var plan = plan("  - denoise: {method: oneQuiet}\n  - straightLine: {at: 7110 eV}\n");
    assertThat(plan.plugins()).hasSize(1);
    var jar = plan.plugins().getFirst();
    assertThat(jar.taken()).containsExactly("oneQuiet", "straightLine");
    assertThat(jar.sha256()).hasSize(64).isEqualTo(Digest.ofAll(jar.file()));
    var outcome =
        new Runner(plan, RunFolder.fresh(folder, LocalDate.of(2026, 1, 1), "t"), Listener.NONE)
            .start();
    assertThat(outcome.failures()).isEmpty();
    assertThat(Files.readString(outcome.folder().path().resolve("plan.json")))
        .contains("plugins", jar.sha256(), "straightLine");
    assertThat(Files.readString(outcome.folder().report()))
        .contains("plug-in " + jar.name(), jar.sha256(), "are used: oneQuiet, straightLine");
    // Another jar of that name computes something else: nothing of before is taken over.
    var other =
        new Plan(
            plan.file(),
            plan.recipe(),
            plan.tasks(),
            plan.provenance(),
            List.of(with(jar, "0".repeat(64))),
            plan.memory());
    var task = plan.tasks().getFirst();
    assertThat(other.fingerprint(task)).isNotEqualTo(plan.fingerprint(task));
    assertThat(other.exactFingerprint(task)).isNotEqualTo(plan.exactFingerprint(task));
  }

  @Test
  void filesBelowCount() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("c/a"));
    Files.writeString(classes.resolve("x"), "1");
    Files.writeString(folder.resolve("c/y"), "2");
    String before = Digest.ofAll(folder.resolve("c"));
    Files.writeString(classes.resolve("x"), "3");
    assertThat(Digest.ofAll(folder.resolve("c"))).isNotEqualTo(before);
  }
}
