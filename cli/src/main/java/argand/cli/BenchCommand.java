package argand.cli;

import argand.array.InvalidInput;
import argand.bench.Benchmark;
import argand.bench.Benchmarks;
import argand.bench.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `argand bench`.
@Command(
    name = "bench",
    description =
        "Measure speed and quality against references and goals; without a name everything.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "See --list.")
  private @Nullable String name;

  @Option(names = "--list", description = "List the benchmarks.")
  private boolean list;

  @Option(
      names = "--case",
      paramLabel = "CASE",
      description = "Only this part of the benchmark; may be given several times. See --list.")
  private List<String> cases = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of simulated cases; may be given several times. Default: 1.")
  private List<Long> seeds = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object as the last line of stdout.")
  private boolean json;

  private final Terminal terminal;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (list) {
      for (Benchmark benchmark : Benchmarks.ALL) {
        terminal.out().printf("%-16s %s%n", benchmark.name(), benchmark.about());
        if (!benchmark.cases().isEmpty()) {
          terminal.out().printf("%-16s   cases: %s%n", "", String.join(", ", benchmark.cases()));
        }
      }
      return 0;
    }
    var figures = new ArrayList<Benchmark.Figure>();
    var selection = new Selection(cases, seeds.isEmpty() ? List.of(1L) : seeds);
    var chosen = chosen();
    for (String one : cases) {
      if (chosen.stream().noneMatch(benchmark -> benchmark.cases().contains(one))) {
        var names = chosen.stream().flatMap(benchmark -> benchmark.cases().stream()).toList();
        throw new InvalidInput(
            "case", "'" + one + "'", "one of " + String.join(", ", names), "see bench --list");
      }
    }
    for (Benchmark benchmark : chosen) {
      figures.addAll(benchmark.run(selection, terminal.err()::println));
    }
    if (json) {
      var results = figures.stream().map(BenchCommand::asMap).toList();
      terminal.out().println(JsonMapper.shared().writeValueAsString(Map.of("results", results)));
    } else {
      for (var figure : figures) {
        terminal
            .out()
            .printf(
                Locale.ROOT,
                "%-40s %12.5g %-6s %12.5g %8.3f%n",
                figure.name(),
                figure.value(),
                figure.unit(),
                figure.reference(),
                figure.ratio());
      }
    }
    return 0;
  }

  private List<Benchmark> chosen() {
    if (name == null) {
      return Benchmarks.ALL;
    }
    var found = Benchmarks.ALL.stream().filter(b -> b.name().equals(name)).toList();
    if (found.isEmpty()) {
      var names = Benchmarks.ALL.stream().map(Benchmark::name).toList();
      throw new InvalidInput(
          "benchmark", "'" + name + "'", "one of " + String.join(", ", names), "");
    }
    return found;
  }

  /// JSON has no NaN: what could not be measured is null, its key stays.
  private static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  static Map<String, @Nullable Object> asMap(Benchmark.Figure figure) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    map.put("name", figure.name());
    map.put("value", orNull(figure.value()));
    map.put("unit", figure.unit());
    map.put("reference", orNull(figure.reference()));
    map.put("ratio", orNull(figure.ratio()));
    return map;
  }
}
