package argand.cli;

import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of every command that carries out a recipe.
final class RunOptions {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Change the recipe: --set each.ptychography.iterations=50. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to use; default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "Most memory the steps may hold (8G, 512M); default: what this process has.")
  private long memory;

  @Option(names = "--json", description = "Print one JSON object as the last line of stdout.")
  private boolean json;

  List<String> settings() {
    return settings;
  }

  int threads() {
    if (threads < 1 || threads > 4096) {
      throw new InvalidInput("--threads", threads, "1 … 4096", "");
    }
    return threads;
  }

  long memory() {
    return memory;
  }

  boolean json() {
    return json;
  }
}
