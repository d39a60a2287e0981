package argand.inverse;

/// The conjugated rows a_r of a linear operator, one by one, (A x)_r = a_r* x: for methods that
/// need
/// them, and so for small problems only.
final class DenseRows {
  private final int count;
  private final int length;
  private final double[][] re;
  private final double[][] im;

  DenseRows(LinearOperator a) {
    count = a.rows();
    length = a.columns();
    re = new double[count][length];
    im = new double[count][length];
    var unit = ComplexVector.zeros(length);
    var column = ComplexVector.zeros(count);
    for (int c = 0; c < length; c++) {
      unit.re()[c] = 1;
      a.apply(unit, column);
      unit.re()[c] = 0;
      for (int r = 0; r < count; r++) {
        re[r][c] = column.re()[r];
        im[r][c] = -column.im()[r];
      }
    }
  }

  int count() {
    return count;
  }

  int length() {
    return length;
  }

  /// a_r* a_s
  double[] inner(int r, int s) {
    double x = 0;
    double y = 0;
    for (int k = 0; k < length; k++) {
      x += re[r][k] * re[s][k] + im[r][k] * im[s][k];
      y += re[r][k] * im[s][k] - im[r][k] * re[s][k];
    }
    return new double[] {x, y};
  }

  /// a_r* X a_r for every r
  double[] measured(HermitianMatrix x) {
    double[] measured = new double[count];
    for (int r = 0; r < count; r++) {
      double sum = 0;
      for (int k = 0; k < length; k++) {
        double u = 0;
        double v = 0;
        for (int l = 0; l < length; l++) {
          u += x.re(k, l) * re[r][l] - x.im(k, l) * im[r][l];
          v += x.re(k, l) * im[r][l] + x.im(k, l) * re[r][l];
        }
        sum += re[r][k] * u + im[r][k] * v;
      }
      measured[r] = sum;
    }
    return measured;
  }

  /// Σ_r w_r a_r a_r*
  HermitianMatrix weighted(double[] weights) {
    var sum = new HermitianMatrix(length);
    for (int k = 0; k < length; k++) {
      for (int l = 0; l <= k; l++) {
        double x = 0;
        double y = 0;
        for (int r = 0; r < count; r++) {
          x += weights[r] * (re[r][k] * re[r][l] + im[r][k] * im[r][l]);
          y += weights[r] * (im[r][k] * re[r][l] - re[r][k] * im[r][l]);
        }
        sum.set(k, l, x, y);
      }
    }
    return sum;
  }
}
