package argand.metric;

import argand.Paper;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Fourier ring correlation of two images: how alike they are, frequency by frequency, and down to
/// which period.
///
/// (1) both are freed of their windowed mean and multiplied by the window; (2) transformed;
/// (3) FRC(q) = Re Σ F₁ F₂* / √(Σ|F₁|² Σ|F₂|²) over the ring of width Δq around q, Δq the coarser
///     frequency step. Rings run from Δq to the lower Nyquist frequency of the two axes.
///
/// @param frequency middle of each ring [1/m]
/// @param correlation −1 … 1
/// @param samples independent numbers in each ring: pixels, halved for real images (whose
///     transform is symmetric), less what the window binds together
/// @param limit the Nyquist frequency [1/m]
@Paper(
    value =
        "M. van Heel, M. Schatz, J. Struct. Biol. 151, 250–262 (2005):"
            + " Fourier shell correlation threshold criteria",
    doi = "10.1016/j.jsb.2005.05.009")
public record RingCorrelation(
    double[] frequency, double[] correlation, double[] samples, double limit) {

  /// Where a curve is said to end. Every resolution names the one it was read at.
  public enum Threshold {
    /// Half a bit of information per pixel in the mean of two half data sets (van Heel & Schatz
    /// 2005, eq. 17).
    HALF_BIT("½-bit threshold", "HalfBit"),
    /// One bit of information per pixel in the mean of two half data sets (ibid., eq. 16).
    ONE_BIT("1-bit threshold", "OneBit"),
    /// Fixed at 1/7 ≈ 0.143.
    ONE_SEVENTH("1/7 threshold", "OneSeventh");

    private final String label;
    private final String suffix;

    Threshold(String label, String suffix) {
      this.label = label;
      this.suffix = suffix;
    }

    /// For figures and sentences.
    public String label() {
      return label;
    }

    /// For names of metrics.
    public String suffix() {
      return suffix;
    }

    /// The threshold for a ring of n independent samples; SNR 0.2071 (√2 − 1 over two) and 0.5 per
    /// half data set.
    public double at(double n) {
      double root = Math.sqrt(Math.max(n, 1));
      return switch (this) {
        case HALF_BIT -> (0.2071 + 1.9102 / root) / (1.2071 + 0.9102 / root);
        case ONE_BIT -> (0.5 + 2.4142 / root) / (1.5 + 1.4142 / root);
        case ONE_SEVENTH -> 1.0 / 7;
      };
    }
  }

  /// How the images are led to zero at their edges before the transform.
  public enum Window {
    /// Not at all: for periodic images.
    NONE,
    /// A raised cosine over the outer quarter of each side.
    TUKEY,
    /// A raised cosine over all.
    HANN;

    double at(int index, int n) {
      double fromEdge = (Math.min(index, n - 1 - index) + 0.5) / n;
      double slope =
          switch (this) {
            case NONE -> 0;
            case TUKEY -> 0.25;
            case HANN -> 0.5;
          };
      return fromEdge >= slope ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * fromEdge / slope);
    }
  }

  public RingCorrelation {
    Check.atLeast("number of rings", frequency.length, 1);
    Check.same("length of correlation", correlation.length, frequency.length);
    Check.same("length of samples", samples.length, frequency.length);
  }

  /// Of two complex images of one size, the gauge already removed.
  public static RingCorrelation between(ComplexField a, ComplexField b, Window window) {
    return between(a, b, window, 1);
  }

  /// Of two real images of one size.
  public static RingCorrelation between(RealField a, RealField b, Window window) {
    return between(complex(a), complex(b), window, 0.5);
  }

  private static RingCorrelation between(
      ComplexField a, ComplexField b, Window window, double independent) {
    var grid = a.grid();
    Check.same("rows of the second image", b.grid().rows(), grid.rows());
    Check.same("columns of the second image", b.grid().columns(), grid.columns());
    Check.atLeast("rows of an image for ring correlation", grid.rows(), 8);
    Check.atLeast("columns of an image for ring correlation", grid.columns(), 8);
    var f = windowed(a, window);
    var g = windowed(b, window);
    var fft = new Fft2(grid.rows(), grid.columns());
    fft.transform(f);
    fft.transform(g);
    double step = Math.max(grid.frequencyY(), grid.frequencyX());
    double limit = Math.min(0.5 / grid.pixelY(), 0.5 / grid.pixelX());
    int rings = (int) Math.floor(limit / step + 1e-9);
    double[] cross = new double[rings + 1];
    double[] first = new double[rings + 1];
    double[] second = new double[rings + 1];
    double[] count = new double[rings + 1];
    for (int r = 0; r < grid.rows(); r++) {
      double v = Gauge.signed(r, grid.rows()) * grid.frequencyY();
      for (int c = 0; c < grid.columns(); c++) {
        double u = Gauge.signed(c, grid.columns()) * grid.frequencyX();
        int ring = (int) Math.rint(Math.hypot(u, v) / step);
        if (ring < 1 || ring > rings) {
          continue;
        }
        double x = f.re(r, c);
        double y = f.im(r, c);
        double p = g.re(r, c);
        double q = g.im(r, c);
        cross[ring] += x * p + y * q;
        first[ring] += x * x + y * y;
        second[ring] += p * p + q * q;
        count[ring]++;
      }
    }
    double bound = independent * independence(grid, window);
    double[] frequency = new double[rings];
    double[] correlation = new double[rings];
    double[] samples = new double[rings];
    for (int ring = 1; ring <= rings; ring++) {
      double norm = Math.sqrt(first[ring] * second[ring]);
      frequency[ring - 1] = ring * step;
      correlation[ring - 1] = norm > 0 ? cross[ring] / norm : 0;
      samples[ring - 1] = count[ring] * bound;
    }
    return new RingCorrelation(frequency, correlation, samples, limit);
  }

  /// Mean over all rings.
  public double mean() {
    double sum = 0;
    for (double one : correlation) {
      sum += one;
    }
    return sum / correlation.length;
  }

  /// Half period [m] at which the correlation falls below the threshold and stays there for two
  /// rings, with the frequency interpolated; half the Nyquist period (one pixel) when it never
  /// does; empty when it never was above.
  ///
  /// The lowest quarter of the frequencies may begin below the threshold (the near field carries
  /// them weakly): the curve then counts from the first two neighbouring rings above it.
  public OptionalDouble halfPeriod(Threshold threshold) {
    int ring = firstPairAbove(threshold);
    if (ring < 0) {
      return OptionalDouble.empty();
    }
    for (ring++; ring < frequency.length; ring++) {
      double above = above(threshold, ring);
      boolean last = ring + 1 == frequency.length;
      if (above < 0 && (last || above(threshold, ring + 1) < 0)) {
        double before = above(threshold, ring - 1);
        double share = before > above ? Math.clamp(before / (before - above), 0.0, 1.0) : 1;
        double crossing = frequency[ring - 1] + share * (frequency[ring] - frequency[ring - 1]);
        return OptionalDouble.of(0.5 / crossing);
      }
    }
    return OptionalDouble.of(0.5 / limit);
  }

  private int firstPairAbove(Threshold threshold) {
    for (int ring = 0; ring + 1 < frequency.length && ring <= frequency.length / 4; ring++) {
      if (above(threshold, ring) >= 0 && above(threshold, ring + 1) >= 0) {
        return ring;
      }
    }
    return -1;
  }

  private double above(Threshold threshold, int ring) {
    return correlation[ring] - threshold.at(samples[ring]);
  }

  /// True when the curve meets Nyquist before it meets the threshold: the pixel, not the data,
  /// limits the resolution.
  public boolean reachesPixel(Threshold threshold) {
    var halfPeriod = halfPeriod(threshold);
    return halfPeriod.isPresent() && halfPeriod.getAsDouble() <= 0.5 / limit;
  }

  /// The correlation and the three thresholds over spatial frequency [1/µm], to be drawn in one
  /// figure.
  public List<Curve> curves(String name) {
    double[] perMicrometre = new double[frequency.length];
    for (int ring = 0; ring < frequency.length; ring++) {
      perMicrometre[ring] = frequency[ring] * 1e-6;
    }
    var curves = new ArrayList<Curve>();
    curves.add(curve(name, perMicrometre, correlation));
    for (var threshold : Threshold.values()) {
      double[] level = new double[samples.length];
      for (int ring = 0; ring < level.length; ring++) {
        level[ring] = threshold.at(samples[ring]);
      }
      curves.add(curve(threshold.label(), perMicrometre, level));
    }
    return curves;
  }

  private static Curve curve(String name, double[] x, double[] y) {
    return new Curve(name, "spatial frequency [1/µm]", "Fourier ring correlation", x, y);
  }

  /// Share of a ring's pixels that are independent under the window: (Σw²)² / (N Σw⁴).
  private static double independence(Grid grid, Window window) {
    return independence(grid.rows(), window) * independence(grid.columns(), window);
  }

  private static double independence(int n, Window window) {
    double two = 0;
    double four = 0;
    for (int i = 0; i < n; i++) {
      double w = window.at(i, n);
      two += w * w;
      four += w * w * w * w;
    }
    return two * two / (n * four);
  }

  private static ComplexField windowed(ComplexField image, Window window) {
    var grid = image.grid();
    double re = 0;
    double im = 0;
    double sum = 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double w = window.at(r, grid.rows()) * window.at(c, grid.columns());
        re += w * image.re(r, c);
        im += w * image.im(r, c);
        sum += w;
      }
    }
    var result = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double w = window.at(r, grid.rows()) * window.at(c, grid.columns());
        result.set(
            r,
            c,
            (float) (w * (image.re(r, c) - re / sum)),
            (float) (w * (image.im(r, c) - im / sum)));
      }
    }
    return result;
  }

  private static ComplexField complex(RealField image) {
    var field = new ComplexField(image.grid());
    for (int r = 0; r < image.grid().rows(); r++) {
      for (int c = 0; c < image.grid().columns(); c++) {
        field.set(r, c, image.at(r, c), 0);
      }
    }
    return field;
  }
}
