package argand.acquire;

import java.util.List;
import java.util.Map;

/// What a beamline must be able to do to be measured with: move and expose. Calls block until they
/// are done. Used by one thread.
///
/// Positions of stages are in metres, in the stage's own direction.
public interface Beamline extends AutoCloseable {
  /// What it is, for the record.
  String name();

  /// The motors it has.
  List<String> motors();

  /// Moves some motors at once and waits until they stand.
  ///
  /// @param to motor → position [m]
  /// @throws DeviceTrouble where one does not get there
  void move(Map<String, Double> to);

  /// Where all motors say that they are: motor → position [m].
  Map<String, Double> positions();

  /// Exposes all detectors over the same time.
  ///
  /// @param seconds by the clock
  /// @throws DeviceTrouble where a detector does not answer
  Reading expose(double seconds);

  @Override
  default void close() {}
}
