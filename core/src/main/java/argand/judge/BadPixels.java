package argand.judge;

import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Pixels that do not count what they should.
///
/// *Saturated*: of Poisson numbers hardly two share the greatest value; of counts that were cut off
/// many do, more than lie in the tenth below. *Hot*: a pixel whose darkest views stay above the
/// darkest views of its neighbours, whose mean does so too, and which the reconstruction cannot
/// explain: a bright spot that belongs to the pattern is in the model, a pixel that counts by
/// itself
/// is not, or not wholly.
///
/// @param findings none, one or both
/// @param hot pixels, row by row
record BadPixels(List<Finding> findings, boolean[] hot) {
  private static final int FEWEST_SATURATED = 10;

  /// Part of the greatest count within which counts are the same.
  private static final double SAME = 5e-4;

  /// Part of a pixel's counts that the model must miss.
  private static final double MISSED = 0.02;

  static BadPixels of(DiffractionScan scan, Residuals residuals) {
    boolean[] good = residuals.good();
    var counts = PixelCounts.of(scan, good);
    var findings = new ArrayList<Finding>();
    saturated(scan, counts).ifPresent(findings::add);
    boolean[] hot = new boolean[good.length];
    int found = 0;
    double most = 0;
    for (int i = 0; i < hot.length; i++) {
      hot[i] = good[i] && isHot(i, counts, residuals);
      if (hot[i]) {
        found++;
        most = Math.max(most, counts.mean()[i]);
      }
    }
    if (found > 0) {
      findings.add(
          new Finding(
              Cause.HOT_PIXELS,
              String.format(
                  Locale.ROOT,
                  "%d detector pixel%s hot: %s by themselves, up to %.3g in a frame, whatever the"
                      + " pattern. Put findBadPixels before the reconstruction, or mask them.",
                  found,
                  found == 1 ? " is" : "s are",
                  found == 1 ? "it counts" : "they count",
                  most)));
    }
    return new BadPixels(findings, hot);
  }

  private static boolean isHot(int i, PixelCounts counts, Residuals residuals) {
    double low = counts.around(i, k -> counts.low()[k]);
    if (counts.low()[i] <= 1.3 * low + 5 * Math.sqrt(low + 1)) {
      return false;
    }
    double mean = counts.around(i, k -> counts.mean()[k]);
    if (counts.mean()[i] <= 1.2 * mean + 5 * Math.sqrt((mean + 1) / counts.views())) {
      return false;
    }
    double missed = residuals.pixels().counts()[i] - residuals.pixels().computed()[i];
    return missed > MISSED * residuals.pixels().counts()[i]
        && missed > 5 * Math.sqrt(residuals.pixels().counts()[i]);
  }

  private static Optional<Finding> saturated(DiffractionScan scan, PixelCounts counts) {
    double most = counts.greatest();
    double same = most * (1 - SAME);
    double near = Math.min(0.9 * most, most - 1.5);
    int top = 0;
    int below = 0;
    var frame = new RealField(scan.frames().grid());
    for (int j = 0; j < scan.frames().count(); j++) {
      scan.frames().read(j, frame);
      for (int i = 0; i < frame.values().length; i++) {
        if (counts.good()[i]) {
          float value = frame.values()[i];
          top += value >= same ? 1 : 0;
          below += value < same && value >= near ? 1 : 0;
        }
      }
    }
    if (top < FEWEST_SATURATED || top < 0.3 * below) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Cause.SATURATION,
            String.format(
                Locale.ROOT,
                "The detector saturates: %d pixels of all frames stop at %.6g counts. Mask them"
                    + " (findBadPixels: {saturation: %.6g}), attenuate the beam, or expose shorter"
                    + " and sum.",
                top,
                most,
                same)));
  }

  /// The scan without its hot pixels.
  DiffractionScan masked(DiffractionScan scan, boolean[] good) {
    boolean[] left = good.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] &= !hot[i];
    }
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        Optional.of(new Mask(scan.frames().grid(), left)),
        scan.probe(),
        scan.source());
  }
}
