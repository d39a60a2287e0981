package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;

/// A smooth curve through a piece of each pixel's spectrum, cubic between the energies and linear
/// in the values: values g = G y and second derivatives γ = Γ y at the energies.
public sealed interface CurveModel {
  /// The least number of energies.
  int leastEnergies();

  /// G and Γ for these energies.
  CurveRows rows(double[] energyEv);

  /// The natural cubic spline g that minimises Σ (y − g)² + λ ∫ g″² dE, λ = s⁴ h³ for energies h
  /// apart: structure finer than s energy steps is smoothed away; s = 0 goes through every value.
  /// With R and Q the tridiagonal matrices of the spline: (R + λ QᵀQ) γ = Qᵀy, g = y − λ Q γ
  /// (Reinsch 1967, eq. 10 to 12).
  @Paper(
      value = "Reinsch, Smoothing by spline functions, Numer. Math. 10, 177 (1967)",
      doi = "10.1007/BF02162161")
  record Spline(
      @Param(
              value = "structure finer than so many energy steps is smoothed away; 0: none",
              byDefault = "1")
          double smoothing)
      implements CurveModel {
    public Spline {
      Check.within("smoothing", smoothing, 0, 100, "energy steps");
    }

    @Override
    public int leastEnergies() {
      return 4;
    }

    @Override
    public CurveRows rows(double[] x) {
      int n = x.length;
      double h = (x[n - 1] - x[0]) / (n - 1);
      double lambda = Math.pow(smoothing, 4) * h * h * h;
      double[][] q = new double[n][n - 2];
      double[][] a = new double[n - 2][n - 2];
      for (int j = 1; j < n - 1; j++) {
        double below = x[j] - x[j - 1];
        double above = x[j + 1] - x[j];
        q[j - 1][j - 1] = 1 / below;
        q[j][j - 1] = -1 / below - 1 / above;
        q[j + 1][j - 1] = 1 / above;
        a[j - 1][j - 1] += (below + above) / 3;
        if (j < n - 2) {
          a[j - 1][j] += above / 6;
          a[j][j - 1] += above / 6;
        }
      }
      for (int i = 0; i < n - 2; i++) {
        for (int k = 0; k < n - 2; k++) {
          for (int r = 0; r < n; r++) {
            a[i][k] += lambda * q[r][i] * q[r][k];
          }
        }
      }
      double[][] right = new double[n - 2][n];
      for (int r = 0; r < n; r++) {
        for (int i = 0; i < n - 2; i++) {
          right[i][r] = q[r][i];
        }
      }
      double[][] inner = SmallMatrix.solve(a, right);
      double[][] bends = new double[n][n];
      System.arraycopy(inner, 0, bends, 1, n - 2);
      double[][] values = new double[n][n];
      for (int r = 0; r < n; r++) {
        values[r][r] = 1;
        for (int i = 0; i < n - 2; i++) {
          for (int c = 0; c < n; c++) {
            values[r][c] -= lambda * q[r][i] * inner[i][c];
          }
        }
      }
      return new CurveRows(x, values, bends);
    }
  }

  /// A polynomial of degree 2 or 3 fitted by least squares.
  record Polynomial(@Param(value = "2 or 3", byDefault = "3") int degree) implements CurveModel {
    public Polynomial {
      Check.within("degree", degree, 2, 3, "");
    }

    @Override
    public int leastEnergies() {
      return degree + 1;
    }

    @Override
    public CurveRows rows(double[] x) {
      int n = x.length;
      double center = (x[0] + x[n - 1]) / 2;
      double half = (x[n - 1] - x[0]) / 2;
      double[][] columns = new double[degree + 1][n];
      double[][] second = new double[degree + 1][n];
      double[] one = new double[n];
      for (int e = 0; e < n; e++) {
        double t = (x[e] - center) / half;
        one[e] = 1;
        for (int k = 0; k <= degree; k++) {
          columns[k][e] = Math.pow(t, k);
          second[k][e] = k < 2 ? 0 : k * (k - 1) * Math.pow(t, k - 2) / (half * half);
        }
      }
      double[][] weights =
          LinearFit.weights(columns, one)
              .orElseThrow(
                  () -> new InvalidInput("the range", "of " + n + " energies", "more", ""));
      double[][] values = new double[n][n];
      double[][] bends = new double[n][n];
      for (int e = 0; e < n; e++) {
        for (int c = 0; c < n; c++) {
          for (int k = 0; k <= degree; k++) {
            values[e][c] += columns[k][e] * weights[k][c];
            bends[e][c] += second[k][e] * weights[k][c];
          }
        }
      }
      return new CurveRows(x, values, bends);
    }
  }
}
