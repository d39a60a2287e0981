package argand.judge;

import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// Looks at a ptychographic result and its measurement, never at a truth, and names what spoiled
/// them.
///
/// What shows in the counts or in the scan is read off: saturation, hot pixels, overlap, photons, a
/// regular raster. What shows only in a misfit is tried: a short reconstruction under each
/// hypothesis (frames turned, another start probe, another sample pixel, a beam that drifts,
/// several
/// modes), and the one that takes away most of the misfit is the cause. See
/// `docs/algorithms/judge.md`.
///
/// @param scan as it was reconstructed; its probe the one that the reconstruction began with, its
///     positions those at the end
/// @param result of one slice and a probe that does not change
/// @param flux of each view, mean 1
/// @param refit short reconstructions
/// @param stopped true once someone asked to stop: nothing more is tried
public record Judge(
    DiffractionScan scan,
    Reconstruction result,
    double[] flux,
    Refit refit,
    Workers workers,
    BooleanSupplier stopped) {
  /// Misfit beyond shot noise ÷ counts above which something must be grossly wrong.
  private static final double GROSS = 0.02;

  /// Deviance ÷ shot noise up to which nothing is tried.
  private static final double GOOD_ENOUGH = 1.02;

  /// Part of the misfit below which a drift is weaker evidence than light beside the first mode.
  private static final double WEAK_DRIFT = 0.05;

  /// Modes of trials: what trembles is taken up by them and disturbs no other hypothesis.
  private static final int MODES = 3;

  public Judgement judgement() {
    var residuals = Residuals.of(scan, result, flux, refit::spread, workers);
    var findings = new ArrayList<Finding>();
    var metrics = new LinkedHashMap<String, Double>();
    var bad = BadPixels.of(scan, residuals);
    findings.addAll(bad.findings());
    var coverage = Coverage.of(scan, result);
    metrics.put("foundProbeDiameter", coverage.probe().diameter());
    metrics.put("foundOverlap", coverage.overlap());
    boolean gross = residuals.error() > GROSS;
    boolean saturated = findings.stream().anyMatch(f -> f.cause() == Cause.SATURATION);
    var little = coverage.tooLittle(!gross);
    if (saturated) {
      findings.addAll(little);
    } else {
      var trials = new Trials(bad.masked(scan, residuals.good()), refit, workers);
      var spoiled = gross ? gross(trials, little.isEmpty()) : Optional.<Finding>empty();
      spoiled.ifPresent(findings::add);
      findings.addAll(little);
      if (spoiled.isEmpty() && little.isEmpty()) {
        StartProbes.outgrown(coverage).ifPresent(findings::add);
        if (residuals.dispersion() > GOOD_ENOUGH && !stopped.getAsBoolean()) {
          fine(trials, findings, metrics);
        }
      }
    }
    findings.addAll(coverage.risks());
    var remains = Remains.of(result);
    findings.addAll(remains.findings());
    metrics.putAll(remains.metrics());
    if (findings.isEmpty() && residuals.error() > 2 * GROSS) {
      findings.add(
          new Finding(
              Cause.UNEXPLAINED,
              "The frames are not explained, and no cause was found: are the counts photons, is the"
                  + " sample thin, did it keep still?"));
    }
    return new Judgement(
        findings,
        residuals,
        metrics,
        MisfitMaps.of(
            residuals, scan.positions(), coverage.plan().step(), scan.geometry().detector()));
  }

  private void fine(Trials trials, List<Finding> findings, SequencedMap<String, Double> metrics) {
    var asStated = trials.fit(MODES);
    var size = PixelSize.of(trials, asStated, MODES);
    var drift = BeamDrift.of(trials, asStated, MODES);
    metrics.put("pixelScale", size.scale());
    metrics.put("beamDriftGain", drift.gain());
    var blur = Blur.of(best(trials, asStated, size, drift));
    metrics.put("incoherentShare", blur.share());
    var trembling = blur.finding(result.probe().modes().size());
    // what trembles jitters too, and a weak drift may be only that
    boolean jitter = trembling.isPresent() && drift.gain() < WEAK_DRIFT;
    var light = drift.finding();
    if (jitter) {
      trembling.ifPresent(findings::add);
    }
    if (drift.gain() > size.gain()) {
      light.ifPresent(findings::add);
      size.finding(trials).ifPresent(findings::add);
    } else {
      size.finding(trials).ifPresent(findings::add);
      light.ifPresent(findings::add);
    }
    if (!jitter) {
      trembling.ifPresent(findings::add);
    }
  }

  /// @param startToo whether another start probe could help
  private Optional<Finding> gross(Trials trials, boolean startToo) {
    if (trials.scan().frames().count() < 2) {
      return Optional.empty();
    }
    var turned = Turns.of(trials, trials.fit(MODES), MODES);
    return turned.isPresent() || !startToo || stopped.getAsBoolean()
        ? turned
        : StartProbes.stuck(trials, trials.fit(1));
  }

  /// The fit with whatever was found to be wrong put right.
  private static Trials.Fit best(
      Trials trials, Trials.Fit asStated, PixelSize size, BeamDrift drift) {
    if (!size.wrong() && !drift.found()) {
      return asStated;
    }
    double s = size.wrong() ? 1 / size.scale() : 1;
    var right = trials.on(s, 0, 0, s);
    return drift.found() ? right.lit(drift.flux(), MODES) : right.fit(MODES);
  }
}
