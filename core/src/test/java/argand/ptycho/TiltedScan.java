package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.ZonePlate;
import argand.simulate.FermatSpiral;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;

/// A scan in extreme ultraviolet light, of a tilted detector or a tilted mirroring sample, whose
/// frames are summed directly: for each pixel the direction k̂ of its light and its solid angle,
/// and the transform of the exit wave (in pixels half a solver's, no FFT) at what the sample's
/// plane
/// changes of k̂/λ. It shares nothing with the resampling.
///
/// @param scan frames with shot noise, 10⁶ counts each
/// @param truth object and positions as a solver should find them
record TiltedScan(DiffractionScan scan, Reconstruction truth) {
  private static final int SIZE = 64;
  private static final int VIEWS = 60;
  private static final int FINE = 2;

  /// 92 eV, 5 cm, a detector of 5.2 mm: light goes 3° to each side.
  private static final Geometry GEOMETRY =
      Geometry.farField(new Beam.XRays(92), 0.05, Grid.square(SIZE, SIZE, 81e-6));

  /// @param right angle by which the right edge of the detector is farther [rad]
  static TiltedScan detector(double right) {
    return of(new Tilts(right, 0));
  }

  /// @param right angle by which the right end of the sample is farther [rad]
  static TiltedScan sample(double right) {
    return of(new Tilts(0, right));
  }

  private record Tilts(double detector, double sample) {}

  private static TiltedScan of(Tilts tilts) {
    var sample = GEOMETRY.sample();
    double pixel = sample.pixelY();
    double outerZone = 2.5 * pixel;
    double defocus = 0.25 * SIZE * pixel * outerZone / GEOMETRY.beam().wavelength();
    var optics = new ZonePlate(100e-6, outerZone, 30e-6, defocus, 0, 0);
    var guess = new ZonePlate(100e-6, outerZone, 0, 1.2 * defocus, 0, 0);
    double fine = pixel / FINE;
    var sent = new FermatSpiral(0.078 * SIZE * pixel, VIEWS).positions(new SplittableRandom(1));
    var positions = new ScanPositions(whole(sent.y(), fine), whole(sent.x(), fine));
    var window = new Grid(FINE * SIZE, FINE * SIZE, fine, fine);
    var probe = optics.probe(GEOMETRY.beam(), window);
    probe.scale(Math.sqrt(1.5e6 / probe.power()));
    int side = 2 * FINE * SIZE + FINE * 64;
    var object =
        new Texture(8 * pixel, 0.6, 1, 2, 1)
            .draw(new Grid(side, side, fine, fine), GEOMETRY.beam());
    var frames = new RealField[VIEWS];
    var seeds = new SplittableRandom(7);
    long[] seed = seeds.longs(VIEWS).toArray();
    new Workers(2)
        .forEach(
            VIEWS,
            (j, worker) ->
                frames[j] =
                    frame(probe, object, positions.y()[j], positions.x()[j], tilts, seed[j]));
    var scan =
        new DiffractionScan(
            GEOMETRY,
            positions,
            Frames.of(List.of(frames)),
            Optional.empty(),
            Optional.of(Probe.of(guess.probe(GEOMETRY.beam(), sample))),
            Source.NONE);
    return new TiltedScan(scan, truth(object, probe, positions));
  }

  private static RealField frame(
      ComplexField probe, ComplexField object, double y, double x, Tilts tilts, long seed) {
    double fine = probe.grid().pixelY();
    int n = probe.grid().rows();
    double wavelength = GEOMETRY.beam().wavelength();
    double z = GEOMETRY.distance();
    double pixel = GEOMETRY.detector().pixelX();
    int top = (int) Math.rint(y / fine) + object.grid().rows() / 2 - n / 2;
    int left = (int) Math.rint(x / fine) + object.grid().columns() / 2 - n / 2;
    double[][] re = new double[n][n];
    double[][] im = new double[n][n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double a = probe.re(r, c);
        double b = probe.im(r, c);
        double u = object.re(top + r, left + c);
        double v = object.im(top + r, left + c);
        re[r][c] = a * u - b * v;
        im[r][c] = a * v + b * u;
      }
    }
    var random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    var frame = new RealField(GEOMETRY.detector());
    double[] downRe = new double[n];
    double[] downIm = new double[n];
    for (int l = 0; l < SIZE; l++) {
      double across = (l - SIZE / 2) * pixel;
      double px = across * Math.cos(tilts.detector);
      double pz = z + across * Math.sin(tilts.detector);
      for (int k = 0; k < SIZE; k++) {
        double py = (k - SIZE / 2) * pixel;
        double far = Math.sqrt(px * px + py * py + pz * pz);
        double cos = Math.cos(tilts.sample);
        double sin = Math.sin(tilts.sample);
        double qx = (px * cos + (pz - far) * sin) / far / wavelength;
        double qy = py / far / wavelength;
        Arrays.fill(downRe, 0);
        Arrays.fill(downIm, 0);
        for (int r = 0; r < n; r++) {
          double angle = -2 * Math.PI * qy * fine * (r - n / 2);
          double turnRe = Math.cos(angle);
          double turnIm = Math.sin(angle);
          for (int c = 0; c < n; c++) {
            downRe[c] += re[r][c] * turnRe - im[r][c] * turnIm;
            downIm[c] += re[r][c] * turnIm + im[r][c] * turnRe;
          }
        }
        double sumRe = 0;
        double sumIm = 0;
        for (int c = 0; c < n; c++) {
          double angle = -2 * Math.PI * qx * fine * (c - n / 2);
          sumRe += downRe[c] * Math.cos(angle) - downIm[c] * Math.sin(angle);
          sumIm += downRe[c] * Math.sin(angle) + downIm[c] * Math.cos(angle);
        }
        // solid angle of the pixel, seen from the sample's plane; and that of a step of the bare
        // transform, (λ/(n fine))²: Σ over all of those is n² times the power of the wave
        double facing = px * -Math.sin(tilts.detector) + pz * Math.cos(tilts.detector);
        double seen = (px * -sin + pz * cos) / far;
        double solid = pixel * pixel * facing * seen / (far * far * far);
        double step = Math.pow(wavelength / (n * fine), 2);
        double mean = (sumRe * sumRe + sumIm * sumIm) / ((double) n * n) * solid / step;
        frame.set(k, l, mean > 0 ? PoissonSampler.of(random, mean).sample() : 0);
      }
    }
    return frame;
  }

  /// On whole fine pixels.
  private static double[] whole(double[] places, double fine) {
    return Arrays.stream(places).map(place -> Math.rint(place / fine) * fine).toArray();
  }

  /// The object in a solver's pixels: every second one of the fine.
  private static Reconstruction truth(
      ComplexField object, ComplexField probe, ScanPositions positions) {
    int side = object.grid().rows() / FINE;
    var sample = GEOMETRY.sample();
    var coarse = new ComplexField(sample.resized(side, side));
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        coarse.set(r, c, object.re(FINE * r, FINE * c), object.im(FINE * r, FINE * c));
      }
    }
    var small = new ComplexField(sample);
    for (int r = 0; r < SIZE; r++) {
      for (int c = 0; c < SIZE; c++) {
        small.set(r, c, probe.re(FINE * r, FINE * c), probe.im(FINE * r, FINE * c));
      }
    }
    double origin = -(side / 2 - SIZE / 2) * sample.pixelY();
    return new Reconstruction(
        coarse,
        new Probe(List.of(small)),
        positions,
        new Reconstruction.Origin(origin, origin),
        GEOMETRY,
        0,
        List.of(),
        Quality.NONE,
        Source.NONE);
  }
}
