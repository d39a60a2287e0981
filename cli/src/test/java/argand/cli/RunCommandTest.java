package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import argand.file.ResultReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `run`, `stop`, `resume`, `watch` and `cite` with the real verbs on a small simulation.
class RunCommandTest {
  private static final String SMALL =
      """
      argand: 1
      title: Small star
      of:
        simulateScan:
          size: 64
          distance: 1.25 m
          phantom: {siemensStar: {radius: 1.5 um}}
          optics: {zonePlate: {diameter: 200 um, outerZone: 100 nm, defocus: 0.8 mm}}
          scan: {fermatSpiral: {step: 0.5 um, views: 25}}
          detector: {photons: 1e6}
      each:
        - read: {}
        - ptychography: {iterations: 6, checkpointEvery: 2}
      """;

  @TempDir Path folder;

  @Test
  void aSimulationBecomesAResultWithItsNumbers() throws IOException {
    Captured run = run(SMALL, "run", "--json");
    assertThat(run.err()).doesNotContain("argand: ");
    assertThat(run.code()).isZero();
    var json = run.json();
    assertThat(json.path("run").asString()).isEqualTo(folder.resolve("run").toString());
    assertThat(Path.of(json.path("result").asString())).exists();
    assertThat(json.path("seconds").asDouble()).isPositive();
    assertThat(json.path("peakMemoryBytes").asLong()).isGreaterThan(1 << 20);
    for (String name : new String[] {"relativeAmplitudeError", "nrmse", "phaseRms", "frcMean"}) {
      assertThat(json.path("metrics").path(name).isNumber()).as(name).isTrue();
    }
    assertThat(json.path("verdict").isArray()).isTrue();
    assertThat(run.out().strip().lines()).hasSize(1);
    for (String file :
        new String[] {
          "recipe.yaml",
          "plan.json",
          "events.jsonl",
          "report.html",
          "CITE.bib",
          "log.txt",
          "tasks/0001/product.h5",
          "tasks/0001/checkpoint-02-ptychography.h5",
          "tasks/0001/show/object-phase.png",
          "tasks/0001/show/phase.png"
        }) {
      assertThat(folder.resolve("run").resolve(file)).exists();
    }
    assertThat(Files.readString(folder.resolve("run/recipe.yaml"))).isEqualTo(SMALL);
    Captured compared =
        Captured.run(
            "compare",
            folder.resolve("run").toString(),
            folder.resolve("run/inputs/simulated.truth.h5").toString(),
            "--json");
    assertThat(compared.code()).isZero();
    assertThat(compared.json().path("metrics").path("nrmse").asDouble())
        .isEqualTo(json.path("metrics").path("nrmse").asDouble());
  }

  @Test
  void filesAreInspectedAndConverted() throws IOException {
    run(SMALL.replace("iterations: 6", "iterations: 1"), "run");
    String raw = folder.resolve("run/inputs/simulated.cxi").toString();
    String result = folder.resolve("run/result.h5").toString();
    Captured inspected = Captured.run("inspect", raw, "--json");
    assertThat(inspected.code()).as(inspected.err()).isZero();
    assertThat(inspected.json().path("kind").asString()).isEqualTo("CXI");
    assertThat(inspected.json().path("readable").asBoolean()).isTrue();
    assertThat(Captured.run("inspect", result).out()).contains("result");
    assertThat(Captured.run("inspect", folder.resolve("none.h5").toString()).code()).isEqualTo(3);
    for (String name : new String[] {"a.tif", "a.png", "pictures"}) {
      Captured converted = Captured.run("convert", result, folder.resolve(name).toString());
      assertThat(converted.code()).as(converted.err()).isZero();
      assertThat(folder.resolve(name)).exists();
    }
    for (String name : new String[] {"b.cxi", "b.tif"}) {
      assertThat(Captured.run("convert", raw, folder.resolve(name).toString()).code()).isZero();
    }
    assertThat(argand.file.TiffReader.read(folder.resolve("b.tif")).pages()).hasSize(25);
    assertThat(argand.file.TiffReader.read(folder.resolve("a.tif")).pages()).hasSize(2);
    Captured odd = Captured.run("convert", raw, folder.resolve("b.jpg").toString());
    assertThat(odd.code()).isEqualTo(2);
    assertThat(odd.sentence()).contains("expected .cxi or .tif for a measurement");
  }

  @Test
  void sameBitsOnOneAndTwoThreadsAndAfterAnInterruption() throws IOException {
    run(SMALL, "one", "--threads", "1");
    run(SMALL, "two", "--threads", "2");
    run(SMALL, "three", "--set", "each.ptychography.iterations=3");
    Captured resumed =
        Captured.run(
            "resume",
            folder.resolve("three").toString(),
            "--set",
            "each.ptychography.iterations=6");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(bits("two")).isEqualTo(bits("one"));
    assertThat(bits("three")).isEqualTo(bits("one"));
    run(SMALL.replace("iterations: 6", "iterations: 6, seed: 2"), "seed");
    assertThat(bits("seed")).isNotEqualTo(bits("one"));
  }

  /// Stopped while it iterates, by the command and at a pass nobody chose.
  @Test
  void stoppedMidwayAndResumedGivesTheSameBits() throws Exception {
    String many = SMALL.replace("iterations: 6, checkpointEvery: 2", "iterations: 1500");
    run(many, "whole");
    Path events = folder.resolve("cut/events.jsonl");
    try (var executor = java.util.concurrent.Executors.newSingleThreadExecutor()) {
      var running = executor.submit(() -> run(many, "cut", "--threads", "1"));
      while (!running.isDone()
          && !(Files.exists(events) && Files.readString(events).contains("\"iteration\":20,"))) {
        Thread.sleep(2);
      }
      assertThat(Captured.run("stop", folder.resolve("cut").toString()).code()).isZero();
      Captured stopped = running.get();
      assertThat(stopped.code()).as(stopped.err()).isZero();
      assertThat(stopped.out()).contains("Stopped by the user");
    }
    assertThat(ResultReader.read(folder.resolve("cut/result.h5")).residuals())
        .hasSizeBetween(20, 1499);
    assertThat(Captured.run("resume", folder.resolve("cut").toString()).code()).isZero();
    assertThat(bits("cut")).isEqualTo(bits("whole"));
  }

  @Test
  void aRunIsStoppedWatchedResumedAndCited() throws IOException {
    run(SMALL, "run");
    String path = folder.resolve("run").toString();
    assertThat(Captured.run("stop", path).code()).isZero();
    assertThat(folder.resolve("run/stop")).exists();
    Captured watched = Captured.run("watch", path);
    assertThat(watched.out()).contains("ptychography", "6/6", "run ended");
    Captured cited = Captured.run("cite", path);
    assertThat(cited.out()).contains("@software{argand", "doi = {10.1364/OPTICA.4.000736}");
    assertThat(Captured.run("cite", folder.resolve("run.yaml").toString()).out())
        .isEqualTo(cited.out());
    assertThat(Captured.run("resume", path).code()).isZero();
    assertThat(folder.resolve("run/stop")).doesNotExist();
    Captured changed = Captured.run("resume", path, "--set", "each.ptychography.seed=9");
    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.sentence())
        .startsWith("each[1].ptychography.seed is 9; expected as in the run to resume: 1");
  }

  @Test
  void troublesAreOneSentenceAndAnExitCode() throws IOException {
    assertTrouble(2, "line 1", "argand: 1 1\nof: a\neach: [read]\n");
    assertTrouble(
        2,
        "run.yaml line 13, each[1].ptychography.iteratons is not a parameter",
        SMALL.replace("iterations", "iteratons"));
    assertTrouble(
        2,
        "run.yaml line 6, of.simulateScan.distance is '1.25' without a unit; expected a number"
            + " with one of the units m, cm, mm",
        SMALL.replace("1.25 m", "1.25"));
    assertTrouble(
        2,
        "run.yaml line 13, each[0].ptychography is given a RawFile; expected a DiffractionScan;"
            + " put read before it",
        "argand: 1\nof: a.cxi\n\n\n\n\n\n\n\n\n\neach:\n  - ptychography: {iterations: 1}\n");
    assertTrouble(2, "run.yaml line 2, column", "argand: 1\n of: a\n");
    assertTrouble(3, "there is no such file", "argand: 1\nof: no.cxi\neach: [read]\n");
    assertTrouble(3, "is a folder", "argand: 1\nof: .\neach: [read]\n");
    Files.writeString(folder.resolve("text.cxi"), "hello");
    Captured noHdf5 = run("argand: 1\nof: text.cxi\neach: [read]\n", "run");
    assertThat(noHdf5.code()).isIn(2, 3);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void troublesWithOptionsToo() throws IOException {
    Captured memory = run(SMALL, "mem", "--memory", "10k");
    assertThat(memory.code()).isEqualTo(2);
    assertThat(memory.sentence()).contains("--memory is 10.0 KiB; expected at least");
    assertThat(folder.resolve("mem/result.h5")).doesNotExist();
    Captured size = run(SMALL, "size", "--memory", "lots");
    assertThat(size.code()).isEqualTo(2);
    assertThat(size.err()).contains("'lots' is no size").doesNotContain("\tat ");
    Captured cluster = run(SMALL, "on", "--on", "slurm");
    assertThat(cluster.code()).isEqualTo(2);
    assertThat(cluster.sentence()).startsWith("--on is 'slurm'; expected local");
    Files.writeString(folder.resolve("file"), "");
    Captured unwritable = run(SMALL, "file/below");
    assertThat(unwritable.code()).isEqualTo(3);
    assertThat(unwritable.sentence()).contains("cannot be written");
    assertThat(Captured.run("run").code()).isEqualTo(2);
    assertThat(Captured.run("rnu").code()).isEqualTo(2);
    assertThat(Captured.run("run", folder.resolve("none.yaml").toString()).code()).isEqualTo(3);
    assertThat(Captured.run("run", folder.toString()).code()).isEqualTo(3);
    assertThat(Captured.run("stop", folder.toString()).code()).isEqualTo(3);
    assertThat(Captured.run("demo", "nothing").code()).isEqualTo(2);
    assertThat(Captured.run("verbs", "ptychografy").code()).isEqualTo(2);
  }

  @Test
  void noStackTraceWithoutTrace() {
    String none = folder.resolve("none.yaml").toString();
    assertThat(Captured.run("run", none).err()).doesNotContain("\tat ");
    assertThat(Captured.run("run", "--trace", none).err()).contains("\tat ");
  }

  private void assertTrouble(int code, String part, String recipe) throws IOException {
    Captured run = run(recipe, "run");
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.sentence()).contains(part);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private java.util.List<Object> bits(String name) {
    var picture = ResultReader.read(folder.resolve(name).resolve("result.h5"));
    return java.util.List.of(
        java.util.Arrays.hashCode(picture.object().re()),
        java.util.Arrays.hashCode(picture.object().im()),
        java.util.Arrays.hashCode(picture.probe().modes().getFirst().re()),
        picture.residuals());
  }

  private Captured run(String recipe, String name, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("run.yaml"), recipe);
    var arguments = new java.util.ArrayList<String>();
    arguments.add("run");
    arguments.add(file.toString());
    arguments.add("--out");
    arguments.add(folder.resolve(name).toString());
    arguments.addAll(java.util.List.of(options));
    return Captured.run(arguments.toArray(String[]::new));
  }
}
