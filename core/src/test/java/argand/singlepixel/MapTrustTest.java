package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.StructuredScan;
import argand.phantom.MixedCathode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What splitPatterns and detectionLimits say of a scan, against what is so.
class MapTrustTest {
  private static final Case.On WATCH = new Case.On(Workers.ONE);

  private static StructuredScan mapped(double counts) {
    var made = Case.made(new MixedCathode(7, 0, 0, 1, 2), 200, counts, 0, Workers.ONE);
    return new ReconstructPatterns(new PlainVariation(30, 1e-3, 0), 1).apply(made.scan(), WATCH);
  }

  private static double metric(StructuredScan scan, String name) {
    return scan.findings().quality().metrics().getOrDefault(name, Double.NaN);
  }

  /// More light, finer agreement; signals that have been exchanged between patterns agree nowhere.
  @Test
  void halvesOfThePatternsAgreeWhereSomethingWasMeasured() {
    var split = new SplitPatterns(new PlainVariation(30, 1e-3, 0), List.of("Ni"), 1);
    double bright = metric(split.apply(mapped(1e6), WATCH), "NiSplitFrcMean");
    double dim = metric(split.apply(mapped(1e3), WATCH), "NiSplitFrcMean");
    assertThat(bright).isGreaterThan(dim + 0.1);
    var scan = mapped(1e6);
    var random = new SplittableRandom(3);
    double[] values = scan.signal("Ni").orElseThrow().values().clone();
    for (int i = values.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      double held = values[i];
      values[i] = values[k];
      values[k] = held;
    }
    var mixed = scan.withSignals(List.of(BucketSignal.ofCounts("Ni", values)));
    assertThat(metric(split.apply(mixed, WATCH), "NiSplitFrcMean")).isBetween(-0.15, 0.15);
  }

  @Test
  void aGuideMayNotLeadTheHalves() {
    assertThatThrownBy(() -> new SplitPatterns(GuidedVariation.usual(), List.of(), 1))
        .hasMessageContaining("one that no transmission image leads");
  }

  /// The bound is that of the best estimate: the amount of a disc, fitted by least squares to noisy
  /// signals, scatters by it. 400 draws know a standard deviation within 3.5 %.
  @Test
  void theLimitIsTheScatterOfTheBestEstimate() {
    var random = new SplittableRandom(7);
    int n = 200;
    double[] light = random.doubles(n).map(x -> 30 + 6 * x).toArray();
    double[] sigma = random.doubles(n).map(x -> 1 + 2 * x).toArray();
    var signal = new BucketSignal("Co", "counts", new double[n], sigma);
    double bound = DetectionLimits.sigma(signal, light, n, 1);
    double squares = 0;
    for (int draw = 0; draw < 400; draw++) {
      double up = 0;
      double down = 0;
      double sum = 0;
      double mean = 0;
      double level = 0;
      double[] y = new double[n];
      for (int j = 0; j < n; j++) {
        y[j] = 500 + 0.2 * light[j] + sigma[j] * random.nextGaussian();
        sum += 1 / (sigma[j] * sigma[j]);
        mean += light[j] / (sigma[j] * sigma[j]);
        level += y[j] / (sigma[j] * sigma[j]);
      }
      for (int j = 0; j < n; j++) {
        double off = (light[j] - mean / sum) / (sigma[j] * sigma[j]);
        up += off * (y[j] - level / sum);
        down += off * (light[j] - mean / sum);
      }
      squares += Math.pow(up / down - 0.2, 2);
    }
    assertThat(Math.sqrt(squares / 400) / bound).isBetween(0.88, 1.12);
    // four times the patterns, half the error; the misfit of left-out ones counts as noise
    assertThat(DetectionLimits.sigma(signal, light, n / 4, 1) / bound).isBetween(1.7, 2.3);
    assertThat(DetectionLimits.sigma(signal, light, n, 4) / bound).isBetween(1.999, 2.001);
  }

  /// A disc far above the limit is in the map, one far below is not.
  @Test
  void mapsShowWhatLiesAboveTheLimitAndNothingBelow() {
    var made = Case.made(new MixedCathode(7, 0, 0, 1, 2), 300, 1e5, 0, Workers.ONE);
    var scan = made.scan();
    var signal = scan.signal("Co").orElseThrow();
    var disc = new RealField(scan.grid());
    int row = 0;
    int column = 0;
    // somewhere without Co
    search:
    for (row = 5; row < 35; row++) {
      for (column = 5; column < 35; column++) {
        double near = 0;
        for (int k = 0; k < 49; k++) {
          near += made.truth().get(1).at(row - 3 + k / 7, column - 3 + k % 7);
        }
        if (near == 0) {
          break search;
        }
      }
    }
    double[] light = new double[scan.count()];
    for (int r = row - 2; r <= row + 2; r++) {
      for (int c = column - 2; c <= column + 2; c++) {
        disc.set(r, c, 1);
      }
    }
    for (int j = 0; j < light.length; j++) {
      float[] pattern = scan.patterns().plane(j).values();
      for (int i = 0; i < pattern.length; i++) {
        light[j] += (double) pattern[i] * disc.values()[i];
      }
    }
    double limit = 3 * DetectionLimits.sigma(signal, light, light.length, 1);
    assertThat(contrast(scan, light, disc, 10 * limit)).isGreaterThan(3);
    assertThat(contrast(scan, light, disc, 0.1 * limit)).isLessThan(3);
  }

  /// Mean of the map in the disc over the spread among pixels without Co.
  private static double contrast(
      StructuredScan scan, double[] light, RealField disc, double amount) {
    var signal = scan.signal("Co").orElseThrow();
    double[] values = signal.values().clone();
    for (int j = 0; j < values.length; j++) {
      values[j] += amount * light[j];
    }
    var more = scan.withSignals(List.of(new BucketSignal("Co", "counts", values, signal.sigma())));
    float[] map =
        new ReconstructPatterns(new PlainVariation(100, 1e-4, 0), 1)
            .apply(more, WATCH)
            .findings()
            .map("Co")
            .orElseThrow()
            .values()
            .values();
    double in = 0;
    double sum = 0;
    double squares = 0;
    int n = 0;
    for (int i = 0; i < map.length; i++) {
      if (disc.values()[i] > 0) {
        in += map[i] / 25;
      } else if (scan.guide().orElseThrow().values()[i] < 0.02) {
        sum += map[i];
        squares += (double) map[i] * map[i];
        n++;
      }
    }
    return (in - sum / n) / Math.sqrt((squares - sum * sum / n) / (n - 1));
  }
}
