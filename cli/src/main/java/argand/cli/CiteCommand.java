package argand.cli;

import argand.file.FileTrouble;
import argand.recipe.Catalog;
import argand.recipe.Citations;
import argand.recipe.RecipeFile;
import argand.run.Provenance;
import argand.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `argand cite`.
@Command(
    name = "cite",
    description = "The publications behind a run or a recipe, as BibTeX.",
    mixinStandardHelpOptions = true)
final class CiteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN|RECIPE", description = "A run folder or a recipe.")
  private Path what = Path.of("");

  private final Terminal terminal;

  CiteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(Files.isDirectory(what) ? ofRun() : ofRecipe());
    terminal.out().flush();
    return 0;
  }

  private String ofRun() {
    Path file = RunFolder.open(what).citations();
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be read (" + e + ")", e);
    }
  }

  private String ofRecipe() {
    var recipe = RecipeFile.read(what).bind(Catalog.installed());
    return Citations.bibtex(Citations.of(recipe), Provenance.VERSION);
  }
}
