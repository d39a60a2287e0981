package argand.simulate;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.PhaseRamp;
import argand.array.RealField;
import argand.array.kernel.SineCosine;
import java.util.SplittableRandom;

/// The speckle that two rough plates, one coarse and one fine, throw on a sample through a
/// condenser
/// of limited aperture, lit by a source of some size.
///
/// Each plate is a phase screen of Gaussian statistics, periodic over the field. The wave behind
/// both, exp(iφ_A(x − a) + iφ_B(x − b)), is cut off at the condenser's aperture; intensities of the
/// points of the source, which are tilts of the wave, are added up. One instance for each thread.
public final class DiffuserPair {
  /// Finer than the camera, so that a pixel sees its mean.
  private static final int FINE = 2;

  /// Phase of each plate [rad]: enough that hardly any light goes straight through both.
  private static final double ROUGHNESS = 2;

  /// Correlation length of the coarse and of the fine plate, in camera pixels.
  private static final double[] GRIT = {6, 2};

  /// Half width of the aperture in cycles for each camera pixel: finest speckle of 2 pixels.
  private static final double APERTURE = 0.25;

  /// Points of the source along each axis, and their distance in cycles over the field.
  private static final int POINTS = 2;

  private static final double TILT = 1.0;

  private final Grid grid;
  private final Grid fine;
  private final ComplexField[] spectra;
  private final Fft2 fft;
  private final PhaseRamp ramp;
  private final ComplexField work;
  private final ComplexField other;
  private final float[] angles;
  private final float[] sines;
  private final float[] cosines;

  /// @param grid of the camera, as it sees the sample
  public DiffuserPair(Grid grid, long seed) {
    this(grid, new ComplexField[2]);
    Check.same("pixel of a camera along x", grid.pixelX(), grid.pixelY());
    var random = new SplittableRandom(seed);
    for (int plate = 0; plate < 2; plate++) {
      spectra[plate] = screen(GRIT[plate] * FINE, random.split());
    }
  }

  private DiffuserPair(Grid grid, ComplexField[] spectra) {
    this.grid = grid;
    this.spectra = spectra;
    fine =
        new Grid(
            FINE * grid.rows(), FINE * grid.columns(), grid.pixelY() / FINE, grid.pixelX() / FINE);
    fft = new Fft2(fine.rows(), fine.columns());
    ramp = new PhaseRamp(fine.rows(), fine.columns());
    work = new ComplexField(fine);
    other = new ComplexField(fine);
    angles = new float[fine.size()];
    sines = new float[fine.size()];
    cosines = new float[fine.size()];
  }

  /// The same plates for another thread.
  public DiffuserPair again() {
    return new DiffuserPair(grid, spectra);
  }

  /// The spectrum of Gaussian noise of this correlation length and of ROUGHNESS rms.
  private ComplexField screen(double length, SplittableRandom random) {
    var wave = new ComplexField(fine);
    for (int r = 0; r < fine.rows(); r++) {
      for (int c = 0; c < fine.columns(); c++) {
        wave.set(r, c, (float) random.nextGaussian(), 0);
      }
    }
    fft.transform(wave);
    double power = 0;
    for (int r = 0; r < fine.rows(); r++) {
      for (int c = 0; c < fine.columns(); c++) {
        double k = Math.hypot(frequency(r, fine.rows()), frequency(c, fine.columns()));
        double gain =
            r + c == 0 ? 0 : Math.exp(-2 * Math.PI * Math.PI * k * k * length * length / 4);
        wave.set(r, c, (float) (wave.re(r, c) * gain), (float) (wave.im(r, c) * gain));
        power += Math.pow(wave.re(r, c), 2) + Math.pow(wave.im(r, c), 2);
      }
    }
    // of transformBack without its scale, which is left out here: mean square = power
    return wave.scale(ROUGHNESS / Math.sqrt(power));
  }

  /// Cycles for each pixel, −½ … ½.
  static double frequency(int index, int size) {
    return (index < (size + 1) / 2 ? index : index - size) / (double) size;
  }

  /// Intensity on the camera's pixels, mean 1, where the plates stand moved so far [m].
  public RealField intensity(double aX, double aY, double bX, double bY) {
    phase(aX, aY, bX, bY);
    int rows = fine.rows();
    int columns = fine.columns();
    double[] light = new double[grid.size()];
    double sum = 0;
    float[] across = new float[2 * columns];
    for (int point = 0; point < POINTS * POINTS; point++) {
      double down = TILT * (point / POINTS - (POINTS - 1) / 2.0);
      double right = TILT * (point % POINTS - (POINTS - 1) / 2.0);
      for (int c = 0; c < columns; c++) {
        across[2 * c] = (float) Math.cos(2 * Math.PI * right * c / columns);
        across[2 * c + 1] = (float) Math.sin(2 * Math.PI * right * c / columns);
      }
      for (int r = 0; r < rows; r++) {
        double cos = Math.cos(2 * Math.PI * down * r / rows);
        double sin = Math.sin(2 * Math.PI * down * r / rows);
        for (int c = 0; c < columns; c++) {
          float re = (float) (cos * across[2 * c] - sin * across[2 * c + 1]);
          float im = (float) (sin * across[2 * c] + cos * across[2 * c + 1]);
          float x = cosines[r * columns + c];
          float y = sines[r * columns + c];
          work.set(r, c, x * re - y * im, x * im + y * re);
        }
      }
      cut(work);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          double re = work.re(r, c);
          double im = work.im(r, c);
          light[r / FINE * grid.columns() + c / FINE] += re * re + im * im;
          sum += re * re + im * im;
        }
      }
    }
    var intensity = new RealField(grid);
    for (int i = 0; i < light.length; i++) {
      intensity.values()[i] = (float) (light[i] * grid.size() / sum);
    }
    return intensity;
  }

  /// Sine and cosine of the phase behind both plates.
  private void phase(double aX, double aY, double bX, double bY) {
    work.set(spectra[0]);
    ramp.multiply(work, aY / fine.pixelY(), aX / fine.pixelX());
    other.set(spectra[1]);
    ramp.multiply(other, bY / fine.pixelY(), bX / fine.pixelX());
    for (int i = 0; i < work.re().length; i++) {
      work.re()[i] += other.re()[i];
      work.im()[i] += other.im()[i];
    }
    fft.transformBack(work);
    for (int r = 0; r < fine.rows(); r++) {
      System.arraycopy(work.re(), r * work.pitch(), angles, r * fine.columns(), fine.columns());
    }
    SineCosine.of(angles, sines, cosines, 0, angles.length);
  }

  private void cut(ComplexField wave) {
    fft.transform(wave);
    for (int r = 0; r < fine.rows(); r++) {
      double down = FINE * frequency(r, fine.rows());
      for (int c = 0; c < fine.columns(); c++) {
        double right = FINE * frequency(c, fine.columns());
        if (down * down + right * right > APERTURE * APERTURE) {
          wave.set(r, c, 0, 0);
        }
      }
    }
    fft.transformBack(wave);
  }
}
