package argand.cli;

import argand.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `argand stop`.
@Command(
    name = "stop",
    description = "Ask a run to stop at the next iteration.",
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run = Path.of("");

  private final Terminal terminal;

  StopCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunFolder.open(run).requestStop();
    terminal.out().println("asked to stop; argand resume " + run + " goes on");
    return 0;
  }
}
