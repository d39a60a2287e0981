package argand.register;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import java.util.List;

/// Where the Fourier transform of a field is strongest, to a small fraction of a frequency step.
///
/// Maximises S(u, v) = Σ_channels |Σ f(r, c) exp(−2πi(r u/rows + c v/columns))|² over real u, v:
/// (1) on whole steps by one fast transform, (2) on a twentieth of a step by a small matrix
///     product around that peak (Guizar-Sicairos et al. 2008, eq. 12), (3) by the parabola through
///     the nine points at the top.
///
/// @param rows u in (−rows/2, rows/2]
/// @param columns v in (−columns/2, columns/2]
/// @param height S at the peak ÷ the largest value it could have, Σ_channels (Σ|f|)²; 1 for a pure
///     ramp
public record SpectrumPeak(double rows, double columns, double height) {
  private static final int FINE = 20;
  private static final int REACH = 15;

  /// The peak of the sum over channels, all of one size.
  public static SpectrumPeak of(List<ComplexField> channels) {
    Check.atLeast("number of channels", channels.size(), 1);
    int n = channels.getFirst().grid().rows();
    int m = channels.getFirst().grid().columns();
    double[] power = new double[n * m];
    double largest = 0;
    var fft = new Fft2(n, m);
    for (var channel : channels) {
      var copy = channel.copy();
      fft.transform(copy);
      double sum = 0;
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < m; c++) {
          double x = copy.re(r, c);
          double y = copy.im(r, c);
          power[r * m + c] += x * x + y * y;
          sum += Math.hypot(channel.re(r, c), channel.im(r, c));
        }
      }
      largest += sum * sum;
    }
    int top = 0;
    for (int i = 1; i < power.length; i++) {
      if (power[i] > power[top]) {
        top = i;
      }
    }
    return refined(channels, signed(top / m, n), signed(top % m, m), Math.max(largest, 1e-300));
  }

  private static int signed(int index, int n) {
    return index > n / 2 ? index - n : index;
  }

  private static SpectrumPeak refined(
      List<ComplexField> channels, int row, int column, double largest) {
    int points = 2 * REACH + 1;
    double[] u = new double[points];
    double[] v = new double[points];
    for (int k = 0; k < points; k++) {
      u[k] = row + (k - REACH) / (double) FINE;
      v[k] = column + (k - REACH) / (double) FINE;
    }
    double[][] s = new double[points][points];
    for (var channel : channels) {
      addPower(channel, u, v, s);
    }
    int bestRow = 1;
    int bestColumn = 1;
    for (int i = 1; i < points - 1; i++) {
      for (int j = 1; j < points - 1; j++) {
        if (s[i][j] > s[bestRow][bestColumn]) {
          bestRow = i;
          bestColumn = j;
        }
      }
    }
    double[] down = {
      s[bestRow - 1][bestColumn], s[bestRow][bestColumn], s[bestRow + 1][bestColumn]
    };
    double[] right = {
      s[bestRow][bestColumn - 1], s[bestRow][bestColumn], s[bestRow][bestColumn + 1]
    };
    return new SpectrumPeak(
        u[bestRow] + top(down) / FINE,
        v[bestColumn] + top(right) / FINE,
        s[bestRow][bestColumn] / largest);
  }

  /// Where the parabola through three points one step apart has its top, relative to the middle
  /// one.
  private static double top(double[] y) {
    double bend = y[0] - 2 * y[1] + y[2];
    return bend < 0 ? Math.clamp(0.5 * (y[0] - y[2]) / bend, -1.0, 1.0) : 0;
  }

  /// s(i, j) += |Σ f exp(−2πi(r u_i/rows + c v_j/columns))|², as two matrix products.
  private static void addPower(ComplexField f, double[] u, double[] v, double[][] s) {
    int n = f.grid().rows();
    int m = f.grid().columns();
    double[][] across = cosSin(v, m);
    double[][] down = cosSin(u, n);
    double[][] re = new double[u.length][v.length];
    double[][] im = new double[u.length][v.length];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < v.length; j++) {
        double[] e = across[j];
        double x = 0;
        double y = 0;
        for (int c = 0, at = r * f.pitch(); c < m; c++, at++) {
          double a = f.re()[at];
          double b = f.im()[at];
          x += a * e[2 * c] - b * e[2 * c + 1];
          y += b * e[2 * c] + a * e[2 * c + 1];
        }
        for (int i = 0; i < u.length; i++) {
          double cos = down[i][2 * r];
          double sin = down[i][2 * r + 1];
          re[i][j] += x * cos - y * sin;
          im[i][j] += y * cos + x * sin;
        }
      }
    }
    for (int i = 0; i < u.length; i++) {
      for (int j = 0; j < v.length; j++) {
        s[i][j] += re[i][j] * re[i][j] + im[i][j] * im[i][j];
      }
    }
  }

  private static double[][] cosSin(double[] frequency, int n) {
    double[][] table = new double[frequency.length][2 * n];
    for (int i = 0; i < frequency.length; i++) {
      for (int k = 0; k < n; k++) {
        double angle = -2 * Math.PI * frequency[i] * k / n;
        table[i][2 * k] = Math.cos(angle);
        table[i][2 * k + 1] = Math.sin(angle);
      }
    }
    return table;
  }
}
