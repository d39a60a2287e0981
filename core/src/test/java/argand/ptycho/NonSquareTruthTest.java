package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Frames that are not square: on the sample a far-field pixel is then not square either. The
/// measurement is computed in double precision by sums of its own.
class NonSquareTruthTest {
  private static final int ROWS = 48;
  private static final int COLUMNS = 64;
  private static final int VIEWS = 60;
  private static final double STEP = 4; // columns, mean distance of neighbouring views
  private static final int PASSES = 40;

  /// Without noise and from the true probe; what is left is unfinished convergence at the rim of
  /// the light, as in {@link PtychographyTruthTest}.
  private static final double NRMSE = 0.02;

  /// Single precision through two transforms leaves 1e-7 of an amplitude at most, 1e-14 of the
  /// power; a near-field probe that is moved by a fraction of a pixel also loses what lies beyond
  /// its band: some 1e-10.
  private static final double EXPLAINED = 1e-8;

  @ParameterizedTest
  @EnumSource(Regime.class)
  void theTruthExplainsTheFrames(Regime regime) {
    var right = geometry(regime);
    assertThat(new Measured(right).error(right)).isLessThan(EXPLAINED);
    assertThat(new Measured(right).error(wrong(right))).isGreaterThan(1000 * EXPLAINED);
  }

  @Test
  void framesThatAreNotSquareAreReconstructed() {
    var right = geometry(Regime.FAR_FIELD);
    assertThat(new Measured(right).distance(right)).isLessThan(NRMSE);
    assertThat(new Measured(right).distance(wrong(right))).isGreaterThan(3 * NRMSE);
  }

  /// Negative control: sample pixels taken as if the frames were square, or half the distance more.
  private static Geometry wrong(Geometry right) {
    boolean far = right.regime() == Regime.FAR_FIELD;
    double pixel = right.detector().pixelX();
    return new Geometry(
        right.beam(),
        right.distance() * (far ? 1 : 1.5),
        new Grid(ROWS, COLUMNS, pixel * (far ? (double) COLUMNS / ROWS : 1), pixel),
        right.regime(),
        Double.POSITIVE_INFINITY);
  }

  private static Geometry geometry(Regime regime) {
    boolean far = regime == Regime.FAR_FIELD;
    double pixel = far ? 75e-6 : 1e-7;
    // near field: one Fresnel fringe, √(λz), of about six pixels
    return new Geometry(
        new Beam.XRays(8000),
        far ? 5 : 2e-3,
        new Grid(ROWS, COLUMNS, pixel, pixel),
        regime,
        Double.POSITIVE_INFINITY);
  }

  /// A scan, to be explained or reconstructed in a geometry that may be another one.
  private static final class Measured {
    private final ScanPositions positions;
    private final Windows windows;
    private final ComplexField object;
    private final ComplexField probe;
    private final ArrayList<RealField> frames = new ArrayList<>();

    Measured(Geometry geometry) {
      Grid sample = geometry.sample();
      double[] y = new double[VIEWS];
      double[] x = new double[VIEWS];
      double radius = STEP * sample.pixelX() * Math.sqrt(VIEWS / Math.PI);
      for (int j = 0; j < VIEWS; j++) {
        double angle = j * Math.PI * (3 - Math.sqrt(5));
        y[j] = radius * (1 + Math.sqrt((double) j / VIEWS) * Math.sin(angle));
        x[j] = radius * (1 + Math.sqrt((double) j / VIEWS) * Math.cos(angle));
      }
      positions = new ScanPositions(y, x);
      windows = new Windows(positions, sample, true, 0);
      object = object(windows);
      probe = probe(sample, 0, 0);
      for (int j = 0; j < VIEWS; j++) {
        frames.add(frame(geometry, windows, object, j));
      }
    }

    private PtychoModel model(Geometry believed) {
      var scan =
          new DiffractionScan(
              believed,
              positions,
              Frames.of(frames),
              Optional.empty(),
              Optional.empty(),
              Source.NONE);
      return new PtychoModel(scan, new Windows(positions, believed.sample(), true, 0), 1);
    }

    /// Relative amplitude error of the true object under the true probe.
    double error(Geometry believed) {
      var model = model(believed);
      return model.relativeAmplitudeError(
          fitted(object, model.windows().object()), List.of(probe), Workers.ONE);
    }

    /// How far the object that is found lies from the true one.
    double distance(Geometry believed) {
      var model = model(believed);
      var rpie = new Rpie(0.1, 1, 1, 0, 0);
      var start = new ComplexField(model.windows().object()).setAll(1, 0);
      var state = rpie.start(model, start, List.of(probe.copy()));
      var engine = rpie.engine(model, Constraints.NONE, Workers.ONE);
      for (int k = 0; k < PASSES; k++) {
        state.residuals().add(engine.iterate(state));
      }
      return Agreeing.nrmse(fitted(state.object(), windows.object()), object, windows, probe);
    }
  }

  /// Cut or filled with ones at the ends of rows and columns.
  private static ComplexField fitted(ComplexField field, Grid grid) {
    var fitted = new ComplexField(grid).setAll(1, 0);
    for (int r = 0; r < Math.min(grid.rows(), field.grid().rows()); r++) {
      for (int c = 0; c < Math.min(grid.columns(), field.grid().columns()); c++) {
        fitted.set(r, c, field.re(r, c), field.im(r, c));
      }
    }
    return fitted;
  }

  /// Waves of amplitude and phase along both axes, a dozen pixels and longer.
  private static ComplexField object(Windows windows) {
    var object = new ComplexField(windows.object());
    for (int r = 0; r < object.grid().rows(); r++) {
      for (int c = 0; c < object.grid().columns(); c++) {
        double wave = Math.sin(r / 2.2 + 0.3 * Math.sin(c / 5.0)) * Math.cos(c / 3.1 + r / 7.0);
        double amplitude = 0.8 + 0.15 * wave;
        double phase = 0.6 * Math.sin(c / 2.9 - r / 3.4) + 0.5 * wave;
        object.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    return object;
  }

  /// A curved Gaussian beam, round on the sample, whose centre stands (dy, dx) m from the middle.
  private static ComplexField probe(Grid sample, double dy, double dx) {
    var probe = new ComplexField(sample);
    double width = 8 * sample.pixelX();
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        double v = ((r - ROWS / 2) * sample.pixelY() - dy) / width;
        double u = ((c - COLUMNS / 2) * sample.pixelX() - dx) / width;
        double q = u * u + v * v;
        double amplitude = 1000 * Math.exp(-q);
        probe.set(
            r, c, (float) (amplitude * Math.cos(1.5 * q)), (float) (amplitude * Math.sin(1.5 * q)));
      }
    }
    return probe;
  }

  private static RealField frame(Geometry geometry, Windows windows, ComplexField object, int j) {
    Grid sample = geometry.sample();
    var probe =
        probe(sample, windows.shiftY(j) * sample.pixelY(), windows.shiftX(j) * sample.pixelX());
    double[][] wave = new double[2][ROWS * COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        int i = r * COLUMNS + c;
        double re = object.re(windows.row(j) + r, windows.column(j) + c);
        double im = object.im(windows.row(j) + r, windows.column(j) + c);
        wave[0][i] = probe.re(r, c) * re - probe.im(r, c) * im;
        wave[1][i] = probe.re(r, c) * im + probe.im(r, c) * re;
      }
    }
    wave = fourier(wave, -1);
    if (geometry.regime() == Regime.NEAR_FIELD) {
      // the detector stands still with the beam, while the window has moved by whole pixels
      double lambda = geometry.beam().wavelength();
      for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          double v = (r - ROWS / 2) / (ROWS * sample.pixelY());
          double u = (c - COLUMNS / 2) / (COLUMNS * sample.pixelX());
          double back =
              v * windows.shiftY(j) * sample.pixelY() + u * windows.shiftX(j) * sample.pixelX();
          double phase =
              2 * Math.PI * back - Math.PI * lambda * geometry.distance() * (u * u + v * v);
          int i = r * COLUMNS + c;
          double re = wave[0][i] * Math.cos(phase) - wave[1][i] * Math.sin(phase);
          wave[1][i] = wave[0][i] * Math.sin(phase) + wave[1][i] * Math.cos(phase);
          wave[0][i] = re;
        }
      }
      wave = fourier(wave, 1);
    }
    var frame = new RealField(geometry.detector());
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      frame.values()[i] = (float) (wave[0][i] * wave[0][i] + wave[1][i] * wave[1][i]);
    }
    return frame;
  }

  /// The unitary transform with its zero in the middle, by its sum, columns after rows.
  private static double[][] fourier(double[][] f, int sign) {
    double[][] across = new double[2][ROWS * COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      line(f, across, r * COLUMNS, 1, COLUMNS, sign);
    }
    double[][] both = new double[2][ROWS * COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
      line(across, both, c, COLUMNS, ROWS, sign);
    }
    return both;
  }

  private static void line(double[][] from, double[][] to, int start, int stride, int n, int sign) {
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int m = 0; m < n; m++) {
        double angle = sign * 2 * Math.PI * (k - n / 2) * (m - n / 2) / n;
        double a = from[0][start + m * stride];
        double b = from[1][start + m * stride];
        re += a * Math.cos(angle) - b * Math.sin(angle);
        im += a * Math.sin(angle) + b * Math.cos(angle);
      }
      to[0][start + k * stride] = re / Math.sqrt(n);
      to[1][start + k * stride] = im / Math.sqrt(n);
    }
  }
}
