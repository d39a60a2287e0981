package argand.joint;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.DensityAndPhase;
import argand.physics.KramersKronigMatrix;
import argand.physics.PhaseFromAbsorption;
import java.util.Optional;

/// By what the phase of a stack differs from what its optical density demands where noise is
/// averaged
/// out: in the means of tiles. That is what reconstructions, a gauge or too few energies do, and
/// what
/// noise that is alike in neighbouring pixels leaves.
final class Disagreement {
  /// Pixels along each side of a tile.
  private static final int SIDE = 8;

  /// Good pixels without which a tile does not count, at each energy.
  private static final int LEAST = 16;

  private final DensityAndPhase in;
  private final int images;
  private final boolean[] good;
  private final Grid grid;
  private final KramersKronigMatrix matrix;
  private final int count;
  private final double[][] total;
  private final double[][] covariance;
  private int tiles;

  Disagreement(DensityAndPhase in, boolean[] good, Grid grid, KramersKronigMatrix matrix) {
    this.in = in;
    this.good = good;
    this.grid = grid;
    this.matrix = matrix;
    images = in.planes().size();
    count = in.count();
    total = new double[images + 1][count];
    covariance = new double[count][count];
  }

  /// Goes through all rows of tiles.
  void look(Workers workers) {
    int rows = (grid.rows() + SIDE - 1) / SIDE;
    double[][][][] sums = new double[rows][][][];
    workers.forEach(rows, (row, worker) -> sums[row] = row(row));
    for (double[][][] row : sums) {
      for (double[][] tile : row) {
        for (int q = 0; q < tile.length; q++) {
          for (int e = 0; e < count; e++) {
            total[q][e] += tile[q][e];
          }
        }
        add(tile);
      }
    }
  }

  /// [tile of this row of tiles][image, and how many pixels][energy]
  private double[][][] row(int row) {
    int columns = grid.columns();
    int first = row * SIDE;
    int rows = Math.min(SIDE, grid.rows() - first);
    double[][][] sums = new double[(columns + SIDE - 1) / SIDE][images + 1][count];
    float[][] read = new float[images][rows * columns];
    for (int e = 0; e < count; e++) {
      for (int q = 0; q < read.length; q++) {
        in.planes().get(q).read(e, first * columns, rows * columns, read[q], 0);
      }
      for (int i = 0; i < rows * columns; i++) {
        boolean all = good[first * columns + i];
        for (float[] one : read) {
          all &= Float.isFinite(one[i]);
        }
        if (all) {
          double[][] tile = sums[i % columns / SIDE];
          for (int q = 0; q < read.length; q++) {
            tile[q][e] += read[q][i];
          }
          tile[images][e]++;
        }
      }
    }
    return sums;
  }

  private void add(double[][] tile) {
    for (int e = 0; e < count; e++) {
      if (tile[images][e] < LEAST) {
        return;
      }
    }
    var of = of(tile);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        covariance[i][j] +=
            (of.measured()[i] - of.predicted()[i]) * (of.measured()[j] - of.predicted()[j]);
      }
    }
    tiles++;
  }

  private PhaseFromAbsorption of(double[][] sums) {
    double[][] mean = new double[images][count];
    for (int e = 0; e < count; e++) {
      double n = sums[images][e];
      for (int q = 0; q < images; q++) {
        // of the variances the standard deviation of a mean
        mean[q][e] = q % 2 == 0 ? sums[q][e] / n : Math.sqrt(sums[q][e]) / n;
      }
    }
    return PhaseFromAbsorption.of(
        matrix, mean[0], Optional.of(mean[1]), mean[2], Optional.of(mean[3]));
  }

  /// Of the mean of all good pixels.
  ///
  /// @throws InvalidInput where an energy has none
  PhaseFromAbsorption ofMean() {
    for (int e = 0; e < count; e++) {
      if (total[images][e] == 0) {
        throw new InvalidInput(
            "the image at " + matrix.energiesEv()[e] + " eV",
            "without a good pixel",
            "at least one with optical density, phase and their variances",
            "leave the energy out, or check the mask");
      }
    }
    return of(total);
  }

  /// Mean of the products of the differences at two energies [rad²]; zero without a whole tile.
  double[][] covariance() {
    double[][] mean = new double[count][count];
    for (int i = 0; i < count && tiles > 0; i++) {
      for (int j = 0; j < count; j++) {
        mean[i][j] = covariance[i][j] / tiles;
      }
    }
    return mean;
  }

  /// Root of the mean of its diagonal [rad].
  double rms() {
    double sum = 0;
    double[][] mean = covariance();
    for (int i = 0; i < count; i++) {
      sum += mean[i][i] / count;
    }
    return Math.sqrt(sum);
  }
}
