package argand.ptycho;

import java.util.List;

/// A {@link Ptychography} in the making: another one's parameters, of which some are changed by
/// name.
final class AlteredPtychography {
  PtychoMethod method;
  int iterations;
  long seed;
  ProbeStart probe;
  Limits constraints;
  int upsampling;
  double bandwidth;
  int modes;
  List<PtychoRefinement> refine;
  boolean judge;
  WaveModel model;
  private final Ptychography before;

  AlteredPtychography(Ptychography before) {
    this.before = before;
    method = before.method();
    iterations = before.iterations();
    seed = before.seed();
    probe = before.probe();
    constraints = before.constraints();
    upsampling = before.upsampling();
    bandwidth = before.bandwidth();
    modes = before.modes();
    refine = before.refine();
    judge = before.judge();
    model = before.model();
  }

  Ptychography made() {
    return new Ptychography(
        method,
        iterations,
        seed,
        before.checkpointEvery(),
        probe,
        before.probeFrom(),
        before.subpixel(),
        constraints,
        before.margin(),
        upsampling,
        bandwidth,
        modes,
        before.modeShare(),
        before.orthogonalEvery(),
        refine,
        judge,
        model);
  }
}
