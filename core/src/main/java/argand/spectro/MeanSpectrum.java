package argand.spectro;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.PixelBlocks;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The mean of the spectra of some pixels, summed in double precision in block order.
final class MeanSpectrum {
  private MeanSpectrum() {}

  /// Of the good pixels; a value that is not to be trusted is left out at its energy.
  static Spectrum ofGood(EnergyStack stack, Workers workers) {
    boolean[] good = stack.mask().good();
    return of("mean", stack, i -> good[i], workers);
  }

  /// Of the good pixels of some 128 blocks spread evenly, for what needs no more.
  static Spectrum ofSome(EnergyStack stack, Workers workers) {
    boolean[] good = stack.mask().good();
    int blocks = PixelBlocks.count(stack.grid().size());
    int every = Math.max(1, blocks / 128);
    var some = of("mean", stack, i -> good[i], every, workers);
    return every == 1 || Arrays.stream(some.values()).noneMatch(Double::isNaN)
        ? some
        : ofGood(stack, workers);
  }

  /// Of the pixels that `chosen` takes.
  ///
  /// @throws InvalidInput when an energy has no trusted value in any of them
  static Spectrum of(String name, EnergyStack stack, IntPredicate chosen, Workers workers) {
    var mean = of(name, stack, chosen, 1, workers);
    for (int e = 0; e < mean.values().length; e++) {
      if (Double.isNaN(mean.values()[e])) {
        throw new InvalidInput(
            "the image at " + stack.energyEv()[e] + " eV",
            "without a good pixel",
            "at least one",
            "leave the energy out, or check the mask");
      }
    }
    return mean;
  }

  private static Spectrum of(
      String name, EnergyStack stack, IntPredicate chosen, int every, Workers workers) {
    int count = stack.count();
    int size = stack.grid().size();
    int blocks = (PixelBlocks.count(size) + every - 1) / every;
    double[][] sums = new double[blocks][count];
    double[][] variances = new double[blocks][count];
    int[][] seen = new int[blocks][count];
    workers.forEach(
        blocks,
        (block, worker) -> {
          int first = block * every * PixelBlocks.SIZE;
          int length = Math.min(PixelBlocks.SIZE, size - first);
          int[] taken = IntStream.range(0, length).filter(i -> chosen.test(first + i)).toArray();
          float[] y = new float[length];
          float[] v = new float[length];
          for (int e = 0; taken.length > 0 && e < count; e++) {
            stack.images().read(e, first, length, y, 0);
            if (stack.variance().isPresent()) {
              stack.variance().get().read(e, first, length, v, 0);
            }
            for (int i : taken) {
              if (!Float.isNaN(y[i])) {
                sums[block][e] += y[i];
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
