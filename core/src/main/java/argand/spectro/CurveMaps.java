package argand.spectro;

import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.SpectralSums;
import argand.data.EnergyStack;
import argand.data.PixelBlocks;
import argand.data.Planes;
import java.util.Arrays;
import java.util.Optional;

/// Places on each pixel's curve, with their standard deviations: an energy at which a derivative of
/// the curve has a given value moves by minus the change of that derivative over the next one,
///
///     σ_E = √(Σ_e w_e² v_e)/|s⁽ᵒ⁺¹⁾(E)|,   w the weights of derivative o at E
final class CurveMaps {
  private CurveMaps() {}

  /// Finds the place in one pixel.
  interface Finding {
    CurveRows.Place find(float[] values, float[] bends);
  }

  /// @param energy [eV], NaN where there is no such place
  /// @param value of the curve there
  record Found(
      RealField energy,
      Optional<RealField> energySigma,
      RealField value,
      Optional<RealField> valueSigma) {}

  /// @param order of the derivative that the place fixes: 0 a height, 1 a peak, 2 an inflection
  static Found of(
      EnergyStack stack,
      int[] window,
      CurveRows rows,
      int order,
      Finding finding,
      Workers workers) {
    int n = window.length;
    float[][] weights = rows.stacked();
    var grid = stack.grid();
    var energy = new RealField(grid);
    var value = new RealField(grid);
    boolean known = stack.variance().isPresent();
    var energySigma = new RealField(grid);
    var valueSigma = new RealField(grid);
    Planes variances = known ? stack.variance().get().select(window) : stack.images();
    float[][][] sums = new float[workers.threads()][][];
    boolean[] good = stack.mask().good();
    PixelBlocks.forEach(
        stack.images().select(window),
        workers,
        (block, first, length, y, worker) -> {
          if (sums[worker] == null) {
            sums[worker] = new float[2 * n][PixelBlocks.SIZE];
          }
          float[][] curve = sums[worker];
          SpectralSums.project(y, PixelBlocks.SIZE, weights, length, curve, 0);
          float[] v = new float[known ? n * length : 0];
          for (int e = 0; known && e < n; e++) {
            variances.read(e, first, length, v, e * length);
          }
          float[] g = new float[n];
          float[] b = new float[n];
          for (int i = 0; i < length; i++) {
            for (int j = 0; j < n; j++) {
              g[j] = curve[j][i];
              b[j] = curve[n + j][i];
            }
            // one NaN among the values makes every sum NaN
            var at = Float.isNaN(g[0]) || !good[first + i] ? CurveRows.NOWHERE : finding.find(g, b);
            int k = first + i;
            if (at.segment() < 0) {
              energy.values()[k] = Float.NaN;
              value.values()[k] = Float.NaN;
              energySigma.values()[k] = Float.NaN;
              valueSigma.values()[k] = Float.NaN;
              continue;
            }
            energy.values()[k] = (float) rows.energy(at);
            value.values()[k] = (float) height(rows, at, g, b);
            if (known) {
              double next = next(rows, at, g, b, order + 1);
              energySigma.values()[k] =
                  (float) (sigma(rows.weights(at, order), v, i, length) / Math.abs(next));
              valueSigma.values()[k] = (float) sigma(rows.weights(at, 0), v, i, length);
            }
          }
        });
    return new Found(
        energy,
        known ? Optional.of(energySigma) : Optional.empty(),
        value,
        known ? Optional.of(valueSigma) : Optional.empty());
  }

  private static double sigma(double[] weights, float[] v, int i, int length) {
    double sum = 0;
    for (int e = 0; e < weights.length; e++) {
      sum += weights[e] * weights[e] * v[e * length + i];
    }
    return Math.sqrt(sum);
  }

  private static double height(CurveRows rows, CurveRows.Place at, float[] g, float[] b) {
    int j = at.segment();
    double h = rows.x()[j + 1] - rows.x()[j];
    double t = at.t();
    double slope = (g[j + 1] - g[j]) / h - h * (2 * b[j] + b[j + 1]) / 6;
    return g[j] + t * (slope + t * (b[j] / 2 + t * (b[j + 1] - b[j]) / (6 * h)));
  }

  /// Derivative `order` of the curve at a place.
  private static double next(CurveRows rows, CurveRows.Place at, float[] g, float[] b, int order) {
    int j = at.segment();
    double h = rows.x()[j + 1] - rows.x()[j];
    double t = at.t();
    double third = (b[j + 1] - b[j]) / h;
    return switch (order) {
      case 1 -> (g[j + 1] - g[j]) / h - h * (2 * b[j] + b[j + 1]) / 6 + t * (b[j] + t * third / 2);
      case 2 -> b[j] + t * third;
      default -> third;
    };
  }

  /// Σ_e w_e y_e of each pixel as a map, with its standard deviation where variances are known.
  static RealField[] linear(EnergyStack stack, double[] weights, Workers workers) {
    int[] used =
        java.util.stream.IntStream.range(0, weights.length).filter(e -> weights[e] != 0).toArray();
    var sums = new RealField(stack.grid());
    var squares = new RealField(stack.grid());
    float[][] w = new float[1][used.length];
    float[][] w2 = new float[1][used.length];
    for (int k = 0; k < used.length; k++) {
      w[0][k] = (float) weights[used[k]];
      w2[0][k] = (float) (weights[used[k]] * weights[used[k]]);
    }
    add(stack.images().select(used), w, sums, workers);
    if (stack.variance().isEmpty()) {
      Arrays.fill(squares.values(), Float.NaN);
    } else {
      add(stack.variance().get().select(used), w2, squares, workers);
      for (int i = 0; i < squares.values().length; i++) {
        squares.values()[i] = (float) Math.sqrt(squares.values()[i]);
      }
    }
    return new RealField[] {sums, squares};
  }

  private static void add(Planes planes, float[][] weights, RealField into, Workers workers) {
    PixelBlocks.forEach(
        planes,
        workers,
        (block, first, length, y, worker) ->
            SpectralSums.project(
                y, PixelBlocks.SIZE, weights, length, new float[][] {into.values()}, first));
  }
}
