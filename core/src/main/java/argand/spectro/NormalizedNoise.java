package argand.spectro;

import argand.array.Grid;
import argand.data.Planes;
import argand.data.SharedNoise;
import java.util.Optional;

/// The noise of normalized images: see {@link EdgeFit}. A pixel that lacks energies of the windows
/// is taken to have the weights of the others.
///
/// @param coefficients c, [k][pixel]
/// @param independent variances of the images before
/// @param diagonal variances of the normalized ones
record NormalizedNoise(EdgeModel model, float[][] coefficients, Planes independent, Planes diagonal)
    implements SharedNoise {
  @Override
  public int count() {
    return diagonal.count();
  }

  @Override
  public Grid grid() {
    return diagonal.grid();
  }

  @Override
  public void read(int index, int first, int length, float[] into, int offset) {
    diagonal.read(index, first, length, into, offset);
  }

  @Override
  public Optional<float[]> inMemory(int index) {
    return diagonal.inMemory(index);
  }

  @Override
  public long memoryBytes() {
    return diagonal.memoryBytes();
  }

  @Override
  public void close() {
    diagonal.close();
  }

  @Override
  public void pullBack(int pixel, double[] values, double[][] functionals) {
    int energies = values.length;
    int lines = coefficients.length;
    double[] perStep = new double[energies];
    for (int k = 0; k < lines; k++) {
      double c = coefficients[k][pixel];
      double[] step = model.step()[k];
      for (int e = 0; e < energies; e++) {
        perStep[e] += step[e] * c;
      }
    }
    for (int e = 0; e < energies; e++) {
      perStep[e] = 1 / perStep[e];
    }
    double[] through = new double[lines];
    for (double[] f : functionals) {
      for (int e = 0; e < energies; e++) {
        f[e] = f[e] == 0 ? 0 : f[e] * perStep[e];
      }
      for (int k = 0; k < lines; k++) {
        double[] base = model.base()[k];
        double[] step = model.step()[k];
        double sum = 0;
        for (int e = 0; e < energies; e++) {
          sum += f[e] * (base[e] + values[e] * step[e]);
        }
        through[k] = sum;
      }
      for (int k = 0; k < lines; k++) {
        double[] weights = model.weights()[k];
        for (int e = 0; e < energies; e++) {
          f[e] -= weights[e] * through[k];
        }
      }
    }
  }
}
