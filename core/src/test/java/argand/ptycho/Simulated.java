package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;

/// A small far-field scan computed in double precision by sums of its own: nothing of the solvers'
/// forward code.
///
/// 8 keV, 5 m, 75 µm pixels. The probe is an annular pupil with defocus and astigmatism, moved by
/// exact phase ramps on the pupil; the object has amplitude 0.6 … 1 and about 2 rad of phase.
final class Simulated {
  final DiffractionScan scan;
  final ComplexField object;
  final ComplexField probe;

  private Simulated(DiffractionScan scan, ComplexField object, ComplexField probe) {
    this.scan = scan;
    this.object = object;
    this.probe = probe;
  }

  /// What to simulate; n a power of two, `step` and `jitter` in pixels, no photons for no noise.
  record Setup(int n, int views, double step, double photons, boolean wholePixels, long seed) {}

  static Simulated of(Setup setup) {
    return of(setup, new double[] {1});
  }

  /// With incoherent modes of so much power each: the pupil, and what a probe gains that
  /// trembles along rows or columns; they are orthogonal.
  static Simulated of(Setup setup, double[] powers) {
    int n = setup.n;
    var detector = Grid.square(n, n, 75e-6);
    var geometry = Geometry.farField(new Beam.XRays(8000), 5, detector);
    double pixel = geometry.sample().pixelY();
    double[][] spiral = spiral(setup);
    int[] row = new int[setup.views];
    int[] column = new int[setup.views];
    double[] y = new double[setup.views];
    double[] x = new double[setup.views];
    int size = 0;
    for (int j = 0; j < setup.views; j++) {
      row[j] = (int) Math.round(spiral[0][j]);
      column[j] = (int) Math.round(spiral[1][j]);
      y[j] = spiral[0][j] * pixel;
      x[j] = spiral[1][j] * pixel;
      size = Math.max(size, Math.max(row[j], column[j]) + n);
    }
    double[][] sample = sample(size, setup.seed);
    double[][] pupil = pupil(n, 0.42, 0.35, 1, 0.25);
    double norm = power(pupil);
    double[][][] modes = new double[powers.length][][];
    for (int m = 0; m < powers.length; m++) {
      modes[m] = times(pupil, n, m);
      double factor = Math.sqrt(powers[m] * norm / power(modes[m]));
      for (int i = 0; i < n * n; i++) {
        modes[m][0][i] *= factor;
        modes[m][1][i] *= factor;
      }
    }
    double scale = Math.sqrt((setup.photons > 0 ? setup.photons : 1e6) / norm);
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(setup.seed);
    List<RealField> frames = new ArrayList<>();
    for (int j = 0; j < setup.views; j++) {
      double[] intensity = new double[n * n];
      for (double[][] mode : modes) {
        double[][] wave = moved(mode, n, spiral[0][j] - row[j], spiral[1][j] - column[j], scale);
        for (int r = 0; r < n; r++) {
          for (int c = 0; c < n; c++) {
            int i = r * n + c;
            int k = (row[j] + r) * size + column[j] + c;
            double a = wave[0][i];
            double b = wave[1][i];
            wave[0][i] = a * sample[0][k] - b * sample[1][k];
            wave[1][i] = a * sample[1][k] + b * sample[0][k];
          }
        }
        transform(wave, n, -1);
        for (int i = 0; i < n * n; i++) {
          intensity[i] += (wave[0][i] * wave[0][i] + wave[1][i] * wave[1][i]) / (n * n);
        }
      }
      var frame = new RealField(detector);
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          int i = r * n + c;
          double mean = intensity[i];
          double counts = mean;
          if (setup.photons > 0) {
            counts = mean < 1e-9 ? 0 : PoissonSampler.of(random, mean).sample();
          }
          frame.set((r + n / 2) % n, (c + n / 2) % n, (float) counts);
        }
      }
      frames.add(frame);
    }
    double[][] start = pupil(n, 0.42, 0, 1.2, 0);
    var scan =
        new DiffractionScan(
            geometry,
            new ScanPositions(y, x),
            Frames.of(frames),
            Optional.empty(),
            Optional.of(Probe.of(field(moved(start, n, 0, 0, 1), n, n, n, pixel))),
            Source.NONE);
    return new Simulated(
        scan,
        field(sample, size, highest(row) + n, highest(column) + n, pixel),
        field(moved(modes[0], n, 0, 0, scale), n, n, n, pixel));
  }

  /// A Fermat spiral whose mean step is `step`, begun at (0, 0).
  private static double[][] spiral(Setup setup) {
    double[][] positions = new double[2][setup.views];
    double leastY = 0;
    double leastX = 0;
    for (int j = 0; j < setup.views; j++) {
      double radius = setup.step * Math.sqrt(j / Math.PI);
      double angle = j * Math.PI * (3 - Math.sqrt(5));
      positions[0][j] = radius * Math.sin(angle);
      positions[1][j] = radius * Math.cos(angle);
      leastY = Math.min(leastY, positions[0][j]);
      leastX = Math.min(leastX, positions[1][j]);
    }
    for (int j = 0; j < setup.views; j++) {
      positions[0][j] -= leastY;
      positions[1][j] -= leastX;
      if (setup.wholePixels) {
        positions[0][j] = Math.round(positions[0][j]);
        positions[1][j] = Math.round(positions[1][j]);
      }
    }
    return positions;
  }

  /// Overlapping soft-edged grains: amplitude falls and phase grows with thickness.
  private static double[][] sample(int size, long seed) {
    var random = new java.util.Random(seed);
    double[] thickness = new double[size * size];
    int grains = size * size / 150;
    for (int g = 0; g < grains; g++) {
      double y = random.nextDouble() * size;
      double x = random.nextDouble() * size;
      double radius = 2 + 10 * random.nextDouble() * random.nextDouble();
      double height = random.nextDouble();
      for (int r = (int) Math.max(0, y - radius - 3); r < Math.min(size, y + radius + 3); r++) {
        for (int c = (int) Math.max(0, x - radius - 3); c < Math.min(size, x + radius + 3); c++) {
          double distance = Math.hypot(r - y, c - x);
          thickness[r * size + c] += height / (1 + Math.exp(2 * (distance - radius)));
        }
      }
    }
    double[][] sample = new double[2][size * size];
    for (int i = 0; i < thickness.length; i++) {
      double t = thickness[i] / (1 + thickness[i]);
      double amplitude = 1 - 0.4 * t;
      sample[0][i] = amplitude * Math.cos(2 * t);
      sample[1][i] = -amplitude * Math.sin(2 * t);
    }
    return sample;
  }

  /// Pupil in transform order: radius and stop as parts of n/2, defocus and astigmatism as parts of
  /// the full ones.
  private static double[][] pupil(
      int n, double radius, double stop, double defocus, double astigmatism) {
    double[][] pupil = new double[2][n * n];
    double edge = radius * n / 2;
    // A defocus that spreads the probe over about a third of the frame: the stationary phase moves
    // by n/6 at the edge.
    double curvature = 2 * Math.PI * (n / 6.0) / n / edge / 2;
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double v = r < n / 2 ? r : r - n;
        double u = c < n / 2 ? c : c - n;
        double q = Math.hypot(u, v);
        if (q > edge || q < stop * edge) {
          continue;
        }
        double phase = curvature * (defocus * (u * u + v * v) + astigmatism * (u * u - v * v));
        pupil[0][r * n + c] = Math.cos(phase);
        pupil[1][r * n + c] = Math.sin(phase);
      }
    }
    return pupil;
  }

  /// The pupil itself, or the difference of its copies that stand 5 pixels up and down, or left and
  /// right, on the sample.
  private static double[][] times(double[][] pupil, int n, int m) {
    double[][] product = new double[2][n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        int i = r * n + c;
        double v = r < n / 2 ? r : r - n;
        double u = c < n / 2 ? c : c - n;
        double factor = m == 0 ? 1 : Math.sin(2 * Math.PI * 5 * (m == 1 ? v : u) / n);
        product[0][i] = pupil[0][i] * factor;
        product[1][i] = pupil[1][i] * factor;
      }
    }
    return product;
  }

  private static double power(double[][] pupil) {
    double sum = 0;
    for (int i = 0; i < pupil[0].length; i++) {
      sum += pupil[0][i] * pupil[0][i] + pupil[1][i] * pupil[1][i];
    }
    return sum;
  }

  /// The wave of a pupil, centred at (n/2 + dy, n/2 + dx).
  private static double[][] moved(double[][] pupil, int n, double dy, double dx, double scale) {
    double[][] wave = new double[2][n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double v = r < n / 2 ? r : r - n;
        double u = c < n / 2 ? c : c - n;
        double angle = -2 * Math.PI * (v * (n / 2 + dy) + u * (n / 2 + dx)) / n;
        int i = r * n + c;
        wave[0][i] = scale / n * (pupil[0][i] * Math.cos(angle) - pupil[1][i] * Math.sin(angle));
        wave[1][i] = scale / n * (pupil[0][i] * Math.sin(angle) + pupil[1][i] * Math.cos(angle));
      }
    }
    transform(wave, n, 1);
    return wave;
  }

  private static int highest(int[] values) {
    return java.util.Arrays.stream(values).max().orElseThrow();
  }

  private static ComplexField field(
      double[][] values, int stride, int rows, int columns, double pixel) {
    var field = new ComplexField(Grid.square(rows, columns, pixel));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        field.set(r, c, (float) values[0][r * stride + c], (float) values[1][r * stride + c]);
      }
    }
    return field;
  }

  /// Bare two-dimensional transform with exp(sign 2πi…), radix 2, in double precision.
  static void transform(double[][] wave, int n, int sign) {
    double[] x = new double[n];
    double[] y = new double[n];
    for (int axis = 0; axis < 2; axis++) {
      int stride = axis == 0 ? 1 : n;
      int next = axis == 0 ? n : 1;
      for (int line = 0; line < n; line++) {
        for (int k = 0; k < n; k++) {
          x[k] = wave[0][line * next + k * stride];
          y[k] = wave[1][line * next + k * stride];
        }
        line(x, y, sign);
        for (int k = 0; k < n; k++) {
          wave[0][line * next + k * stride] = x[k];
          wave[1][line * next + k * stride] = y[k];
        }
      }
    }
  }

  private static void line(double[] x, double[] y, int sign) {
    int n = x.length;
    for (int i = 1, j = 0; i < n; i++) {
      int bit = n >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double a = x[i];
        x[i] = x[j];
        x[j] = a;
        double b = y[i];
        y[i] = y[j];
        y[j] = b;
      }
    }
    for (int length = 2; length <= n; length *= 2) {
      for (int k = 0; k < length / 2; k++) {
        double c = Math.cos(2 * Math.PI * k / length);
        double s = sign * Math.sin(2 * Math.PI * k / length);
        for (int i = k; i < n; i += length) {
          int j = i + length / 2;
          double u = x[j] * c - y[j] * s;
          double v = x[j] * s + y[j] * c;
          x[j] = x[i] - u;
          y[j] = y[i] - v;
          x[i] += u;
          y[i] += v;
        }
      }
    }
  }
}
