package argand.spectro;

import argand.array.Mask;
import argand.array.kernel.SpectralSums;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.flow.Watch;
import argand.inverse.BoundedQuadratic;
import java.util.Optional;
import java.util.function.Supplier;

/// The linear fit of every pixel's spectrum, all energies with the same weight; block by block, the
/// stack read once.
///
/// The normal matrix is one for all pixels, so that without constraints a fit is one product with
/// the
/// pseudo-inverse. With the basis Q of the columns, A = QR:
///
/// 1. z = Qᵀy, x = R⁻¹z; for a fixed sum x ← x − C1 (1ᵀx − 1)/(1ᵀC1), C = (AᵀA)⁻¹
/// 2. where x is outside of its bounds, the exact minimum within them ({@link BoundedQuadratic})
/// 3. error = Σ r²/n, R = Σ r²/Σ y², r = y − Qz; the noise of the pixel σ² = Σ r²/(n − p); its
///    covariance σ²C
///
/// A pixel with NaN among its energies is fitted by itself to the others.
final class CommonFit {
  private final FitColumns columns;
  private final Supplier<BoundedQuadratic> constraint;
  private final int n;
  private final int q;
  private final int references;
  private final float[][] basis;

  /// Q and below it the rows of R⁻¹Qᵀ that give the references.
  private final float[][] projection;

  private final double[] normal;
  private final double[] inverse;

  /// C1/(1ᵀC1), itself and in the basis.
  private final double[] towardsSum;

  private final double[] towardsSumInBasis;

  CommonFit(FitColumns columns, Supplier<BoundedQuadratic> constraint) {
    this.columns = columns;
    this.constraint = constraint;
    n = columns.used().length;
    q = columns.count();
    references = columns.references();
    basis = columns.basis();
    normal = new double[q * q];
    inverse = new double[q * q];
    var sums = new NormalEquations(q);
    double[] row = new double[q];
    for (int e = 0; e < n; e++) {
      for (int k = 0; k < q; k++) {
        row[k] = columns.column(k)[e];
      }
      sums.add(1, row, 0);
    }
    sums.complete();
    System.arraycopy(sums.g, 0, normal, 0, q * q);
    projection = projection();
    towardsSum = new double[q];
    towardsSumInBasis = new double[q];
    double all = 0;
    for (int k = 0; k < q; k++) {
      for (int l = 0; l < references; l++) {
        towardsSum[k] += inverse[k * q + l];
      }
      all += k < references ? towardsSum[k] : 0;
    }
    for (int k = 0; k < q; k++) {
      towardsSum[k] /= all;
    }
    columns.inBasis(towardsSum, towardsSumInBasis);
  }

  /// Also fills `inverse`, R⁻¹R⁻ᵀ.
  private float[][] projection() {
    float[][] rows = java.util.Arrays.copyOf(basis, q + references);
    double[] unit = new double[q];
    double[][] ofUnit = new double[q][q];
    for (int m = 0; m < q; m++) {
      java.util.Arrays.fill(unit, 0);
      unit[m] = 1;
      columns.fromBasis(unit, ofUnit[m]);
    }
    for (int k = 0; k < q; k++) {
      for (int l = 0; l < q; l++) {
        for (int m = 0; m < q; m++) {
          inverse[k * q + l] += ofUnit[m][k] * ofUnit[m][l];
        }
      }
    }
    for (int k = 0; k < references; k++) {
      rows[q + k] = new float[n];
      for (int e = 0; e < n; e++) {
        double sum = 0;
        for (int m = 0; m < q; m++) {
          sum += ofUnit[m][k] * basis[m][e];
        }
        rows[q + k][e] = (float) sum;
      }
    }
    return rows;
  }

  private final class Desk {
    final BoundedQuadratic solver = constraint.get();
    final float[][] sums = new float[q + references][PixelBlocks.SIZE];
    final float[][] free = new float[references][PixelBlocks.SIZE];
    final boolean[] bound = new boolean[PixelBlocks.SIZE];
    final FitMaps.Block block = new FitMaps.Block(references);
    final double[] z = new double[q];
    final double[] c = new double[q];
    final double[] x = new double[q];
    final double[] covariance = new double[q * q];
  }

  /// @param fields what a prior needs of each pixel, filled here
  FitMaps fit(Planes images, Mask mask, Optional<FractionData> fields, Watch watch) {
    var maps = FitMaps.unfilled(images.grid(), columns.names(), watch.workers());
    var desks = new Desk[watch.workers().threads()];
    PixelBlocks.forEach(
        images.select(columns.used()),
        watch.workers(),
        (block, first, length, spectra, worker) -> {
          if (watch.stopped()) {
            return;
          }
          if (desks[worker] == null) {
            desks[worker] = new Desk();
          }
          block(spectra, mask, first, length, desks[worker], maps, fields);
        });
    return maps;
  }

  private void block(
      float[] y,
      Mask mask,
      int first,
      int length,
      Desk desk,
      FitMaps maps,
      Optional<FractionData> fields) {
    int pitch = PixelBlocks.SIZE;
    SpectralSums.project(y, pitch, projection, length, desk.sums, 0);
    if (fields.isPresent()) {
      for (int k = 0; k < references; k++) {
        System.arraycopy(desk.sums[q + k], 0, desk.free[k], 0, length);
      }
    }
    if (desk.solver.sumsToOne()) {
      fixSum(desk.sums, length);
    }
    for (int i = 0; i < length; i++) {
      desk.bound[i] = desk.solver.misses(desk.sums, q, references, i);
      if (desk.bound[i]) {
        bounded(desk, i);
      }
    }
    var block = desk.block;
    SpectralSums.misfit(y, pitch, n, length, basis, desk.sums, block.rest, block.squares);
    for (int k = 0; k < references; k++) {
      System.arraycopy(desk.sums[q + k], 0, block.amounts[k], 0, length);
    }
    maps.set(first, length, block, desk.bound, inverse, q, n);
    for (int i = 0; i < length; i++) {
      if (!mask.good()[first + i]) {
        maps.clear(first + i);
      } else if (Float.isNaN(block.squares[i])) {
        patchy(y, first, i, desk, maps, fields);
      } else if (fields.isPresent()) {
        for (int k = 0; k < references; k++) {
          desk.x[k] = desk.free[k][i];
        }
        spread(block.rest[i] / (n - q), desk);
        fields.get().set(first + i, desk.x, desk.covariance, q);
      }
    }
  }

  private void spread(double noise, Desk desk) {
    for (int k = 0; k < q * q; k++) {
      desk.covariance[k] = inverse[k] * noise;
    }
  }

  /// The second half of line 1.
  private void fixSum(float[][] sums, int length) {
    for (int i = 0; i < length; i++) {
      double excess = -1;
      for (int k = 0; k < references; k++) {
        excess += sums[q + k][i];
      }
      for (int k = 0; k < references; k++) {
        sums[q + k][i] -= (float) (excess * towardsSum[k]);
      }
      for (int k = 0; k < q; k++) {
        sums[k][i] -= (float) (excess * towardsSumInBasis[k]);
      }
    }
  }

  /// Line 2. (The sum that line 1 fixed is no hindrance: the minimum on the plane of the sum is the
  /// same.)
  private void bounded(Desk desk, int i) {
    for (int k = 0; k < q; k++) {
      desk.z[k] = desk.sums[k][i];
    }
    if (Double.isNaN(desk.z[0])) {
      return;
    }
    columns.rightSide(desk.z, desk.c);
    desk.solver.solve(normal, desk.c, desk.x);
    columns.inBasis(desk.x, desk.z);
    for (int k = 0; k < q; k++) {
      desk.sums[k][i] = (float) desk.z[k];
    }
    for (int k = 0; k < references; k++) {
      desk.sums[q + k][i] = (float) desk.x[k];
    }
  }

  /// A pixel with NaN among its energies.
  private void patchy(
      float[] y, int first, int i, Desk desk, FitMaps maps, Optional<FractionData> fields) {
    var sums = new NormalEquations(q);
    double[] row = new double[q];
    int good = 0;
    for (int e = 0; e < n; e++) {
      float value = y[e * PixelBlocks.SIZE + i];
      if (Float.isFinite(value)) {
        row(e, row);
        sums.add(1, row, value);
        good++;
      }
    }
    sums.complete();
    var plain = BoundedQuadratic.unconstrained(q);
    double[] free = new double[q];
    maps.clear(first + i);
    if (good < q || !plain.solve(sums.g, sums.c, free)) {
      return;
    }
    plain.covariance(sums.g, desk.covariance);
    desk.solver.solve(sums.g, sums.c, desk.x);
    double rest = 0;
    double square = 0;
    for (int e = 0; e < n; e++) {
      float value = y[e * PixelBlocks.SIZE + i];
      if (Float.isFinite(value)) {
        row(e, row);
        double r = value;
        for (int k = 0; k < q; k++) {
          r -= row[k] * desk.x[k];
        }
        rest += r * r;
        square += (double) value * value;
      }
    }
    double noise = good > q ? rest / (good - q) : Double.NaN;
    for (int k = 0; k < q * q; k++) {
      desk.covariance[k] *= noise;
    }
    maps.set(first + i, desk.x, desk.covariance, q, desk.solver.touches(desk.x));
    maps.error[first + i] = (float) (rest / good);
    maps.rFactor[first + i] = (float) (rest / square);
    fields.ifPresent(f -> f.set(first + i, free, desk.covariance, q));
  }

  private void row(int e, double[] row) {
    for (int k = 0; k < q; k++) {
      row[k] = columns.column(k)[e];
    }
  }
}
