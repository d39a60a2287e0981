package argand.ptycho;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvectors of a small Hermitian matrix by cyclic Jacobi rotations, the greatest eigenvalue
/// first. Each vector's greatest component is real and positive, so that nearly diagonal matrices
/// give nearly the unit matrix.
final class HermitianEigenvectors {
  private static final int SWEEPS = 30;

  private final double[][] re;
  private final double[][] im;

  /// @param a real part, overwritten
  /// @param b imaginary part, overwritten
  HermitianEigenvectors(double[][] a, double[][] b) {
    int n = a.length;
    double[][] vr = new double[n][n];
    double[][] vi = new double[n][n];
    for (int k = 0; k < n; k++) {
      vr[k][k] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, b, vr, vi, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -a[k][k]))
            .mapToInt(Integer::intValue)
            .toArray();
    re = new double[n][n];
    im = new double[n][n];
    for (int m = 0; m < n; m++) {
      int from = order[m];
      int greatest = 0;
      for (int k = 1; k < n; k++) {
        if (Math.hypot(vr[k][from], vi[k][from])
            > Math.hypot(vr[greatest][from], vi[greatest][from])) {
          greatest = k;
        }
      }
      double modulus = Math.hypot(vr[greatest][from], vi[greatest][from]);
      double c = vr[greatest][from] / modulus;
      double s = -vi[greatest][from] / modulus;
      for (int k = 0; k < n; k++) {
        re[k][m] = vr[k][from] * c - vi[k][from] * s;
        im[k][m] = vr[k][from] * s + vi[k][from] * c;
      }
    }
  }

  /// Real part of component k of vector m.
  double re(int k, int m) {
    return re[k][m];
  }

  /// Imaginary part of component k of vector m.
  double im(int k, int m) {
    return im[k][m];
  }

  /// A ← U† A U, V ← V U with U the rotation of axes p and q that makes A_pq vanish.
  private static void rotate(
      double[][] a, double[][] b, double[][] vr, double[][] vi, int p, int q) {
    double modulus = Math.hypot(a[p][q], b[p][q]);
    if (modulus <= 1e-300 || modulus <= 1e-16 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) {
      return;
    }
    double er = a[p][q] / modulus;
    double ei = b[p][q] / modulus;
    double angle = 0.5 * Math.atan2(2 * modulus, a[q][q] - a[p][p]);
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    columns(a, b, p, q, c, s, er, ei);
    columns(vr, vi, p, q, c, s, er, ei);
    for (int k = 0; k < a.length; k++) { // rows, with the conjugate
      double pr = a[p][k];
      double pi = b[p][k];
      double qr = er * a[q][k] - ei * b[q][k];
      double qi = er * b[q][k] + ei * a[q][k];
      a[p][k] = c * pr - s * qr;
      b[p][k] = c * pi - s * qi;
      a[q][k] = s * pr + c * qr;
      b[q][k] = s * pi + c * qi;
    }
  }

  /// Column q is first turned by the conjugate phase (er, −ei), so that A_pq becomes real.
  private static void columns(
      double[][] a, double[][] b, int p, int q, double c, double s, double er, double ei) {
    for (int k = 0; k < a.length; k++) {
      double pr = a[k][p];
      double pi = b[k][p];
      double qr = er * a[k][q] + ei * b[k][q];
      double qi = er * b[k][q] - ei * a[k][q];
      a[k][p] = c * pr - s * qr;
      b[k][p] = c * pi - s * qi;
      a[k][q] = s * pr + c * qr;
      b[k][q] = s * pi + c * qi;
    }
  }
}
