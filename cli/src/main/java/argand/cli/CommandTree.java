package argand.cli;

import argand.run.ExitCode;
import argand.run.Provenance;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// `argand` and its commands; every trouble becomes one sentence and an exit code.
@Command(
    name = "argand",
    description = "From raw detector frames to quantitative images.",
    version = "argand " + Provenance.VERSION,
    mixinStandardHelpOptions = true)
final class CommandTree implements Runnable {
  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a trouble.")
  private boolean trace;

  private final Terminal terminal;
  private final CommandLine line;

  CommandTree(Terminal terminal) {
    this.terminal = terminal;
    line = new CommandLine(this);
    for (Object command : commands(terminal)) {
      line.addSubcommand(command);
    }
    line.setOut(new PrintWriter(terminal.out(), true));
    line.setErr(new PrintWriter(terminal.err(), true));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((trouble, command, parsed) -> told(trouble));
    line.setParameterExceptionHandler((trouble, arguments) -> misused(trouble));
  }

  private static List<Object> commands(Terminal terminal) {
    return List.of(
        new RunCommand(terminal),
        new DemoCommand(terminal),
        new AcquireCommand(terminal),
        new InspectCommand(terminal),
        new ConvertCommand(terminal),
        new CompareCommand(terminal),
        new VerbsCommand(terminal),
        new WatchCommand(terminal),
        new StopCommand(terminal),
        new ResumeCommand(terminal),
        new CiteCommand(terminal),
        new BenchCommand(terminal),
        new DoctorCommand(terminal));
  }

  /// The exit code.
  int run(String... arguments) {
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      return told(e);
    }
  }

  @Override
  public void run() {
    line.usage(line.getOut());
  }

  private int told(Throwable trouble) {
    terminal.err().println("argand: " + ExitCode.sentence(trouble));
    if (trace) {
      trouble.printStackTrace(terminal.err());
    }
    return ExitCode.of(trouble);
  }

  private int misused(ParameterException trouble) {
    var command = trouble.getCommandLine();
    terminal.err().println("argand: " + trouble.getMessage());
    boolean suggested =
        trouble instanceof UnmatchedArgumentException unmatched
            && UnmatchedArgumentException.printSuggestions(unmatched, command.getErr());
    if (!suggested) {
      terminal.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.INVALID;
  }
}
