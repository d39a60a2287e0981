package argand.array.kernel;

/// A plain recursive transform in double precision, for tables that are made once.
final class DoubleFft {
  private DoubleFft() {}

  /// (re, im) ← Σ (re + i im) exp(−2πi j k / n), in place; time n · (sum of the prime factors of
  /// n).
  static void transform(double[] re, double[] im) {
    int n = re.length;
    if (n == 1) {
      return;
    }
    int radix = 2;
    while (n % radix != 0) {
      radix++;
    }
    int m = n / radix;
    double[][] partRe = new double[radix][m];
    double[][] partIm = new double[radix][m];
    for (int q = 0; q < radix; q++) {
      for (int j = 0; j < m; j++) {
        partRe[q][j] = re[j * radix + q];
        partIm[q][j] = im[j * radix + q];
      }
      transform(partRe[q], partIm[q]);
    }
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int q = 0; q < radix; q++) {
        double angle = -2 * Math.PI * ((long) q * k % n) / n;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double x = partRe[q][k % m];
        double y = partIm[q][k % m];
        sumRe += cos * x - sin * y;
        sumIm += cos * y + sin * x;
      }
      re[k] = sumRe;
      im[k] = sumIm;
    }
  }
}
