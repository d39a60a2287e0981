package argand.inverse;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import java.util.SplittableRandom;

/// A x = (F M₁ x, F M₂ x, …): far-field patterns behind masks of random values, of modulus 1/√2 or
/// √3 and one of four phases (Candès, Li, Soltanolkotabi 2015, octanary).
final class CodedDiffraction implements LinearOperator {
  private final int side;
  private final ComplexVector[] masks;
  private final Fft2 fft;
  private final ComplexField field;

  CodedDiffraction(int rows, int columns, int patterns, long seed) {
    var random = new SplittableRandom(seed);
    side = columns;
    fft = new Fft2(rows, columns);
    field = new ComplexField(new Grid(rows, columns, 1, 1));
    masks = new ComplexVector[patterns];
    for (int l = 0; l < patterns; l++) {
      masks[l] = ComplexVector.zeros(rows * columns);
      for (int i = 0; i < rows * columns; i++) {
        double modulus = random.nextInt(5) < 4 ? Math.sqrt(0.5) : Math.sqrt(3);
        int turn = random.nextInt(4);
        masks[l].re()[i] = modulus * new int[] {1, 0, -1, 0}[turn];
        masks[l].im()[i] = modulus * new int[] {0, 1, 0, -1}[turn];
      }
    }
  }

  @Override
  public int rows() {
    return masks.length * columns();
  }

  @Override
  public int columns() {
    return masks[0].size();
  }

  @Override
  public void apply(ComplexVector x, ComplexVector into) {
    int n = columns();
    for (int l = 0; l < masks.length; l++) {
      for (int i = 0; i < n; i++) {
        double a = masks[l].re()[i];
        double b = masks[l].im()[i];
        double re = a * x.re()[i] - b * x.im()[i];
        double im = a * x.im()[i] + b * x.re()[i];
        field.set(i / side, i % side, (float) re, (float) im);
      }
      fft.transform(field);
      for (int i = 0; i < n; i++) {
        into.re()[l * n + i] = field.re(i / side, i % side);
        into.im()[l * n + i] = field.im(i / side, i % side);
      }
    }
  }

  @Override
  public void applyAdjoint(ComplexVector y, ComplexVector into) {
    int n = columns();
    java.util.Arrays.fill(into.re(), 0);
    java.util.Arrays.fill(into.im(), 0);
    for (int l = 0; l < masks.length; l++) {
      for (int i = 0; i < n; i++) {
        field.set(i / side, i % side, (float) y.re()[l * n + i], (float) y.im()[l * n + i]);
      }
      fft.transformBack(field);
      for (int i = 0; i < n; i++) {
        double a = masks[l].re()[i];
        double b = masks[l].im()[i];
        double re = field.re(i / side, i % side);
        double im = field.im(i / side, i % side);
        into.re()[i] += a * re + b * im;
        into.im()[i] += a * im - b * re;
      }
    }
  }

  /// |A x|², summed up here by sines and cosines in double precision.
  double[] intensities(ComplexVector x) {
    int n = columns();
    int rows = n / side;
    double[] intensities = new double[rows()];
    double[] re = new double[n];
    double[] im = new double[n];
    for (int l = 0; l < masks.length; l++) {
      for (int i = 0; i < n; i++) {
        double a = masks[l].re()[i];
        double b = masks[l].im()[i];
        re[i] = a * x.re()[i] - b * x.im()[i];
        im[i] = a * x.im()[i] + b * x.re()[i];
      }
      lines(re, im, side, 1, rows, side);
      lines(re, im, rows, side, side, 1);
      for (int i = 0; i < n; i++) {
        intensities[l * n + i] = re[i] * re[i] + im[i] * im[i];
      }
    }
    return intensities;
  }

  private static void lines(double[] re, double[] im, int n, int stride, int count, int next) {
    double[] c = new double[n];
    double[] s = new double[n];
    for (int k = 0; k < n; k++) {
      c[k] = Math.cos(2 * Math.PI * k / n);
      s[k] = -Math.sin(2 * Math.PI * k / n);
    }
    double[] x = new double[n];
    double[] y = new double[n];
    for (int line = 0; line < count; line++) {
      for (int f = 0; f < n; f++) {
        x[f] = 0;
        y[f] = 0;
        for (int k = 0; k < n; k++) {
          int i = line * next + k * stride;
          int turn = f * k % n;
          x[f] += re[i] * c[turn] - im[i] * s[turn];
          y[f] += re[i] * s[turn] + im[i] * c[turn];
        }
      }
      for (int f = 0; f < n; f++) {
        re[line * next + f * stride] = x[f];
        im[line * next + f * stride] = y[f];
      }
    }
  }
}
