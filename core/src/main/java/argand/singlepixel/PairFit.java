package argand.singlepixel;

import argand.array.RealField;
import argand.inverse.Cholesky;
import argand.register.PhaseCorrelation;

/// How an exposure with the sample differs from the same one without: the pattern was moved by p,
/// the sample by s, and the beam was g times as strong. By Gauss and Newton on
///
///     Σ w (I(r) − g P(r − p) T(r − s))²,   w = 1/(g P T (1 + g T)), the inverse of what photons do
///
/// where P is the image without the sample and T its transmission in even light. p begins where the
/// cross-correlation of I with P has its peak, s where that of I/P with T has.
///
/// @param patternRows p down [pixels]
/// @param patternColumns p to the right
/// @param sampleRows s down
/// @param sampleColumns s to the right
/// @param gain g
/// @param sampleSigma standard error of s along its less certain axis, with noise of the misfit's
///     size [pixels]
/// @param change mean square by which the pattern itself differs, beyond `noise`; below zero where
///     photons alone would make more
record PairFit(
    double patternRows,
    double patternColumns,
    double sampleRows,
    double sampleColumns,
    double gain,
    double sampleSigma,
    double change) {
  private static final int STEPS = 20;
  private static final double ENOUGH_PX = 2e-3;

  /// Where less than this share of the mean light falls, I/P is not asked.
  private static final double DARK = 0.3;

  /// As far as slopes tell.
  private static final double MOST_STEP_PX = 1;

  /// Pixels left out along the edges beyond those that moves bring in from outside.
  private static final int MARGIN = 2;

  /// The same with the sample elsewhere.
  PairFit withSample(double rows, double columns) {
    return new PairFit(patternRows, patternColumns, rows, columns, gain, sampleSigma, change);
  }

  /// @param without P
  /// @param with I
  /// @param transmission T
  /// @param noise variance of a pixel of the images for each unit of its value
  /// @param sampleNoise the same of the transmission: noise has slopes too, which tell nothing
  static PairFit of(
      RealField without,
      RealField with,
      RealField transmission,
      AlignPatterns.Moves moves,
      double noise,
      double sampleNoise) {
    double[] x = start(without, with, transmission, moves);
    double[][] normal = new double[5][5];
    double misfit = 0;
    for (int step = 0; step < STEPS; step++) {
      double[] right = new double[5];
      normal = new double[5][5];
      misfit = equations(without, with, transmission, x, moves, normal, right);
      var solver = new Cholesky(normal);
      if (solver.dependent() >= 0) {
        break;
      }
      double[] by = solver.solve(right);
      double length = Math.max(Math.hypot(by[0], by[1]), Math.hypot(by[2], by[3]));
      double scale = Math.min(1, MOST_STEP_PX / Math.max(length, 1e-12));
      for (int k = 0; k < x.length; k++) {
        x[k] += k == 4 ? x[4] * Math.expm1(scale * by[4]) : scale * by[k];
      }
      if (length < ENOUGH_PX) {
        break;
      }
    }
    return new PairFit(
        x[0],
        x[1],
        x[2],
        x[3],
        x[4],
        moves == AlignPatterns.Moves.PATTERN
            ? 0
            : sampleSigma(normal, misfit, noisySlopes(without, x, sampleNoise)),
        change(without, with, transmission, x, noise));
  }

  /// T in the frame of the pattern's image, unless only light is asked for.
  private static double[] start(
      RealField without, RealField with, RealField transmission, AlignPatterns.Moves moves) {
    double[] x = {0, 0, 0, 0, with.sum() / without.sum() * size(with) / transmission.sum()};
    if (moves != AlignPatterns.Moves.SAMPLE) {
      var at = PhaseCorrelation.PLAIN.between(tapered(without), tapered(with));
      x[0] = at.rowsPx();
      x[1] = at.columnsPx();
    }
    if (moves != AlignPatterns.Moves.PATTERN) {
      var light = MovedImage.of(without, x[0], x[1]);
      double dark = DARK * without.sum() / size(without);
      double mean = transmission.sum() / size(transmission);
      var seen = new RealField(with.grid());
      for (int i = 0; i < seen.values().length; i++) {
        double p = light.values()[i];
        seen.values()[i] = (float) (p < dark ? mean : with.values()[i] / (x[4] * p));
      }
      var at = PhaseCorrelation.PLAIN.between(tapered(transmission), tapered(seen));
      x[2] = at.rowsPx();
      x[3] = at.columnsPx();
    }
    return x;
  }

  private static int size(RealField image) {
    return image.grid().size();
  }

  /// Less its mean, and falling to nothing at the edges, as correlation takes images for periodic.
  private static RealField tapered(RealField image) {
    var tapered = new RealField(image.grid());
    int rows = image.grid().rows();
    int columns = image.grid().columns();
    double mean = image.sum() / image.grid().size();
    for (int i = 0; i < rows * columns; i++) {
      double down = Math.sin(Math.PI * (i / columns + 0.5) / rows);
      double right = Math.sin(Math.PI * (i % columns + 0.5) / columns);
      tapered.values()[i] = (float) ((image.values()[i] - mean) * down * down * right * right);
    }
    return tapered;
  }

  /// Adds up the normal equations over the pixels that both images show.
  ///
  /// @return mean of w r²
  private static double equations(
      RealField without,
      RealField with,
      RealField transmission,
      double[] x,
      AlignPatterns.Moves moves,
      double[][] normal,
      double[] right) {
    var light = MovedImage.of(without, x[0], x[1]);
    var sample = MovedImage.of(transmission, x[2], x[3]);
    int columns = with.grid().columns();
    int margin = margin(x);
    double misfit = 0;
    int count = 0;
    double[] slopes = new double[5];
    float[] p = light.values();
    float[] t = sample.values();
    for (int r = margin; r < with.grid().rows() - margin; r++) {
      for (int i = r * columns + margin; i < (r + 1) * columns - margin; i++) {
        double model = x[4] * p[i] * t[i];
        if (!(model > 0)) {
          continue;
        }
        double weight = 1 / (model * (1 + x[4] * t[i]));
        slopes[0] = -0.5 * x[4] * t[i] * (p[i + columns] - p[i - columns]);
        slopes[1] = -0.5 * x[4] * t[i] * (p[i + 1] - p[i - 1]);
        slopes[2] = -0.5 * x[4] * p[i] * (t[i + columns] - t[i - columns]);
        slopes[3] = -0.5 * x[4] * p[i] * (t[i + 1] - t[i - 1]);
        slopes[4] = model;
        double residual = with.values()[i] - model;
        for (int k = 0; k < 5; k++) {
          if (moves.of(k)) {
            right[k] += weight * slopes[k] * residual;
            for (int l = 0; l <= k; l++) {
              normal[k][l] += moves.of(l) ? weight * slopes[k] * slopes[l] : 0;
            }
          }
        }
        misfit += weight * residual * residual;
        count++;
      }
    }
    for (int k = 0; k < 5; k++) {
      normal[k][k] += moves.of(k) ? 0 : 1;
    }
    return misfit / Math.max(1, count);
  }

  private static int margin(double[] x) {
    double most = 0;
    for (int k = 0; k < 4; k++) {
      most = Math.max(most, Math.abs(x[k]));
    }
    return (int) Math.ceil(most) + MARGIN;
  }

  /// What noise of the transmission adds to the normal equations of s: half its variance for each
  /// slope.
  private static double noisySlopes(RealField without, double[] x, double sampleNoise) {
    // w (g P)² κ T/2 = κ g P/(2 (1 + g T)), which with T = 1 is at least this
    int margin = margin(x);
    int rows = without.grid().rows() - 2 * margin;
    int columns = without.grid().columns() - 2 * margin;
    double mean = without.sum() / size(without);
    return sampleNoise * x[4] * mean / (2 * (1 + x[4])) * Math.max(0, rows) * Math.max(0, columns);
  }

  private static double sampleSigma(double[][] normal, double misfit, double noise) {
    normal[2][2] -= noise;
    normal[3][3] -= noise;
    var solver = new Cholesky(normal);
    if (solver.dependent() >= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double down = solver.solve(new double[] {0, 0, 1, 0, 0})[2];
    double right = solver.solve(new double[] {0, 0, 0, 1, 0})[3];
    return Math.sqrt(misfit * Math.max(down, right));
  }

  /// Σ (r² − noise · g P T (1 + g T)) / Σ (g T)²
  private static double change(
      RealField without, RealField with, RealField transmission, double[] x, double noise) {
    var light = MovedImage.of(without, x[0], x[1]);
    var sample = MovedImage.of(transmission, x[2], x[3]);
    int columns = with.grid().columns();
    int margin = margin(x);
    double square = 0;
    double passed = 0;
    for (int r = margin; r < with.grid().rows() - margin; r++) {
      for (int i = r * columns + margin; i < (r + 1) * columns - margin; i++) {
        double through = x[4] * sample.values()[i];
        double model = through * light.values()[i];
        double residual = with.values()[i] - model;
        square += residual * residual - noise * model * (1 + through);
        passed += through * through;
      }
    }
    return passed > 0 ? square / passed : 0;
  }
}
