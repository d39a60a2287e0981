package argand.cli;

import argand.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `argand resume`.
@Command(
    name = "resume",
    description = "Go on with a run, to the same bits as without the interruption.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run = Path.of("");

  @Mixin private RunOptions options = new RunOptions();

  private final Terminal terminal;

  ResumeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder folder = RunFolder.open(run);
    return new Execution(terminal, options).resume(folder.recipeFile(), plan -> folder);
  }
}
