package argand.ptycho;

import argand.array.Workers;
import argand.data.Quality;

/// What can be learned of a measurement beside object and probe, between passes, whatever the
/// method. The permits clause is the register.
public sealed interface PtychoRefinement
    permits Background, Bandwidth, BeamIntensity, Distance, Positions, SliceSpacing {
  /// First pass (from 1) after which it is refined.
  int from();

  /// Passes from one refinement to the next.
  int every();

  /// Pixels by which it may move frames along each axis; 0 where it leaves positions alone.
  default int reachPx() {
    return 0;
  }

  /// Bytes it needs beside the method's.
  default long memoryBytes(Windows windows, int modes) {
    return 0;
  }

  /// Makes what does the work.
  Refiner refiner(PtychoModel model, Constraints constraints, Workers workers);

  /// True when it is due after pass `iteration` (from 0).
  default boolean due(int iteration) {
    return iteration + 1 >= from() && (iteration + 1 - from()) % every() == 0;
  }

  /// Improves what the model has learned. All that it remembers lies in the state, or a resumed run
  /// would not give the same bits.
  interface Refiner {
    /// Called after a pass, before its residual is entered.
    void refine(PtychoState state);

    /// Numbers, curves and sentences about what was found, for the result.
    default Quality found(PtychoState state) {
      return Quality.NONE;
    }

    /// Size of the sample's pixels as found ÷ that of the file.
    default double pixelFactor() {
      return 1;
    }
  }
}
