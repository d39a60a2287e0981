package argand.cli;

import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.run.ExitCode;
import argand.run.Outcome;
import argand.run.Plan;
import argand.run.RunFolder;
import argand.run.Runner;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/// Carries out a recipe for a command and tells the outcome.
record Execution(Terminal terminal, RunOptions options) {
  static final Path RUNS = Path.of("runs");

  /// A new run.
  ///
  /// @param where chooses the folder when the plan is known
  int start(RecipeFile recipe, Function<Plan, RunFolder> where) {
    Plan plan = plan(recipe);
    RunFolder folder = where.apply(plan);
    return carryOut(plan, folder, false);
  }

  /// An old run.
  int resume(RecipeFile recipe, Function<Plan, RunFolder> where) {
    Plan plan = plan(recipe);
    return carryOut(plan, where.apply(plan), true);
  }

  private Plan plan(RecipeFile recipe) {
    return Plan.of(
        recipe.with(options.settings()), Catalog.installed(), options.threads(), options.memory());
  }

  private int carryOut(Plan plan, RunFolder folder, boolean resumed) {
    var runner = new Runner(plan, folder, new ProgressLine(terminal));
    terminal.err().println("run " + folder.path());
    Outcome outcome;
    try (var _ =
        new Interrupt(
            () -> {
              terminal.err().println("stopping at the next iteration …");
              folder.requestStop();
            })) {
      outcome = resumed ? runner.resume() : runner.start();
    }
    for (var failure : outcome.failures()) {
      terminal.err().println("argand: " + failure.task() + " failed: " + failure.sentence());
      if (ExitCode.of(failure.cause()) == ExitCode.BUG) {
        terminal.err().println("The stack trace is in " + folder.log());
      }
    }
    if (options.json()) {
      terminal.out().println(JsonMapper.shared().writeValueAsString(outcome.asMap()));
    } else {
      tell(outcome);
    }
    return outcome.exitCode();
  }

  private void tell(Outcome outcome) {
    var out = terminal.out();
    outcome
        .metrics()
        .forEach((name, value) -> out.printf(Locale.ROOT, "%-24s %.6g%n", name, value));
    outcome.verdict().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "%s in %.1f s, %.0f MiB at most%n",
        outcome.stopped() ? "Stopped" : outcome.failures().isEmpty() ? "Done" : "Ended",
        outcome.seconds(),
        outcome.peakMemoryBytes() / 1048576.0);
    outcome.result().ifPresent(file -> out.println("result " + file));
    out.println("report " + outcome.folder().report());
  }
}
