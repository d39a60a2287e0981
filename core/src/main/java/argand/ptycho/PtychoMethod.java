package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;

/// The ways to solve ptychography. The permits clause is the register.
public sealed interface PtychoMethod
    permits Auto,
        Rpie,
        Epie,
        Mpie,
        QuasiNewtonPie,
        LsqMl,
        MaximumLikelihood,
        DifferenceMap,
        Raar,
        SemiImplicitDouglasRachford,
        WirtingerFlow,
        PhaseLift,
        PhaseCut,
        Chain,
        PtychoPlugin {
  /// Knows one pass over all views.
  Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers);

  /// The state before the first pass; the fields are kept, not copied.
  ///
  /// @param probes one for each incoherent mode
  default PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    return new PtychoState(model, object, probes, List.of(), List.of());
  }

  /// True when it can carry waves of this model.
  default boolean carries(WaveModel waves) {
    return waves.plain();
  }

  /// Most incoherent modes of the probe that it can carry.
  default int mostModes() {
    return Integer.MAX_VALUE;
  }

  /// Whether it keeps the exit waves of all views: then measured amplitudes are not worth
  /// streaming.
  default boolean keepsWaves() {
    return false;
  }

  /// Whether counts whose variance is more than that of quanta count for less: what a camera adds
  /// is
  /// then taken into its likelihood.
  default boolean weighsVariance() {
    return false;
  }

  /// Bytes it holds beside object, probes and measured amplitudes.
  default long memoryBytes(Windows windows, int modes) {
    return 0;
  }
}
