package argand.singlepixel;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.BucketSignal;
import argand.data.Curve;
import argand.data.Findings.FoundMap;
import argand.data.Quality;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How small and how thin a particle may be to be detected, from the patterns and the errors of the
/// signals alone: for a disc t of a diameter, whose place is known and beside which nothing else
/// is unknown, its amount c in y_j = … + c a_j·t has the error (Cramér–Rao)
///
///     σ_c = 1 / √(Σ_j w_j (s_j − s̄)²),   s_j = a_j · t,   w_j = 1/(σ_j² q)        (1)
///
/// and is seen with a contrast-to-noise ratio of at least `ratio` where c ≥ ratio · σ_c. q is by
/// how
/// much the left-out patterns were told worse than the errors have it, where that is known. The
/// median over places all over the field is given, for growing numbers of patterns.
///
/// No method sees less than (1) says; a real one, that must find everything else too, needs more.
public record DetectionLimits(
    @Param(value = "names of the signals; without any, those that have maps", byDefault = "[]")
        List<String> signals,
    @Param(value = "contrast over noise that counts as seen", byDefault = "3") double ratio,
    @Param(
            value = "metal of the particle whose smallest size is told, a share of the map's most",
            byDefault = "0.1")
        double amount,
    @Param(value = "numbers of patterns, evenly spaced up to all", byDefault = "4") int points)
    implements PatternStep {
  private static final String FIGURE = "What can be detected";

  /// Places along each side.
  private static final int PLACES = 5;

  /// Diameters, each √2 of the one before, from 2 pixels.
  private static final int DIAMETERS = 9;

  /// The map's most: what all but a hundredth of the pixels with metal lie below.
  private static final double MOST = 0.99;

  public DetectionLimits {
    signals = List.copyOf(signals);
    Check.within("ratio", ratio, 0.1, 100, "");
    Check.within("amount", amount, 1e-6, 1, "");
    Check.within("points", points, 1, 20, "");
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var used =
        ReconstructPatterns.evenDose(input).stream()
            .filter(s -> signals.isEmpty() || signals.contains(s.name()))
            .filter(s -> input.findings().map(s.name()).isPresent())
            .toList();
    if (used.isEmpty()) {
      throw new InvalidInput(
          "the maps of the signals", "not there", "at least one", "reconstructPatterns before");
    }
    double[] diameters = diameters(input);
    double[][][] light = light(input, diameters);
    var quality = input.findings().quality();
    var curves = new ArrayList<Curve>();
    for (var signal : used) {
      quality = told(input, signal, diameters, light, quality, curves);
    }
    quality = quality.withFigure(FIGURE, curves);
    return input.withFindings(input.findings().with(quality)).withStep(toString());
  }

  private static double[] diameters(StructuredScan input) {
    int side = Math.min(input.grid().rows(), input.grid().columns());
    return java.util.stream.IntStream.range(0, DIAMETERS)
        .mapToDouble(k -> 2 * Math.pow(2, 0.5 * k))
        .filter(d -> 2 * d <= side)
        .toArray();
  }

  /// s_j of each diameter and place: [diameter][place][pattern].
  private static double[][][] light(StructuredScan input, double[] diameters) {
    var grid = input.grid();
    int places = PLACES * PLACES;
    int[][][] discs = new int[diameters.length][places][];
    for (int d = 0; d < diameters.length; d++) {
      for (int p = 0; p < places; p++) {
        double row = (p / PLACES + 0.5) / PLACES * grid.rows();
        double column = (p % PLACES + 0.5) / PLACES * grid.columns();
        discs[d][p] = disc(grid.rows(), grid.columns(), row, column, diameters[d] / 2);
      }
    }
    double[][][] light = new double[diameters.length][places][input.count()];
    for (int j = 0; j < input.count(); j++) {
      var pattern = input.patterns().plane(j);
      for (int d = 0; d < diameters.length; d++) {
        for (int p = 0; p < places; p++) {
          for (int i : discs[d][p]) {
            light[d][p][j] += pattern.values()[i];
          }
        }
      }
    }
    return light;
  }

  /// Pixels whose middle lies in it.
  private static int[] disc(int rows, int columns, double row, double column, double radius) {
    var inside = new ArrayList<Integer>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (Math.hypot(r + 0.5 - row, c + 0.5 - column) <= radius) {
          inside.add(r * columns + c);
        }
      }
    }
    return inside.stream().mapToInt(Integer::intValue).toArray();
  }

  private Quality told(
      StructuredScan input,
      BucketSignal signal,
      double[] diameters,
      double[][][] light,
      Quality quality,
      List<Curve> curves) {
    String key = ClassifyPhases.key(signal.name());
    double worse = Math.max(1, quality.metrics().getOrDefault(key + "LeftOut", 1.0));
    double most = most(input.findings().map(signal.name()).orElseThrow());
    var told = quality;
    double pixel = input.grid().pixelX();
    double[] size = Arrays.stream(diameters).map(d -> d * pixel * 1e9).toArray();
    var sizes = new ArrayList<String>();
    for (int k = 1; k <= points; k++) {
      int count = (int) ((long) input.count() * k / points);
      double[] limit = new double[diameters.length];
      for (int d = 0; d < diameters.length; d++) {
        limit[d] = limit(signal, light[d], count, worse) / most;
      }
      double smallest = smallest(diameters, limit) * pixel;
      sizes.add(
          Double.isNaN(smallest)
              ? "none with " + count
              : String.format(Locale.ROOT, "%.0f nm with %d", smallest * 1e9, count));
      if (k == points) {
        curves.add(
            new Curve(
                signal.name(),
                "log₁₀ of the diameter in nm",
                "log₁₀ of the amount, over the map's most",
                logarithms(size),
                logarithms(limit)));
        told = told.withMetric(key + "Detectable", smallest);
      }
    }
    return told.withVerdict(
        String.format(
            Locale.ROOT,
            "%s: by its noise, a particle of %.0f %% of the most metal is seen from a diameter of %s"
                + " patterns (contrast over noise %.0f, everything else known).",
            signal.name(),
            100 * amount,
            String.join(", ", sizes),
            ratio));
  }

  private static double[] logarithms(double[] values) {
    return Arrays.stream(values).map(Math::log10).toArray();
  }

  /// The median over the places, in the unit of the map.
  private double limit(BucketSignal signal, double[][] light, int count, double worse) {
    double[] limits = new double[light.length];
    for (int p = 0; p < limits.length; p++) {
      limits[p] = ratio * sigma(signal, light[p], count, worse);
    }
    return argand.array.Median.of(limits);
  }

  /// (1)
  static double sigma(BucketSignal signal, double[] light, int count, double worse) {
    double sum = 0;
    double mean = 0;
    for (int j = 0; j < count; j++) {
      double w = 1 / (signal.sigma()[j] * signal.sigma()[j] * worse);
      sum += w;
      mean += w * light[j];
    }
    mean /= sum;
    double information = 0;
    for (int j = 0; j < count; j++) {
      double w = 1 / (signal.sigma()[j] * signal.sigma()[j] * worse);
      information += w * (light[j] - mean) * (light[j] - mean);
    }
    return 1 / Math.sqrt(information);
  }

  private static double most(FoundMap map) {
    double top = map.values().max();
    float[] values = map.values().values();
    double[] some = new double[values.length];
    int n = 0;
    for (float value : values) {
      if (value > 0.1 * top) {
        some[n++] = value;
      }
    }
    if (n == 0) {
      throw new InvalidInput("the map " + map.name(), "nowhere above zero", "some metal", "");
    }
    Arrays.sort(some, 0, n);
    return some[(int) (MOST * (n - 1))];
  }

  /// In pixels, between the diameters by their logarithms; NaN where not even the largest is seen;
  /// the smallest where that is.
  private double smallest(double[] diameters, double[] limit) {
    for (int d = 0; d < diameters.length; d++) {
      if (limit[d] <= amount) {
        if (d == 0) {
          return diameters[0];
        }
        double share = Math.log(limit[d - 1] / amount) / Math.log(limit[d - 1] / limit[d]);
        return diameters[d - 1] * Math.pow(diameters[d] / diameters[d - 1], share);
      }
    }
    return Double.NaN;
  }
}
