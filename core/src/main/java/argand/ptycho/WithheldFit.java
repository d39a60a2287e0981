package argand.ptycho;

import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.flow.Diverged;
import argand.flow.Watch;
import argand.judge.Residuals;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How well a run explains the pixels it did not see.
///
/// @param deviance Poisson deviance of the withheld pixels of each view; infinite for a run that
///     ran away
/// @param expected what shot noise alone would leave
record WithheldFit(double[] deviance, double[] expected) {
  private static final double SHARE = 0.05;

  /// Standard errors of the mean difference that make it sure.
  private static final double SURE = 3;

  /// Part by which what shot noise does not explain must fall: with many photons nothing is exact,
  /// and whatever is refined takes up a little of what it did not cause.
  private static final double WORTH = 0.05;

  /// Part of the pixels that is withheld.
  static double share() {
    return SHARE;
  }

  /// Runs on the other pixels; stays on the positions and intensities that it finds there.
  ///
  /// @param start instead of the run's own
  static WithheldFit of(
      Ptychography run,
      DiffractionScan scan,
      Optional<Probe> start,
      Watch silent,
      Workers workers) {
    var seen = Withheld.fitted(scan, SHARE, run.seed());
    Reconstruction result;
    try {
      result =
          start.isPresent()
              ? run.withProbe(new ProbeStart.FromFile()).apply(with(seen, start.get()), silent)
              : run.apply(seen, silent);
    } catch (Diverged ranAway) {
      double[] none = new double[scan.frames().count()];
      double[] infinite = none.clone();
      Arrays.fill(infinite, Double.POSITIVE_INFINITY);
      return new WithheldFit(infinite, none);
    }
    double[] flux = new double[scan.frames().count()];
    Arrays.fill(flux, 1);
    double band = result.quality().metrics().getOrDefault("bandwidth", run.bandwidth());
    if (run.refine().stream().anyMatch(one -> one instanceof BeamIntensity)) {
      var views = residuals(seen, result, flux, band, workers);
      Arrays.setAll(flux, j -> views.counts()[j] / Math.max(1e-9, views.computed()[j]));
    }
    var views = residuals(Withheld.asked(scan, SHARE, run.seed()), result, flux, band, workers);
    return new WithheldFit(views.deviance(), views.expected());
  }

  private static Residuals.Sums residuals(
      DiffractionScan scan, Reconstruction result, double[] flux, double band, Workers workers) {
    return Residuals.of(scan, result, flux, () -> BandSpread.of(result, band), workers).views();
  }

  /// The scan with another start probe.
  static DiffractionScan with(DiffractionScan scan, Probe probe) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        Optional.of(probe),
        scan.source());
  }

  /// Of all views ÷ shot noise.
  double ratio() {
    return Arrays.stream(deviance).sum() / Arrays.stream(expected).sum();
  }

  /// What shot noise does not explain of it, ÷ shot noise.
  private static double excess(WithheldFit fit) {
    return Math.max(0, fit.ratio() - 1);
  }

  /// Surely better: the mean of the differences, view by view, lies that many of its standard
  /// errors
  /// below zero, and by enough to matter.
  boolean beats(WithheldFit other) {
    int count = deviance.length;
    double sum = 0;
    double squares = 0;
    for (int j = 0; j < count; j++) {
      double better = other.deviance[j] - deviance[j];
      sum += better;
      squares += better * better;
    }
    if (!Double.isFinite(sum)) {
      return sum > 0;
    }
    double mean = sum / count;
    double scatter = Math.sqrt(Math.max(0, squares / count - mean * mean) / count);
    return mean > SURE * scatter && excess(other) > excess(this) * (1 + WORTH);
  }

  /// `1.41 → 1.12`
  String against(WithheldFit other) {
    return String.format(Locale.ROOT, "(%.4g → %.4g)", other.ratio(), ratio());
  }
}
