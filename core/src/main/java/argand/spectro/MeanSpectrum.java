package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.PixelBlocks;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The mean of the spectra of some pixels, summed in double precision in block order.
final class MeanSpectrum {
  private MeanSpectrum() {}

  /// Of the good pixels; a value that is not to be trusted is left out at its energy.
  static Spectrum ofGood(EnergyStack stack, Workers workers) {
    boolean[] good = stack.mask().good();
    return of("mean", stack, i -> good[i], workers);
  }

  /// Of the pixels that `chosen` takes.
  ///
  /// @throws InvalidInput when an energy has no trusted value in any of them
  static Spectrum of(String name, EnergyStack stack, IntPredicate chosen, Workers workers) {
    int count = stack.count();
    int blocks = PixelBlocks.count(stack.grid().size());
    double[][] sums = new double[blocks][];
    double[][] variances = new double[blocks][];
    int[][] seen = new int[blocks][];
    PixelBlocks.forEach(
        stack.images(),
        workers,
        (block, first, length, y, worker) -> {
          sums[block] = new double[count];
          seen[block] = new int[count];
          variances[block] = new double[count];
          float[] v = new float[length];
          for (int e = 0; e < count; e++) {
            if (stack.variance().isPresent()) {
              stack.variance().get().read(e, first, length, v, 0);
            }
            for (int i = 0; i < length; i++) {
              float value = y[e * PixelBlocks.SIZE + i];
              if (chosen.test(first + i) && !Float.isNaN(value)) {
                sums[block][e] += value;
                variances[block][e] += v[i];
                seen[block][e]++;
              }
            }
          }
        });
    double[] mean = new double[count];
    double[] sigma = new double[count];
    for (int e = 0; e < count; e++) {
      long n = 0;
      for (int block = 0; block < blocks; block++) {
        mean[e] += sums[block][e];
        sigma[e] += variances[block][e];
        n += seen[block][e];
      }
      if (n == 0) {
        throw new InvalidInput(
            "the image at " + stack.energyEv()[e] + " eV",
            "without a good pixel",
            "at least one",
            "leave the energy out, or check the mask");
      }
      mean[e] /= n;
      sigma[e] = Math.sqrt(sigma[e]) / n;
    }
    return new Spectrum(
        name,
        stack.energyEv(),
        mean,
        stack.variance().isPresent() ? Optional.of(sigma) : Optional.empty(),
        stack.quantity());
  }

  /// @throws InvalidInput unless the stack is of optical density or yield
  static void notYetNormalized(EnergyStack stack) {
    if (stack.quantity() == Quantity.COUNTS || stack.quantity() == Quantity.TRANSMISSION) {
      throw new InvalidInput(
          "the stack",
          "one of " + stack.quantity().words(),
          "one of optical density or yield",
          "put opticalDensity before it");
    }
    if (stack.quantity() == Quantity.NORMALIZED) {
      throw new InvalidInput(
          "the stack", "normalized already", "one of optical density or yield", "");
    }
    if (stack.mask().count() == 0) {
      throw new InvalidInput(
          "the mask", "all bad", "at least one good pixel", "check the steps that made it");
    }
  }
}
