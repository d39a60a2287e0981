package argand.ptycho;

import argand.flow.Diverged;
import argand.flow.Engine;
import argand.flow.Watch;
import argand.ptycho.PtychoRefinement.Refiner;
import java.util.List;
import java.util.Locale;

/// A pass of any method, and what follows it: modes are made orthogonal, what is due is refined,
/// numbers that run away are refused, pictures are offered.
///
/// @param orthogonalEvery passes after which modes are made orthogonal
/// @param refine what is learned between passes
/// @param refiners one for each of them
record WatchedPass(
    Engine<PtychoState> method,
    int orthogonalEvery,
    List<PtychoRefinement> refine,
    List<Refiner> refiners,
    Watch watch)
    implements Engine<PtychoState> {
  /// No pass of a working iteration has a larger residual. Without any wave on the detector it is
  /// 1; the start, whose power is that of the frames, has at most 2.
  private static final double LARGEST_RESIDUAL = 10;

  /// A bold step may overshoot in the first passes and recover.
  private static final int WARM_UP = 5;

  @Override
  public double iterate(PtychoState state) {
    double residual = method.iterate(state);
    if ((state.iteration() + 1) % orthogonalEvery == 0) {
      ProbeModes.orthogonalize(state);
    }
    for (int k = 0; k < refiners.size(); k++) {
      if (refine.get(k).due(state.iteration())) {
        refiners.get(k).refine(state);
      }
    }
    if (state.iteration() >= WARM_UP && residual > LARGEST_RESIDUAL) {
      throw new Diverged(
          "ptychography",
          state.iteration() + 1,
          String.format(
              Locale.ROOT, "the residual is %.4g, that of no wave at all is 1,", residual));
    }
    watch.show("object amplitude", () -> state.object().amplitude());
    watch.show("object phase", () -> state.object().phase());
    watch.show("probe amplitude", () -> state.probe().amplitude());
    return residual;
  }
}
