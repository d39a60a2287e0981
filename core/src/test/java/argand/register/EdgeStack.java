package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/// A drifting sample of two valences at an absorption edge, in counts: spheres and platelets with
/// sharp borders, each with its own mixture that changes across it, in a film of other matter. The
/// sample is evaluated anew at its place for every energy, at 4 × 4 points of a pixel whose
/// transmissions are averaged: it shares no interpolation with what is tested.
final class EdgeStack implements JointRegistration.Images {
  private static final int POINTS = 4;

  /// Where the sample stands at an energy: scale, down, right.
  record Place(double scale, double down, double right) {}

  final double[] energyEv;
  final Place[] truth;
  final RealField[] images;
  final RealField[] variances;
  private final Grid grid;

  /// What is seen and how.
  ///
  /// @param edgeJump optical density step of the thickest single particle
  /// @param beforeEdge part of that step which the same matter absorbs before the edge
  /// @param film optical density of the film
  /// @param counts of the empty beam
  /// @param whiteField rms of the structure of the empty beam
  /// @param flatFrames of `counts` each, taken once, by which images are divided; 0: by the mean
  record Setting(
      int size,
      double edgeJump,
      double beforeEdge,
      double film,
      double counts,
      double whiteField,
      int flatFrames,
      long seed) {}

  EdgeStack(
      Setting s,
      double[] energyEv,
      DoubleUnaryOperator oneValence,
      DoubleUnaryOperator otherValence,
      Place[] truth,
      Workers workers) {
    this.energyEv = energyEv;
    this.truth = truth;
    grid = Grid.square(s.size, s.size, 20e-9);
    images = new RealField[energyEv.length];
    variances = new RealField[energyEv.length];
    var sample = new Sample(s);
    double[] white = new double[grid.size()];
    double[] flat = new double[grid.size()];
    var random = new Random(s.seed + 1);
    var smooth = new Blobs(s.size * s.size / 60, 0.55 * s.size, 1.5, 4, s.seed + 2);
    var grain = smooth.seen(grid, Transform.NONE, 0, 1);
    double mean = grain.sum() / grid.size();
    double squares = 0;
    for (float g : grain.values()) {
      squares += (g - mean) * (g - mean) / grid.size();
    }
    for (int i = 0; i < white.length; i++) {
      double structure = (grain.values()[i] - mean) / Math.sqrt(squares) + random.nextGaussian();
      white[i] = s.counts * (1 + s.whiteField * structure / Math.sqrt(2));
      flat[i] =
          s.flatFrames == 0
              ? s.counts
              : white[i] + Math.sqrt(white[i] / s.flatFrames) * random.nextGaussian();
    }
    workers.forEach(
        energyEv.length,
        (e, worker) -> {
          var noise = new Random(s.seed * 1000 + e);
          double fall = Math.pow(energyEv[0] / energyEv[e], 3);
          double[] transmission =
              sample.transmission(
                  truth[e],
                  s.edgeJump * oneValence.applyAsDouble(energyEv[e]),
                  s.edgeJump * otherValence.applyAsDouble(energyEv[e]),
                  s.edgeJump * s.beforeEdge * fall,
                  s.film * fall);
          images[e] = new RealField(grid);
          variances[e] = new RealField(grid);
          for (int i = 0; i < grid.size(); i++) {
            double expected = white[i] * transmission[i];
            // counts are in the thousands: their distribution is normal
            double n = Math.max(1, expected + Math.sqrt(expected) * noise.nextGaussian());
            images[e].values()[i] = (float) Math.log(flat[i] / n);
            variances[e].values()[i] = (float) (1 / n);
          }
        });
  }

  @Override
  public int count() {
    return images.length;
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public RealField read(int index) {
    return images[index];
  }

  /// Rms and largest error of displacements along each axis, a common one taken off.
  double[] errors(java.util.List<Transform> found) {
    int n = truth.length;
    double[] down = new double[n];
    double[] right = new double[n];
    double meanDown = 0;
    double meanRight = 0;
    for (int e = 0; e < n; e++) {
      down[e] = found.get(e).affine().rowsPx() - truth[e].down;
      right[e] = found.get(e).affine().columnsPx() - truth[e].right;
      meanDown += down[e] / n;
      meanRight += right[e] / n;
    }
    double squares = 0;
    double worst = 0;
    for (int e = 0; e < n; e++) {
      double y = down[e] - meanDown;
      double x = right[e] - meanRight;
      squares += (y * y + x * x) / (2 * n);
      worst = Math.max(worst, Math.max(Math.abs(y), Math.abs(x)));
    }
    return new double[] {Math.sqrt(squares), worst};
  }

  /// Displacements drawn evenly from ±reach, none alike.
  static Place[] jumps(int count, double reach, long seed) {
    var random = new Random(seed);
    var places = new Place[count];
    for (int e = 0; e < count; e++) {
      places[e] =
          new Place(
              1, reach * (2 * random.nextDouble() - 1), reach * (2 * random.nextDouble() - 1));
    }
    return places;
  }

  /// A drift that goes one way all the time, with a little jitter: it follows the energy as the
  /// edge
  /// does.
  static Place[] drift(int count, double reach, long seed) {
    var random = new Random(seed);
    var places = new Place[count];
    for (int e = 0; e < count; e++) {
      double along = reach * (2.0 * e / (count - 1) - 1);
      places[e] =
          new Place(
              1, along + 0.2 * random.nextGaussian(), -0.7 * along + 0.2 * random.nextGaussian());
    }
    return places;
  }

  /// Sixty energies as one takes them at the Ni K edge: few before and after, many at the edge.
  static double[] energies() {
    double[] energies = new double[60];
    for (int e = 0; e < 60; e++) {
      energies[e] = e < 12 ? 8250 + 6 * e : e < 48 ? 8326 + 1.25 * (e - 12) : 8372 + 7 * (e - 48);
    }
    return energies;
  }

  /// An edge of unit step with its white line.
  static DoubleUnaryOperator edge(double at, double whiteLine) {
    return energy ->
        0.5
            + Math.atan((energy - at) / 1.5) / Math.PI
            + whiteLine * Math.exp(-0.5 * Math.pow((energy - at - 3.5) / 3, 2));
  }

  private static final class Sample {
    private final int count;
    private final double[] row;
    private final double[] column;
    private final double[] radius;
    private final double[] thickness;
    private final double[] mixture;
    private final double[] slope;
    private final double[] turn;
    private final boolean[] flat;
    private final double size;

    Sample(Setting s) {
      var random = new Random(s.seed);
      size = s.size;
      count = 26 * s.size * s.size / (256 * 256);
      row = new double[count];
      column = new double[count];
      radius = new double[count];
      thickness = new double[count];
      mixture = new double[count];
      slope = new double[count];
      turn = new double[count];
      flat = new boolean[count];
      for (int k = 0; k < count; k++) {
        row[k] = (random.nextDouble() - 0.5) * s.size;
        column[k] = (random.nextDouble() - 0.5) * s.size;
        radius[k] = 7 + 22 * random.nextDouble();
        thickness[k] = 0.3 + 0.7 * random.nextDouble();
        mixture[k] = random.nextDouble();
        slope[k] = 0.8 * (random.nextDouble() - 0.5);
        turn[k] = 2 * Math.PI * random.nextDouble();
        flat[k] = k % 3 == 0;
      }
    }

    double[] transmission(Place at, double one, double other, double before, double film) {
      int n = (int) size;
      int fine = n * POINTS;
      float[] ni = new float[fine * fine];
      float[] second = new float[fine * fine];
      for (int k = 0; k < count; k++) {
        add(k, at, fine, ni, second);
      }
      double[] transmission = new double[n * n];
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          double sum = 0;
          double y = (r - 0.5 * (n - 1) - at.down) / at.scale;
          double x = (c - 0.5 * (n - 1) - at.right) / at.scale;
          double around = film * (1 + 0.3 * Math.sin(9 * y / size + 1) * Math.cos(7 * x / size));
          for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < POINTS; j++) {
              int p = (r * POINTS + i) * fine + c * POINTS + j;
              double density =
                  ni[p] * before + (ni[p] - second[p]) * one + second[p] * other + around;
              sum += Math.exp(-density);
            }
          }
          transmission[r * n + c] = sum / (POINTS * POINTS);
        }
      }
      return transmission;
    }

    private void add(int k, Place at, int fine, float[] ni, float[] second) {
      double middleRow = at.scale * row[k] + at.down + 0.5 * (size - 1);
      double middleColumn = at.scale * column[k] + at.right + 0.5 * (size - 1);
      double big = at.scale * radius[k];
      int top = (int) Math.max(0, Math.floor((middleRow - big - 1) * POINTS));
      int bottom = (int) Math.min(fine, Math.ceil((middleRow + big + 1) * POINTS));
      int left = (int) Math.max(0, Math.floor((middleColumn - big - 1) * POINTS));
      int right = (int) Math.min(fine, Math.ceil((middleColumn + big + 1) * POINTS));
      for (int i = top; i < bottom; i++) {
        double y = ((i + 0.5) / POINTS - 0.5 - middleRow) / at.scale;
        for (int j = left; j < right; j++) {
          double x = ((j + 0.5) / POINTS - 0.5 - middleColumn) / at.scale;
          double square = 1 - (y * y + x * x) / (radius[k] * radius[k]);
          if (square <= 0) {
            continue;
          }
          double across = (y * Math.cos(turn[k]) + x * Math.sin(turn[k])) / radius[k];
          double t = flat[k] ? (Math.abs(across) < 0.6 ? 0.5 : 0) : Math.sqrt(square);
          double share = Math.clamp(mixture[k] + slope[k] * across, 0.0, 1.0);
          ni[i * fine + j] += (float) (thickness[k] * t);
          second[i * fine + j] += (float) (thickness[k] * t * share);
        }
      }
    }
  }
}
