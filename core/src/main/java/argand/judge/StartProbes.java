package argand.judge;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.physics.Geometry.Regime;
import argand.physics.Metres;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Was the start probe of the right size?
///
/// A reconstruction that found its way says so itself: the probe it found is wider or narrower than
/// the one it began with. One that got stuck (far field) is tried again from probes that the frames
/// suggest: the amplitude of the mean frame with a flat phase, the focus, and with curved ones that
/// spread the beam over a sixth and a third of the frame, on either side of the focus.
final class StartProbes {
  private static final double MOST_RATIO = 1.4;

  /// Part of the excess that another start must take away.
  private static final double GAIN = 0.4;

  /// Widths of the spread beam as parts of the frame; the sign is the side of the focus.
  private static final List<Double> WIDTHS = List.of(0.0, 0.17, -0.17, 0.33, -0.33);

  private StartProbes() {}

  /// The probe that was found is of another size than the start.
  static Optional<Finding> outgrown(Coverage coverage) {
    double ratio = coverage.probeRatio();
    if (ratio > 1 / MOST_RATIO && ratio < MOST_RATIO) {
      return Optional.empty();
    }
    double found = coverage.probe().diameter();
    return Optional.of(finding(found / ratio, found, "was found from it"));
  }

  /// A reconstruction is stuck; another start gets further.
  static Optional<Finding> stuck(Trials trials, Trials.Fit asStated) {
    var scan = trials.scan();
    if (scan.geometry().regime() != Regime.FAR_FIELD || scan.probe().isEmpty()) {
      return Optional.empty();
    }
    Trials.Fit best = null;
    double least = asStated.excess() * (1 - GAIN);
    for (double width : WIDTHS) {
      var fit = trials.from(Probe.of(spread(scan, width)), 1);
      if (fit.excess() < least) {
        least = fit.excess();
        best = fit;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    double start = Coverage.of(scan, asStated.result()).planned().orElseThrow().probe().diameter();
    double found = Coverage.of(scan, best.result()).probe().diameter();
    return Optional.of(
        finding(
            start,
            found,
            String.format(
                Locale.ROOT,
                "was found from another start and leaves %.0f %% of the misfit",
                100 * least / asStated.excess())));
  }

  private static Finding finding(double start, double found, String how) {
    return new Finding(
        Cause.START_PROBE,
        String.format(
            Locale.ROOT,
            "The start probe has the wrong size: %s wide, while one of %s %s. Give a better one"
                + " (size, focal length, defocus), or probe: fromFrames.",
            Metres.text(start),
            Metres.text(found),
            how));
  }

  /// The mean frame's amplitude, with a phase that spreads it evenly over so much of the frame.
  private static ComplexField spread(DiffractionScan scan, double width) {
    var grid = scan.geometry().sample();
    var mean = meanFrame(scan);
    var wave = new ComplexField(grid);
    double reach = 2 * Math.sqrt(secondMoment(mean));
    double curvature = reach > 0 ? Math.PI * width * grid.rows() / (2 * reach) / grid.rows() : 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = r - grid.rows() / 2;
        double x = (c - grid.columns() / 2) * (double) grid.rows() / grid.columns();
        double phase = curvature * (y * y + x * x);
        double amplitude = Math.sqrt(Math.max(0, mean.at(r, c)));
        wave.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    new Fft2(grid.rows(), grid.columns()).inverse(wave);
    return wave;
  }

  private static RealField meanFrame(DiffractionScan scan) {
    var mean = new RealField(scan.frames().grid());
    var frame = new RealField(scan.frames().grid());
    int count = scan.frames().count();
    for (int j = 0; j < count; j++) {
      scan.frames().read(j, frame);
      for (int i = 0; i < frame.values().length; i++) {
        boolean good = scan.mask().isEmpty() || scan.mask().get().good()[i];
        float value = frame.values()[i];
        mean.values()[i] +=
            good && value > 0 && value < Float.POSITIVE_INFINITY ? value / count : 0;
      }
    }
    return mean;
  }

  /// Mean square distance from the middle along an axis [pixels²].
  private static double secondMoment(RealField mean) {
    var grid = mean.grid();
    double sum = 0;
    double square = 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = r - grid.rows() / 2;
        double x = c - grid.columns() / 2;
        sum += mean.at(r, c);
        square += mean.at(r, c) * (y * y + x * x) / 2;
      }
    }
    return sum > 0 ? square / sum : 0;
  }
}
