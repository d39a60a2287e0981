package argand.flow;

/// Knows one iteration; knows nothing of loops, files, screens or clocks.
public interface Engine<S extends State> {
  /// Improves the state in place; returns the residual it found. Must depend on the state and its
  /// iteration number alone.
  double iterate(S state);
}
