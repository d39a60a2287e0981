package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.WeightedStep;
import argand.array.kernel.Window;
import java.util.Arrays;

/// What some views ask of the object: numerator N = Σ P* χ and weight W = Σ|P|², over views and
/// modes. Each strip of object rows is summed by itself, over the views in their order, and holds
/// parts of the peak of W and of the length of a step.
final class ObjectSum {
  private final Windows windows;
  private final ComplexField numerator;
  private final float[] weight;
  private final float[] peaks;
  private final double[][] lengths;

  /// The waves χ of some views and the probes P that belong to them.
  interface Terms {
    /// S_j P_m of view number k among those that are summed, from a row on.
    Window[] probes(int k, int row);

    /// χ of view number k among those that are summed, from a row on.
    Window[] waves(int k, int row);
  }

  ObjectSum(Windows windows) {
    this.windows = windows;
    numerator = new ComplexField(windows.object());
    weight = new float[numerator.re().length];
    int strips = Area.whole(windows).strips();
    peaks = new float[strips];
    lengths = new double[strips][2];
  }

  /// Sums one strip of an area over its views.
  void sum(Area area, int strip, int[] views, Terms terms) {
    int first = area.first(strip);
    int last = first + area.rows(strip);
    clear(area, strip);
    for (int k = 0; k < views.length; k++) {
      int row = windows.row(views[k]);
      int column = windows.column(views[k]);
      int from = Math.max(first, row);
      int to = Math.min(last, row + windows.frame().rows());
      if (from < to) {
        Overlap.add(
            terms.probes(k, from - row),
            terms.waves(k, from - row),
            Window.of(numerator, from, column),
            weights(from, column),
            to - from,
            windows.frame().columns());
      }
    }
    findPeak(area, strip);
  }

  /// Both sums of a strip ← 0
  void clear(Area area, int strip) {
    for (int r = area.first(strip); r < area.first(strip) + area.rows(strip); r++) {
      int from = r * numerator.pitch() + area.left();
      int to = from + area.columns();
      Arrays.fill(numerator.re(), from, to, 0);
      Arrays.fill(numerator.im(), from, to, 0);
      Arrays.fill(weight, from, to, 0);
    }
  }

  /// A strip of this ← it + factor · numerator, + weight of another sum.
  void add(Area area, int strip, ObjectSum other, float factor) {
    for (int r = area.first(strip); r < area.first(strip) + area.rows(strip); r++) {
      int from = r * numerator.pitch() + area.left();
      int to = from + area.columns();
      for (int i = from; i < to; i++) {
        numerator.re()[i] += factor * other.numerator.re()[i];
        numerator.im()[i] += factor * other.numerator.im()[i];
        weight[i] += other.weight[i];
      }
    }
  }

  void findPeak(Area area, int strip) {
    peaks[strip] =
        WeightedStep.peak(
            weights(area.first(strip), area.left()), area.rows(strip), area.columns());
  }

  /// max W over all strips of an area, whose peaks must have been found.
  float peak(Area area) {
    float peak = 0;
    for (int strip = 0; strip < area.strips(); strip++) {
      peak = Math.max(peak, peaks[strip]);
    }
    return peak;
  }

  /// Finds what a strip says of the length of a step along N/√(W² + floor).
  void findLength(Area area, int strip, float floor) {
    Arrays.fill(lengths[strip], 0);
    WeightedStep.lengths(
        numerators(area, strip),
        weights(area.first(strip), area.left()),
        floor,
        area.rows(strip),
        area.columns(),
        lengths[strip]);
  }

  /// Σ|d|² W and Re Σ d* N over all strips of an area, whose lengths must have been found.
  double[] length(Area area) {
    double[] sums = new double[2];
    for (int strip = 0; strip < area.strips(); strip++) {
      sums[0] += lengths[strip][0];
      sums[1] += lengths[strip][1];
    }
    return sums;
  }

  /// A strip of O ← it + step · N/√(W² + floor)
  void step(Area area, int strip, float floor, float step, ComplexField object) {
    WeightedStep.add(
        Window.of(object, area.first(strip), area.left()),
        numerators(area, strip),
        weights(area.first(strip), area.left()),
        floor,
        step,
        area.rows(strip),
        area.columns());
  }

  /// In a strip v ← keep v + N/√(W² + floor); O ← O + step · v
  void step(
      Area area,
      int strip,
      float floor,
      float keep,
      ComplexField velocity,
      float step,
      ComplexField object) {
    WeightedStep.addWithMomentum(
        Window.of(object, area.first(strip), area.left()),
        Window.of(velocity, area.first(strip), area.left()),
        numerators(area, strip),
        weights(area.first(strip), area.left()),
        floor,
        keep,
        step,
        area.rows(strip),
        area.columns());
  }

  private Window numerators(Area area, int strip) {
    return Window.of(numerator, area.first(strip), area.left());
  }

  private RealWindow weights(int row, int column) {
    return new RealWindow(weight, row * numerator.pitch() + column, numerator.pitch());
  }
}
