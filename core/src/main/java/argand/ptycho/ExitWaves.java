package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exit waves of any view as object and probe stand, ψ_jm = S_j P_m · O_j; for what looks at a
/// reconstruction without being its method. One instance for each thread; the probes are taken when
/// it is made.
final class ExitWaves {
  private final PtychoModel model;
  private final Detector detector;
  private final List<ComplexField> waves;
  private final List<ProbeShift> shifts;
  private final @Nullable ViewChain chain;
  private final List<ComplexField> incident;

  ExitWaves(PtychoModel model, List<ComplexField> probes) {
    this.model = model;
    detector = model.detector();
    boolean plain = model.parts().model().plain();
    chain = plain ? null : new ViewChain(model, probes.size());
    if (chain != null) {
      chain.take(probes);
      waves = LsqMlRoom.fields(model.windows(), chain.components());
      incident = LsqMlRoom.fields(model.windows(), chain.depth());
      shifts = List.of();
      return;
    }
    incident = List.of();
    waves = probes.stream().map(probe -> new ComplexField(probe.grid())).toList();
    shifts = probes.stream().map(probe -> new ProbeShift(model.windows())).toList();
    for (int m = 0; m < probes.size(); m++) {
      shifts.get(m).take(probes.get(m));
    }
  }

  /// Number of waves of a view that add up in intensity: modes, or components of the model.
  int count() {
    return waves.size();
  }

  /// The way to the detector for this thread.
  Detector detector() {
    return detector;
  }

  /// One wave for each mode, or each component of the model; they may be written, and are valid
  /// until the next call.
  List<ComplexField> of(ComplexField object, int j) {
    if (chain != null) {
      for (int c = 0; c < waves.size(); c++) {
        chain.incident(j, c, incident.getFirst());
        var seen = model.parts().state(object, chain.state(c));
        chain.through(seen, j, incident, waves.get(c));
      }
      return waves;
    }
    var frame = model.windows().frame();
    for (int m = 0; m < waves.size(); m++) {
      ExitWave.product(
          Window.of(probe(m, j)),
          model.under(object, j),
          Window.of(waves.get(m)),
          frame.rows(),
          frame.columns(),
          new float[2]);
    }
    return waves;
  }

  /// S_j P_m, or the probe of component m; valid until the next call.
  ComplexField probe(int m, int j) {
    if (chain != null) {
      chain.incident(j, m, incident.getFirst());
      return incident.getFirst();
    }
    return shifts.get(m).at(j);
  }
}
