package argand.run;

import argand.flow.Progress;

/// Someone who follows a run in this process: the line on a terminal.
public interface Listener {
  /// @param task name of the task; empty for the run as a whole
  /// @param step name of the step
  void hear(String task, String step, Progress progress);

  /// No one.
  Listener NONE = (task, step, progress) -> {};
}
