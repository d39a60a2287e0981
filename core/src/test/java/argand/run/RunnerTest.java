package argand.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.file.FileTrouble;
import argand.file.ResultReader;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class RunnerTest {
  private static final String SOLVE =
      "argand: 1\ntitle: Toy\nof: '*.txt'\neach:\n  - open\n  - iterate: {iterations: %d%s}\n";

  @TempDir Path folder;

  @Test
  void aRunFillsItsFolder() throws IOException {
    input("a", "0.3");
    String text = "# as written\n" + SOLVE.formatted(10, "");
    Outcome outcome = start(text, "run");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.metrics()).containsKey("relativeAmplitudeError");
    assertThat(outcome.verdict()).containsExactly("A toy.");
    assertThat(outcome.result()).contains(folder.resolve("run/result.h5"));
    assertThat(Files.readString(folder.resolve("run/recipe.yaml"))).isEqualTo(text);
    assertThat(folder.resolve("run/result.h5"))
        .hasSameBinaryContentAs(folder.resolve("run/tasks/0001/product.h5"));
    assertThat(folder.resolve("run/tasks/0001/checkpoint-02-iterate-core.h5")).exists();
    assertThat(folder.resolve("run/report.html")).content().contains("Toy");
    assertThat(folder.resolve("run/CITE.bib")).content().contains("@software{argand");
    var plan = JsonMapper.shared().readTree(folder.resolve("run/plan.json").toFile());
    // echo -n 0.3 | sha256sum
    assertThat(plan.at("/tasks/0/sha256").asString())
        .isEqualTo("221764976efe04132774d96b0253cc31434c5261737469324f222621baf34b20");
    assertThat(plan.at("/each/1/iterate/r").asDouble()).isEqualTo(3.9);
    // without what the plan of the scan has to say
    var events =
        Files.readAllLines(folder.resolve("run/events.jsonl")).stream()
            .filter(line -> !line.contains("\"event\":\"noted\""))
            .toList();
    assertThat(events).hasSize(16);
    assertThat(events).allSatisfy(e -> assertThat(JsonMapper.shared().readTree(e)).isNotEmpty());
    assertThat(events.get(4)).contains("\"event\":\"iterated\"", "\"iteration\":2", "\"task\":1");
  }

  @Test
  void targetsAreJudgedOnTheTerminalAndInTheReport() throws IOException {
    input("a", "0.3");
    String targets = "targets: [relativeAmplitudeError <= 9, relativeAmplitudeError <= -1]\n";
    Outcome outcome = start(SOLVE.formatted(3, "") + targets, "run");
    assertThat(outcome.verdict())
        .anyMatch(sentence -> sentence.startsWith("Target met: relativeAmplitudeError <= 9"))
        .anyMatch(sentence -> sentence.startsWith("Target MISSED: relativeAmplitudeError <= -1"));
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("Target met: relativeAmplitudeError &lt;= 9", "Target MISSED");
  }

  @Test
  void whatDivergedIsDoneAgainAfterTheOthers() throws IOException {
    input("a", "0.7");
    input("b", "0.3");
    Outcome outcome = start(SOLVE.formatted(4, ", shy: 0.7"), "run");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.verdict())
        .contains("a diverged at first and was done again after the others.");
    assertThat(folder.resolve("run/tasks/0001/product.h5")).exists();
    // negative control: where no other has a result, it stays a failure
    Files.delete(folder.resolve("b.txt"));
    Outcome alone = start(SOLVE.formatted(4, ", shy: 0.7"), "alone");
    assertThat(alone.failures()).hasSize(1);
    assertThat(alone.exitCode()).isEqualTo(ExitCode.DIVERGED);
  }

  @Test
  void stoppedAndResumedGivesTheSameBits() throws IOException {
    input("a", "0.3");
    start(SOLVE.formatted(20, ""), "whole");
    String stopping = ", stopBy: cut/stop";
    Outcome cut = start(SOLVE.formatted(20, stopping), "cut");
    assertThat(cut.stopped()).isTrue();
    assertThat(cut.exitCode()).isZero();
    assertThat(cut.verdict()).last().asString().startsWith("Stopped by the user");
    assertThat(product("cut")).isNotEqualTo(product("whole"));
    Outcome resumed = resume(SOLVE.formatted(20, stopping), "cut");
    assertThat(resumed.stopped()).isFalse();
    assertThat(product("cut")).isEqualTo(product("whole"));
    assertThat(folder.resolve("cut/stop")).doesNotExist();
  }

  @Test
  void moreIterationsContinueAFinishedRun() throws IOException {
    input("a", "0.3");
    start(SOLVE.formatted(20, ""), "whole");
    start(SOLVE.formatted(7, ""), "grown");
    resume(SOLVE.formatted(20, ""), "grown");
    assertThat(product("grown")).isEqualTo(product("whole"));
  }

  @Test
  void aFinishedTaskIsNotRepeated() throws IOException {
    input("a", "0.3");
    start(SOLVE.formatted(7, ""), "run");
    Files.delete(folder.resolve("run/tasks/0001/checkpoint-02-iterate-core.h5"));
    resume(SOLVE.formatted(7, ""), "run");
    assertThat(folder.resolve("run/tasks/0001/checkpoint-02-iterate-core.h5")).doesNotExist();
  }

  @Test
  void resumeRefusesWhatWouldChangeTheBits() throws IOException {
    input("a", "0.3");
    start(SOLVE.formatted(7, ""), "run");
    assertThatThrownBy(() -> resume(SOLVE.formatted(7, ", r: 3.8"), "run"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "each[1].iterate.r is 3.8; expected as in the run to resume: 3.9; only iterations may"
                + " grow; start a new run for anything else");
    assertThatThrownBy(() -> resume(SOLVE.formatted(6, ""), "run"))
        .hasMessageStartingWith("each[1].iterate.iterations is 6");
    input("a", "0.4");
    assertThatThrownBy(() -> resume(SOLVE.formatted(7, ""), "run"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("sha256");
  }

  @Test
  void divergingNumbersKeepTheLastGoodCheckpoint() throws IOException {
    input("a", "0.3");
    Outcome outcome = start(SOLVE.formatted(20, ", divergeAt: 8"), "run");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DIVERGED);
    assertThat(outcome.result()).isEmpty();
    assertThat(folder.resolve("run/result.h5")).doesNotExist();
    try (var kept =
        argand.file.Hdf5.open(folder.resolve("run/tasks/0001/checkpoint-02-iterate-core.h5"))) {
      assertThat(kept.number("/iteration")).isEqualTo(6);
    }
    assertThat(folder.resolve("run/log.txt")).content().contains("argand.flow.Diverged");
  }

  @Test
  void aFailedTaskLeavesTheOthersAloneAndIsNamed() throws IOException {
    input("a", "0.3");
    input("b", "bad");
    input("c", "0.5");
    Outcome outcome = start(SOLVE.formatted(5, "") + "then: [count]\n", "run");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED_TASKS);
    assertThat(outcome.metrics()).containsEntry("count", 2.0);
    assertThat(outcome.verdict()).containsExactly("1 of 3 tasks failed and are missing: b.");
    assertThat(folder.resolve("run/tasks/0003/product.h5")).exists();
    assertThat(folder.resolve("run/tasks/0002/product.h5")).doesNotExist();
  }

  @Test
  void whereThenFailsTheCodeIsItsReason() throws IOException {
    input("a", "0.3");
    input("b", "0.5");
    Outcome outcome = start(SOLVE.formatted(5, "") + "then: [count: {most: 1}]\n", "run");
    assertThat(outcome.result()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(folder.resolve("run/tasks/0002/product.h5")).exists();
  }

  @Test
  void aWrongSingleInputIsRefusedBeforeAnythingIsWritten() throws IOException {
    input("a", "bad");
    assertThatThrownBy(() -> start(SOLVE.formatted(5, ""), "run")).isInstanceOf(InvalidInput.class);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void memoryTooSmallIsRefusedWithWhatIsNeeded() throws IOException {
    input("a", "0.3");
    String text =
        "argand: 1\nof: a.txt\neach:\n  - open: {needs: 5000000}\n  - iterate: {iterations: 1}\n";
    assertThatThrownBy(() -> plan(text, 1 << 20))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "--memory is 1.0 MiB; expected at least 4.8 MiB for open of a; give more, or crop or"
                + " bin the frames first");
    assertThat(plan(text, 6 << 20).memory().needed()).isEqualTo(5000000);
  }

  @Test
  void aSimulationIsMadeOnceWithItsTruthBesideIt() throws IOException {
    String text = "argand: 1\nof: {dream: {count: 2}}\neach: [open, {iterate: {iterations: 3}}]\n";
    Outcome outcome = start(text, "run");
    assertThat(outcome.exitCode()).isZero();
    assertThat(folder.resolve("run/inputs/dream-1.cxi")).exists();
    assertThat(folder.resolve("run/inputs/dream-1.truth.h5")).exists();
    assertThat(folder.resolve("run/tasks/0002/product.h5")).exists();
  }

  @Test
  void inputsThatAreNotThereAreNamed() throws IOException {
    String text = "argand: 1\nof: %s\neach: [open, {iterate: {iterations: 3}}]\n";
    assertThatThrownBy(() -> plan(text.formatted("no.txt"), 0))
        .isInstanceOf(FileTrouble.class)
        .hasMessage(folder.resolve("no.txt") + ": there is no such file");
    assertThatThrownBy(() -> plan(text.formatted("'*.cxi'"), 0))
        .isInstanceOf(FileTrouble.class)
        .hasMessage(folder.resolve("*.cxi") + ": no file matches this pattern");
    Files.createDirectory(folder.resolve("d"));
    assertThatThrownBy(() -> plan(text.formatted("d"), 0))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void patternsAreSortedAndEachFileIsTakenOnce() throws IOException {
    input("b", "0.3");
    input("a", "0.3");
    Files.createDirectories(folder.resolve("deep/er"));
    Files.writeString(folder.resolve("deep/er/c.txt"), "0.5");
    String text =
        "argand: 1\nof: ['*.txt', a.txt, 'deep/**/*.txt', 'deep/*/c.txt']\neach: [open]\n";
    assertThat(plan(text, 0).tasks()).extracting(Task::name).containsExactly("a", "b", "c");
  }

  @Test
  void aFolderInUseOrUnwritableIsRefused() throws IOException {
    input("a", "0.3");
    String text = SOLVE.formatted(3, "");
    start(text, "run");
    assertThatThrownBy(() -> start(text, "run"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("in use by an earlier run");
    Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> start(text, "file")).isInstanceOf(FileTrouble.class);
    assertThatThrownBy(() -> start(text, "file/below")).isInstanceOf(FileTrouble.class);
    Files.createDirectories(folder.resolve("full"));
    Files.writeString(folder.resolve("full/x"), "");
    assertThatThrownBy(() -> start(text, "full"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void namesOfRunsAreMadeOfTheirTitles() {
    assertThat(RunFolder.slug("Iron oxidation, in one  cathode (2)"))
        .isEqualTo("iron-oxidation-in-one-cathode-2");
    assertThat(RunFolder.slug("…")).isEqualTo("run");
  }

  /// The bits of the picture.
  private List<Object> product(String run) {
    var picture = ResultReader.read(folder.resolve(run + "/result.h5"));
    return List.of(
        java.util.Arrays.hashCode(picture.object().re()),
        java.util.Arrays.hashCode(picture.object().im()),
        picture.residuals());
  }

  private void input(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name + ".txt"), content);
  }

  private Plan plan(String text, long memory) {
    var file = new RecipeFile("toy.yaml", text.getBytes(StandardCharsets.UTF_8), folder, List.of());
    return Plan.of(file, ToyVerbs.CATALOG, 2, memory);
  }

  private Outcome start(String text, String run) {
    return runner(text, run).start();
  }

  private Outcome resume(String text, String run) {
    return runner(text, run).resume();
  }

  private Runner runner(String text, String run) {
    return new Runner(plan(text, 0), new RunFolder(folder.resolve(run)), Listener.NONE);
  }
}
