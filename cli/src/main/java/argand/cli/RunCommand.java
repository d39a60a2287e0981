package argand.cli;

import argand.array.InvalidInput;
import argand.recipe.RecipeFile;
import argand.run.RunFolder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `argand run`.
@Command(name = "run", description = "Carry out a recipe.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RECIPE", description = "The recipe, a YAML file.")
  private Path recipe = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run folder; default: runs/<date>-<title>.")
  private @Nullable Path out;

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      description = "Where to run; only local now.",
      defaultValue = "local")
  private String on = "local";

  @Option(names = "--resume", description = "Go on with the earlier run of this recipe.")
  private boolean resume;

  @Mixin private RunOptions options = new RunOptions();

  private final Terminal terminal;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!on.equals("local")) {
      throw new InvalidInput(
          "--on", "'" + on + "'", "local", "clusters are not supported yet; see the README");
    }
    RecipeFile file = RecipeFile.read(recipe);
    var execution = new Execution(terminal, options);
    if (resume) {
      return execution.resume(
          file,
          plan ->
              out == null
                  ? RunFolder.latest(Execution.RUNS, plan.recipe().title())
                  : RunFolder.open(out));
    }
    return execution.start(
        file,
        plan ->
            out == null
                ? RunFolder.fresh(Execution.RUNS, LocalDate.now(), plan.recipe().title())
                : new RunFolder(out));
  }
}
