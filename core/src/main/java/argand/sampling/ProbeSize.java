package argand.sampling;

import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.physics.Geometry.Regime;
import java.util.Arrays;

/// How large the illumination is on the sample.
///
/// In the far field: diameter of the uniform disc of the same second moments, four times the rms
/// distance from the centre along an axis (ISO 11146). It is taken from the start probe; without
/// one from the speckle of the frames: the variance of their transforms is the autocorrelation of
/// the probe's intensity, whose second moments are twice the probe's. That holds for a sample whose
/// detail is finer than a fifth of the probe; a coarser one makes the probe look smaller, up to a
/// half. In the near field: width of the uniform slab of the same second moments as the mean frame,
/// at most a frame.
///
/// @param height along y [m]
/// @param width along x [m]
/// @param rim share of the start probe's power in the outermost twentieth of the frame on each
///     side; 0 where there is no start probe
/// @param origin what it was measured on
public record ProbeSize(double height, double width, double rim, Origin origin) {
  /// What a probe's size was measured on.
  public enum Origin {
    START_PROBE("the start probe"),
    SPECKLE("the speckle of the frames, a lower bound"),
    MEAN_FRAME("the mean frame");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /// Parts of the largest value below which a probe and a speckle count as nothing.
  private static final double FAINT = 0.01;

  private static final double FAINT_SPECKLE = 0.05;

  /// Pixels to each side over which the speckle is averaged: 25 lags tame the scatter of 64 frames.
  private static final int SMOOTH = 2;

  static ProbeSize of(DiffractionScan scan, FrameSurvey survey) {
    var sample = scan.geometry().sample();
    if (scan.geometry().regime() == Regime.NEAR_FIELD) {
      double[] variance = variance(survey.mean(), FAINT * survey.mean().max());
      return new ProbeSize(
          Math.min(sample.rows(), Math.sqrt(12 * variance[0] + 1)) * sample.pixelY(),
          Math.min(sample.columns(), Math.sqrt(12 * variance[1] + 1)) * sample.pixelX(),
          0,
          Origin.MEAN_FRAME);
    }
    if (scan.probe().isPresent()) {
      return of(scan.probe().get());
    }
    var lags = aboveNoise(survey.speckle());
    double[] variance = variance(lags, FAINT_SPECKLE * lags.max());
    double blur = SMOOTH * (SMOOTH + 1) / 3.0; // variance of the box along an axis
    return new ProbeSize(
        4 * Math.sqrt(Math.max(0.25, (variance[0] - blur) / 2)) * sample.pixelY(),
        4 * Math.sqrt(Math.max(0.25, (variance[1] - blur) / 2)) * sample.pixelX(),
        0,
        Origin.SPECKLE);
  }

  /// Of a probe that is known.
  public static ProbeSize of(Probe probe) {
    var grid = probe.grid();
    var light = intensity(probe);
    double[] variance = variance(light, FAINT * light.max());
    return new ProbeSize(
        4 * Math.sqrt(variance[0]) * grid.pixelY(),
        4 * Math.sqrt(variance[1]) * grid.pixelX(),
        rim(light),
        Origin.START_PROBE);
  }

  /// Geometric mean of height and width [m].
  public double diameter() {
    return Math.sqrt(height * width);
  }

  private static RealField intensity(Probe probe) {
    var light = new RealField(probe.grid());
    for (var mode : probe.modes()) {
      float[] part = mode.intensity().values();
      for (int i = 0; i < part.length; i++) {
        light.values()[i] += part[i];
      }
    }
    return light;
  }

  /// Second central moments along rows and columns [pixels²] of what exceeds the level.
  private static double[] variance(RealField field, double level) {
    int columns = field.grid().columns();
    double[] sums = new double[5];
    for (int i = 0; i < field.values().length; i++) {
      double weight = field.values()[i] > level ? field.values()[i] : 0;
      double r = i / columns;
      double c = i % columns;
      sums[0] += weight;
      sums[1] += weight * r;
      sums[2] += weight * c;
      sums[3] += weight * r * r;
      sums[4] += weight * c * c;
    }
    if (sums[0] == 0) {
      return new double[2];
    }
    double r = sums[1] / sums[0];
    double c = sums[2] / sums[0];
    return new double[] {
      Math.max(0, sums[3] / sums[0] - r * r), Math.max(0, sums[4] / sums[0] - c * c)
    };
  }

  private static double rim(RealField light) {
    var grid = light.grid();
    int top = Math.max(1, grid.rows() / 20);
    int left = Math.max(1, grid.columns() / 20);
    double outside = 0;
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        boolean inside =
            r >= top && r < grid.rows() - top && c >= left && c < grid.columns() - left;
        outside += inside ? 0 : light.at(r, c);
      }
    }
    double all = light.sum();
    return all > 0 ? outside / all : 0;
  }

  /// Lags smoothed, zero lag moved to the middle, the floor of shot noise taken off: the median of
  /// the lags beyond nine tenths of the largest, which a probe smaller than half a frame leaves
  /// empty.
  private static RealField aboveNoise(RealField speckle) {
    var grid = speckle.grid();
    int rows = grid.rows();
    int columns = grid.columns();
    var lags = new RealField(grid);
    double[] far = new double[grid.size()];
    int count = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = 0;
        for (int v = -SMOOTH; v <= SMOOTH; v++) {
          for (int u = -SMOOTH; u <= SMOOTH; u++) {
            sum +=
                speckle.at(
                    Math.floorMod(r - rows / 2 + v, rows),
                    Math.floorMod(c - columns / 2 + u, columns));
          }
        }
        lags.set(r, c, (float) (sum / ((2 * SMOOTH + 1) * (2 * SMOOTH + 1))));
        if (Math.abs(r - rows / 2) > 0.45 * rows || Math.abs(c - columns / 2) > 0.45 * columns) {
          far[count++] = lags.at(r, c);
        }
      }
    }
    Arrays.sort(far, 0, count);
    double floor = far[count / 2];
    for (int i = 0; i < lags.values().length; i++) {
      lags.values()[i] = (float) Math.max(0, lags.values()[i] - floor);
    }
    return lags;
  }
}
