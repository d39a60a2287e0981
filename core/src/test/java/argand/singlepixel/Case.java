package argand.singlepixel;

import argand.array.Workers;
import argand.flow.QuietWatch;
import argand.phantom.MixedCathode;
import argand.simulate.SimulateStructuredScan;

/// Simulated scans of 40 × 40 pixels for tests, and how far a result is from their truth.
final class Case {
  static final int SIDE = 40;
  static final double PIXEL = 30e-9;

  private Case() {}

  static SimulateStructuredScan.Made made(
      MixedCathode sample, int patterns, double counts, double guideOffPx, Workers workers) {
    return new SimulateStructuredScan(
            sample, patterns, SIDE, PIXEL, counts, 40000, guideOffPx, sample.seed())
        .make(workers);
  }

  static MixedCathode sample(double rim, double gradient, long seed) {
    return new MixedCathode(9, rim, gradient, 1, seed);
  }

  static PatternMethod.Maps solved(
      SimulateStructuredScan.Made made, PatternMethod method, Workers workers) {
    var scan = made.scan();
    return method.solve(
        new PatternMethod.Problem(
            SensingOperator.of(scan.patterns()), scan.signals(), scan.guide(), 1, new On(workers)));
  }

  /// Nobody looks; so many threads.
  record On(Workers workers) implements QuietWatch {}

  /// PSNR of each element with its own peak [dB].
  static double[] psnr(PatternMethod.Maps maps, SimulateStructuredScan.Made made) {
    double[] psnr = new double[made.truth().size()];
    for (int e = 0; e < psnr.length; e++) {
      psnr[e] = psnr(maps.maps().get(e).image().values(), made.truth().get(e).values());
    }
    return psnr;
  }

  static double psnr(float[] found, float[] truth) {
    double miss = 0;
    double peak = 0;
    for (int i = 0; i < truth.length; i++) {
      miss += Math.pow(found[i] - truth[i], 2) / truth.length;
      peak = Math.max(peak, truth[i]);
    }
    return 10 * Math.log10(peak * peak / miss);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }
}
