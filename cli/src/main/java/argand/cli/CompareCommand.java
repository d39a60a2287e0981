package argand.cli;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.LineAreas;
import argand.data.Product;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.file.ResultReader;
import argand.metric.Comparison;
import argand.metric.LineAreasComparison;
import argand.metric.StackComparison;
import argand.run.Outcome;
import argand.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `argand compare`.
@Command(
    name = "compare",
    description =
        "Compare a result with the truth, or another result, after removing what no measurement"
            + " can know.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RESULT", description = "A result file or a run folder.")
  private Path result = Path.of("");

  @Parameters(index = "1", paramLabel = "TRUTH", description = "A truth file or another result.")
  private Path truth = Path.of("");

  @Option(names = "--json", description = "Print one JSON object as the last line of stdout.")
  private boolean json;

  private final Terminal terminal;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Quality quality =
        between(ResultReader.product(file(result)), ResultReader.product(file(truth)));
    if (json) {
      var map = new LinkedHashMap<String, Object>();
      map.put("result", file(result).toString());
      map.put("metrics", Outcome.finite(quality.metrics()));
      map.put("verdict", quality.verdict());
      terminal.out().println(JsonMapper.shared().writeValueAsString(map));
    } else {
      quality
          .metrics()
          .forEach(
              (name, value) -> terminal.out().printf(Locale.ROOT, "%-24s %.6g%n", name, value));
      quality.verdict().forEach(terminal.out()::println);
    }
    return 0;
  }

  private Quality between(Product found, Product known) {
    return switch (found) {
      case Reconstruction picture when known instanceof Reconstruction other ->
          Comparison.between(picture, other);
      case EnergyStack stack when known instanceof EnergyStack other -> {
        try (var images = stack.images();
            var others = other.images()) {
          yield StackComparison.between(stack, other);
        }
      }
      case LineAreas areas when known instanceof LineAreas other ->
          LineAreasComparison.between(areas, other);
      default ->
          throw new InvalidInput(
              result + " and " + truth,
              found.getClass().getSimpleName() + " and " + known.getClass().getSimpleName(),
              "two reconstructions, two energy stacks, or two sets of areas",
              "");
    };
  }

  private static Path file(Path path) {
    return Files.isDirectory(path) ? RunFolder.open(path).result() : path;
  }
}
