package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import argand.ptycho.Chain;
import argand.ptycho.LsqMl;
import argand.ptycho.Ptychography;
import argand.recipe.TestVerbs.Method;
import argand.recipe.TestVerbs.Open;
import argand.recipe.TestVerbs.Solve;
import argand.recipe.TestVerbs.Trim;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WrittenTest {
  @Test
  void everyDefaultIsWrittenOut() {
    assertThat(Written.step(new Solve(new Method.Rpie(0.05), 5, 1)).toString())
        .isEqualTo("{solve={method={rpie={alpha=0.05}}, iterations=5, seed=1}}");
  }

  @Test
  void whatIsWrittenGivesTheSameRecordsWhenReadBack() {
    var steps =
        List.of(
            new Open(
                OptionalDouble.of(708.5),
                OptionalDouble.empty(),
                Optional.of(TestVerbs.Regime.FAR_FIELD),
                Optional.of(Path.of("/a/b"))),
            new Trim(
                3,
                List.of(1.0, 1.0 / 3),
                List.of("x", "y"),
                0.1,
                Optional.of(new Trim.Centre(1, 2)),
                true,
                OptionalInt.of(4)),
            new Solve(new Method.Epie(), 5, Long.MIN_VALUE));
    for (var step : steps) {
      String json = JsonMapper.shared().writeValueAsString(Written.step(step)); // JSON is YAML
      Object back =
          new Binder(Path.of("/"))
              .choice(TestVerbs.CATALOG.verbs(), Yaml.read("json", json), "x", "step");
      assertThat(back).isEqualTo(step);
    }
  }

  /// A list of records, each with a choice of its own, and one of them a choice again.
  @Test
  void aChainOfMethodsIsReadAndWritten() {
    var chain =
        "{ptychography: {method: {chain: {of: [{method: differenceMap, passes: 40},"
            + " {method: {lsqMl: {batchSize: 7}}}]}}}}";
    var binder = new Binder(Path.of("/"));
    var read = binder.choice(Catalog.ARGAND.verbs(), Yaml.read("recipe", chain), "x", "step");
    var legs = ((Chain) ((Ptychography) read).method()).of();
    assertThat(legs.get(0).passes()).hasValue(40);
    assertThat(((LsqMl) legs.get(1).method()).batchSize()).isEqualTo(7);
    String json = JsonMapper.shared().writeValueAsString(Written.step(read));
    assertThat(binder.choice(Catalog.ARGAND.verbs(), Yaml.read("json", json), "x", "step"))
        .isEqualTo(read);
    assertThat(Verb.of(Ptychography.class).parameters().getFirst().choices())
        .anySatisfy(
            choice -> {
              assertThat(choice.name()).isEqualTo("chain");
              assertThat(choice.parameters().getFirst().choices().getFirst().parameters())
                  .extracting(Verb.Parameter::name)
                  .contains("method", "passes", "probeFrom");
            });
  }

  /// Records in a record, optional ones among them, with units.
  @Test
  void whatIsKnownOfTheProbeIsReadAndWritten() {
    var text =
        "{ptychography: {constraints: {maxAmplitude: 1.1, probeAperture: {halfAngle: 0.2 mrad},"
            + " probeSupport: {radius: 2 um}, probePower: {counts: 1.5e6}, probeCentre: {}},"
            + " refine: [{sliceSpacing: {from: 5}}]}}";
    var binder = new Binder(Path.of("/"));
    var read = binder.choice(Catalog.ARGAND.verbs(), Yaml.read("recipe", text), "x", "step");
    var known = ((Ptychography) read).constraints();
    assertThat(known.probeSupport().orElseThrow().radius()).isEqualTo(2e-6);
    assertThat(known.probeAperture().orElseThrow().halfAngle()).isEqualTo(2e-4);
    assertThat(known.probePower().orElseThrow().counts()).hasValue(1.5e6);
    assertThat(known.probeCentre().orElseThrow().every()).isEqualTo(10);
    String json = JsonMapper.shared().writeValueAsString(Written.step(read));
    assertThat(binder.choice(Catalog.ARGAND.verbs(), Yaml.read("json", json), "x", "step"))
        .isEqualTo(read);
  }

  @Test
  void papersAreCitedOnceWithTheirDoi() {
    var recipe =
        new Recipe(
            "t",
            new Inputs.Files(List.of("a"), Path.of("/")),
            List.of(new Solve(new Method.Rpie(0.05), 5, 1), new Solve(new Method.Rpie(0.1), 5, 1)),
            List.of());
    var papers = Citations.of(recipe);
    assertThat(papers).hasSize(2);
    assertThat(Citations.bibtex(papers, "0.1.0"))
        .contains("@misc{rodenburg2004,", "@misc{maiden2017,", "doi = {10.1364/OPTICA.4.000736}");
  }

  @Test
  void aVerbDescribesItself() {
    Verb verb = Verb.of(Solve.class);
    assertThat(verb.name()).isEqualTo("solve");
    assertThat(verb.takes().getSimpleName()).isEqualTo("DiffractionScan");
    assertThat(verb.gives().getSimpleName()).isEqualTo("Reconstruction");
    assertThat(verb.parameters().getFirst().choices())
        .extracting(Verb.Choice::name)
        .containsExactly("rpie", "epie", "raar");
    assertThat(verb.parameters().get(1).required()).isTrue();
    assertThat(verb.parameters().get(2).byDefault()).isEqualTo("1");
  }
}
