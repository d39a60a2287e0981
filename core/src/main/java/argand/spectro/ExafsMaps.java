package argand.spectro;

import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import argand.data.Spectrum;
import argand.exafs.FittedExafs;
import argand.exafs.ShellFit;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// Shells fitted in every pixel: R and N S₀², with σ² and ΔE₀ held. Memory beside the maps is one
/// block of pixels for each thread.
final class ExafsMaps {
  /// N S₀² and the step of the edge must be this many times their error.
  private static final double SEEN = 3;

  private static final ShellFit.Free FREE = new ShellFit.Free(true, false, false);

  private ExafsMaps() {}

  static EnergyStack add(
      EnergyStack stack,
      ShellFit fit,
      FittedExafs held,
      ExafsParts parts,
      Exafs.Noise noise,
      Watch watch) {
    int shells = held.shells().size();
    int energies = stack.count();
    var maps = new RealField[4 * shells];
    Arrays.setAll(maps, m -> new RealField(stack.grid()));
    for (var map : maps) {
      Arrays.fill(map.values(), Float.NaN);
    }
    double[] stepOf = stepWeights(parts.whole(), fit.e0Ev());
    var start = fit.start(held);
    boolean[] good = stack.mask().good();
    PixelBlocks.forEach(
        stack.images(),
        watch.workers(),
        (block, first, length, spectra, worker) -> {
          float[] v = new float[stack.variance().isPresent() ? energies * length : 0];
          for (int e = 0; v.length > 0 && e < energies; e++) {
            stack.variance().orElseThrow().read(e, first, length, v, e * length);
          }
          double[] mu = new double[energies];
          for (int i = 0; i < length; i++) {
            int pixel = first + i;
            if (!good[pixel] || !parts.inside()[pixel] || watch.stopped()) {
              continue;
            }
            boolean whole = true;
            for (int e = 0; e < energies; e++) {
              mu[e] = spectra[e * PixelBlocks.SIZE + i];
              whole &= Double.isFinite(mu[e]);
            }
            var variance = variance(v, energies, length, i);
            double step = step(mu, stepOf, variance);
            if (whole && step > 0) {
              put(maps, pixel, fit.fit(mu, known(variance, noise), step, start, FREE));
            }
          }
        });
    var result = stack;
    for (int s = 0; s < shells; s++) {
      String name = held.shells().get(s).name();
      result =
          result
              .with(
                  new FoundMap(
                      "distance of " + name, "Å", maps[4 * s], Optional.of(maps[4 * s + 1])))
              .with(
                  new FoundMap(
                      "neighbours of " + name, "", maps[4 * s + 2], Optional.of(maps[4 * s + 3])));
    }
    return result;
  }

  private static void put(RealField[] maps, int pixel, FittedExafs found) {
    for (int s = 0; s < found.shells().size(); s++) {
      var shell = found.shells().get(s);
      // a shell that came out empty says nothing of its errors
      if (Double.isInfinite(shell.neighboursSigma())) {
        continue;
      }
      maps[4 * s + 2].values()[pixel] = (float) shell.neighbours();
      maps[4 * s + 3].values()[pixel] = (float) shell.neighboursSigma();
      boolean seen = shell.neighbours() > SEEN * shell.neighboursSigma() && found.converged();
      if (seen) {
        maps[4 * s].values()[pixel] = (float) shell.distance();
        maps[4 * s + 1].values()[pixel] = (float) shell.distanceSigma();
      }
    }
  }

  private static Optional<double[]> known(Optional<double[]> variance, Exafs.Noise noise) {
    return variance.filter(_ -> noise == Exafs.Noise.VARIANCES);
  }

  private static Optional<double[]> variance(float[] v, int energies, int length, int i) {
    if (v.length == 0) {
      return Optional.empty();
    }
    double[] of = new double[energies];
    for (int e = 0; e < energies; e++) {
      of[e] = v[e * length + i];
    }
    return Optional.of(of);
  }

  /// The step of the edge; 0 where it does not stand out of the noise.
  private static double step(double[] mu, double[] weights, Optional<double[]> variance) {
    double step = 0;
    double square = 0;
    for (int e = 0; e < mu.length; e++) {
      step += weights[e] * mu[e];
      square += variance.isPresent() ? weights[e] * weights[e] * variance.get()[e] : 0;
    }
    return step > SEEN * Math.sqrt(square) ? step : 0;
  }

  /// The step by {@link NormalizedSpectrum} is linear in the values: what a little more at one
  /// energy adds to it is that energy's weight.
  private static double[] stepWeights(Spectrum about, double e0) {
    double base = step(about, about.values(), e0);
    double little = 0.01 * base;
    double[] weights = new double[about.values().length];
    for (int e = 0; e < weights.length; e++) {
      double[] more = about.values().clone();
      more[e] += little;
      weights[e] = (step(about, more, e0) - base) / little;
    }
    return weights;
  }

  private static double step(Spectrum of, double[] values, double e0) {
    return NormalizedSpectrum.of(
            Spectrum.of(of.name(), of.energyEv(), values, of.quantity()), OptionalDouble.of(e0), 0)
        .edgeStep();
  }
}
