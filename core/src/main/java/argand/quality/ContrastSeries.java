package argand.quality;

import argand.array.ComplexField;
import argand.array.FourierShift;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Reconstruction;
import argand.metric.AlignedPair;
import argand.metric.Comparison;
import argand.register.PhaseUnwrapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The same sample several times, as contrast: ln|O| less its mean, and the continuous phase less
/// its mean and its ramp, over the region that all have lit well. What was taken off is what no
/// ptychographic measurement can know, and would hide what fades.
///
/// @param region on the grid of the first result
/// @param loss ln|O| of each result [nepers], 0 outside of the region
/// @param phase of each result [rad], 0 outside of the region
record ContrastSeries(Mask region, List<double[]> loss, List<double[]> phase) {
  /// Times that a displacement is corrected.
  private static final int ROUNDS = 8;

  /// Displacement that need not be corrected [px].
  private static final double ALIGNED = 2e-3;

  /// Each result is laid on the first.
  static ContrastSeries of(List<Reconstruction> results) {
    var first = results.getFirst();
    var grid = first.object().grid();
    boolean[] good = new boolean[grid.size()];
    Arrays.fill(good, true);
    var pairs = new ArrayList<AlignedPair>();
    for (int k = 1; k < results.size(); k++) {
      samePixels(results.get(k).object().grid(), grid, k);
      var pair = Comparison.align(results.get(k), first);
      boolean[] shared = shared(pair, grid);
      for (int i = 0; i < good.length; i++) {
        good[i] &= shared[i];
      }
      pairs.add(pair);
    }
    var region = new Mask(grid, good);
    if (region.count() < 256) {
      throw new InvalidInput(
          "well-lit region that all fractions share",
          region.count() + " pixels",
          "256 or more",
          "");
    }
    var reference = new Contrast(logarithm(first.object()), continuous(first.object(), region));
    var losses = new ArrayList<double[]>();
    var phases = new ArrayList<double[]>();
    var level = reference.levelled(region);
    losses.add(level.loss());
    phases.add(level.phase());
    for (var pair : pairs) {
      var contrast = aligned(pair, reference, level, region);
      losses.add(contrast.loss());
      phases.add(contrast.phase());
    }
    return new ContrastSeries(region, losses, phases);
  }

  private static void samePixels(Grid other, Grid grid, int k) {
    if (Math.abs(other.pixelY() / grid.pixelY() - 1) > 1e-5
        || Math.abs(other.pixelX() / grid.pixelX() - 1) > 1e-5) {
      throw new InvalidInput(
          "pixel of result " + (k + 1),
          other.pixelY() + " m",
          "that of the first, " + grid.pixelY() + " m",
          "fractions of one dose series are measured in one geometry");
    }
  }

  /// ln|O| and phase of one result.
  private record Contrast(double[] loss, double[] phase) {
    Contrast levelled(Mask region) {
      var level = new Contrast(loss.clone(), phase.clone());
      Level.of(loss, region, false).takeOff(level.loss, region);
      Level.of(phase, region, true).takeOff(level.phase, region);
      return level;
    }
  }

  /// A comparison of images takes a loss of contrast for a displacement, as far as the edges of the
  /// field let it: what it found is corrected by L_k = s L_1 − s d·∇L_1, s and d free.
  private static Contrast aligned(
      AlignedPair pair, Contrast reference, Contrast first, Mask region) {
    var moved = pair.a().copy();
    var shift = new FourierShift(moved.grid().rows(), moved.grid().columns());
    for (int round = 0; ; round++) {
      var contrast = times(reference, moved, pair, region.grid()).levelled(region);
      double[] d = displacement(contrast, first, region);
      if (round == ROUNDS || Math.hypot(d[0], d[1]) < ALIGNED) {
        return contrast;
      }
      shift.move(moved, -d[0], -d[1]);
    }
  }

  /// The first's contrast and the logarithm of what another has in its place.
  private static Contrast times(
      Contrast reference, ComplexField moved, AlignedPair pair, Grid grid) {
    double[] loss = reference.loss.clone();
    double[] phase = reference.phase.clone();
    var part = moved.grid();
    for (int r = 0; r < part.rows(); r++) {
      for (int c = 0; c < part.columns(); c++) {
        double re = pair.b().re(r, c);
        double im = pair.b().im(r, c);
        double x = moved.re(r, c);
        double y = moved.im(r, c);
        double power = re * re + im * im;
        if (pair.region().at(r, c) && power > 0 && x * x + y * y > 0) {
          int i = (pair.place().row() + r) * grid.columns() + pair.place().column() + c;
          loss[i] += 0.5 * Math.log((x * x + y * y) / power);
          phase[i] += Math.atan2(y * re - x * im, x * re + y * im);
        }
      }
    }
    return new Contrast(loss, phase);
  }

  /// d of L_k = s L_1(r − d) [px].
  private static double[] displacement(Contrast contrast, Contrast first, Mask region) {
    var normal = new SymmetricSystem();
    normal.add(contrast.loss, first.loss, region, false);
    normal.add(contrast.phase, first.phase, region, true);
    double[] found = normal.solution();
    return Math.abs(found[0]) < 1e-6
        ? new double[] {0, 0}
        : new double[] {-found[1] / found[0], -found[2] / found[0]};
  }

  /// Least squares of L_k on L_1 and its two slopes.
  private static final class SymmetricSystem {
    private final double[][] matrix = new double[3][3];
    private final double[] right = new double[3];

    void add(double[] values, double[] first, Mask region, boolean ramp) {
      double[][] columns = {first, slope(first, region, true), slope(first, region, false)};
      for (int k = 1; k < 3; k++) {
        Level.of(columns[k], region, ramp).takeOff(columns[k], region);
      }
      for (int i = 0; i < values.length; i++) {
        for (int k = 0; region.good()[i] && k < 3; k++) {
          right[k] += columns[k][i] * values[i];
          for (int l = 0; l < 3; l++) {
            matrix[k][l] += columns[k][i] * columns[l][i];
          }
        }
      }
    }

    /// Cramer's rule.
    double[] solution() {
      double whole = determinant(matrix);
      double[] solution = new double[3];
      for (int k = 0; k < 3 && whole != 0; k++) {
        var changed = new double[3][];
        for (int row = 0; row < 3; row++) {
          changed[row] = matrix[row].clone();
          changed[row][k] = right[row];
        }
        solution[k] = determinant(changed) / whole;
      }
      return solution;
    }

    private static double determinant(double[][] m) {
      return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
          - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
          + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    /// Central differences down or to the right, 0 where a neighbour is missing.
    private static double[] slope(double[] values, Mask region, boolean down) {
      var grid = region.grid();
      double[] slope = new double[values.length];
      int step = down ? grid.columns() : 1;
      for (int r = 1; r + 1 < grid.rows(); r++) {
        for (int c = 1; c + 1 < grid.columns(); c++) {
          int i = r * grid.columns() + c;
          if (region.good()[i] && region.good()[i - step] && region.good()[i + step]) {
            slope[i] = (values[i + step] - values[i - step]) / 2;
          }
        }
      }
      return slope;
    }
  }

  private static boolean[] shared(AlignedPair pair, Grid grid) {
    boolean[] shared = new boolean[grid.size()];
    for (int r = 0; r < pair.region().grid().rows(); r++) {
      for (int c = 0; c < pair.region().grid().columns(); c++) {
        shared[(pair.place().row() + r) * grid.columns() + pair.place().column() + c] =
            pair.region().at(r, c);
      }
    }
    return shared;
  }

  private static double[] logarithm(ComplexField field) {
    var amplitude = field.amplitude().values();
    double[] logarithm = new double[amplitude.length];
    Arrays.setAll(logarithm, i -> Math.log(Math.max(1e-30, amplitude[i])));
    return logarithm;
  }

  private static double[] continuous(ComplexField field, Mask region) {
    var angle = PhaseUnwrapping.of(field.phase(), region).values();
    double[] phase = new double[angle.length];
    Arrays.setAll(phase, i -> angle[i]);
    return phase;
  }

  int count() {
    return loss.size();
  }

  /// ⟨L_k, L_l⟩ over the region, L = loss + i phase.
  double[][] products() {
    int n = count();
    double[][] products = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int l = k; l < n; l++) {
        double sum = 0;
        for (int i = 0; i < region.good().length; i++) {
          sum += loss.get(k)[i] * loss.get(l)[i] + phase.get(k)[i] * phase.get(l)[i];
        }
        products[k][l] = sum;
        products[l][k] = sum;
      }
    }
    return products;
  }

  /// Σ a_k L_k: the loss and the phase.
  double[][] mixed(double[] a) {
    double[][] mixed = new double[2][region.good().length];
    for (int k = 0; k < a.length; k++) {
      for (int i = 0; i < mixed[0].length; i++) {
        mixed[0][i] += a[k] * loss.get(k)[i];
        mixed[1][i] += a[k] * phase.get(k)[i];
      }
    }
    return mixed;
  }

  /// What was taken off the first result, and a contrast in place of its own.
  static ComplexField shown(Reconstruction first, Mask region, double[][] contrast) {
    var object = first.object().copy();
    var grid = object.grid();
    var mean = Level.of(logarithm(object), region, false);
    var ramp = Level.of(continuous(object, region), region, true);
    for (int r = 0, i = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++, i++) {
        if (region.good()[i]) {
          double amplitude = Math.exp(contrast[0][i] + mean.at(r, c));
          double phase = contrast[1][i] + ramp.at(r, c);
          object.set(
              r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
        }
      }
    }
    return object;
  }

  /// a + b r + c column, by least squares over a region.
  private record Level(double mean, double down, double right, double row, double column) {
    static Level of(double[] values, Mask region, boolean ramp) {
      int columns = region.grid().columns();
      double n = 0;
      double row = 0;
      double column = 0;
      double mean = 0;
      for (int i = 0; i < values.length; i++) {
        if (region.good()[i]) {
          n++;
          row += i / columns;
          column += i % columns;
          mean += values[i];
        }
      }
      row /= n;
      column /= n;
      mean /= n;
      double yy = 0;
      double yx = 0;
      double xx = 0;
      double vy = 0;
      double vx = 0;
      for (int i = 0; ramp && i < values.length; i++) {
        if (region.good()[i]) {
          double y = i / columns - row;
          double x = i % columns - column;
          yy += y * y;
          yx += y * x;
          xx += x * x;
          vy += values[i] * y;
          vx += values[i] * x;
        }
      }
      double determinant = yy * xx - yx * yx;
      return determinant > 0
          ? new Level(
              mean,
              (vy * xx - vx * yx) / determinant,
              (vx * yy - vy * yx) / determinant,
              row,
              column)
          : new Level(mean, 0, 0, row, column);
    }

    double at(int r, int c) {
      return mean + down * (r - row) + right * (c - column);
    }

    void takeOff(double[] values, Mask region) {
      int columns = region.grid().columns();
      for (int i = 0; i < values.length; i++) {
        values[i] = region.good()[i] ? values[i] - at(i / columns, i % columns) : 0;
      }
    }
  }

  /// @return a map of numbers on the grid of the region, NaN outside of it
  RealField map(double[] values) {
    var map = new RealField(region.grid());
    for (int i = 0; i < values.length; i++) {
      map.values()[i] = region.good()[i] ? (float) values[i] : Float.NaN;
    }
    return map;
  }
}
