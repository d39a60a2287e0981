package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.data.Curve;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.flow.Diverged;
import argand.flow.Engine;
import argand.flow.Iterations;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Ptychography: overlapping diffraction patterns → the complex transmission of the sample and the
/// illumination.
///
/// One coherent mode. The object starts as ones; the start probe is scaled to the mean frame.
public record Ptychography(
    @Param(value = "how to solve", byDefault = "rpie") PtychoMethod method,
    @Param(value = "passes over all frames", byDefault = "200") int iterations,
    @Param(value = "seed of the order of the frames", byDefault = "1") long seed,
    @Param(value = "passes between checkpoints", byDefault = "25") int checkpointEvery,
    @Param(value = "where the first guess of the illumination comes from", byDefault = "auto")
        ProbeStart probe,
    @Param(value = "first pass that updates the probe", byDefault = "1") int probeFrom,
    @Param(
            value = "move the probe by fractions of a pixel; false rounds the positions",
            byDefault = "true")
        boolean subpixel,
    @Param(value = "least amplitude of the object", byDefault = "0") double minAmplitude,
    @Param("greatest amplitude of the object; absent leaves it free") OptionalDouble maxAmplitude,
    @Param(value = "pixels of object around the scanned field", byDefault = "0") int margin)
    implements Step.One<DiffractionScan, Reconstruction> {
  /// No pass of a working iteration has a larger residual. Without any wave on the detector it is
  /// 1;
  /// the start, whose power is that of the frames, has at most 2.
  private static final double LARGEST_RESIDUAL = 10;

  /// A bold step may overshoot in the first passes and recover.
  private static final int WARM_UP = 5;

  public Ptychography {
    Check.atLeast("iterations", iterations, 1);
    Check.atLeast("checkpointEvery", checkpointEvery, 1);
    Check.atLeast("margin", margin, 0);
    new Constraints(probeFrom, minAmplitude, maxAmplitude.orElse(Double.POSITIVE_INFINITY));
  }

  /// All parameters at their defaults but these two.
  public static Ptychography of(PtychoMethod method, int iterations) {
    return new Ptychography(
        method, iterations, 1, 25, new ProbeStart.Auto(), 1, true, 0, OptionalDouble.empty(), 0);
  }

  @Override
  public Class<DiffractionScan> takes() {
    return DiffractionScan.class;
  }

  @Override
  public Class<Reconstruction> gives() {
    return Reconstruction.class;
  }

  @Override
  public long memoryBytes(DiffractionScan scan) {
    var windows = windows(scan);
    long frame = scan.frames().grid().size();
    long amplitudes = 4 * frame * scan.frames().count();
    long buffers = 16 * 8 * frame;
    return amplitudes + buffers + objectBytes(scan) + method.memoryBytes(windows);
  }

  /// Bytes of one object.
  long objectBytes(DiffractionScan scan) {
    var object = windows(scan).object();
    return 8L * object.rows() * ComplexField.pitch(object.columns());
  }

  @Override
  public Reconstruction apply(DiffractionScan scan, Watch watch) {
    var windows = windows(scan);
    var model = new PtychoModel(scan, windows, seed);
    var object = new ComplexField(windows.object()).setAll(1, 0);
    var state = method.start(model, object, startProbe(scan, model));
    var constraints =
        new Constraints(probeFrom, minAmplitude, maxAmplitude.orElse(Double.POSITIVE_INFINITY));
    var engine = shown(method.engine(model, constraints, watch.workers()), watch);
    Iterations.run("ptychography", engine, state, iterations, checkpointEvery, watch);
    double error = model.relativeAmplitudeError(state.object(), state.probe(), watch.workers());
    return new Reconstruction(
        state.object(),
        Probe.of(state.probe()),
        scan.positions(),
        windows.origin(),
        scan.geometry(),
        0,
        state.residuals(),
        Quality.NONE
            .withMetric("relativeAmplitudeError", error)
            .withFigure("Residual", List.of(residualCurve(state.residuals()))),
        scan.source().withStep(described()));
  }

  private Windows windows(DiffractionScan scan) {
    return new Windows(scan.positions(), scan.geometry().sample(), subpixel, margin);
  }

  /// Scaled so that Σ|P|² is the mean number of counts in one frame.
  private ComplexField startProbe(DiffractionScan scan, PtychoModel model) {
    var start = probe.start(scan);
    return start.scale(Math.sqrt(model.counts() / model.count() / start.power()));
  }

  private static Engine<PtychoState> shown(Engine<PtychoState> engine, Watch watch) {
    return state -> {
      double residual = engine.iterate(state);
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
    };
  }

  private static Curve residualCurve(List<Double> residuals) {
    return new Curve(
        "Σ(|u| − √I)² / ΣI",
        "pass",
        "relative amplitude error",
        IntStream.rangeClosed(1, residuals.size()).asDoubleStream().toArray(),
        residuals.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private String described() {
    return "ptychography: "
        + method
        + ", "
        + iterations
        + " passes, seed "
        + seed
        + ", probe "
        + probe
        + " from pass "
        + probeFrom
        + (subpixel ? ", sub-pixel positions" : ", whole-pixel positions");
  }
}
