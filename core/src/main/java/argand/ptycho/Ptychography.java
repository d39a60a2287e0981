package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.data.Curve;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.flow.Iterations;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import argand.ptycho.PtychoRefinement.Refiner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Ptychography: overlapping diffraction patterns → the complex transmission of the sample and the
/// illumination.
///
/// The object starts as ones; the start probe is scaled to the mean frame. With several modes the
/// probe is partially coherent: the intensities of its modes add up, I = Σ_m |F(P_m O)|²; they are
/// made orthogonal, the strongest first, every so many passes and at the end.
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
    @Param(value = "what is known of object and probe", byDefault = "{}") Limits constraints,
    @Param(value = "pixels of object around the scanned field", byDefault = "0") int margin,
    @Param(
            value =
                "b: waves have b × b pixels for each of the detector, which adds up their"
                    + " intensities; more than 1 where the probe is wider than frames allow",
            byDefault = "1")
        int upsampling,
    @Param(
            value =
                "full width at half maximum of the energies in the beam ÷ the energy; far field",
            byDefault = "0")
        double bandwidth,
    @Param(value = "incoherent modes of the probe", byDefault = "1") int modes,
    @Param(value = "part of the power with which each further mode starts", byDefault = "0.02")
        double modeShare,
    @Param(value = "passes after which modes are made orthogonal", byDefault = "10")
        int orthogonalEvery,
    @Param(
            value = "what else is learned between passes: positions, the beam's intensity, …",
            byDefault = "[]")
        List<PtychoRefinement> refine,
    @Param(
            value =
                "after the run, look for what spoiled it, by short trials where it shows a misfit",
            byDefault = "true")
        boolean judge,
    @Param(
            value = "what waves are made of beside probe modes and one thin object",
            byDefault = "{}")
        WaveModel model)
    implements Step.One<DiffractionScan, Reconstruction> {
  public Ptychography {
    Check.atLeast("iterations", iterations, 1);
    Check.atLeast("checkpointEvery", checkpointEvery, 1);
    Check.atLeast("margin", margin, 0);
    Check.within("upsampling", upsampling, 1, 8, "");
    Check.within("bandwidth", bandwidth, 0, 0.2, "");
    Check.within("modes", modes, 1, 64, "");
    Check.within("modeShare", modeShare, 1e-6, 1.0 / modes, "");
    Check.atLeast("orthogonalEvery", orthogonalEvery, 1);
    refine = List.copyOf(refine);
    if (!method.carries(model)) {
      throw new InvalidInput(
          "method",
          method,
          (MaximumLikelihood.DEFAULT.carries(model) ? "maximumLikelihood or lsqMl" : "lsqMl")
              + ", which can carry the waves of "
              + model.named(),
          "");
    }
    if (modes > method.mostModes()) {
      throw new InvalidInput(
          "modes", modes, "at most " + method.mostModes() + " with " + method, "");
    }
    if (!model.letsProbeMove() && refine.stream().anyMatch(one -> one.reachPx() > 0)) {
      throw new InvalidInput(
          "refine",
          "positions with " + model.named(),
          "a thin sample in one state and one probe for all views",
          "refine positions in a run without it, whose result holds them");
    }
    Check.atLeast("probeFrom", probeFrom, 1);
    constraints.check(model);
  }

  /// All parameters at their defaults but these two, and without a judge.
  public static Ptychography of(PtychoMethod method, int iterations) {
    return new Ptychography(
        method,
        iterations,
        1,
        25,
        new ProbeStart.Auto(),
        1,
        true,
        Limits.NONE,
        0,
        1,
        0,
        1,
        0.02,
        10,
        List.of(),
        false,
        WaveModel.PLAIN);
  }

  /// The same by another method in so many passes.
  Ptychography by(PtychoMethod other, int passes) {
    return altered(
        now -> {
          now.method = other;
          now.iterations = passes;
        });
  }

  /// The same with so many incoherent modes of the probe.
  public Ptychography withModes(int count) {
    return altered(now -> now.modes = count);
  }

  /// The same with another seed.
  public Ptychography withSeed(long other) {
    return altered(now -> now.seed = other);
  }

  /// The same with another start of the probe.
  public Ptychography withProbe(ProbeStart other) {
    return altered(now -> now.probe = other);
  }

  /// The same, and these are refined between passes.
  public Ptychography refining(PtychoRefinement... between) {
    return altered(now -> now.refine = List.of(between));
  }

  /// The same, judged after the run or not.
  public Ptychography judged(boolean after) {
    return altered(now -> now.judge = after);
  }

  /// The same with waves made of this.
  public Ptychography withModel(WaveModel other) {
    return altered(now -> now.model = other);
  }

  /// The same, and this is known of object and probe.
  public Ptychography constrained(Limits known) {
    return altered(now -> now.constraints = known);
  }

  /// The same with so many finer pixels of the wave along each axis for one of the detector.
  public Ptychography upsampled(int finer) {
    return altered(now -> now.upsampling = finer);
  }

  /// The same in light of this bandwidth.
  public Ptychography inBandOf(double width) {
    return altered(now -> now.bandwidth = width);
  }

  private Ptychography altered(Consumer<AlteredPtychography> change) {
    var now = new AlteredPtychography(this);
    change.accept(now);
    return now.made();
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
    return besideAmplitudes(scan)
        + Amplitudes.wholeBytes(scan.frames().grid(), scan.frames().count());
  }

  @Override
  public long leastMemoryBytes(DiffractionScan scan) {
    return method.keepsWaves()
        ? memoryBytes(scan)
        : Math.min(
            memoryBytes(scan),
            besideAmplitudes(scan) + Amplitudes.leastBytes(scan.frames().grid()));
  }

  @Override
  public String needsLessWith() {
    return method.keepsWaves()
        ? "take method: lsqMl or method: rpie, which keep no exit waves and read frames that do not"
            + " fit when they are needed"
        : "";
  }

  private long besideAmplitudes(DiffractionScan scan) {
    long frame = (long) upsampling * upsampling * scan.frames().grid().size();
    long buffers = (16 + 6L * (modes - 1)) * 8 * frame;
    var windows = windows(scan);
    int waves = modes * model.steps() * model.states();
    long learning = refine.stream().mapToLong(one -> one.memoryBytes(windows, waves)).sum();
    return buffers
        + objectBytes(scan)
        + method.memoryBytes(windows, modes)
        + (bandwidth > 0 ? WavelengthBand.memoryBytes(scan.frames().grid(), bandwidth, modes) : 0)
        + ModelParts.memoryBytes(model, objectBytes(scan), 8 * frame, windows.count())
        + learning;
  }

  /// Bytes of one object.
  long objectBytes(DiffractionScan scan) {
    var object = windows(scan).object();
    return 8L * object.rows() * ComplexField.pitch(object.columns());
  }

  @Override
  public Reconstruction apply(DiffractionScan scan, Watch watch) {
    if (method instanceof Auto auto) {
      return auto.run(this, scan, watch);
    }
    if (bandwidth > 0 && scan.geometry().regime() == Regime.NEAR_FIELD) {
      throw new InvalidInput(
          "bandwidth",
          bandwidth + " with a near-field measurement",
          "0: only far-field patterns scale with the wavelength",
          "leave bandwidth out");
    }
    if (constraints.probeCentre().isPresent() && scan.geometry().regime() == Regime.NEAR_FIELD) {
      throw new InvalidInput(
          "probeCentre",
          "a near-field measurement",
          "one in the far field, where frames do not tell where probe and object stand together",
          "leave probeCentre out");
    }
    var windows = windows(scan);
    long left = watch.memoryBytes() - scan.frames().memoryBytes() - besideAmplitudes(scan);
    long forAmplitudes = method.keepsWaves() ? Long.MAX_VALUE : left;
    var weighed = method.weighsVariance() ? ReadoutNoise.shifted(scan) : scan;
    var model =
        new PtychoModel(weighed, windows, seed, this.model, bandwidth, forAmplitudes, watch);
    var known = probe.firstObject(windows, scan.geometry().beam().energyEv(), watch.earlier());
    var object = known.orElseGet(() -> new ComplexField(windows.object()).setAll(1, 0));
    var start = startProbe(weighed, model, watch);
    known.ifPresent(o -> CarriedObject.light(start, o, windows));
    var probes = ProbeModes.started(start.copy(), modes, modeShare, seed);
    var held =
        new Constraints(
            probeFrom,
            Integer.MAX_VALUE,
            1,
            constraints,
            scan.geometry().beam().wavelength(),
            model.counts() / model.count());
    var refiners = refine.stream().map(one -> one.refiner(model, held, watch.workers())).toList();
    var state = method.start(model, object, probes);
    var engine =
        new WatchedPass(
            method.engine(model, held, watch.workers()), orthogonalEvery, refine, refiners, watch);
    Iterations.run("ptychography", engine, state, iterations, checkpointEvery, watch);
    ProbeModes.orthogonalize(state);
    if (!model.parts().states().isEmpty()) {
      ObjectStates.orthogonalize(model, state.object(), state.probes(), List.of());
    }
    double error = model.relativeAmplitudeError(state.object(), state.probes(), watch.workers());
    var quality =
        Quality.NONE
            .withMetric("relativeAmplitudeError", error)
            .withMetrics(modePowers(state.probes()))
            .withFigure("Residual", List.of(residualCurve(state.residuals())));
    for (var refiner : refiners) {
      quality = quality.and(refiner.found(state));
    }
    quality = quality.and(ProbeVariations.found(model.parts()));
    quality = quality.and(ObjectStates.found(model, state.object(), state.probes()));
    var result =
        new Reconstruction(
                state.object(),
                new Probe(state.probes()),
                windows.reach() == 0 ? scan.positions() : windows.positions(),
                windows.originOfPositions(),
                FinerScan.of(scan.geometry(), upsampling),
                0,
                state.residuals(),
                quality,
                scan.source().withStep(described()))
            .withFurtherModes(model.parts().states());
    double pixelFactor =
        refiners.stream().mapToDouble(Refiner::pixelFactor).reduce(1, (a, b) -> a * b);
    if (!judge || upsampling > 1 || !this.model.plain() || state.iteration() < iterations) {
      var whole = model.parts().stack(state.object()).map(result::withSlices).orElse(result);
      return OtherPixels.of(whole, pixelFactor);
    }
    var judged =
        result.withQuality(
            quality.and(
                Judging.of(
                    this,
                    seen(scan, model),
                    result,
                    start,
                    model.flux(),
                    model.bandwidth(),
                    watch)));
    return OtherPixels.of(judged, pixelFactor);
  }

  /// The scan with all that is known of its background.
  private static DiffractionScan seen(DiffractionScan scan, PtychoModel model) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        model.background().beside(scan.frames()),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  private Windows windows(DiffractionScan scan) {
    int reach = refine.stream().mapToInt(PtychoRefinement::reachPx).max().orElse(0);
    return new Windows(
        scan.positions(),
        FinerScan.of(scan.geometry(), upsampling).sample(),
        subpixel,
        margin,
        reach);
  }

  /// Scaled so that Σ|P|² is the mean number of counts in one frame that come from the sample.
  private ComplexField startProbe(DiffractionScan scan, PtychoModel model, Watch watch) {
    var start = probe.start(FinerScan.of(scan, upsampling), watch.earlier());
    return start.scale(Math.sqrt(ReadoutNoise.lightCounts(model, scan) / start.power()));
  }

  /// `modePower1` … of all power; nothing for a single mode.
  private static SequencedMap<String, Double> modePowers(List<ComplexField> probes) {
    var powers = new LinkedHashMap<String, Double>();
    double[] shares = ProbeModes.shares(probes);
    for (int m = 0; m < shares.length && shares.length > 1; m++) {
      powers.put("modePower" + (m + 1), shares[m]);
    }
    return powers;
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
        + (modes > 1 ? ", " + modes + " modes" : "")
        + (model.plain() ? "" : ", " + model)
        + (upsampling > 1 ? ", " + upsampling + " × " + upsampling + " finer pixels" : "")
        + (bandwidth > 0 ? ", bandwidth " + bandwidth : "")
        + (constraints.equals(Limits.NONE) ? "" : ", " + constraints)
        + (refine.isEmpty() ? "" : ", refines " + refine)
        + (subpixel ? ", sub-pixel positions" : ", whole-pixel positions");
  }
}
