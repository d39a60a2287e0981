package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.flow.Engine;
import argand.flow.Progress;
import argand.flow.Watch;
import java.util.List;

/// Chooses from the data: the start of the probe, the number of modes, what is refined between
/// passes. What runs is maximum likelihood by conjugate gradients, after passes of LSQ-ML or rPIE
/// where these help, as many as help.
///
/// Each choice is tried in a short run on at most 200 views that does not see 5 % of the detector
/// pixels, other ones in each view, and is kept when it explains these better: the Poisson deviance
/// of the withheld pixels, view by view against the run without it, must fall by more than three
/// standard errors of the mean, and what shot noise does not explain of it by a twentieth. What a
/// recipe asks for itself (modes, refinements) is the least that is done. See
/// `docs/algorithms/ptychography.md`.
public record Auto() implements PtychoMethod {
  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return MaximumLikelihood.DEFAULT.engine(model, constraints, workers);
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    return MaximumLikelihood.DEFAULT.start(model, object, probes);
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    int most = Math.max(modes, AutoChoice.MODES);
    return AutoChoice.after(LsqMl.DEFAULT, 2).memoryBytes(windows, most);
  }

  /// Chooses, runs, and says what it chose and why.
  Reconstruction run(Ptychography asked, DiffractionScan scan, Watch watch) {
    return choose(asked, scan, watch).reconstruct(scan, watch);
  }

  static AutoChoice choose(Ptychography asked, DiffractionScan scan, Watch watch) {
    long began = System.nanoTime();
    watch.tell(new Progress.Started("auto", 0));
    var choice = AutoChoice.of(asked, scan, watch);
    watch.tell(new Progress.Noted(choice.sentence()));
    watch.tell(new Progress.Finished("auto", (System.nanoTime() - began) * 1e-9));
    return choice;
  }
}
