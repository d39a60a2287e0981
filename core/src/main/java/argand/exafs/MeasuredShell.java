package argand.exafs;

import argand.Paper;
import argand.array.InvalidInput;

/// Amplitude and phase of a shell out of a standard whose distance is known: both carry over to
/// the same pair of atoms in other matter.
///
/// 1. k^w χ(k) → χ(R); the shell's peak alone by a window over R → back: A(k) exp(iΦ(k))
/// 2. |F(k)| = A k R²/(k^w W N), with the disorder and mean free path of the standard in it
/// 3. φ(k) = Φ(k) − 2kR
///
/// So disorders that are fitted with it are differences to that of the standard. What leaks from
/// other shells into the window over R is taken for part of this one.
@Paper(
    value =
        "E. A. Stern, D. E. Sayers, F. W. Lytle, Extended x-ray-absorption fine-structure"
            + " technique. III. Determination of physical parameters, Phys. Rev. B 11, 4836 (1975)",
    doi = "10.1103/PhysRevB.11.4836")
public final class MeasuredShell {
  private MeasuredShell() {}

  /// Below this share of the window over k nothing is divided by it.
  private static final double LEAST = 0.1;

  /// @param chi of the standard at n 0.05 Å⁻¹
  /// @param over the shell's peak in |χ(R)| [Å]
  /// @param distance R of the shell in the standard [Å]
  /// @param neighbours N there
  public static Scattering of(
      String name,
      double[] chi,
      RadialTransform transform,
      TransformWindow over,
      double distance,
      double neighbours) {
    double[] parts = transform.forward(chi, over.end() + 1);
    double[] filtered = RadialTransform.back(parts, over, chi.length);
    int first = 0;
    while (first < chi.length && !inside(transform, first)) {
      first++;
    }
    int last = first;
    while (last + 1 < chi.length && inside(transform, last + 1)) {
      last++;
    }
    int n = last - first + 1;
    if (first >= chi.length || n < 8) {
      throw new InvalidInput(
          "the standard of " + name,
          "with χ up to k = " + RadialTransform.k(chi.length - 1) + " Å⁻¹",
          "one that covers the window over k",
          "");
    }
    double[][] columns = new double[5][n];
    double before = 0;
    for (int i = 0; i < n; i++) {
      double k = RadialTransform.k(first + i);
      double re = filtered[2 * (first + i)];
      double im = filtered[2 * (first + i) + 1];
      double weight = Math.pow(k, transform.weight()) * transform.window().at(k);
      // Re = A sin Φ and Im = −A cos Φ
      double phase = Math.atan2(re, -im) - 2 * k * distance;
      phase = i == 0 ? phase : phase - 2 * Math.PI * Math.rint((phase - before) / (2 * Math.PI));
      before = phase;
      columns[0][i] = k;
      columns[1][i] = Math.hypot(re, im) / weight * k * distance * distance / neighbours;
      columns[2][i] = phase;
      columns[3][i] = k;
      columns[4][i] = Double.POSITIVE_INFINITY;
    }
    return new Scattering(
        name, neighbours, distance, columns[0], columns[1], columns[2], columns[3], columns[4]);
  }

  private static boolean inside(RadialTransform transform, int n) {
    return n > 0 && transform.window().at(RadialTransform.k(n)) > LEAST;
  }
}
