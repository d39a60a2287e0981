package argand.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// How a run ended.
///
/// @param result the file of the final product
/// @param seconds wall clock
/// @param peakMemoryBytes of the process
/// @param metrics of the final product
/// @param verdict sentences: what is known about the result, what is missing
/// @param failures of tasks
/// @param stopped whether the user stopped it
public record Outcome(
    RunFolder folder,
    Optional<Path> result,
    double seconds,
    long peakMemoryBytes,
    SequencedMap<String, Double> metrics,
    List<String> verdict,
    List<Failure> failures,
    boolean stopped,
    int tasks) {
  /// A task that failed and why.
  ///
  /// @param number of the task; 0 for `then`
  /// @param task its name
  public record Failure(int number, String task, Throwable cause) {
    public String sentence() {
      return ExitCode.sentence(cause);
    }
  }

  /// Done or stopped: 0; where `then` failed, so that there is no answer, or all tasks did for one
  /// kind of reason, the code of that; else 5.
  public int exitCode() {
    if (failures.isEmpty()) {
      return ExitCode.DONE;
    }
    var then = failures.stream().filter(f -> f.number() == 0).findFirst();
    if (then.isPresent()) {
      return ExitCode.of(then.get().cause());
    }
    int first = ExitCode.of(failures.getFirst().cause());
    boolean alike = failures.stream().allMatch(f -> ExitCode.of(f.cause()) == first);
    return alike && failures.size() >= tasks ? first : ExitCode.FAILED_TASKS;
  }

  /// JSON knows no infinity and no NaN: such numbers are left out.
  public static SequencedMap<String, Double> finite(SequencedMap<String, Double> metrics) {
    var finite = new LinkedHashMap<String, Double>();
    metrics.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            finite.put(name, value);
          }
        });
    return finite;
  }

  /// The fields of `--json`.
  public SequencedMap<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("run", folder.path().toString());
    result.ifPresent(file -> map.put("result", file.toString()));
    map.put("seconds", seconds);
    map.put("peakMemoryBytes", peakMemoryBytes);
    map.put("metrics", finite(metrics));
    map.put("verdict", verdict);
    if (stopped) {
      map.put("stopped", true);
    }
    if (!failures.isEmpty()) {
      map.put("failed", failures.stream().map(Failure::task).toList());
    }
    return map;
  }
}
