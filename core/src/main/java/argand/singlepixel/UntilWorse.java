package argand.singlepixel;

import argand.array.RealField;
import argand.array.Workers;
import argand.flow.Progress;
import argand.flow.State;
import argand.flow.Watch;
import java.util.function.Supplier;

/// Also stops when the left-out patterns have not been told better for so many steps.
record UntilWorse(Watch watch, NeuralState fit, int patience) implements Watch {
  @Override
  public boolean stopped() {
    return watch.stopped() || fit.bestStep() > 0 && fit.iteration() - fit.bestStep() >= patience;
  }

  @Override
  public void tell(Progress progress) {
    watch.tell(progress);
  }

  @Override
  public void keep(State state) {
    watch.keep(state);
  }

  @Override
  public boolean restore(State state) {
    return watch.restore(state);
  }

  @Override
  public void show(String name, Supplier<RealField> picture) {
    watch.show(name, picture);
  }

  @Override
  public Workers workers() {
    return watch.workers();
  }

  @Override
  public long memoryBytes() {
    return watch.memoryBytes();
  }

  @Override
  public Watch part(String name) {
    return watch.part(name);
  }
}
