package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.segment.DistanceMap;
import argand.segment.Morphology;
import argand.segment.Patches;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How a map changes from the surface of particles inwards: oxidation, lithium, what a coating has
/// done. Particles are the patches of the mask, small holes in them filled; d is the distance of a
/// pixel from the outline ({@link DistanceMap#smooth}).
///
/// Leaves the map `distance to surface`, the profile with the scatter among particles, and the
/// slope
/// of the map over d within particles: Σ_p S_dy/Σ_p S_dd, each particle about its own means, so
/// that
/// differences between particles are none of it. Its error comes from leaving out one particle
/// after
/// the other; of a single particle, from eight sectors about its middle.
///
/// In a projection what lies before and behind the middle is seen too: a profile of the projection
/// is not that of a slice.
public record RadialProfile(
    @Param("the map that is looked at") String map,
    @Param(
            value = "width of a bin; a pixel's edge where it is larger",
            unit = "m",
            byDefault = "20 nm")
        double bin,
    @Param(
            value = "depth down to which the slope is fitted; all where it is 0",
            unit = "m",
            byDefault = "0 m")
        double depth,
    @Param(value = "particles of fewer pixels are left out", byDefault = "50") int least)
    implements StackStep {
  private static final double MICROMETRES = 1e6;
  private static final int SECTORS = 8;

  public RadialProfile {
    Check.within("bin", bin, 1e-12, 1, "m");
    Check.within("depth", depth, 0, 1, "m");
    Check.atLeast("least", least, 4);
  }

  /// Points of the outline, three times finer than pixels, in double precision.
  @Override
  public long memoryBytes(EnergyStack stack) {
    return 16L * 9 * stack.grid().size();
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    stack.mustBeImages("radialProfile", "take one slice of the volumes");
    var image = NamedImage.of(stack, map);
    Mask matter = Morphology.withoutSmall(stack.mask(), least);
    var patches = Patches.of(Morphology.filled(matter), Patches.Neighbours.EIGHT);
    if (patches.count() == 0) {
      throw new InvalidInput(
          "particles", "none", "patches of " + least + " good pixels in the mask", "mask before");
    }
    var distance = DistanceMap.smooth(Morphology.filled(matter));
    double pixel = Math.sqrt(stack.grid().pixelY() * stack.grid().pixelX());
    var shown = new RealField(stack.grid());
    int[] part = parts(patches, stack);
    int parts = Arrays.stream(part).max().orElse(0) + 1;
    float[] values = image.values().values();
    double step = Math.max(bin, pixel);
    int bins = 1;
    for (int i = 0; i < values.length; i++) {
      boolean counts = matter.good()[i] && Float.isFinite(values[i]);
      float d = distance.values()[i];
      if (counts && Float.isInfinite(d)) {
        throw new InvalidInput(
            "the mask", "good everywhere", "particles with a surface in the image", "mask before");
      }
      part[i] = counts ? part[i] : -1;
      shown.values()[i] = counts ? (float) (d * pixel * MICROMETRES) : Float.NaN;
      bins = counts ? Math.max(bins, (int) (d * pixel / step) + 1) : bins;
    }
    double[][] sum = new double[3][bins];
    double[][] moments = new double[parts][5];
    for (int i = 0; i < values.length; i++) {
      if (part[i] >= 0) {
        double d = distance.values()[i] * pixel;
        int b = Math.min(bins - 1, (int) (d / step));
        sum[0][b]++;
        sum[1][b] += values[i];
        sum[2][b] += (double) values[i] * values[i];
        if (depth == 0 || d <= depth) {
          add(moments[part[i]], d * MICROMETRES, values[i]);
        }
      }
    }
    double slope = slope(moments, -1);
    double sigma = jackknife(moments);
    String unit = image.unit().isEmpty() ? "1/µm" : image.unit() + "/µm";
    String sentence =
        String.format(
            Locale.ROOT,
            "From the surface inwards %s changes by %.4g ± %.2g %s (%d particles).",
            map,
            slope,
            sigma,
            unit,
            patches.count());
    var quality =
        stack
            .findings()
            .quality()
            .withMetric("radialSlope", slope)
            .withMetric("radialSlopeSigma", sigma)
            .withMetric("radialParticles", patches.count())
            .withFigure(map + " from the surface inwards", curves(sum, step, image.unit()))
            .withVerdict(sentence);
    return stack
        .withFindings(
            stack.findings().with(FoundMap.of("distance to surface", "µm", shown)).with(quality))
        .withStep("radialProfile of " + map);
  }

  /// Each pixel's particle; of a single particle its sector.
  private static int[] parts(Patches patches, EnergyStack stack) {
    int[] part = patches.label().clone();
    if (patches.count() > 1) {
      return part;
    }
    int columns = stack.grid().columns();
    double row = 0;
    double column = 0;
    for (int i = 0; i < part.length; i++) {
      if (part[i] >= 0) {
        row += (double) (i / columns) / patches.size()[0];
        column += (double) (i % columns) / patches.size()[0];
      }
    }
    for (int i = 0; i < part.length; i++) {
      if (part[i] >= 0) {
        double angle = Math.atan2(i / columns - row, i % columns - column) + Math.PI;
        part[i] = Math.min(SECTORS - 1, (int) (SECTORS * angle / (2 * Math.PI)));
      }
    }
    return part;
  }

  private static void add(double[] m, double d, double y) {
    m[0]++;
    m[1] += d;
    m[2] += y;
    m[3] += d * d;
    m[4] += d * y;
  }

  /// Σ S_dy/Σ S_dd without particle `left`.
  private static double slope(double[][] moments, int left) {
    double top = 0;
    double bottom = 0;
    for (int p = 0; p < moments.length; p++) {
      double[] m = moments[p];
      if (p != left && m[0] > 0) {
        top += m[4] - m[1] * m[2] / m[0];
        bottom += m[3] - m[1] * m[1] / m[0];
      }
    }
    return top / bottom;
  }

  private static double jackknife(double[][] moments) {
    int n = moments.length;
    double[] without = new double[n];
    double mean = 0;
    for (int p = 0; p < n; p++) {
      without[p] = slope(moments, p);
      mean += without[p] / n;
    }
    double square = 0;
    for (double one : without) {
      square += (one - mean) * (one - mean);
    }
    return Math.sqrt(square * (n - 1) / n);
  }

  private List<Curve> curves(double[][] sum, double step, String unit) {
    int bins = (int) Arrays.stream(sum[0]).filter(n -> n > 0).count();
    double[] at = new double[bins];
    double[][] y = new double[3][bins];
    int used = 0;
    for (int b = 0; b < sum[0].length; b++) {
      if (sum[0][b] > 0) {
        double mean = sum[1][b] / sum[0][b];
        double spread = Math.sqrt(Math.max(0, sum[2][b] / sum[0][b] - mean * mean));
        at[used] = (b + 0.5) * step * MICROMETRES;
        y[0][used] = mean;
        y[1][used] = mean - spread;
        y[2][used++] = mean + spread;
      }
    }
    String label = unit.isEmpty() ? map : map + " [" + unit + "]";
    String x = "distance to surface [µm]";
    return List.of(
        new Curve("mean", x, label, at, y[0]),
        new Curve("mean − spread", x, label, at, y[1]),
        new Curve("mean + spread", x, label, at, y[2]));
  }
}
