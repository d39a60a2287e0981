package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.InnerProduct;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Object and probe modes as one vector: what a gradient method moves all at once. Sums run over
/// strips of rows, then over the strips in their order.
record Unknowns(ComplexField object, List<ComplexField> probes) {
  private static final int STRIP_ROWS = 16;

  /// Zeros.
  static Unknowns zeros(Windows windows, int modes) {
    return new Unknowns(
        new ComplexField(windows.object()),
        Stream.generate(() -> new ComplexField(windows.frame())).limit(modes).toList());
  }

  /// All fields, the object first.
  List<ComplexField> fields() {
    List<ComplexField> all = new ArrayList<>();
    all.add(object);
    all.addAll(probes);
    return all;
  }

  /// Two vectors whose inner product is asked for.
  record Pair(Unknowns a, Unknowns b) {}

  /// Re Σ a* b over all fields, of each pair: vectors that stand in several are read once.
  static double[] inner(Workers workers, Pair... pairs) {
    var a = Stream.of(pairs).map(pair -> pair.a.fields()).toList();
    var b = Stream.of(pairs).map(pair -> pair.b.fields()).toList();
    var strips = strips(a.getFirst());
    double[][] sums = new double[strips.size()][pairs.length];
    workers.forEach(
        strips.size(),
        (k, worker) -> {
          var strip = strips.get(k);
          for (int p = 0; p < pairs.length; p++) {
            sums[k][p] = inner(a.get(p).get(strip.field), b.get(p).get(strip.field), strip);
          }
        });
    double[] total = new double[pairs.length];
    for (double[] one : sums) {
      for (int p = 0; p < total.length; p++) {
        total[p] += one[p];
      }
    }
    return total;
  }

  private static double inner(ComplexField a, ComplexField b, Strip strip) {
    return InnerProduct.real(
        Window.of(a, strip.first, 0),
        Window.of(b, strip.first, 0),
        strip.last - strip.first,
        a.grid().columns());
  }

  /// this ← keep · this + factor · other
  void setSum(double keep, double factor, Unknowns other, Workers workers) {
    var ours = fields();
    var theirs = other.fields();
    float k = (float) keep;
    float f = (float) factor;
    var strips = strips(ours);
    workers.forEach(
        strips.size(),
        (number, worker) -> {
          var strip = strips.get(number);
          var a = ours.get(strip.field);
          var b = theirs.get(strip.field);
          for (int i = strip.first * a.pitch(), end = strip.last * a.pitch(); i < end; i++) {
            a.re()[i] = k * a.re()[i] + f * b.re()[i];
            a.im()[i] = k * a.im()[i] + f * b.im()[i];
          }
        });
  }

  /// this ← other
  void set(Unknowns other, Workers workers) {
    var ours = fields();
    var theirs = other.fields();
    var strips = strips(ours);
    workers.forEach(
        strips.size(),
        (number, worker) -> {
          var strip = strips.get(number);
          var a = ours.get(strip.field);
          var b = theirs.get(strip.field);
          int from = strip.first * a.pitch();
          int count = strip.last * a.pitch() - from;
          System.arraycopy(b.re(), from, a.re(), from, count);
          System.arraycopy(b.im(), from, a.im(), from, count);
        });
  }

  /// Rows first … last − 1 of one of the fields.
  private record Strip(int field, int first, int last) {}

  private static List<Strip> strips(List<ComplexField> fields) {
    List<Strip> strips = new ArrayList<>();
    for (int n = 0; n < fields.size(); n++) {
      int rows = fields.get(n).grid().rows();
      for (int first = 0; first < rows; first += STRIP_ROWS) {
        strips.add(new Strip(n, first, Math.min(rows, first + STRIP_ROWS)));
      }
    }
    return strips;
  }
}
