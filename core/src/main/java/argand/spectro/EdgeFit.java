package argand.spectro;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.LineRatio;
import argand.array.kernel.SpectralSums;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.data.SharedNoise;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The lines of an edge normalization fitted to every pixel of a stack, and the layers of planes
/// made by them.
///
/// Variances: coefficients have the covariance v_pre A + v_post B with A, B the sums of products of
/// weights over the windows and v_pre, v_post the pixel's mean variances there, so the variance of
/// a normalized value is, to first order and with those means in place of each energy's own
///
///     var n_e = [v_e − 2 v_e Σ_k g_k W_ke + gᵀ(v_pre A + v_post B) g]/(Σ_k s_ke c_k)²
///
/// All energies of a pixel share c, which is handed on with the variances ({@link SharedNoise}): a
/// functional Σ_e f_e n_e is one of y with the weights
///
///     f′_e = f_e/h_e − Σ_k W_ke Σ_m f_m g_km/h_m,   h_e = Σ_k s_ke c_k
final class EdgeFit {
  private final double[] energyEv;
  private final EdgeModel model;
  private final Grid grid;
  private final float[][] coefficients;
  private final Optional<float[]> preVariance;
  private final Optional<float[]> postVariance;
  private final double[][] preProducts;
  private final double[][] postProducts;
  private final float least;

  private EdgeFit(
      EnergyStack stack,
      EdgeModel model,
      float[][] coefficients,
      Optional<float[]> preVariance,
      Optional<float[]> postVariance,
      double[][] preProducts,
      double[][] postProducts,
      double least) {
    this.energyEv = stack.energyEv();
    this.model = model;
    this.grid = stack.grid();
    this.coefficients = coefficients;
    this.preVariance = preVariance;
    this.postVariance = postVariance;
    this.preProducts = preProducts;
    this.postProducts = postProducts;
    this.least = (float) least;
  }

  /// How the model for a set of usable energies is made.
  interface Models {
    Optional<EdgeModel> of(boolean[] use);
  }

  /// One pass over the planes of both windows.
  ///
  /// @param least where the step is not above it, normalized values are NaN
  static EdgeFit of(
      EnergyStack stack, Models models, int[] pre, int[] post, double least, Workers workers) {
    var model = models.of(EdgeModel.all(stack.count())).orElseThrow();
    int[] window = IntStream.concat(Arrays.stream(pre), Arrays.stream(post)).toArray();
    float[][] weights = new float[model.coefficients()][window.length];
    for (int k = 0; k < weights.length; k++) {
      for (int w = 0; w < window.length; w++) {
        weights[k][w] = (float) model.weights()[k][window[w]];
      }
    }
    int size = stack.grid().size();
    float[] ofOne = sums(weights);
    float[][] c = new float[model.coefficients()][];
    workers.forEach(c.length, (k, worker) -> c[k] = new float[size]);
    var missing = new Missing(models, window, stack.count());
    PixelBlocks.forEach(
        stack.images().select(window),
        workers,
        (block, first, length, spectra, worker) -> {
          // sums of small differences round less than those of large values
          float[] level = new float[length];
          SpectralSums.takeFirst(spectra, PixelBlocks.SIZE, window.length, length, level);
          SpectralSums.project(spectra, PixelBlocks.SIZE, weights, length, c, first);
          for (int i = 0; i < length; i++) {
            if (Float.isNaN(c[0][first + i]) || Float.isNaN(c[c.length - 1][first + i])) {
              missing.fit(spectra, i, level[i], c, first + i);
            } else {
              for (int k = 0; k < c.length; k++) {
                c[k][first + i] += ofOne[k] * level[i];
              }
            }
          }
        });
    return new EdgeFit(
        stack,
        model,
        c,
        stack.variance().map(v -> meanOver(v, pre, workers)),
        stack.variance().map(v -> meanOver(v, post, workers)),
        model.products(pre),
        model.products(post),
        least);
  }

  /// Σ_e weights[k][e], what a constant of 1 gives.
  private static float[] sums(float[][] weights) {
    float[] sums = new float[weights.length];
    for (int k = 0; k < sums.length; k++) {
      double sum = 0;
      for (float w : weights[k]) {
        sum += w;
      }
      // of functionals of what is left of a line only rounding is left
      sums[k] = Math.abs(sum) < 1e-5 ? 0 : (float) sum;
    }
    return sums;
  }

  /// Mean of the trusted values over some planes.
  private static float[] meanOver(Planes planes, int[] window, Workers workers) {
    float[] mean = new float[planes.grid().size()];
    if (window.length == 0) {
      return mean;
    }
    PixelBlocks.forEach(
        planes.select(window),
        workers,
        (block, first, length, values, worker) -> {
          for (int i = 0; i < length; i++) {
            float sum = 0;
            int seen = 0;
            for (int e = 0; e < window.length; e++) {
              float v = values[e * PixelBlocks.SIZE + i];
              if (!Float.isNaN(v)) {
                sum += v;
                seen++;
              }
            }
            mean[first + i] = sum / seen;
          }
        });
    return mean;
  }

  /// Pixels that lack some energies: the model without those, made once for each set of them.
  private record Missing(
      Models models, int[] window, int count, Map<BitSet, Optional<EdgeModel>> made) {
    Missing(Models models, int[] window, int count) {
      this(models, window, count, new HashMap<>());
    }

    void fit(float[] spectra, int i, float level, float[][] into, int at) {
      boolean[] use = EdgeModel.all(count);
      var lacking = new BitSet();
      double[] y = new double[count];
      for (int w = 0; w < window.length; w++) {
        float v = spectra[w * PixelBlocks.SIZE + i] + level;
        y[window[w]] = v;
        if (Float.isNaN(v)) {
          use[window[w]] = false;
          y[window[w]] = 0;
          lacking.set(w);
        }
      }
      Optional<EdgeModel> other;
      synchronized (made) {
        other = made.computeIfAbsent(lacking, none -> models.of(use));
      }
      double[] c = other.map(model -> model.fit(y)).orElse(new double[0]);
      for (int k = 0; k < into.length; k++) {
        into[k][at] = c.length == 0 ? Float.NaN : (float) c[k];
      }
    }
  }

  EdgeModel model() {
    return model;
  }

  /// The same coefficients, divided otherwise.
  EdgeFit with(EnergyStack stack, EdgeModel other) {
    return new EdgeFit(
        stack, other, coefficients, preVariance, postVariance, preProducts, postProducts, least);
  }

  /// Images less their pre-edge lines, over their steps.
  Planes normalized(Planes images) {
    return Planes.computed(
        images,
        (e, first, length, into, offset) -> {
          images.read(e, first, length, into, offset);
          LineRatio.apply(
              into,
              offset,
              floats(model.base(), e),
              floats(model.step(), e),
              coefficients,
              first,
              length,
              least);
        });
  }

  Planes normalizedVariance(Planes images, Planes variance) {
    return new NormalizedNoise(model, coefficients, variance, diagonal(images, variance));
  }

  private Planes diagonal(Planes images, Planes variance) {
    return Planes.computed(
        images,
        (e, first, length, into, offset) -> {
          float[] y = new float[length];
          images.read(e, first, length, y, 0);
          variance.read(e, first, length, into, offset);
          double[] base = EdgeModel.column(model.base(), e);
          double[] step = EdgeModel.column(model.step(), e);
          double[] weights = EdgeModel.column(model.weights(), e);
          double[] c = new double[base.length];
          double[] g = new double[base.length];
          for (int i = 0; i < length; i++) {
            for (int k = 0; k < c.length; k++) {
              c[k] = coefficients[k][first + i];
            }
            double height = EdgeModel.sum(step, c);
            double n = (y[i] - EdgeModel.sum(base, c)) / height;
            for (int k = 0; k < c.length; k++) {
              g[k] = base[k] + n * step[k];
            }
            double v = into[offset + i];
            double all = v - 2 * v * EdgeModel.sum(weights, g) + covariance(g, first + i);
            into[offset + i] =
                height > least ? (float) (Math.max(0, all) / (height * height)) : Float.NaN;
          }
        });
  }

  /// Images less their pre-edge lines.
  Planes lessBase(Planes images) {
    float[] ones = new float[coefficients.length];
    return Planes.computed(
        images,
        (e, first, length, into, offset) -> {
          images.read(e, first, length, into, offset);
          for (int k = 0; k < ones.length; k++) {
            float b = (float) model.base()[k][e];
            for (int i = 0; b != 0 && i < length; i++) {
              into[offset + i] -= b * coefficients[k][first + i];
            }
          }
        });
  }

  Planes lessBaseVariance(Planes variance) {
    return Planes.computed(
        variance,
        (e, first, length, into, offset) -> {
          variance.read(e, first, length, into, offset);
          double[] base = EdgeModel.column(model.base(), e);
          double share = EdgeModel.sum(EdgeModel.column(model.weights(), e), base);
          for (int i = 0; i < length; i++) {
            double v = into[offset + i];
            into[offset + i] = (float) Math.max(0, v - 2 * v * share + covariance(base, first + i));
          }
        });
  }

  /// Σ_k row_k c_k as a map, with its standard deviation where variances are known.
  FoundMap map(String name, double[] row, Workers workers) {
    var values = new RealField(grid);
    PixelBlocks.runs(
        grid.size(),
        workers,
        (first, last) -> {
          for (int k = 0; k < row.length; k++) {
            float r = (float) row[k];
            float[] c = coefficients[k];
            float[] into = values.values();
            for (int i = first; r != 0 && i < last; i++) {
              into[i] += r * c[i];
            }
          }
        });
    if (preVariance.isEmpty()) {
      return FoundMap.of(name, "", values);
    }
    var sigma = new RealField(grid);
    double a = EdgeModel.quadratic(preProducts, row);
    double b = EdgeModel.quadratic(postProducts, row);
    float[] below = preVariance.get();
    float[] above = postVariance.orElseThrow();
    PixelBlocks.runs(
        grid.size(),
        workers,
        (first, last) -> {
          for (int i = first; i < last; i++) {
            sigma.values()[i] = (float) Math.sqrt(a * below[i] + b * above[i]);
          }
        });
    return new FoundMap(name, "", values, Optional.of(sigma));
  }

  private double covariance(double[] g, int pixel) {
    return preVariance.isEmpty()
        ? 0
        : EdgeModel.quadratic(preProducts, g) * preVariance.get()[pixel]
            + EdgeModel.quadratic(postProducts, g) * postVariance.orElseThrow()[pixel];
  }

  private static float[] floats(double[][] table, int e) {
    float[] row = new float[table.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = (float) table[k][e];
    }
    return row;
  }

  double[] energyEv() {
    return energyEv;
  }
}
