package argand.inverse;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// A Hermitian matrix H of n rows, kept as the symmetric one of 2n rows that does to (Re x, Im x)
/// what H does to x:
///
///     ( Re H  −Im H )
///     ( Im H   Re H )
///
/// Every eigenvalue of H is there twice.
final class HermitianMatrix {
  private final int n;
  private final DMatrixRMaj both;

  /// Zeros.
  HermitianMatrix(int n) {
    this.n = n;
    both = new DMatrixRMaj(2 * n, 2 * n);
  }

  int size() {
    return n;
  }

  double re(int r, int c) {
    return both.get(r, c);
  }

  double im(int r, int c) {
    return both.get(n + r, c);
  }

  /// H(r, c) ← re + i im, and H(c, r) its conjugate.
  void set(int r, int c, double re, double im) {
    put(r, c, re, im);
    put(c, r, re, -im);
  }

  private void put(int r, int c, double re, double im) {
    both.set(r, c, re);
    both.set(n + r, n + c, re);
    both.set(n + r, c, im);
    both.set(r, n + c, -im);
  }

  /// this ← a · this + b · other
  void setSum(double a, double b, HermitianMatrix other) {
    for (int i = 0; i < both.data.length; i++) {
      both.data[i] = a * both.data[i] + b * other.both.data[i];
    }
  }

  /// this ← this + shift · 1
  void addDiagonal(double shift) {
    for (int r = 0; r < 2 * n; r++) {
      both.add(r, r, shift);
    }
  }

  /// The nearest positive semidefinite matrix: negative eigenvalues become zero.
  HermitianMatrix positive() {
    var eigen = DecompositionFactory_DDRM.eig(2 * n, true, true);
    if (!eigen.decompose(both.copy())) {
      throw new IllegalStateException("no eigenvalues of a symmetric matrix of " + 2 * n);
    }
    var scaled = new DMatrixRMaj(2 * n, 2 * n);
    int kept = 0;
    for (int k = 0; k < 2 * n; k++) {
      double value = eigen.getEigenvalue(k).getReal();
      if (value > 0) {
        var vector = eigen.getEigenVector(k);
        for (int r = 0; r < 2 * n; r++) {
          scaled.set(r, kept, Math.sqrt(value) * vector.get(r));
        }
        kept++;
      }
    }
    var result = new HermitianMatrix(n);
    if (kept > 0) {
      var factor = CommonOps_DDRM.extract(scaled, 0, 2 * n, 0, kept);
      CommonOps_DDRM.multTransB(factor, factor, result.both);
    }
    return result;
  }

  /// √λ v with the greatest eigenvalue λ and its vector v: the x for which x x* is nearest.
  ComplexVector root() {
    var eigen = DecompositionFactory_DDRM.eig(2 * n, true, true);
    if (!eigen.decompose(both.copy())) {
      throw new IllegalStateException("no eigenvalues of a symmetric matrix of " + 2 * n);
    }
    int greatest = 0;
    for (int k = 1; k < 2 * n; k++) {
      if (eigen.getEigenvalue(k).getReal() > eigen.getEigenvalue(greatest).getReal()) {
        greatest = k;
      }
    }
    double length = Math.sqrt(Math.max(0, eigen.getEigenvalue(greatest).getReal()));
    var vector = eigen.getEigenVector(greatest);
    var x = ComplexVector.zeros(n);
    for (int r = 0; r < n; r++) {
      x.re()[r] = length * vector.get(r);
      x.im()[r] = length * vector.get(n + r);
    }
    return x;
  }

  /// The pseudo-inverse.
  HermitianMatrix inverse() {
    var result = new HermitianMatrix(n);
    CommonOps_DDRM.pinv(both, result.both);
    return result;
  }

  /// into ← H x
  void apply(ComplexVector x, ComplexVector into) {
    for (int r = 0; r < n; r++) {
      double re = 0;
      double im = 0;
      for (int c = 0; c < n; c++) {
        double a = both.get(r, c);
        double b = both.get(n + r, c);
        re += a * x.re()[c] - b * x.im()[c];
        im += a * x.im()[c] + b * x.re()[c];
      }
      into.re()[r] = re;
      into.im()[r] = im;
    }
  }
}
