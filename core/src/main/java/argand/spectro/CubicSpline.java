package argand.spectro;

/// The natural cubic spline through points; beyond the ends the value of the end.
final class CubicSpline {
  private final double[] x;
  private final double[] y;
  private final double[] bend;

  CubicSpline(double[] x, double[] y) {
    this.x = x;
    this.y = y;
    int n = x.length;
    bend = new double[n];
    double[] upper = new double[n];
    double[] right = new double[n];
    for (int i = 1; i < n - 1; i++) {
      double below = x[i] - x[i - 1];
      double above = x[i + 1] - x[i];
      double pivot = (below + above) / 3 - below / 6 * upper[i - 1];
      upper[i] = above / 6 / pivot;
      double curve = (y[i + 1] - y[i]) / above - (y[i] - y[i - 1]) / below;
      right[i] = (curve - below / 6 * right[i - 1]) / pivot;
    }
    for (int i = n - 2; i > 0; i--) {
      bend[i] = right[i] - upper[i] * bend[i + 1];
    }
  }

  double at(double place) {
    if (place <= x[0]) {
      return y[0];
    }
    if (place >= x[x.length - 1]) {
      return y[y.length - 1];
    }
    int i = Interpolation.segment(x, place);
    double h = x[i + 1] - x[i];
    double a = (x[i + 1] - place) / h;
    double b = 1 - a;
    return a * y[i]
        + b * y[i + 1]
        + ((a * a * a - a) * bend[i] + (b * b * b - b) * bend[i + 1]) * h * h / 6;
  }
}
