package argand.spectroptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.List;
import java.util.SplittableRandom;

/// Reconstructions of smooth spots whose optical density and phase are known at every point of the
/// sample [m], as ptychography would leave them: with a pixel that follows the wavelength, a scale,
/// a
/// ramp, noise of so many photons on each pixel.
final class ComplexSpots {
  static final double FIRST_EV = 700;
  static final double[][] SPOTS = {
    {-0.5e-6, -0.3e-6, 0.10e-6, 1},
    {0.35e-6, 0.4e-6, 0.16e-6, 0.7},
    {0.2e-6, -0.45e-6, 0.13e-6, 1.2}
  };

  private static final int FRAME = 64;

  private ComplexSpots() {}

  /// The sum of the spots at a point, about 1 at its highest.
  static double amount(double y, double x) {
    double sum = 0;
    for (double[] spot : SPOTS) {
      double away = Math.hypot(y - spot[0], x - spot[1]) / spot[2];
      sum += spot[3] * Math.exp(-0.5 * away * away);
    }
    return sum;
  }

  /// What ptychography leaves open, and photons on each pixel.
  record Left(double scale, double phase, double down, double right, double light) {
    static final Left NOTHING = new Left(1, 0, 0, 0, 1e8);
  }

  /// @param density optical density of amount 1
  /// @param phase phase of amount 1 [rad]
  static Reconstruction at(
      double energyEv, double density, double phase, Left left, double residual, long seed) {
    var geometry =
        Geometry.farField(
            new Beam.XRays(energyEv),
            0.06,
            Grid.square(FRAME, FRAME, 0.06 * 1.7712e-9 / (FRAME * 20e-9)));
    double pixel = geometry.sample().pixelY();
    var grid = Grid.square(192, 192, pixel);
    // the upper left pixel of the object, so that its middle is the middle of the field
    double corner = (-96 + FRAME / 2) * pixel;
    var random = new SplittableRandom(seed);
    var object = new ComplexField(grid);
    for (int r = 0; r < 192; r++) {
      for (int c = 0; c < 192; c++) {
        double a = amount((r - 96) * pixel, (c - 96) * pixel);
        double modulus = Math.exp(-0.5 * density * a);
        double noise = Math.sqrt(1 / (2 * left.light));
        double re = modulus * Math.cos(phase * a) + noise * random.nextGaussian();
        double im = modulus * Math.sin(phase * a) + noise * random.nextGaussian();
        double turn = left.phase + left.down * r + left.right * c;
        object.set(
            r,
            c,
            (float) (left.scale * (re * Math.cos(turn) - im * Math.sin(turn))),
            (float) (left.scale * (im * Math.cos(turn) + re * Math.sin(turn))));
      }
    }
    return new Reconstruction(
        object,
        probe(geometry.sample(), left),
        positions(pixel),
        new Reconstruction.Origin(corner, corner),
        geometry,
        0,
        List.of(residual),
        Quality.NONE,
        Source.file("scan-" + energyEv + ".cxi"));
  }

  /// Frames every 16 pixels of 700 eV, with flat light: 4 × 4 of them fall on each pixel.
  private static ScanPositions positions(double pixel) {
    double step = 0.5e-6 / 1.6;
    double[] y = new double[81];
    double[] x = new double[81];
    for (int j = 0; j < 81; j++) {
      y[j] = (j / 9 - 4) * step;
      x[j] = (j % 9 - 4) * step;
    }
    return new ScanPositions(y, x);
  }

  private static Probe probe(Grid grid, Left left) {
    var probe = new ComplexField(grid);
    double step = 0.5e-6 / 1.6 / grid.pixelY();
    double views = FRAME / step * (FRAME / step);
    double height = Math.sqrt(left.light / views) / left.scale;
    for (int r = 0; r < FRAME; r++) {
      for (int c = 0; c < FRAME; c++) {
        probe.set(r, c, (float) height, 0);
      }
    }
    return new Probe(List.of(probe));
  }
}
