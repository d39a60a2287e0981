package argand.judge;

import argand.physics.Geometry.Regime;
import java.util.Locale;
import java.util.Optional;

/// Is the sample pixel as large as stated? All positions are scaled by trial factors; the misfit is
/// a parabola of the factor about the right one.
///
/// In the far field the pixel is λz/(NΔ): wrong energy, wrong distance and wrong detector pixel
/// make
/// the same frames, so all are named. In the near field it is the detector's over the
/// magnification.
///
/// @param scale right pixel ÷ stated pixel
/// @param gain part of the misfit that goes away with it
record PixelSize(double scale, double gain) {
  private static final double STEP = 0.05;
  private static final int MOST_STEPS = 5;
  private static final double LEAST_ERROR = 0.012;
  private static final double LEAST_GAIN = 0.015;

  /// @param asStated with the same number of modes
  static PixelSize of(Trials trials, Trials.Fit asStated, int modes) {
    double stated = asStated.dispersion();
    double middle = stated;
    double below = at(trials, -STEP, modes);
    double above = at(trials, STEP, modes);
    double place = 0;
    for (int k = 0; k < MOST_STEPS && Math.min(below, above) < middle; k++) {
      double step = below < above ? -STEP : STEP;
      place += step;
      double next = at(trials, place + step, modes);
      double before = middle;
      middle = Math.min(below, above);
      below = step < 0 ? next : before;
      above = step < 0 ? before : next;
    }
    double curvature = below - 2 * middle + above;
    if (curvature <= 0) {
      return new PixelSize(1, 0);
    }
    double off = Math.clamp(0.5 * (below - above) / curvature, -1, 1);
    double least = middle - 0.25 * (below - above) * off;
    // positions scaled by s fit: in pixels they are s times as far apart, the pixel is smaller
    return new PixelSize(Math.exp(-(place + STEP * off)), (stated - least) / stated);
  }

  private static double at(Trials trials, double logarithm, int modes) {
    double s = Math.exp(logarithm);
    return trials.moved(s, 0, 0, s, modes).dispersion();
  }

  boolean wrong() {
    return Math.abs(scale - 1) > LEAST_ERROR && gain > LEAST_GAIN;
  }

  Optional<Finding> finding(Trials trials) {
    if (!wrong()) {
      return Optional.empty();
    }
    double off = 100 * (scale - 1);
    String size =
        String.format(Locale.ROOT, "%.1f %% %s", Math.abs(off), off > 0 ? "larger" : "smaller");
    if (trials.scan().geometry().regime() == Regime.NEAR_FIELD) {
      return Optional.of(
          new Finding(
              Cause.PIXEL_SIZE,
              "The sample pixel is wrong: the frames ask for one "
                  + size
                  + ". Check the distances (the magnification), the detector pixel, and the scale of"
                  + " the scanner."));
    }
    return Optional.of(
        new Finding(
            Cause.PIXEL_SIZE,
            String.format(
                Locale.ROOT,
                "Energy or distance is wrong: the frames ask for a sample pixel λz/(NΔ) %s than"
                    + " stated. An energy that is %.1f %% too %s looks the same as a distance that"
                    + " is %.1f %% too %s; check both, the detector pixel, and the scale of the"
                    + " scanner.",
                size,
                100 * Math.abs(scale - 1),
                off > 0 ? "high" : "low",
                100 * Math.abs(1 - 1 / scale),
                off > 0 ? "short" : "long")));
  }
}
