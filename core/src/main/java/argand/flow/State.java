package argand.flow;

import java.util.List;
import java.util.SequencedMap;

/// All that an engine must remember between iterations; what it names here is saved and restored,
/// and nothing else.
public interface State {
  /// Iterations done.
  int iteration();

  /// One for each iteration done; the list itself, to be appended to (and refilled on resume).
  List<Double> residuals();

  /// Name → the array itself, not a copy; a resumed run fills them in place. Order and lengths are
  /// fixed for a given run.
  SequencedMap<String, float[]> arrays();
}
