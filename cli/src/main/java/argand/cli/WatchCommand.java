package argand.cli;

import argand.flow.Progress;
import argand.run.EventReader;
import argand.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `argand watch`.
@Command(
    name = "watch",
    description = "Follow a run, wherever it runs, until it ends.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 200;

  @Parameters(paramLabel = "RUN", description = "The run folder.")
  private Path run = Path.of("");

  @Option(names = "--once", description = "Tell what happened so far and end.")
  private boolean once;

  private final Terminal terminal;

  WatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunFolder folder = RunFolder.open(run);
    var reader = new EventReader(folder.events());
    var line =
        new ProgressLine(new Terminal(terminal.out(), terminal.out(), terminal.interactive()));
    while (true) {
      boolean ended = false;
      for (var event : reader.next()) {
        event.progress().ifPresent(progress -> line.hear(event.task(), event.step(), progress));
        if (event.progress().isEmpty()) {
          line.hear(event.task(), event.name(), new Progress.Noted(event.text()));
        }
        ended = event.endsRun();
      }
      if (ended || once) {
        return 0;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
