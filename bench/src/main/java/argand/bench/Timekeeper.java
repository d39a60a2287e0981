package argand.bench;

import argand.array.Workers;
import argand.flow.Progress;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;

/// Watches a step from outside and notes how long each of its passes took.
final class Timekeeper implements QuietWatch {
  private final Workers workers;
  private final long memoryBytes;
  private final List<Double> seconds = new ArrayList<>();

  /// @param memoryBytes that the step and its input may hold
  Timekeeper(Workers workers, long memoryBytes) {
    this.workers = workers;
    this.memoryBytes = memoryBytes;
  }

  /// With all the memory of the process.
  Timekeeper(Workers workers) {
    this(workers, Watch.SILENT.memoryBytes());
  }

  /// Median over the passes but the first.
  double secondsOfAPass() {
    return Rounds.median(seconds.stream().skip(1).mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void tell(Progress progress) {
    if (progress instanceof Progress.Iterated pass) {
      seconds.add(pass.seconds());
    }
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public long memoryBytes() {
    return memoryBytes;
  }

  @Override
  public Watch part(String name) {
    return new Timekeeper(workers, memoryBytes);
  }
}
