package argand.ptycho;

import argand.array.RealField;
import argand.array.Workers;
import argand.flow.Progress;
import argand.flow.State;
import argand.flow.Watch;
import java.util.function.Supplier;

/// For runs within a run: says, shows and keeps nothing; stops when the outer one is told to.
record Unheard(Watch watch) implements Watch {
  @Override
  public void tell(Progress progress) {}

  @Override
  public boolean stopped() {
    return watch.stopped();
  }

  @Override
  public void keep(State state) {}

  @Override
  public boolean restore(State state) {
    return false;
  }

  @Override
  public void show(String name, Supplier<RealField> picture) {}

  @Override
  public Workers workers() {
    return watch.workers();
  }

  /// The outer run still holds what it holds: half of the limit is for it.
  @Override
  public long memoryBytes() {
    return watch.memoryBytes() / 2;
  }

  @Override
  public Watch part(String name) {
    return this;
  }
}
