package argand.ptycho;

import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;

/// Frames in light of a normal band without any interpolation: for each of 25 energies out to three
/// standard deviations the exit wave is transformed by sums in double precision at the very places
/// s x where that energy's pixels look, Ψ(s_y, s_x) = Σ_r Σ_c ψ(r, c) exp(−2πi (s y r + s x c)/n).
final class ManyWavelengths {
  private static final int SIDE = 12;

  private ManyWavelengths() {}

  /// The frames of a scan without noise anew, with shot noise.
  static DiffractionScan frames(Simulated sim, double bandwidth, long seed) {
    int n = sim.probe.grid().rows();
    var windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), false, 0);
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    int energies = bandwidth == 0 ? 1 : 2 * SIDE + 1;
    double[] weights = new double[energies];
    double[][][] turns = new double[energies][][];
    double all = 0;
    for (int k = 0; k < energies; k++) {
      double t = energies == 1 ? 0 : 3.0 * (k - SIDE) / SIDE;
      double s = 1 + t * bandwidth / (2 * Math.sqrt(2 * Math.log(2)));
      weights[k] = Math.exp(-0.5 * t * t) * s * s;
      all += Math.exp(-0.5 * t * t);
      turns[k] = turns(n, s);
    }
    List<RealField> frames = new ArrayList<>();
    for (int j = 0; j < windows.count(); j++) {
      double[][] wave = exit(sim, windows, j, n);
      double[] mean = new double[n * n];
      for (int k = 0; k < energies; k++) {
        add(wave, turns[k], weights[k] / all, n, mean);
      }
      var frame = new RealField(sim.scan.geometry().detector());
      for (int i = 0; i < mean.length; i++) {
        frame.values()[i] = mean[i] < 1e-9 ? 0 : PoissonSampler.of(random, mean[i]).sample();
      }
      frames.add(frame);
    }
    var from = sim.scan;
    return new DiffractionScan(
        from.geometry(),
        from.positions(),
        Frames.of(frames),
        Optional.empty(),
        from.probe(),
        from.source());
  }

  private static double[][] exit(Simulated sim, Windows windows, int j, int n) {
    double[][] wave = new double[2][n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double a = sim.probe.re(r, c);
        double b = sim.probe.im(r, c);
        double x = sim.object.re(windows.row(j) + r, windows.column(j) + c);
        double y = sim.object.im(windows.row(j) + r, windows.column(j) + c);
        wave[0][r * n + c] = a * x - b * y;
        wave[1][r * n + c] = a * y + b * x;
      }
    }
    return wave;
  }

  /// cos and sin of −2π s (u − n/2)(r − n/2)/n for detector pixel u and place r.
  private static double[][] turns(int n, double s) {
    double[][] turns = new double[2][n * n];
    for (int u = 0; u < n; u++) {
      for (int r = 0; r < n; r++) {
        double angle = -2 * Math.PI * s * (u - n / 2) * (r - n / 2) / n;
        turns[0][u * n + r] = Math.cos(angle);
        turns[1][u * n + r] = Math.sin(angle);
      }
    }
    return turns;
  }

  /// into ← into + weight |T ψ Tᵀ|²/n²
  private static void add(double[][] wave, double[][] turns, double weight, int n, double[] into) {
    double[][] half = product(turns, wave, n);
    for (int u = 0; u < n; u++) {
      for (int v = 0; v < n; v++) {
        double re = 0;
        double im = 0;
        for (int c = 0; c < n; c++) {
          double a = half[0][u * n + c];
          double b = half[1][u * n + c];
          double x = turns[0][v * n + c];
          double y = turns[1][v * n + c];
          re += a * x - b * y;
          im += a * y + b * x;
        }
        into[u * n + v] += weight * (re * re + im * im) / ((double) n * n);
      }
    }
  }

  private static double[][] product(double[][] turns, double[][] wave, int n) {
    double[][] product = new double[2][n * n];
    for (int u = 0; u < n; u++) {
      for (int r = 0; r < n; r++) {
        double x = turns[0][u * n + r];
        double y = turns[1][u * n + r];
        for (int c = 0; c < n; c++) {
          double a = wave[0][r * n + c];
          double b = wave[1][r * n + c];
          product[0][u * n + c] += a * x - b * y;
          product[1][u * n + c] += a * y + b * x;
        }
      }
    }
    return product;
  }
}
