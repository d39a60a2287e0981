package argand.ptycho;

import argand.Paper;

/// Places and weights of Gauss' rule on −½ … ½: Σ w_k f(t_k) is ∫ f for polynomials up to degree
/// 2n − 1, where n evenly spaced places manage degree 1. The t_k are the zeros of Legendre's
/// polynomial P_n(2t), by Newton's iteration from cos π(k − ¼)/(n + ½), and
/// w_k = 1/((1 − (2t_k)²) P_n′²); the weights add up to 1.
@Paper(
    value =
        "G. H. Golub, J. H. Welsch, Calculation of Gauss quadrature rules, Math. Comp. 23, 221"
            + " (1969)",
    doi = "10.1090/S0025-5718-69-99647-1")
record GaussLegendre(double[] places, double[] weights) {
  /// The rule of so many places.
  static GaussLegendre of(int count) {
    double[] places = new double[count];
    double[] weights = new double[count];
    for (int k = 0; k < count; k++) {
      double x = -Math.cos(Math.PI * (k + 0.75) / (count + 0.5));
      double slope = 1;
      for (int turn = 0; turn < 20; turn++) { // doubles its digits in each
        double before = 1;
        double now = x;
        for (int n = 2; n <= count; n++) {
          double next = ((2 * n - 1) * x * now - (n - 1) * before) / n;
          before = now;
          now = next;
        }
        slope = count * (x * now - before) / (x * x - 1);
        x -= now / slope;
      }
      places[k] = 0.5 * x;
      weights[k] = 1 / ((1 - x * x) * slope * slope);
    }
    return new GaussLegendre(places, weights);
  }
}
