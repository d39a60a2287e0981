package argand.ptycho;

/// Maps on a frame that are linear between knots: Σ_c θ_c B_c(q) with tents B_c whose sum is 1 in
/// every pixel. Knots stand evenly from the first to the last row and column.
final class TentMap {
  private final Axis down;
  private final Axis across;

  /// @param spacing pixels from knot to knot, as near as whole intervals allow; 0 for one number
  TentMap(int rows, int columns, int spacing) {
    down = Axis.of(rows, spacing);
    across = Axis.of(columns, spacing);
  }

  /// @param knots number of them
  /// @param before knot before each pixel
  /// @param part what the knot after it has of a pixel; the one before has the rest
  private record Axis(int knots, int[] before, double[] part) {
    static Axis of(int pixels, int spacing) {
      int intervals = spacing == 0 ? 0 : Math.max(1, Math.round((pixels - 1f) / spacing));
      int[] before = new int[pixels];
      double[] part = new double[pixels];
      for (int i = 0; i < pixels && intervals > 0; i++) {
        double at = (double) i * intervals / (pixels - 1);
        before[i] = Math.min((int) at, intervals - 1);
        part[i] = at - before[i];
      }
      return new Axis(intervals + 1, before, part);
    }

    int after(int i) {
      return Math.min(knots - 1, before[i] + 1);
    }
  }

  /// Number of knots.
  int knots() {
    return down.knots * across.knots;
  }

  /// Σ_q B_c(q) f(q) for every knot c.
  double[] gathered(double[] frame) {
    int columns = across.part.length;
    double[] sums = new double[down.knots * across.knots];
    for (int i = 0; i < frame.length; i++) {
      int r = i / columns;
      int c = i % columns;
      double low = frame[i] * down.part[r];
      double high = frame[i] - low;
      add(sums, down.before[r], c, high);
      add(sums, down.after(r), c, low);
    }
    return sums;
  }

  private void add(double[] sums, int row, int c, double value) {
    double right = value * across.part[c];
    sums[row * across.knots + across.before[c]] += value - right;
    sums[row * across.knots + across.after(c)] += right;
  }

  /// Σ_c θ_c B_c(q) for every pixel q.
  double[] spread(double[] knots) {
    int columns = across.part.length;
    double[] frame = new double[down.part.length * columns];
    for (int i = 0; i < frame.length; i++) {
      int r = i / columns;
      int c = i % columns;
      double above = at(knots, down.before[r], c);
      double below = at(knots, down.after(r), c);
      frame[i] = above + down.part[r] * (below - above);
    }
    return frame;
  }

  private double at(double[] knots, int row, int c) {
    double left = knots[row * across.knots + across.before[c]];
    double right = knots[row * across.knots + across.after(c)];
    return left + across.part[c] * (right - left);
  }
}
