package argand.xrf;

import java.util.Arrays;

/// Values over the channels of a fit, zero outside of a part of them.
final class Column {
  final double[] value;
  int first;
  int last;

  /// Nothing anywhere.
  Column(int channels) {
    value = new double[channels];
    clear();
  }

  void clear() {
    if (first < last) {
      Arrays.fill(value, first, last, 0);
    }
    first = value.length;
    last = 0;
  }

  /// Makes room for values in first … last − 1.
  void reach(int from, int to) {
    first = Math.min(first, from);
    last = Math.max(last, to);
  }

  /// Σ w a b over what both have.
  static double product(Column a, Column b, double[] weight) {
    int from = Math.max(a.first, b.first);
    int to = Math.min(a.last, b.last);
    double sum = 0;
    for (int c = from; c < to; c++) {
      sum += weight[c] * a.value[c] * b.value[c];
    }
    return sum;
  }

  /// Σ a b over what both have.
  static double product(Column a, Column b) {
    int from = Math.max(a.first, b.first);
    int to = Math.min(a.last, b.last);
    double even = 0;
    double odd = 0;
    int c = from;
    for (; c + 1 < to; c += 2) { // two sums hide the latency of one
      even += a.value[c] * b.value[c];
      odd += a.value[c + 1] * b.value[c + 1];
    }
    return c < to ? even + odd + a.value[c] * b.value[c] : even + odd;
  }

  /// Σ a r
  double dot(double[] r) {
    double sum = 0;
    for (int c = first; c < last; c++) {
      sum += value[c] * r[c];
    }
    return sum;
  }

  void addTo(double[] sum, double factor) {
    for (int c = first; c < last; c++) {
      sum[c] += factor * value[c];
    }
  }
}
