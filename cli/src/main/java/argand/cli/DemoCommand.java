package argand.cli;

import argand.recipe.Catalog;
import argand.recipe.Inputs;
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

/// `argand demo`.
@Command(
    name = "demo",
    description = "Carry out a built-in example; without a name the headline one.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "See --list.")
  private String name = Examples.HEADLINE;

  @Option(names = "--quick", description = "A first impression, in a fraction of the time.")
  private boolean quick;

  @Option(names = "--list", description = "List the examples.")
  private boolean list;

  @Option(names = "--out", paramLabel = "DIR", description = "The run folder.")
  private @Nullable Path out;

  @Mixin private RunOptions options = new RunOptions();

  private final Terminal terminal;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (list) {
      Examples.names().forEach(this::tell);
      return 0;
    }
    RecipeFile recipe = Examples.read(name);
    return new Execution(terminal, options)
        .start(
            quick ? recipe.quick() : recipe,
            plan ->
                out == null
                    ? RunFolder.fresh(Execution.RUNS, LocalDate.now(), plan.recipe().title())
                    : new RunFolder(out));
  }

  private void tell(String example) {
    var recipe = Examples.read(example).bind(Catalog.installed());
    String of =
        switch (recipe.of()) {
          case Inputs.Made made -> "simulated";
          case Inputs.Files files -> "needs " + String.join(", ", files.patterns());
        };
    terminal.out().printf("%-20s %s (%s)%n", example, recipe.title(), of);
  }
}
