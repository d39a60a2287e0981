package argand.metric;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.register.PhaseCorrelation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What was made of a simulated series of measurements against the truth of the sample, when the
/// two lie on grids of their own.
///
/// Where the sample lies in the image no series of scans can know: the truth is brought onto the
/// pixel of what was found, and the sums of both over the energies that they share are registered
/// by their correlation; nothing else is taken off. Metrics, where the stack holds what they need,
/// over pixels that are good in what was found and hold sample in truth:
///
/// * those of maps and clusters as {@link StackComparison} names them;
/// * `opticalDensityRms`, relative to the largest true optical density;
/// `opticalDensitySpectrumRms`,
///   the same of the mean over the sample, energy by energy; `peakHeightError`, the height of the
///   highest peak of that mean above its lowest point, found over true less 1;
/// * `phaseRms`, `phaseSpectrumRms` [rad]; `phaseRampRms` [rad], of the plane that is left in the
///   phase of each energy, over all good pixels;
/// * of fractions `pixelClassAccuracy`, the share of pixels whose largest fraction is the right
/// one;
///   `areaFractionError.…`, the share of pixels that are more than half of one matter, found less
///   true; `boundaryWidth` and `boundaryWidthOfTruth` [m], see {@link BoundaryWidth};
/// * of each map of the same name `…Correlation`, Pearson's coefficient; of each spectrum `…Rms`,
///   relative to its largest value, and `…PeakShiftEv`, where its largest value lies, found less
///   true;
/// * `registeredTo`, the height of the correlation: far below 1 the two are not of one sample.
public final class SeriesComparison {
  /// Energies that differ by less are one [eV].
  private static final double SAME_EV = 0.02;

  /// Share of the largest sum from which on a pixel is one of the densest.
  private static final double DENSEST = 0.7;

  private static final String FRACTION = "fraction of ";

  private SeriesComparison() {}

  /// @param found by `then` of a recipe
  /// @param truth optical densities on any grid
  public static Quality between(EnergyStack found, EnergyStack truth) {
    int[] match = matched(found.energyEv(), truth.energyEv());
    var pairs = new ArrayList<int[]>();
    for (int e = 0; e < match.length; e++) {
      if (match[e] >= 0) {
        pairs.add(new int[] {e, match[e]});
      }
    }
    var images = images(found, truth, pairs);
    if (images.isEmpty()) {
      return Quality.NONE.withVerdict(
          "The result could not be compared with the truth: it shares no energy and no map with"
              + " it.");
    }
    var lain = Lain.of(images.get()[0], found, images.get()[1]);
    var at = lain.at;
    var quality = Quality.NONE.withMetric("registeredTo", lain.agreement);
    if (found.quantity() == Quantity.OPTICAL_DENSITY && !pairs.isEmpty()) {
      quality = quality.and(densities(found, truth, pairs, at, images.get()[1]));
    }
    if (found.phase().isPresent() && truth.phase().isPresent() && !pairs.isEmpty()) {
      quality =
          quality.and(
              phases(
                  found.phase().get().images(),
                  truth.phase().get().images(),
                  new Pixels(found, truth, at),
                  pairs));
    }
    quality = StackComparison.findings(quality, found, truth, at);
    var pixels = new Pixels(found, truth, at);
    for (var map : shared(found, truth)) {
      double alike =
          correlation(
              map.values(), truth.findings().map(map.name()).orElseThrow().values(), pixels);
      if (!Double.isNaN(alike)) {
        quality = quality.withMetric(StackComparison.camel(map.name()) + "Correlation", alike);
      }
    }
    return SpectrumComparison.of(fractions(quality, found, truth, at), found, truth);
  }

  /// Of each found energy the true one, −1 where there is none.
  private static int[] matched(double[] found, double[] truth) {
    int[] match = new int[found.length];
    for (int e = 0; e < found.length; e++) {
      match[e] = -1;
      for (int t = 0; t < truth.length; t++) {
        if (Math.abs(truth[t] - found[e]) < SAME_EV) {
          match[e] = t;
        }
      }
    }
    return match;
  }

  /// What is registered: the sum of optical densities, or maps of the thickness.
  private static Optional<RealField[]> images(
      EnergyStack found, EnergyStack truth, List<int[]> pairs) {
    if (found.quantity() == Quantity.OPTICAL_DENSITY && !pairs.isEmpty()) {
      return Optional.of(
          new RealField[] {
            sum(found.images(), pairs.stream().mapToInt(p -> p[0]).toArray()),
            sum(truth.images(), pairs.stream().mapToInt(p -> p[1]).toArray())
          });
    }
    return shared(found, truth).stream()
        .min(Comparator.comparing(map -> !map.name().equals("thickness")))
        .map(
            map ->
                new RealField[] {
                  map.values(), truth.findings().map(map.name()).orElseThrow().values()
                });
  }

  /// Found maps that the truth has too.
  private static List<FoundMap> shared(EnergyStack found, EnergyStack truth) {
    return found.findings().maps().stream()
        .filter(map -> truth.findings().map(map.name()).isPresent())
        .toList();
  }

  private static RealField sum(Planes planes, int[] energies) {
    var sum = new RealField(planes.grid());
    for (int e : energies) {
      float[] plane = planes.plane(e).values();
      for (int i = 0; i < plane.length; i++) {
        sum.values()[i] += plane[i];
      }
    }
    return sum;
  }

  /// Where the two lie.
  private record Lain(Placement at, double agreement) {
    static Lain of(RealField found, EnergyStack stack, RealField truth) {
      Grid own = found.grid();
      Grid known = truth.grid();
      double scaleY = own.pixelY() / known.pixelY();
      double scaleX = own.pixelX() / known.pixelX();
      int rows = Math.max(own.rows(), (int) Math.ceil(known.rows() / scaleY));
      int columns = Math.max(own.columns(), (int) Math.ceil(known.columns() / scaleX));
      var common = own.resized(rows, columns);
      var fixed = new RealField(common);
      var moved = new RealField(common);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          double y = (r - rows / 2) * scaleY + known.rows() / 2;
          double x = (c - columns / 2) * scaleX + known.columns() / 2;
          double value = Placement.between(truth, y, x);
          fixed.set(r, c, Double.isNaN(value) ? 0 : (float) value);
          int down = r - rows / 2 + own.rows() / 2;
          int right = c - columns / 2 + own.columns() / 2;
          if (down >= 0 && right >= 0 && down < own.rows() && right < own.columns()) {
            float here = found.at(down, right);
            boolean good = stack.mask().at(down, right) && !Float.isNaN(here);
            moved.set(r, c, good ? here : 0);
          }
        }
      }
      var away = PhaseCorrelation.PLAIN.between(fixed, moved);
      double top = (-own.rows() / 2 - away.rowsPx()) * scaleY + known.rows() / 2;
      double left = (-own.columns() / 2 - away.columnsPx()) * scaleX + known.columns() / 2;
      return new Lain(new Placement(own, known, scaleY, scaleX, top, left), away.agreement());
    }
  }

  /// Pixels that are good in what was found, and where they lie.
  private record Pixels(boolean[] good, boolean[] sample, Placement at) {
    Pixels(EnergyStack found, EnergyStack truth, Placement at) {
      this(found.mask().good().clone(), new boolean[found.grid().size()], at);
      for (int i = 0; i < good.length; i++) {
        int place = at.nearest(i);
        good[i] &= place >= 0;
        sample[i] = good[i] && truth.mask().good()[place];
      }
    }

    /// Of the sample only where the truth is above a level.
    Pixels above(RealField of, double level) {
      boolean[] some = sample.clone();
      for (int i = 0; i < some.length; i++) {
        some[i] &= at.nearest(i) >= 0 && of.values()[at.nearest(i)] > level;
      }
      return new Pixels(good, some, at);
    }
  }

  private static Quality densities(
      EnergyStack found, EnergyStack truth, List<int[]> pairs, Placement at, RealField sum) {
    var pixels = new Pixels(found, truth, at);
    var densest = pixels.above(sum, DENSEST * sum.max());
    double peak = 0;
    double peakOfMeans = 0;
    double square = 0;
    double squareOfMeans = 0;
    long count = 0;
    double[] means = new double[pairs.size()];
    double[] known = new double[pairs.size()];
    for (int k = 0; k < means.length; k++) {
      int[] pair = pairs.get(k);
      var own = found.images().plane(pair[0]);
      var miss = Miss.of(own, truth.images().plane(pair[1]), pixels);
      var there = Miss.of(own, truth.images().plane(pair[1]), densest);
      known[k] = there.mean;
      means[k] = there.mean + there.bias();
      peak = Math.max(peak, miss.peak);
      peakOfMeans = Math.max(peakOfMeans, miss.mean);
      square += miss.square;
      count += miss.count;
      squareOfMeans += miss.bias() * miss.bias() / pairs.size();
    }
    if (count == 0) {
      return Quality.NONE;
    }
    var quality =
        Quality.NONE
            .withMetric("opticalDensityRms", Math.sqrt(square / count) / peak)
            .withMetric("opticalDensitySpectrumRms", Math.sqrt(squareOfMeans) / peakOfMeans);
    int high = 0;
    int low = 0;
    for (int k = 1; k < known.length; k++) {
      high = known[k] > known[high] ? k : high;
      low = known[k] < known[low] ? k : low;
    }
    return known[high] > known[low]
        ? quality.withMetric(
            "peakHeightError", (means[high] - means[low]) / (known[high] - known[low]) - 1)
        : quality;
  }

  /// One plane over the sample.
  ///
  /// @param sum Σ(found − true), and `square` of its squares
  /// @param mean of the truth
  private record Miss(double sum, double square, long count, double mean, double peak) {
    static Miss of(RealField found, RealField truth, Pixels pixels) {
      double sum = 0;
      double square = 0;
      double all = 0;
      double peak = 0;
      long count = 0;
      for (int i = 0; i < pixels.sample.length; i++) {
        double is = pixels.sample[i] ? pixels.at.between(truth, i) : Double.NaN;
        double away = found.values()[i] - is;
        if (!Double.isNaN(away)) {
          sum += away;
          square += away * away;
          all += is;
          peak = Math.max(peak, is);
          count++;
        }
      }
      return new Miss(sum, square, count, count == 0 ? 0 : all / count, peak);
    }

    double bias() {
      return count == 0 ? 0 : sum / count;
    }
  }

  private static Quality phases(Planes found, Planes truth, Pixels pixels, List<int[]> pairs) {
    double square = 0;
    double squareOfMeans = 0;
    double ramps = 0;
    long count = 0;
    for (int[] pair : pairs) {
      var own = found.plane(pair[0]);
      var known = truth.plane(pair[1]);
      var miss = Miss.of(own, known, pixels);
      square += miss.square;
      count += miss.count;
      squareOfMeans += miss.bias() * miss.bias() / pairs.size();
      ramps += LeftPlane.meanSquare(difference(own, known, pixels)) / pairs.size();
    }
    return count == 0
        ? Quality.NONE
        : Quality.NONE
            .withMetric("phaseRms", Math.sqrt(square / count))
            .withMetric("phaseSpectrumRms", Math.sqrt(squareOfMeans))
            .withMetric("phaseRampRms", Math.sqrt(ramps));
  }

  /// Found less true over all good pixels, NaN elsewhere.
  private static RealField difference(RealField found, RealField truth, Pixels pixels) {
    var difference = new RealField(found.grid());
    for (int i = 0; i < difference.values().length; i++) {
      difference.values()[i] =
          pixels.good[i] ? (float) (found.values()[i] - pixels.at.between(truth, i)) : Float.NaN;
    }
    return difference;
  }

  private static Quality fractions(
      Quality before, EnergyStack found, EnergyStack truth, Placement at) {
    var own = new ArrayList<RealField>();
    var known = new ArrayList<RealField>();
    var names = new ArrayList<String>();
    for (var map : truth.findings().maps()) {
      var same = found.findings().map(map.name());
      if (map.name().startsWith(FRACTION) && same.isPresent()) {
        own.add(same.get().values());
        known.add(map.values());
        names.add(map.name().substring(FRACTION.length()));
      }
    }
    if (own.size() < 2) {
      return before;
    }
    var pixels = new Pixels(found, truth, at);
    int[] half = new int[own.size()];
    int[] halfOfTruth = new int[own.size()];
    int right = 0;
    int count = 0;
    for (int i = 0; i < pixels.sample.length; i++) {
      if (pixels.sample[i] && !Float.isNaN(own.getFirst().values()[i])) {
        int place = at.nearest(i);
        int here = largest(own, i);
        int there = largest(known, place);
        right += here == there ? 1 : 0;
        count++;
        for (int k = 0; k < half.length; k++) {
          half[k] += own.get(k).values()[i] > 0.5 ? 1 : 0;
          halfOfTruth[k] += known.get(k).values()[place] > 0.5 ? 1 : 0;
        }
      }
    }
    if (count == 0) {
      return before;
    }
    var quality = before.withMetric("pixelClassAccuracy", right / (double) count);
    for (int k = 0; k < half.length; k++) {
      quality =
          quality.withMetric(
              "areaFractionError." + StackComparison.camel(names.get(k)),
              (half[k] - halfOfTruth[k]) / (double) count);
    }
    var width = BoundaryWidth.of(own.getLast(), known.getLast(), truth.mask(), at);
    return width.isEmpty()
        ? quality
        : quality
            .withMetric("boundaryWidth", width.get().found())
            .withMetric("boundaryWidthOfTruth", width.get().truth());
  }

  private static int largest(List<RealField> maps, int i) {
    int largest = 0;
    for (int k = 1; k < maps.size(); k++) {
      largest = maps.get(k).values()[i] > maps.get(largest).values()[i] ? k : largest;
    }
    return largest;
  }

  /// Pearson's coefficient over the sample.
  private static double correlation(RealField found, RealField truth, Pixels pixels) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < pixels.sample.length; i++) {
      double is = pixels.sample[i] ? pixels.at.between(truth, i) : Double.NaN;
      double here = found.values()[i];
      if (!Double.isNaN(is + here)) {
        n++;
        x += is;
        y += here;
        xx += is * is;
        yy += here * here;
        xy += is * here;
      }
    }
    return (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
  }
}
