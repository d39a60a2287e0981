package argand.singlepixel;

import argand.array.Workers;
import argand.array.kernel.Dot;
import java.util.Random;

/// A sample of cathode particles under random patterns, written down in its simplest form and apart
/// from all solvers: patterns of uniform noise filtered with 1-4-1 (periodic), above zero as light
/// is, and y = A x with noise.
final class PatternExperiment implements Misfit {
  static final int SIDE = 80;
  static final int SIZE = SIDE * SIDE;

  /// Nickel, manganese, cobalt of NMC (0.7 : 0.2 : 0.1), LCO and LNO particles.
  private static final double[][] METALS = {{0.7, 0.2, 0.1}, {0, 0, 1}, {1, 0, 0}};

  private final long seed;
  final float[][] truth;
  final float[] guide;
  private final float[][] rows;
  private final float[][] columns;
  private final double[][] y;
  private final int seen;
  private final double[] variance;
  private final double[] scale;

  /// @param elements of nickel, manganese, cobalt
  /// @param leftOut patterns, the last ones
  /// @param noise standard deviation of y over that of the signal
  /// @param centered whether the mean pattern and the mean signal are taken off
  PatternExperiment(
      int patterns, int elements, int leftOut, double noise, boolean centered, long seed) {
    this.seed = seed;
    var random = new Random(seed);
    truth = new float[elements][SIZE];
    float[][] thickness = particles(SIDE, random);
    for (int e = 0; e < elements; e++) {
      truth[e] = element(thickness, e);
    }
    guide = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      guide[i] =
          thickness[0][i]
              + 1.1f * thickness[1][i]
              + 0.95f * thickness[2][i]
              + 0.01f * (float) random.nextGaussian();
    }
    rows = new float[patterns][];
    for (int p = 0; p < patterns; p++) {
      rows[p] = pattern(random);
    }
    seen = patterns - leftOut;
    y = new double[elements][patterns];
    variance = new double[elements];
    scale = new double[elements];
    for (int e = 0; e < elements; e++) {
      for (int p = 0; p < patterns; p++) {
        y[e][p] = Dot.of(rows[p], 0, truth[e], 0, SIZE);
      }
      double spread = Math.sqrt(variance(y[e]));
      for (int p = 0; p < patterns; p++) {
        y[e][p] += noise * spread * random.nextGaussian();
      }
      variance[e] = variance(y[e]);
    }
    double square = center(centered);
    for (int e = 0; e < elements; e++) {
      scale[e] = Math.sqrt(variance[e] / square);
    }
    columns = new float[SIZE][seen];
    for (int p = 0; p < seen; p++) {
      for (int i = 0; i < SIZE; i++) {
        columns[i][p] = rows[p][i];
      }
    }
  }

  /// @return mean square length of a centred pattern
  private double center(boolean taken) {
    double square = 0;
    double[] mean = new double[SIZE];
    for (float[] row : rows) {
      for (int i = 0; i < SIZE; i++) {
        mean[i] += row[i] / (double) rows.length;
      }
    }
    for (float[] row : rows) {
      for (int i = 0; i < SIZE; i++) {
        double apart = row[i] - mean[i];
        square += apart * apart / rows.length;
        row[i] = taken ? (float) apart : row[i];
      }
    }
    for (double[] signal : y) {
      double level = 0;
      for (double value : signal) {
        level += value / signal.length;
      }
      for (int p = 0; p < signal.length; p++) {
        signal[p] -= taken ? level : 0;
      }
    }
    return square;
  }

  private static double variance(double[] y) {
    double mean = 0;
    double square = 0;
    for (double value : y) {
      mean += value / y.length;
      square += value * value / y.length;
    }
    return square - mean * mean;
  }

  private static float[] pattern(Random random) {
    float[] noise = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      noise[i] = random.nextFloat();
    }
    float[] rowsDone = new float[SIZE];
    float[] pattern = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int up = (i + SIZE - SIDE) % SIZE;
      int down = (i + SIDE) % SIZE;
      rowsDone[i] = (noise[up] + 4 * noise[i] + noise[down]) / 6;
    }
    for (int i = 0; i < SIZE; i++) {
      int row = i / SIDE * SIDE;
      int left = row + (i + SIDE - 1) % SIDE;
      int right = row + (i + 1) % SIDE;
      pattern[i] = (rowsDone[left] + 4 * rowsDone[i] + rowsDone[right]) / 6;
    }
    return pattern;
  }

  /// Nine ellipsoids, NMC, LCO and LNO in turn, every second one cracked: kind → thickness, 1 at
  /// most. Each pixel is the mean of 4 × 4 points.
  static float[][] particles(int side, Random random) {
    float[][] thickness = new float[3][side * side];
    for (int k = 0; k < 9; k++) {
      double cy = (k / 3 + 0.5 + 0.16 * (random.nextDouble() - 0.5)) / 3;
      double cx = (k % 3 + 0.5 + 0.16 * (random.nextDouble() - 0.5)) / 3;
      double a = 0.09 + 0.05 * random.nextDouble();
      double b = 0.09 + 0.05 * random.nextDouble();
      double turn = Math.PI * random.nextDouble();
      for (int i = 0; i < side * side; i++) {
        double sum = 0;
        for (int s = 0; s < 16; s++) {
          double dy = (i / side + (s / 4 + 0.5) / 4) / side - cy;
          double dx = (i % side + (s % 4 + 0.5) / 4) / side - cx;
          double u = (dy * Math.cos(turn) + dx * Math.sin(turn)) / a;
          double v = (dx * Math.cos(turn) - dy * Math.sin(turn)) / b;
          boolean crack = k % 2 == 0 && Math.abs(u - 0.3 * v - 0.1) < 0.08;
          sum += crack ? 0 : Math.sqrt(Math.max(0, 1 - u * u - v * v)) / 16;
        }
        thickness[k % 3][i] += (float) sum;
      }
    }
    return thickness;
  }

  static float[] element(float[][] thickness, int e) {
    float[] image = new float[thickness[0].length];
    for (int i = 0; i < image.length; i++) {
      for (int kind = 0; kind < 3; kind++) {
        image[i] += (float) METALS[kind][e] * thickness[kind][i];
      }
    }
    return image;
  }

  /// The same sample on pixels of half the size.
  float[] fineTruth(int e) {
    return element(particles(2 * SIDE, new Random(seed)), e);
  }

  /// Cubic interpolation (Keys, a = −½) at the centres of pixels of half the size; the border's
  /// values go on outside.
  static float[] cubicTwice(float[] image) {
    int fine = 2 * SIDE;
    float[] wide = new float[SIDE * fine];
    float[] both = new float[fine * fine];
    for (int r = 0; r < SIDE; r++) {
      for (int c = 0; c < fine; c++) {
        wide[r * fine + c] = (float) cubic(image, r * SIDE, 1, c);
      }
    }
    for (int r = 0; r < fine; r++) {
      for (int c = 0; c < fine; c++) {
        both[r * fine + c] = (float) cubic(wide, c, fine, r);
      }
    }
    return both;
  }

  private static double cubic(float[] values, int at, int step, int finePixel) {
    double place = (finePixel + 0.5) / 2 - 0.5;
    int first = (int) Math.floor(place) - 1;
    double sum = 0;
    for (int k = first; k < first + 4; k++) {
      double d = Math.abs(place - k);
      double weight =
          d < 1 ? 1.5 * d * d * d - 2.5 * d * d + 1 : -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2;
      sum += weight * values[at + step * Math.clamp(k, 0, SIDE - 1)];
    }
    return sum;
  }

  /// With the truth's own peak [dB].
  static double psnr(float[] image, float[] truth) {
    double peak = 0;
    double miss = 0;
    for (int i = 0; i < truth.length; i++) {
      peak = Math.max(peak, truth[i]);
      miss += Math.pow(image[i] - truth[i], 2) / truth.length;
    }
    return 10 * Math.log10(peak * peak / miss);
  }

  @Override
  public int channels() {
    return truth.length;
  }

  @Override
  public double scale(int channel) {
    return scale[channel];
  }

  @Override
  public double[] gradients(float[][] images, float[][] into, Workers workers) {
    double[] sums = new double[images.length];
    for (int e = 0; e < images.length; e++) {
      int channel = e;
      float[] residual = new float[seen];
      workers.forEach(
          (seen + 63) / 64,
          (block, worker) -> {
            for (int p = 64 * block; p < Math.min(seen, 64 * block + 64); p++) {
              residual[p] = (float) (Dot.of(rows[p], 0, images[channel], 0, SIZE) - y[channel][p]);
            }
          });
      for (float miss : residual) {
        sums[e] += miss * miss / (variance[e] * seen);
      }
      float factor = (float) (2 / (variance[e] * seen));
      workers.forEach(
          SIDE,
          (row, worker) -> {
            for (int i = row * SIDE; i < (row + 1) * SIDE; i++) {
              into[channel][i] = factor * (float) Dot.of(columns[i], 0, residual, 0, seen);
            }
          });
    }
    return sums;
  }

  @Override
  public double[] leftOut(float[][] images, Workers workers) {
    double[] sums = new double[images.length];
    for (int e = 0; e < images.length; e++) {
      for (int p = seen; p < rows.length; p++) {
        double miss = Dot.of(rows[p], 0, images[e], 0, SIZE) - y[e][p];
        sums[e] += miss * miss / (variance[e] * (rows.length - seen));
      }
    }
    return sums;
  }
}
