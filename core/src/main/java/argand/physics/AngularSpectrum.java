package argand.physics;

import argand.Paper;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;

/// Free space between two parallel planes of equal pixels: each plane wave of the spectrum gains
/// its own phase. Exact but for the periodicity of the grid and its band; the law of the near
/// field.
///
/// u(z) = F⁻¹ H F u, with the transfer function of {@link #transfer}.
///
/// Sampling rule: neighbouring samples of H may differ by at most half a turn, which holds for
/// frequencies up to b = 1/(λ √((2z/L)² + 1)) along an axis of length L = NΔ. H is zero beyond, so
/// nothing is aliased, but what lies beyond is lost. Up to z ≈ NΔ²/λ nothing is lost and the law is
/// unitary; a propagator that would lose more than half of an axis is refused.
@Paper(
    value =
        "K. Matsushima and T. Shimobaba, Band-limited angular spectrum method for numerical"
            + " simulation of free-space propagation in far and near fields, Opt. Express 17,"
            + " 19662 (2009)",
    doi = "10.1364/OE.17.019662")
public final class AngularSpectrum implements Propagator {
  /// Half of an axis, less what a remedy in four digits may fall short.
  private static final double HALF = 0.5 * 0.999;

  private final Grid grid;
  private final Fft2 fft;
  private final ComplexField transfer;

  /// @param grid pixels of both planes
  /// @param wavelength λ [m]
  /// @param distance z [m]; negative goes back along the beam
  /// @throws InvalidInput when more than half of the frequencies of an axis would be lost
  public AngularSpectrum(Grid grid, double wavelength, double distance) {
    check("rows", grid.rows(), grid.pixelY(), wavelength, distance);
    check("columns", grid.columns(), grid.pixelX(), wavelength, distance);
    this.grid = grid;
    this.fft = new Fft2(grid.rows(), grid.columns());
    // transform and transformBack are bare sums: the table carries their 1/(rows · columns)
    this.transfer = transfer(grid, wavelength, distance).scale(1.0 / grid.size());
  }

  /// The band-limited transfer function H of free space, zero frequency at (0, 0), sampled in
  /// double precision.
  ///
  /// (1) H(f) = exp(2πi z (√(1/λ² − f²) − 1/λ)), f² = f_y² + f_x²: the constant exp(ikz) is dropped
  /// (2) H = 0 unless f_y²/b_y² + λ² f_x² ≤ 1 and λ² f_y² + f_x²/b_x² ≤ 1,
  ///     b = 1/(λ √((2z/(NΔ))² + 1)) for each axis (Matsushima & Shimobaba, equations 13 and 19)
  ///
  /// Not scaled: after `Fft2.transform`, a product with H and `Fft2.transformBack`, the wave is
  /// rows · columns times too large. A distance that is too long for the grid is not refused here.
  ///
  /// @param wavelength λ [m]
  /// @param distance z [m]; negative goes back along the beam
  public static ComplexField transfer(Grid grid, double wavelength, double distance) {
    Check.within("wavelength", wavelength, 1e-13, 1e-3, "m");
    Check.within("distance", distance, -1e4, 1e4, "m");
    var table = new ComplexField(grid);
    double bandY = band(grid.rows() * grid.pixelY(), wavelength, distance);
    double bandX = band(grid.columns() * grid.pixelX(), wavelength, distance);
    for (int r = 0; r < grid.rows(); r++) {
      double fy = signed(r, grid.rows()) * grid.frequencyY();
      for (int c = 0; c < grid.columns(); c++) {
        double fx = signed(c, grid.columns()) * grid.frequencyX();
        double sy = wavelength * fy;
        double sx = wavelength * fx;
        double by = fy / bandY;
        double bx = fx / bandX;
        if (by * by + sx * sx <= 1 && sy * sy + bx * bx <= 1 && sy * sy + sx * sx < 1) {
          // √(1/λ² − f²) − 1/λ written without the difference of two large numbers
          double phase =
              -2
                  * Math.PI
                  * distance
                  * wavelength
                  * (fy * fy + fx * fx)
                  / (Math.sqrt(1 - sy * sy - sx * sx) + 1);
          table.set(r, c, (float) Math.cos(phase), (float) Math.sin(phase));
        }
      }
    }
    return table;
  }

  /// Frequency up to which the transfer function is sampled well on an axis of this length [1/m].
  static double band(double length, double wavelength, double distance) {
    return 1 / (wavelength * Math.hypot(2 * distance / length, 1));
  }

  /// Index of the transform → number of periods on the axis, negative above the middle.
  private static int signed(int index, int count) {
    return index < (count + 1) / 2 ? index : index - count;
  }

  private static void check(
      String axis, int count, double pixel, double wavelength, double distance) {
    if (count == 1) {
      return; // a single row or column holds no frequency but zero
    }
    double length = count * pixel;
    double carried = Math.min(1 / (2 * pixel), 1 / wavelength);
    double kept = band(length, wavelength, distance) / carried;
    if (kept < HALF) {
      // band = carried / 2 solved for 2z/L
      double steepest = Math.sqrt(Math.pow(2 / (wavelength * carried), 2) - 1);
      double enough = 2 * Math.abs(distance) / (steepest * pixel);
      throw new InvalidInput(
          "propagation distance",
          Metres.text(distance),
          "at most "
              + Metres.text(steepest * length / 2)
              + ", because "
              + count
              + " "
              + axis
              + " of "
              + Metres.text(pixel)
              + " keep only "
              + Math.round(100 * kept)
              + " % of their frequencies",
          "take at least "
              + (long) Math.ceil(0.999 * enough)
              + " "
              + axis
              + ", or pixels of at least "
              + Metres.text(Math.sqrt(wavelength * Math.abs(distance) / (2 * count)))
              + ", or the Fresnel propagator, which changes the pixel size");
    }
  }

  @Override
  public Grid from() {
    return grid;
  }

  @Override
  public Grid to() {
    return grid;
  }

  @Override
  public void forward(ComplexField wave) {
    apply(wave, 1);
  }

  @Override
  public void backward(ComplexField wave) {
    apply(wave, -1);
  }

  /// sign −1 takes the conjugate of the transfer function, which makes the adjoint.
  private void apply(ComplexField wave, float sign) {
    Propagator.check(wave, grid);
    fft.transform(wave);
    Modulation.multiply(wave, transfer, sign);
    fft.transformBack(wave);
  }
}
