package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.Mask;
import argand.array.Median;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.Progress;
import argand.flow.Watch;
import argand.segment.Morphology;
import argand.segment.Otsu;
import java.util.Arrays;
import java.util.Locale;

/// Finds what is sample and fitted well, by itself:
///
/// 1. thick enough: where the thickness, over 3 × 3 pixels, is above `thin` times Otsu's threshold
///    of it, since thin rims belong to the sample too;
/// 2. fitted well: where the fitting error, over 3 × 3 pixels, is not more than `sigmas` robust
///    standard deviations (1.4826 MAD, of its logarithm) above the median of what 1 left;
/// 3. cracks of a pixel close, specks below `smallest` go, holes are filled unless they were masked
///    before or not fitted well.
public record AutoMask(
    @Param(value = "the map that is large where there is sample", byDefault = "thickness")
        String thickness,
    @Param(value = "the map that is large where the fit is bad", byDefault = "fitting error")
        String error,
    @Param(value = "part of Otsu's threshold that counts as sample", byDefault = "0.5") double thin,
    @Param(value = "how far above the usual an error may lie", byDefault = "6") double sigmas,
    @Param(value = "fewest pixels of a patch", byDefault = "20") int smallest)
    implements Masking {
  public AutoMask {
    Check.within("thin", thin, 0.01, 2, "");
    Check.within("sigmas", sigmas, 1, 1000, "");
    Check.within("smallest", smallest, 0, Integer.MAX_VALUE, "pixels");
  }

  /// By the maps `thickness` and `fitting error`.
  public static AutoMask defaults() {
    return new AutoMask("thickness", "fitting error", 0.5, 6, 20);
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var thick = NamedImage.of(stack, thickness).values();
    double threshold = thin * Otsu.threshold(thick, stack.mask());
    var smooth = smoothed(thick, stack.mask());
    boolean[] sample = new boolean[smooth.values().length];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = stack.mask().good()[i] && smooth.values()[i] >= threshold;
    }
    Mask mask = new Mask(stack.grid(), sample);
    String words =
        "autoMask, “" + thickness + "” above " + String.format(Locale.ROOT, "%.4g", threshold);
    Mask allowed = stack.mask();
    if (stack.findings().map(error).isPresent() && mask.count() > 0) {
      FoundMap errors = stack.findings().map(error).get();
      double limit = limit(errors.values(), mask);
      var left = smoothed(errors.values(), stack.mask());
      boolean[] fitted = new boolean[sample.length];
      for (int i = 0; i < fitted.length; i++) {
        fitted[i] = stack.mask().good()[i] && (!sample[i] || left.values()[i] <= limit);
      }
      allowed = new Mask(stack.grid(), fitted);
      words += " and “" + error + "” below " + String.format(Locale.ROOT, "%.4g", limit);
    } else {
      watch.tell(
          new Progress.Noted(
              "autoMask: there is no map “" + error + "”, so only “" + thickness + "” decides"));
    }
    mask = Morphology.closed(mask.and(allowed), 1);
    mask = Morphology.filled(Morphology.withoutSmall(mask, smallest)).and(allowed);
    return Masking.and(stack, Morphology.withoutSmall(mask, smallest), words, watch);
  }

  /// Of the logarithm, median and so many robust standard deviations.
  private double limit(RealField errors, Mask mask) {
    double[] logs = new double[mask.count()];
    int n = 0;
    for (int i = 0; i < errors.values().length; i++) {
      if (mask.good()[i] && errors.values()[i] > 0) {
        logs[n++] = Math.log(errors.values()[i]);
      }
    }
    if (n == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double median = Median.of(Arrays.copyOf(logs, n));
    double[] away = new double[n];
    for (int i = 0; i < n; i++) {
      away[i] = Math.abs(logs[i] - median);
    }
    return Math.exp(median + sigmas * 1.4826 * Median.of(away));
  }

  /// Median over the good and known of 3 × 3 pixels, which keeps borders; NaN where there is none.
  private static RealField smoothed(RealField field, Mask mask) {
    var grid = field.grid();
    var smooth = new RealField(grid);
    float[] near = new float[9];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        int n = 0;
        for (int y = Math.max(0, r - 1); y <= Math.min(grid.rows() - 1, r + 1); y++) {
          for (int x = Math.max(0, c - 1); x <= Math.min(grid.columns() - 1, c + 1); x++) {
            if (mask.at(y, x) && Float.isFinite(field.at(y, x))) {
              near[n++] = field.at(y, x);
            }
          }
        }
        Arrays.sort(near, 0, n);
        smooth.set(r, c, n == 0 ? Float.NaN : near[n / 2]);
      }
    }
    return smooth;
  }
}
