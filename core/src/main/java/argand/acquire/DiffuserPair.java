package argand.acquire;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.FourierShift;
import argand.array.Grid;
import argand.array.RealField;
import java.util.SplittableRandom;

/// The speckle that two rough plates, one coarse and one fine, throw on a sample through a
/// condenser
/// of limited aperture, lit by a source of some size.
///
/// Each plate is a phase screen of Gaussian statistics, periodic over the field. The wave behind
/// both, exp(iφ_A(x − a) + iφ_B(x − b)), is cut off at the condenser's aperture; intensities of the
/// points of the source, which are tilts of the wave, are added up.
final class DiffuserPair {
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
  private final RealField[] screens = new RealField[2];
  private final FourierShift shift;
  private final Fft2 fft;

  DiffuserPair(Grid grid, long seed) {
    Check.same("pixel of a camera along x", grid.pixelX(), grid.pixelY());
    this.grid = grid;
    fine =
        new Grid(
            FINE * grid.rows(), FINE * grid.columns(), grid.pixelY() / FINE, grid.pixelX() / FINE);
    shift = new FourierShift(fine.rows(), fine.columns());
    fft = new Fft2(fine.rows(), fine.columns());
    var random = new SplittableRandom(seed);
    for (int plate = 0; plate < 2; plate++) {
      screens[plate] = screen(GRIT[plate] * FINE, random.split());
    }
  }

  /// Gaussian noise of this correlation length, of ROUGHNESS rms.
  private RealField screen(double length, SplittableRandom random) {
    var wave = new ComplexField(fine);
    for (int r = 0; r < fine.rows(); r++) {
      for (int c = 0; c < fine.columns(); c++) {
        wave.set(r, c, (float) random.nextGaussian(), 0);
      }
    }
    fft.transform(wave);
    for (int r = 0; r < fine.rows(); r++) {
      for (int c = 0; c < fine.columns(); c++) {
        double k = Math.hypot(frequency(r, fine.rows()), frequency(c, fine.columns()));
        double gain = Math.exp(-2 * Math.PI * Math.PI * k * k * length * length / 4);
        wave.set(r, c, (float) (wave.re(r, c) * gain), (float) (wave.im(r, c) * gain));
      }
    }
    wave.set(0, 0, 0, 0);
    fft.transformBack(wave);
    var screen = new RealField(fine);
    double square = 0;
    for (int i = 0; i < fine.size(); i++) {
      float value = wave.re(i / fine.columns(), i % fine.columns());
      screen.values()[i] = value;
      square += (double) value * value / fine.size();
    }
    double scale = ROUGHNESS / Math.sqrt(square);
    for (int i = 0; i < fine.size(); i++) {
      screen.values()[i] *= (float) scale;
    }
    return screen;
  }

  /// Cycles for each pixel, −½ … ½.
  private static double frequency(int index, int size) {
    return (index < (size + 1) / 2 ? index : index - size) / (double) size;
  }

  /// Intensity on the camera's pixels, mean 1, where the plates stand moved so far [m].
  RealField intensity(double aX, double aY, double bX, double bY) {
    var a = shift.moved(screens[0], aY / fine.pixelY(), aX / fine.pixelX());
    var b = shift.moved(screens[1], bY / fine.pixelY(), bX / fine.pixelX());
    double[] light = new double[grid.size()];
    double sum = 0;
    for (int point = 0; point < POINTS * POINTS; point++) {
      double down = TILT * (point / POINTS - (POINTS - 1) / 2.0);
      double right = TILT * (point % POINTS - (POINTS - 1) / 2.0);
      var wave = new ComplexField(fine);
      for (int r = 0; r < fine.rows(); r++) {
        for (int c = 0; c < fine.columns(); c++) {
          double phase =
              a.at(r, c)
                  + b.at(r, c)
                  + 2 * Math.PI * (down * r / fine.rows() + right * c / fine.columns());
          wave.set(r, c, (float) Math.cos(phase), (float) Math.sin(phase));
        }
      }
      cut(wave);
      for (int r = 0; r < fine.rows(); r++) {
        for (int c = 0; c < fine.columns(); c++) {
          double re = wave.re(r, c);
          double im = wave.im(r, c);
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

  private void cut(ComplexField wave) {
    fft.transform(wave);
    for (int r = 0; r < fine.rows(); r++) {
      for (int c = 0; c < fine.columns(); c++) {
        double k = FINE * Math.hypot(frequency(r, fine.rows()), frequency(c, fine.columns()));
        if (k > APERTURE) {
          wave.set(r, c, 0, 0);
        }
      }
    }
    fft.transformBack(wave);
  }
}
