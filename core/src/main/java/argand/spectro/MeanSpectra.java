package argand.spectro;

import argand.array.Workers;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Mean and standard deviation of the pixels of each group at each energy, in one reading of the
/// planes. NaN is left out.
final class MeanSpectra {
  private final double[][] mean;
  private final double[][] deviation;
  private final double[][] count;

  private MeanSpectra(double[][] mean, double[][] deviation, double[][] count) {
    this.mean = mean;
    this.deviation = deviation;
    this.count = count;
  }

  /// @param label of each pixel, −1 … groups − 1
  static MeanSpectra of(Planes planes, int[] label, int groups, Workers workers) {
    int energies = planes.count();
    int blocks = PixelBlocks.count(planes.grid().size());
    double[][][] sums = new double[blocks][][];
    PixelBlocks.forEach(
        planes,
        workers,
        (block, first, length, spectra, worker) -> {
          double[][] sum = new double[3 * groups][];
          for (int e = 0; e < energies; e++) {
            for (int i = 0; i < length; i++) {
              int k = label[first + i];
              float value = spectra[e * PixelBlocks.SIZE + i];
              if (k >= 0 && Float.isFinite(value)) {
                if (sum[3 * k] == null) {
                  sum[3 * k] = new double[energies];
                  sum[3 * k + 1] = new double[energies];
                  sum[3 * k + 2] = new double[energies];
                }
                sum[3 * k][e]++;
                sum[3 * k + 1][e] += value;
                sum[3 * k + 2][e] += (double) value * value;
              }
            }
          }
          sums[block] = sum;
        });
    double[][] total = new double[3 * groups][energies];
    for (double[][] sum : sums) {
      for (int k = 0; k < total.length; k++) {
        for (int e = 0; sum[k] != null && e < energies; e++) {
          total[k][e] += sum[k][e];
        }
      }
    }
    double[][] mean = new double[groups][energies];
    double[][] deviation = new double[groups][energies];
    double[][] count = new double[groups][energies];
    for (int k = 0; k < groups; k++) {
      for (int e = 0; e < energies; e++) {
        double n = total[3 * k][e];
        count[k][e] = n;
        mean[k][e] = total[3 * k + 1][e] / n;
        double variance = total[3 * k + 2][e] / n - mean[k][e] * mean[k][e];
        deviation[k][e] = n > 1 ? Math.sqrt(Math.max(0, variance) * n / (n - 1)) : Double.NaN;
      }
    }
    return new MeanSpectra(mean, deviation, count);
  }

  double[] mean(int group) {
    return mean[group];
  }

  /// Of variances: the standard deviation of the mean of what has them, independent from pixel to
  /// pixel.
  double[] errorOfMean(int group) {
    double[] error = new double[mean[group].length];
    for (int e = 0; e < error.length; e++) {
      error[e] = Math.sqrt(mean[group][e] / count[group][e]);
    }
    return error;
  }

  /// With the standard deviation among the pixels.
  List<Spectrum> spectra(double[] energyEv, Quantity quantity, IntFunction<String> name) {
    var spectra = new ArrayList<Spectrum>();
    for (int k = 0; k < mean.length; k++) {
      spectra.add(
          new Spectrum(name.apply(k), energyEv, mean[k], Optional.of(deviation[k]), quantity));
    }
    return spectra;
  }

  /// With the standard error of the mean.
  Spectrum withErrors(int group, double[] energyEv, Quantity quantity, String name) {
    double[] error = new double[energyEv.length];
    for (int e = 0; e < error.length; e++) {
      error[e] = deviation[group][e] / Math.sqrt(count[group][e]);
    }
    return new Spectrum(name, energyEv, mean[group], Optional.of(error), quantity);
  }
}
