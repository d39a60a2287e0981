package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;

/// The ways to solve ptychography. The permits clause is the register.
public sealed interface PtychoMethod permits Rpie, Epie, DifferenceMap, Raar, PtychoPlugin {
  /// Knows one pass over all views.
  Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers);

  /// The state before the first pass; the fields are kept, not copied.
  default PtychoState start(PtychoModel model, ComplexField object, ComplexField probe) {
    return new PtychoState(object, probe, List.of());
  }

  /// Bytes it holds beside object, probe and measured amplitudes.
  default long memoryBytes(Windows windows) {
    return 0;
  }
}
