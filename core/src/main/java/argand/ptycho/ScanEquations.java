package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.InvalidInput;
import argand.inverse.ComplexVector;
import argand.inverse.LinearOperator;
import argand.physics.Geometry.Regime;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A far-field scan with a known probe as quadratic equations b = |A y|² of every good pixel of
/// every view, for methods that need them as such:
///
///     A y = F S_j P · O_j,   O = y / √(W + δ max W),   W = Σ_j |S_j P|²,   δ = 10⁻³
///
/// Unknown are the pixels of the object with W > 10⁻⁶ max W. In y all columns of A are nearly alike
/// and Σ|y|² is the number of quanta that meet the object.
final class ScanEquations implements LinearOperator {
  private static final double DELTA = 1e-3;
  private static final double LEAST = 1e-6;

  private final Windows windows;
  private final ProbeShift probe;
  private final ComplexField wave;
  private final Fft2 fft;
  private final double norm;
  private final int[] pixels;
  private final double[] whitening;
  private final ComplexField object;
  private final int[][] good;
  private final double[] measured;

  /// @throws InvalidInput when the scan is not one of these equations
  ScanEquations(PtychoModel model, ComplexField probe, String method) {
    windows = model.windows();
    if (model.regime() != Regime.FAR_FIELD || model.finer() != 1 || !model.monochromatic()) {
      throw new InvalidInput(
          "method",
          method + " in the near field, with upsampling or a band of wavelengths",
          "a far-field measurement of one wavelength with the pixels of its detector",
          "method: wirtingerFlow and others take any");
    }
    var frame = windows.frame();
    wave = new ComplexField(frame);
    fft = new Fft2(frame.rows(), frame.columns());
    norm = 1 / Math.sqrt(frame.size());
    this.probe = new ProbeShift(windows);
    this.probe.take(probe);
    object = new ComplexField(windows.object());
    double[] light = light();
    double most = Arrays.stream(light).max().orElseThrow();
    pixels = lit(light, LEAST * most);
    whitening = Arrays.stream(pixels).mapToDouble(i -> light[i] + DELTA * most).toArray();
    Arrays.setAll(whitening, k -> 1 / Math.sqrt(whitening[k]));
    good = new int[model.count()][];
    double[][] counts = new double[model.count()][];
    for (int j = 0; j < good.length; j++) {
      double[] counted = model.lightCounts(j);
      good[j] = indices(counted, 0);
      counts[j] = Arrays.stream(good[j]).mapToDouble(i -> counted[i]).toArray();
    }
    measured = Arrays.stream(counts).flatMapToDouble(Arrays::stream).toArray();
  }

  private double[] light() {
    double[] light = new double[object.re().length];
    for (int j = 0; j < windows.count(); j++) {
      var p = probe.at(j);
      for (int r = 0; r < windows.frame().rows(); r++) {
        for (int c = 0; c < windows.frame().columns(); c++) {
          double x = p.re(r, c);
          double y = p.im(r, c);
          light[place(j, r, c)] += x * x + y * y;
        }
      }
    }
    return light;
  }

  private int place(int j, int r, int c) {
    return (windows.row(j) + r) * object.pitch() + windows.column(j) + c;
  }

  private static int[] lit(double[] light, double least) {
    return indices(light, Math.max(Double.MIN_NORMAL, least));
  }

  private static int[] indices(double[] values, double least) {
    return IntStream.range(0, values.length).filter(i -> values[i] >= least).toArray();
  }

  /// b, one for each row.
  double[] measured() {
    return measured;
  }

  @Override
  public int rows() {
    return measured.length;
  }

  @Override
  public int columns() {
    return pixels.length;
  }

  @Override
  public void apply(ComplexVector x, ComplexVector into) {
    write(x, object);
    int row = 0;
    for (int j = 0; j < good.length; j++) {
      var p = probe.at(j);
      for (int r = 0; r < wave.grid().rows(); r++) {
        for (int c = 0; c < wave.grid().columns(); c++) {
          int i = place(j, r, c);
          float a = object.re()[i];
          float b = object.im()[i];
          wave.set(r, c, p.re(r, c) * a - p.im(r, c) * b, p.re(r, c) * b + p.im(r, c) * a);
        }
      }
      fft.transform(wave);
      for (int i : good[j]) {
        int k = inWave(i);
        into.re()[row] = norm * wave.re()[k];
        into.im()[row++] = norm * wave.im()[k];
      }
    }
  }

  @Override
  public void applyAdjoint(ComplexVector y, ComplexVector into) {
    double[] re = new double[object.re().length];
    double[] im = new double[re.length];
    int row = 0;
    for (int j = 0; j < good.length; j++) {
      wave.setAll(0, 0);
      for (int i : good[j]) {
        int k = inWave(i);
        wave.re()[k] = (float) (norm * y.re()[row]);
        wave.im()[k] = (float) (norm * y.im()[row++]);
      }
      fft.transformBack(wave);
      var p = probe.at(j);
      for (int r = 0; r < wave.grid().rows(); r++) {
        for (int c = 0; c < wave.grid().columns(); c++) {
          int i = place(j, r, c);
          re[i] += p.re(r, c) * wave.re(r, c) + p.im(r, c) * wave.im(r, c);
          im[i] += p.re(r, c) * wave.im(r, c) - p.im(r, c) * wave.re(r, c);
        }
      }
    }
    for (int k = 0; k < pixels.length; k++) {
      into.re()[k] = whitening[k] * re[pixels[k]];
      into.im()[k] = whitening[k] * im[pixels[k]];
    }
  }

  private int inWave(int i) {
    int columns = wave.grid().columns();
    return i / columns * wave.pitch() + i % columns;
  }

  /// The pixels of O that y is about.
  void write(ComplexVector y, ComplexField into) {
    for (int k = 0; k < pixels.length; k++) {
      into.re()[pixels[k]] = (float) (whitening[k] * y.re()[k]);
      into.im()[pixels[k]] = (float) (whitening[k] * y.im()[k]);
    }
  }
}
