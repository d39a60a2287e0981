package argand.metric;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.Reconstruction.Origin;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.List;
import java.util.SplittableRandom;

/// Images whose value is known at every point of the sample plane, so that they can be sampled on
/// any grid.
public final class Specimen {
  private static final int BLOBS = 220;
  private final double[] y = new double[BLOBS];
  private final double[] x = new double[BLOBS];
  private final double[] width = new double[BLOBS];
  private final double[] phase = new double[BLOBS];
  private final double[] loss = new double[BLOBS];

  /// Gaussian grains of `narrow` … 3 `narrow` metres scattered over a field of `side` metres
  /// around the origin.
  public Specimen(long seed, double side, double narrow) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < BLOBS; i++) {
      y[i] = (random.nextDouble() - 0.5) * side;
      x[i] = (random.nextDouble() - 0.5) * side;
      width[i] = narrow * (1 + 2 * random.nextDouble());
      phase[i] = -0.9 * random.nextDouble();
      loss[i] = 0.3 * random.nextDouble();
    }
  }

  /// Sampled with pixel (0, 0) at (top, left) [m].
  public ComplexField on(Grid grid, double top, double left) {
    double[] delay = new double[grid.size()];
    double[] absorbed = new double[grid.size()];
    for (int i = 0; i < BLOBS; i++) {
      int reachY = (int) Math.ceil(6 * width[i] / grid.pixelY());
      int reachX = (int) Math.ceil(6 * width[i] / grid.pixelX());
      int row = (int) Math.rint((y[i] - top) / grid.pixelY());
      int column = (int) Math.rint((x[i] - left) / grid.pixelX());
      for (int r = Math.max(0, row - reachY); r <= Math.min(grid.rows() - 1, row + reachY); r++) {
        for (int c = Math.max(0, column - reachX);
            c <= Math.min(grid.columns() - 1, column + reachX);
            c++) {
          double dy = (top + r * grid.pixelY() - y[i]) / width[i];
          double dx = (left + c * grid.pixelX() - x[i]) / width[i];
          double bell = Math.exp(-0.5 * (dy * dy + dx * dx));
          delay[r * grid.columns() + c] += phase[i] * bell;
          absorbed[r * grid.columns() + c] += loss[i] * bell;
        }
      }
    }
    var field = new ComplexField(grid);
    for (int r = 0, k = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++, k++) {
        double modulus = Math.exp(-absorbed[k]);
        field.set(
            r, c, (float) (modulus * Math.cos(delay[k])), (float) (modulus * Math.sin(delay[k])));
      }
    }
    return field;
  }

  /// As a reconstruction of `side` × `side` pixels would show it: a Fermat spiral of 120 views
  /// around the middle of the field with a round probe of a quarter of the side.
  public Reconstruction reconstruction(int side, double pixel, double offsetPx) {
    var grid = Grid.square(side, side, pixel);
    double top = (-side / 2 + offsetPx) * pixel;
    int n = side / 2;
    var beam = new Beam.XRays(8000);
    double distance = 5;
    double detectorPixel = beam.wavelength() * distance / (n * pixel);
    var geometry = Geometry.farField(beam, distance, Grid.square(n, n, detectorPixel));
    int views = 120;
    double[] py = new double[views];
    double[] px = new double[views];
    for (int j = 0; j < views; j++) {
      double radius = 0.24 * side * pixel * Math.sqrt((j + 0.5) / views);
      double angle = j * Math.PI * (3 - Math.sqrt(5));
      py[j] = radius * Math.sin(angle);
      px[j] = radius * Math.cos(angle);
    }
    var origin = new Origin(top + n / 2 * pixel, top + n / 2 * pixel);
    return new Reconstruction(
        on(grid, top, top),
        probe(Grid.square(n, n, pixel)),
        new ScanPositions(py, px),
        origin,
        geometry,
        0,
        residuals(),
        Quality.NONE,
        Source.file("scan_0001.cxi").withNote("the file records no energy: lengths are nominal"));
  }

  private static List<Double> residuals() {
    return java.util.stream.IntStream.rangeClosed(1, 60)
        .mapToObj(k -> 0.012 + 0.6 * Math.exp(-0.18 * k) + 0.05 / k)
        .toList();
  }

  private static Probe probe(Grid grid) {
    var mode = new ComplexField(grid);
    double radius = grid.rows() / 4.0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double d2 = Math.pow(r - grid.rows() / 2, 2) + Math.pow(c - grid.columns() / 2, 2);
        double modulus = 30 * Math.exp(-d2 / (radius * radius));
        double angle = 2.5 * d2 / (radius * radius);
        mode.set(r, c, (float) (modulus * Math.cos(angle)), (float) (modulus * Math.sin(angle)));
      }
    }
    return Probe.of(mode);
  }

  /// Complex noise on a periodic grid with nothing beyond `cutoff` × Nyquist, plus `mean`.
  public static ComplexField bandLimited(
      int rows, int columns, double cutoff, double mean, long seed) {
    var random = new SplittableRandom(seed);
    var field = new ComplexField(new Grid(rows, columns, 10e-9, 10e-9));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double v = 2.0 * Gauge.signed(r, rows) / rows;
        double u = 2.0 * Gauge.signed(c, columns) / columns;
        if (Math.hypot(u, v) < cutoff) {
          field.set(r, c, (float) random.nextGaussian(), (float) random.nextGaussian());
        }
      }
    }
    new Fft2(rows, columns).transformBack(field);
    field.scale(0.3 / Math.sqrt(field.power() / (rows * columns)));
    for (int i = 0; i < field.re().length; i++) {
      field.re()[i] += (float) mean;
    }
    return field;
  }

  /// field + σ (Gaussian + i Gaussian), a new field.
  public static ComplexField noisy(ComplexField field, double sigma, long seed) {
    var random = new SplittableRandom(seed);
    var copy = field.copy();
    for (int r = 0; r < field.grid().rows(); r++) {
      for (int c = 0; c < field.grid().columns(); c++) {
        copy.set(
            r,
            c,
            (float) (field.re(r, c) + sigma * random.nextGaussian()),
            (float) (field.im(r, c) + sigma * random.nextGaussian()));
      }
    }
    return copy;
  }
}
