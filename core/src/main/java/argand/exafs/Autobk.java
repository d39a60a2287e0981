package argand.exafs;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.NotAKnotSpline;
import argand.inverse.Cholesky;
import java.util.Arrays;

/// The absorption μ₀ that the atom would have alone: a cubic spline in k whose values at evenly
/// spaced knots make χ(R) as small as possible at distances where no neighbour can be.
///
/// 1. knots 1 + ⌊2 R_bkg Δk/π⌋, at the measured energies nearest to evenly spaced k
/// 2. χ(k) = μ − μ₀ by a cubic spline through the measured energies, at k_n = n 0.05 Å⁻¹
/// 3. Σ |χ(R)|² over R < R_bkg is least; what this cannot tell stays near the mean of the measured
///    values around each knot
///
/// For given energies and E₀ everything here is linear in μ; {@link #reduction} keeps it as a
/// matrix, so that maps of many pixels cost one product each and errors go through exactly. Ends
/// are not clamped.
@Paper(
    value =
        "M. Newville, P. Līviņš, Y. Yacoby, J. J. Rehr, E. A. Stern, Near-edge x-ray-absorption"
            + " fine structure of Pb, Phys. Rev. B 47, 14126 (1993)",
    doi = "10.1103/PhysRevB.47.14126")
public record Autobk(
    @Param(value = "below this distance χ(R) is background [Å]", byDefault = "1") double farthest,
    @Param(value = "exponent of k in the transform that is made small", byDefault = "1")
        double kWeight) {
  /// Taper of the Hanning window over all of k [Å⁻¹].
  private static final double TAPER = 0.1;

  /// Of the mean of the diagonal of the normal equations: what cannot be told stays where it was,
  /// what can is moved by a millionth.
  private static final double HELD = 1e-6;

  public Autobk {
    Check.within("rBackground", farthest, 0.3, 3, "Å");
    Check.within("kWeight", kWeight, 1, 4, "");
  }

  /// The matrices for these energies and this edge.
  ///
  /// @throws InvalidInput with fewer than 16 energies, or less than 3 Å⁻¹, above the edge
  public Reduction reduction(double[] energyEv, double e0Ev) {
    int first = 0;
    while (first < energyEv.length && energyEv[first] < e0Ev) {
      first++;
    }
    int above = energyEv.length - first;
    if (above < 16 || PhotoElectron.waveNumber(energyEv[energyEv.length - 1] - e0Ev) < 3) {
      throw new InvalidInput(
          "EXAFS",
          above + " energies up to " + energyEv[energyEv.length - 1] + " eV above " + e0Ev + " eV",
          "at least 16 energies that reach 35 eV above the edge",
          "measure more, or look at the edge only");
    }
    double[] k = new double[above];
    for (int i = 0; i < above; i++) {
      k[i] = PhotoElectron.waveNumber(energyEv[first + i] - e0Ev);
    }
    double end = k[above - 1];
    int count = (int) Math.floor(end / RadialTransform.STEP_K + 1e-9) + 1;
    int knots = Math.max(5, 1 + (int) (2 * farthest * end / Math.PI));
    int[] at = new int[knots];
    double[] knotK = new double[knots];
    for (int j = 0; j < knots; j++) {
      at[j] = nearest(k, j * end / (knots - 1));
      // sparse energies may have one for two knots
      at[j] = j > 0 && at[j] <= at[j - 1] ? at[j - 1] + 1 : at[j];
      if (at[j] >= above) {
        throw new InvalidInput(
            "the energies above the edge",
            above + ", too sparse for " + knots + " knots of the background",
            "more energies",
            "or a smaller rBackground");
      }
      knotK[j] = k[at[j]];
    }
    // unit vectors through linear maps give their matrices
    double[][] spline = new double[above][knots];
    for (int j = 0; j < knots; j++) {
      var one = new NotAKnotSpline(knotK, unit(knots, j));
      for (int i = 0; i < above; i++) {
        spline[i][j] = one.at(k[i]);
      }
    }
    double[][] onGrid = new double[count][above];
    for (int i = 0; i < above; i++) {
      var one = new NotAKnotSpline(k, unit(above, i));
      for (int n = 0; n < count; n++) {
        onGrid[n][i] = one.at(RadialTransform.k(n));
      }
    }
    double[][] start = new double[knots][above];
    for (int j = 0; j < knots; j++) {
      start[j][at[j]] += 0.5;
      start[j][Math.max(0, at[j] - 5)] += 0.25;
      start[j][Math.min(above - 1, at[j] + 5)] += 0.25;
    }
    var transform =
        new RadialTransform(
            new TransformWindow(TransformWindow.Shape.HANNING, 0, end, TAPER), kWeight);
    double[][] low =
        Linear.times(transform.rows(count, RadialTransform.between(0, farthest)), onGrid);
    double[][] values = values(low, spline, start);
    double[][] smooth = Linear.times(Linear.times(onGrid, spline), values);
    double[][] chi = new double[count][energyEv.length];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < above; i++) {
        chi[n][first + i] = onGrid[n][i] - smooth[n][i];
      }
    }
    return new Reduction(energyEv, e0Ev, first, chi, spline, values);
  }

  /// Values at the knots as a matrix over the energies: c = c₀ + (AᵀA + ε)⁻¹ Aᵀ (T μ − A c₀).
  private static double[][] values(double[][] low, double[][] spline, double[][] start) {
    double[][] a = Linear.times(low, spline);
    double[][] at = Linear.transposed(a);
    double[][] gram = Linear.times(at, a);
    int knots = gram.length;
    double mean = 0;
    for (int j = 0; j < knots; j++) {
      mean += gram[j][j] / knots;
    }
    for (int j = 0; j < knots; j++) {
      gram[j][j] += HELD * mean;
    }
    double[][] left = Linear.times(a, start);
    for (int m = 0; m < left.length; m++) {
      for (int i = 0; i < left[m].length; i++) {
        left[m][i] = low[m][i] - left[m][i];
      }
    }
    double[][] moved = Linear.times(new Cholesky(gram, 1e-14).inverse(), Linear.times(at, left));
    for (int j = 0; j < knots; j++) {
      for (int i = 0; i < moved[j].length; i++) {
        moved[j][i] += start[j][i];
      }
    }
    return moved;
  }

  private static double[] unit(int n, int at) {
    double[] unit = new double[n];
    unit[at] = 1;
    return unit;
  }

  private static int nearest(double[] rising, double value) {
    int found = Arrays.binarySearch(rising, value);
    if (found >= 0) {
      return found;
    }
    int right = Math.min(rising.length - 1, -found - 1);
    return right > 0 && value - rising[right - 1] < rising[right] - value ? right - 1 : right;
  }
}
