package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.kernel.Multiply;
import argand.array.kernel.Window;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.physics.AngularSpectrum;
import argand.ptycho.ProbeStart.FromResult.Chromatic;
import java.util.OptionalDouble;

/// A probe found at one wavelength, as the same optics makes it at another:
///
/// (1) back to the focus, by −d at the old wavelength
/// (2) the focus in the new pixels: of the same size in metres (a zone plate keeps λ/NA, a pinhole
///     its diameter), or growing with the wavelength (mirrors keep NA)
/// (3) on to the sample, by the new distance at the new wavelength
///
/// Step 2 evaluates the Fourier series of the focus at the new pixels, exactly; beyond the old
/// field
/// the probe is zero.
final class CarriedProbe {
  private static final int COARSE = 81;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private CarriedProbe() {}

  /// The strongest mode of an earlier result for another scan.
  ///
  /// @param defocus of the earlier result; found where not given [m]
  /// @param moved how much farther the sample stands behind the focus now [m]
  static ComplexField of(
      Reconstruction earlier,
      Chromatic optics,
      OptionalDouble defocus,
      double moved,
      DiffractionScan scan) {
    var old = earlier.probe().modes().getFirst();
    double before = earlier.geometry().beam().wavelength();
    double now = scan.geometry().beam().wavelength();
    double from = defocus.orElseGet(() -> defocus(old, before));
    return of(
        old,
        before,
        from,
        scan.geometry().sample(),
        now,
        from + moved,
        optics == Chromatic.FIXED_FOCUS ? now / before : 1);
  }

  /// @param defocus from the focus to the old probe [m]
  /// @param onwards from the focus to the new probe [m]
  /// @param growth size of the new focus ÷ size of the old one, in metres
  static ComplexField of(
      ComplexField old,
      double oldWavelength,
      double defocus,
      Grid sample,
      double wavelength,
      double onwards,
      double growth) {
    var focus = moved(old, oldWavelength, -defocus); // (1)
    var scaled = resampled(focus, sample, growth); // (2)
    return moved(scaled, wavelength, onwards); // (3)
  }

  /// How far the probe stands behind its tightest focus [m]: the z that makes Σ|P|⁴ of the probe
  /// moved by −z largest, within the distance that its grid carries, N p²/λ.
  static double defocus(ComplexField probe, double wavelength) {
    Grid grid = probe.grid();
    double reach =
        Math.min(
                grid.rows() * grid.pixelY() * grid.pixelY(),
                grid.columns() * grid.pixelX() * grid.pixelX())
            / wavelength;
    double step = 2 * reach / (COARSE - 1);
    int best = 0;
    double sharpest = 0;
    for (int k = 0; k < COARSE; k++) {
      double sharp = sharpness(probe, wavelength, k * step - reach);
      if (sharp > sharpest) {
        sharpest = sharp;
        best = k;
      }
    }
    double low = (best - 1) * step - reach;
    double high = (best + 1) * step - reach;
    while (high - low > 1e-3 * step) {
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      if (sharpness(probe, wavelength, a) > sharpness(probe, wavelength, b)) {
        high = b;
      } else {
        low = a;
      }
    }
    return (low + high) / 2;
  }

  private static double sharpness(ComplexField probe, double wavelength, double defocus) {
    var wave = moved(probe, wavelength, -defocus);
    double sum = 0;
    for (int r = 0; r < wave.grid().rows(); r++) {
      for (int c = 0; c < wave.grid().columns(); c++) {
        double re = wave.re(r, c);
        double im = wave.im(r, c);
        sum += Math.pow(re * re + im * im, 2);
      }
    }
    return sum;
  }

  private static ComplexField moved(ComplexField wave, double wavelength, double distance) {
    var moved = wave.copy();
    if (distance == 0) {
      return moved;
    }
    Grid grid = wave.grid();
    var transfer = AngularSpectrum.transfer(grid, wavelength, distance);
    var fft = new Fft2(grid.rows(), grid.columns());
    fft.transform(moved);
    Multiply.by(Window.of(moved), Window.of(transfer), false, grid.rows(), grid.columns());
    fft.transformBack(moved);
    return moved.scale(1.0 / grid.size());
  }

  private static ComplexField resampled(ComplexField old, Grid sample, double growth) {
    Grid from = old.grid();
    double[][] down = series(from.rows(), from.pixelY() * growth, sample.rows(), sample.pixelY());
    double[][] right =
        series(from.columns(), from.pixelX() * growth, sample.columns(), sample.pixelX());
    double[][] re = new double[from.rows()][sample.columns()];
    double[][] im = new double[from.rows()][sample.columns()];
    for (int r = 0; r < from.rows(); r++) {
      for (int c = 0; c < sample.columns(); c++) {
        for (int k = 0; k < from.columns(); k++) {
          re[r][c] += right[c][k] * old.re(r, k);
          im[r][c] += right[c][k] * old.im(r, k);
        }
      }
    }
    var resampled = new ComplexField(sample);
    for (int r = 0; r < sample.rows(); r++) {
      for (int c = 0; c < sample.columns(); c++) {
        double x = 0;
        double y = 0;
        for (int k = 0; k < from.rows(); k++) {
          x += down[r][k] * re[k][c];
          y += down[r][k] * im[k][c];
        }
        resampled.set(r, c, (float) x, (float) y);
      }
    }
    return resampled;
  }

  /// Weight of each old pixel in each new one along an axis: the sum of the periodic series,
  /// (1/n) Σ_k cos(2πk(u − j)/n) over k = −n/2 … n/2, its ends halved for even n; zero outside.
  private static double[][] series(int n, double pixel, int count, double newPixel) {
    double[][] weights = new double[count][n];
    for (int i = 0; i < count; i++) {
      double u = n / 2 + (i - count / 2) * newPixel / pixel;
      if (u < -0.5 || u > n - 0.5) {
        continue;
      }
      for (int j = 0; j < n; j++) {
        double angle = Math.PI * (u - j);
        double sine = Math.sin(angle / n);
        weights[i][j] =
            Math.abs(sine) < 1e-12
                ? 1
                : n % 2 == 0
                    ? Math.sin(angle) * Math.cos(angle / n) / (n * sine)
                    : Math.sin(angle) / (n * sine);
      }
    }
    return weights;
  }
}
