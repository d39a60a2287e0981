package argand.spectro;

import argand.array.Mask;
import argand.array.kernel.SpectralSums;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.data.SharedNoise;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import java.util.Optional;
import java.util.function.Supplier;

/// The linear fit of every pixel's spectrum, each energy of each pixel with its own weight W =
/// 1/variance; block by block, the stack read once.
///
/// With G = AᵀWA and c = AᵀWy of a pixel
///
/// 1. x = argmin ½ xᵀGx − cᵀx under the constraints, exactly ({@link BoundedQuadratic});
/// 2. C = G⁻¹, the covariance without the constraints: with a bound it would vanish, and with it
/// the
///    doubt;
/// 3. error = Σ r²/n, R = Σ r²/Σ y², χ² = Σ W r²/(n − p), r = y − Ax.
///
/// What is NaN, or has no variance above 0, has weight 0. Where energies share their noise (after
/// an
/// edge normalization), C is that of {@link SharedCovariance}.
final class PixelFit {
  private final FitColumns columns;
  private final Supplier<BoundedQuadratic> constraint;
  private final int n;
  private final int q;
  private final float[][] basis;
  private final float[][] products;

  PixelFit(FitColumns columns, Supplier<BoundedQuadratic> constraint) {
    this.columns = columns;
    this.constraint = constraint;
    n = columns.used().length;
    q = columns.count();
    basis = columns.basis();
    products = columns.products();
  }

  /// What one worker writes into.
  private final class Desk {
    final Optional<SharedCovariance.Desk> shared;

    Desk(Optional<SharedCovariance.Desk> shared) {
      this.shared = shared;
    }

    final BoundedQuadratic solver = constraint.get();
    final BoundedQuadratic plain = BoundedQuadratic.unconstrained(q);
    final float[][] sums = new float[q][PixelBlocks.SIZE];
    final float[][] amounts = new float[q][PixelBlocks.SIZE];
    final float[] misfit = new float[PixelBlocks.SIZE];
    final float[] square = new float[PixelBlocks.SIZE];
    final float[] chi = new float[PixelBlocks.SIZE];
    final float[] good = new float[PixelBlocks.SIZE];
    final double[] z = new double[q];
    final double[] c = new double[q];
    final double[] x = new double[q];
    final double[] free = new double[q];
    final double[] g = new double[q * q];
    final double[] inBasis = new double[q * q];
    final double[] scratch = new double[q * q];
    final double[] covariance = new double[q * q];
    final float[] weights = new float[n * PixelBlocks.SIZE];
    final float[] weighted = new float[n * PixelBlocks.SIZE];
    final float[][] normals = new float[q * (q + 1) / 2][PixelBlocks.SIZE];
  }

  /// @param variance of each pixel of each image
  /// @param fields what a prior needs of each pixel, filled here
  FitMaps fit(
      Planes images, Planes variance, Mask mask, Optional<FractionData> fields, Watch watch) {
    var maps = new FitMaps(images.grid(), columns.names(), watch.workers());
    var chosen = images.select(columns.used());
    var noise = variance.select(columns.used());
    Optional<SharedCovariance> shared =
        variance instanceof SharedNoise own
            ? Optional.of(new SharedCovariance(columns, own))
            : Optional.empty();
    var desks = new Desk[watch.workers().threads()];
    PixelBlocks.forEach(
        chosen,
        watch.workers(),
        (block, first, length, spectra, worker) -> {
          if (watch.stopped()) {
            return;
          }
          if (desks[worker] == null) {
            desks[worker] = new Desk(shared.map(SharedCovariance::desk));
          }
          weighted(spectra, noise, mask, first, length, desks[worker], maps, fields);
        });
    return maps;
  }

  /// Each energy of each pixel with its own weight.
  private void weighted(
      float[] y,
      Planes variance,
      Mask mask,
      int first,
      int length,
      Desk desk,
      FitMaps maps,
      Optional<FractionData> fields) {
    int pitch = PixelBlocks.SIZE;
    float[] w = desk.weights;
    for (int e = 0; e < n; e++) {
      variance.read(e, first, length, w, e * pitch);
      for (int i = e * pitch; i < e * pitch + length; i++) {
        boolean good = w[i] > 0 && w[i] < Float.POSITIVE_INFINITY && Math.abs(y[i]) < 1e30f;
        w[i] = good ? 1 / w[i] : 0;
        y[i] = good ? y[i] : 0;
        desk.weighted[i] = w[i] * y[i];
      }
    }
    desk.shared.ifPresent(own -> own.read(first, length));
    SpectralSums.project(desk.weighted, pitch, basis, length, desk.sums, 0);
    SpectralSums.project(w, pitch, products, length, desk.normals, 0);
    for (int i = 0; i < length; i++) {
      if (!mask.good()[first + i] || !solveOne(first, i, desk, maps, fields)) {
        clear(desk, i);
      }
    }
    SpectralSums.model(pitch, n, length, basis, desk.amounts, desk.weighted);
    residuals(y, desk, first, length, maps);
  }

  /// Line 3 for a block, where the model stands in `weighted`.
  private void residuals(float[] y, Desk desk, int first, int length, FitMaps maps) {
    int pitch = PixelBlocks.SIZE;
    float[] rest = desk.misfit;
    float[] square = desk.square;
    float[] chi = desk.chi;
    float[] good = desk.good;
    for (float[] sum : new float[][] {rest, square, chi, good}) {
      java.util.Arrays.fill(sum, 0);
    }
    for (int e = 0; e < n; e++) {
      for (int i = 0; i < length; i++) {
        float weight = desk.weights[e * pitch + i];
        float seen = weight > 0 ? 1 : 0;
        float value = y[e * pitch + i];
        float r = seen * (value - desk.weighted[e * pitch + i]);
        rest[i] += r * r;
        square[i] += value * value;
        chi[i] += weight * r * r;
        good[i] += seen;
      }
    }
    for (int i = 0; i < length; i++) {
      if (!Float.isNaN(desk.amounts[0][i])) {
        maps.error[first + i] = rest[i] / good[i];
        maps.rFactor[first + i] = rest[i] / square[i];
        maps.chiSquare[first + i] = good[i] > q ? chi[i] / (good[i] - q) : Float.NaN;
      }
    }
  }

  /// A pixel whose sums and normal matrix are its own; false where they do not determine it.
  private boolean solveOne(
      int first, int i, Desk desk, FitMaps maps, Optional<FractionData> fields) {
    int row = 0;
    for (int k = 0; k < q; k++) {
      desk.z[k] = desk.sums[k][i];
      for (int l = 0; l <= k; l++) {
        double value = desk.normals[row++][i];
        desk.inBasis[k * q + l] = value;
        desk.inBasis[l * q + k] = value;
      }
    }
    columns.normal(desk.inBasis, desk.g, desk.scratch);
    columns.rightSide(desk.z, desk.c);
    if (!desk.plain.solve(desk.g, desk.c, desk.free)) {
      return false;
    }
    desk.plain.covariance(desk.g, desk.covariance);
    desk.shared.ifPresent(own -> own.replace(first, i, desk.weights, desk.free, desk.covariance));
    System.arraycopy(desk.free, 0, desk.x, 0, q);
    if (!desk.solver.keeps(desk.x)) {
      desk.solver.solve(desk.g, desk.c, desk.x);
    }
    maps.set(first + i, desk.x, desk.covariance, q, desk.solver.touches(desk.x));
    fields.ifPresent(f -> f.set(first + i, desk.free, desk.covariance, q));
    columns.inBasis(desk.x, desk.z);
    keep(desk, i);
    return true;
  }

  /// What the fit found at a pixel, in the basis, for the residual.
  private void keep(Desk desk, int i) {
    for (int k = 0; k < q; k++) {
      desk.amounts[k][i] = (float) desk.z[k];
    }
  }

  private void clear(Desk desk, int i) {
    for (int k = 0; k < q; k++) {
      desk.amounts[k][i] = Float.NaN;
    }
  }
}
