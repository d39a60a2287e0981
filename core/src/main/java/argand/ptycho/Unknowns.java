package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Object and probe modes as one vector: what a gradient method moves all at once. Sums run over
/// strips of rows, each in double precision, then over the strips in their order.
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

  /// Re Σ a* b over all fields.
  double inner(Unknowns other, Workers workers) {
    double sum = 0;
    var theirs = other.fields();
    var ours = fields();
    for (int k = 0; k < ours.size(); k++) {
      sum += inner(ours.get(k), theirs.get(k), workers);
    }
    return sum;
  }

  private static double inner(ComplexField a, ComplexField b, Workers workers) {
    double[] sums = new double[strips(a)];
    int columns = a.grid().columns();
    workers.forEach(
        sums.length,
        (strip, worker) -> {
          double sum = 0;
          for (int r = strip * STRIP_ROWS; r < last(a, strip); r++) {
            for (int i = r * a.pitch(), end = i + columns; i < end; i++) {
              sum += (double) a.re()[i] * b.re()[i] + (double) a.im()[i] * b.im()[i];
            }
          }
          sums[strip] = sum;
        });
    double sum = 0;
    for (double one : sums) {
      sum += one;
    }
    return sum;
  }

  /// this ← keep · this + factor · other
  void setSum(double keep, double factor, Unknowns other, Workers workers) {
    var theirs = other.fields();
    var ours = fields();
    float k = (float) keep;
    float f = (float) factor;
    for (int n = 0; n < ours.size(); n++) {
      var a = ours.get(n);
      var b = theirs.get(n);
      workers.forEach(
          strips(a),
          (strip, worker) -> {
            for (int i = strip * STRIP_ROWS * a.pitch(), end = last(a, strip) * a.pitch();
                i < end;
                i++) {
              a.re()[i] = k * a.re()[i] + f * b.re()[i];
              a.im()[i] = k * a.im()[i] + f * b.im()[i];
            }
          });
    }
  }

  private static int strips(ComplexField field) {
    return (field.grid().rows() + STRIP_ROWS - 1) / STRIP_ROWS;
  }

  private static int last(ComplexField field, int strip) {
    return Math.min(field.grid().rows(), (strip + 1) * STRIP_ROWS);
  }
}
