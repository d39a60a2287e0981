package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A detector whose pixels are coarser than the waves need: each counts the light of b × b finer
/// ones. Waves are b times as wide as the detector's pixels could carry,
///
///     I_n = Σ_{i,k=0}^{b−1} |u_{bn + (i,k) − (b−1)/2}|²                                   (1)
///
/// and the finer spectrum at every b-th place is the coarse spectrum of the wave folded onto the
/// N × N pixels that a detector without finer ones would allow:
///
///     u_{bn + s} = F_N[ (1/b) Σ_tiles ψ(r) exp(−2πi s·r/(bN)) ]                           (2)
///
/// So a view has b² incoherent components, which {@link FarField} or {@link BroadBand} compares
/// with what was counted,
/// and their changes go back by the adjoint of (2), which is its inverse.
final class FinerWaves implements Detector {
  private final Detector coarse;
  private final int finer;
  private final Grid detector;
  private final int rows;
  private final int columns;
  private final float[][][] down;
  private final float[][][] right;
  private final List<ComplexField> parts = new ArrayList<>();

  /// @param detector grid of the frames
  FinerWaves(Detector coarse, int finer, Grid detector) {
    this.coarse = coarse;
    this.finer = finer;
    this.detector = detector;
    rows = finer * detector.rows();
    columns = finer * detector.columns();
    down = ramps(rows);
    right = ramps(columns);
  }

  /// exp(−2πi (i − (b−1)/2) r/n) for each i, real and imaginary.
  private float[][][] ramps(int n) {
    float[][][] ramps = new float[finer][2][n];
    for (int i = 0; i < finer; i++) {
      for (int r = 0; r < n; r++) {
        double angle = -2 * Math.PI * (i - 0.5 * (finer - 1)) * r / n;
        ramps[i][0][r] = (float) Math.cos(angle);
        ramps[i][1][r] = (float) Math.sin(angle);
      }
    }
    return ramps;
  }

  private void room(int count) {
    while (parts.size() < count) {
      parts.add(new ComplexField(detector));
    }
  }

  /// The components of wave m, from m·b² on.
  private List<ComplexField> folded(Window[] waves) {
    int each = finer * finer;
    room(each * waves.length);
    for (int m = 0; m < waves.length; m++) {
      for (int k = 0; k < each; k++) {
        fold(waves[m], k, parts.get(m * each + k));
      }
    }
    return parts.subList(0, each * waves.length);
  }

  /// (2)
  private void fold(Window wave, int k, ComplexField into) {
    float[][] y = down[k / finer];
    float[][] x = right[k % finer];
    int width = detector.columns();
    into.setAll(0, 0);
    for (int r = 0; r < rows; r++) {
      int to = r % detector.rows() * into.pitch();
      float a = y[0][r] / finer;
      float b = y[1][r] / finer;
      for (int tile = 0; tile < finer; tile++) {
        int from = wave.offset() + r * wave.pitch() + tile * width;
        for (int c = 0; c < width; c++) {
          float p = x[0][tile * width + c];
          float q = x[1][tile * width + c];
          float re = a * p - b * q;
          float im = a * q + b * p;
          into.re()[to + c] += re * wave.re()[from + c] - im * wave.im()[from + c];
          into.im()[to + c] += re * wave.im()[from + c] + im * wave.re()[from + c];
        }
      }
    }
  }

  /// The adjoint of (2) for all components of wave m.
  private void unfold(int m, Window wave) {
    int width = detector.columns();
    for (int r = 0; r < rows; r++) {
      int start = wave.offset() + r * wave.pitch();
      Arrays.fill(wave.re(), start, start + columns, 0);
      Arrays.fill(wave.im(), start, start + columns, 0);
      for (int k = 0; k < finer * finer; k++) {
        var part = parts.get(m * finer * finer + k);
        int from = r % detector.rows() * part.pitch();
        float a = down[k / finer][0][r] / finer;
        float b = down[k / finer][1][r] / finer;
        float[][] x = right[k % finer];
        for (int tile = 0; tile < finer; tile++) {
          int to = start + tile * width;
          for (int c = 0; c < width; c++) {
            float p = x[0][tile * width + c];
            float q = x[1][tile * width + c];
            float re = a * p - b * q;
            float im = -(a * q + b * p);
            wave.re()[to + c] += re * part.re()[from + c] - im * part.im()[from + c];
            wave.im()[to + c] += re * part.im()[from + c] + im * part.re()[from + c];
          }
        }
      }
    }
  }

  @Override
  public double change(Window[] waves, int view, Likelihood likelihood) {
    double error = coarse.change(folded(waves), view, likelihood); // (1)
    for (int m = 0; m < waves.length; m++) {
      unfold(m, waves[m]);
    }
    return error;
  }

  @Override
  public double error(Window[] waves, int view) {
    return coarse.error(folded(waves), view);
  }

  @Override
  public double counts(List<ComplexField> modes, int view) {
    return coarse.counts(folded(Window.of(modes)), view);
  }

  @Override
  public double backgroundCounts(int view) {
    return coarse.backgroundCounts(view);
  }

  @Override
  public void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    coarse.background(folded(Window.of(modes)), view, slopes, weights);
  }

  @Override
  public void slopes(Window[] line, int view, Likelihood likelihood, double[] at, double[] sums) {
    var all = folded(line);
    int each = finer * finer;
    List<ComplexField> ordered = new ArrayList<>(); // a, b and c of each component
    for (int m = 0; m < line.length; m += 3) {
      for (int k = 0; k < each; k++) {
        for (int part = 0; part < 3; part++) {
          ordered.add(all.get((m + part) * each + k));
        }
      }
    }
    coarse.slopes(Window.of(ordered), view, likelihood, at, sums);
  }

  @Override
  public void gather(
      List<ComplexField> modes,
      List<List<ComplexField>> slopes,
      int view,
      NormalEquations... into) {
    List<ComplexField> all = new ArrayList<>(modes);
    slopes.forEach(all::addAll);
    var found = folded(Window.of(all));
    int each = finer * finer * modes.size();
    coarse.gather(
        found.subList(0, each),
        Stream.iterate(1, k -> k + 1)
            .limit(slopes.size())
            .map(k -> found.subList(k * each, (k + 1) * each))
            .toList(),
        view,
        into);
  }
}
