package argand.judge;

import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import java.util.Arrays;
import java.util.Optional;

/// Short reconstructions under hypotheses, compared by deviance ÷ shot noise over the same counts.
///
/// Of a long scan a strip takes part that runs through its middle along the longer axis: it keeps
/// its overlap, and sees the beginning and the end of a spiral.
final class Trials {
  private static final int MOST_VIEWS = 300;

  private final Refit refit;
  private final Workers workers;
  private final DiffractionScan scan;

  Trials(DiffractionScan whole, Refit refit, Workers workers) {
    this.refit = refit;
    this.workers = workers;
    this.scan = Strip.of(whole, MOST_VIEWS);
  }

  private Trials(Refit refit, Workers workers, DiffractionScan scan) {
    this.refit = refit;
    this.workers = workers;
    this.scan = scan;
  }

  DiffractionScan scan() {
    return scan;
  }

  /// The fit of the scan as it is.
  Fit fit(int modes) {
    return fitted(scan, scan, ones(), modes);
  }

  /// The fit with the positions (y, x) ← (a y + b x, c y + d x).
  Fit moved(double a, double b, double c, double d, int modes) {
    var changed = positioned(a, b, c, d);
    return fitted(changed, changed, ones(), modes);
  }

  /// Trials on a scan whose positions are so changed.
  Trials on(double a, double b, double c, double d) {
    return new Trials(refit, workers, positioned(a, b, c, d));
  }

  private DiffractionScan positioned(double a, double b, double c, double d) {
    double[] y = scan.positions().y();
    double[] x = scan.positions().x();
    double[] down = new double[y.length];
    double[] right = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      down[j] = a * y[j] + b * x[j];
      right[j] = c * y[j] + d * x[j];
    }
    return new DiffractionScan(
        scan.geometry(),
        new ScanPositions(down, right),
        scan.frames(),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  /// The fit from another start probe.
  Fit from(Probe start, int modes) {
    var changed =
        new DiffractionScan(
            scan.geometry(),
            scan.positions(),
            scan.frames(),
            scan.mask(),
            Optional.of(start),
            scan.source());
    return fitted(changed, changed, ones(), modes);
  }

  /// The fit if the beam had these intensities, mean 1. The frames are brought to equal intensity
  /// for the solver; judged are the counts as they were measured.
  Fit lit(double[] flux, int modes) {
    var even = new EvenFrames(scan.frames(), flux, 1);
    var changed =
        new DiffractionScan(
            scan.geometry(), scan.positions(), even, scan.mask(), scan.probe(), scan.source());
    return fitted(changed, scan, flux, modes);
  }

  /// Of a fit, if the beam had these intensities.
  double dispersion(Fit fit, double[] flux) {
    return Residuals.of(scan, fit.result(), flux, refit::spread, workers).dispersion();
  }

  private Fit fitted(DiffractionScan solved, DiffractionScan judged, double[] flux, int modes) {
    var result = refit.of(solved, modes);
    return new Fit(result, Residuals.of(judged, result, flux, refit::spread, workers));
  }

  private double[] ones() {
    double[] ones = new double[scan.frames().count()];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// A short reconstruction and how well it explains the counts.
  record Fit(Reconstruction result, Residuals residuals) {
    double dispersion() {
      return residuals.dispersion();
    }

    /// Dispersion above that of shot noise.
    double excess() {
      return Math.max(0, residuals.dispersion() - 1);
    }
  }
}
