package argand.flow;

import argand.array.Workers;

/// For runs within a run: says, shows and keeps nothing; stops when the outer one is told to.
public record Unheard(Watch watch) implements QuietWatch {
  @Override
  public boolean stopped() {
    return watch.stopped();
  }

  @Override
  public Workers workers() {
    return watch.workers();
  }

  /// The outer run still holds what it holds: half of the limit is for it.
  @Override
  public long memoryBytes() {
    return watch.memoryBytes() / 2;
  }
}
