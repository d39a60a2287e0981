package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.inverse.AndersonMixing;
import argand.register.JointRegistration.Magnification;
import java.util.Arrays;
import java.util.Optional;

/// The stack of {@link JointRegistration} at one resolution, whose numbers these are.
final class JointLevel {
  /// Rounds that are combined into the next, see {@link AndersonMixing}.
  private static final int MEMORY = 5;

  /// Moves in one round are no longer than this [pixels].
  private static final double LONGEST = 2;

  /// A pattern below this many standard deviations of an image's noise, as the noise of one frame
  /// of
  /// flats (0.9), is not worth the weighting; structure of 5 % in 9000 counts measures 2.5 to 3.1.
  private static final double STRONG = 2;

  private final Grid grid;
  private final JointRegistration how;
  private final boolean finest;
  private boolean filtered;
  private final float[][] raw;
  private final float[][] aligned;
  private final float[] pattern;
  private final double[] ofImage;
  private final Workers workers;
  private final float[] rowPlace;
  private final float[] columnPlace;
  private final double half;

  /// [e]: scale − 1, down, right.
  private final double[][] at;

  private final double[][] information;
  private final double[] left;
  private double[][] spectra;
  private double[] offsets;
  private float[][] maps;
  private SplineImage[] mapSplines = {};
  private final AndersonMixing mixing = new AndersonMixing(MEMORY);
  private int rounds;
  private float[] scale = {};
  private Optional<DriftFilter> filter = Optional.empty();

  /// @param raw [e][pixel], NaN where not known
  /// @param ofImage weight of each image
  /// @param start [e]: scale − 1, down, right
  /// @param finest where frequencies are weighted only if there is a pattern that is worth it
  JointLevel(
      Grid grid,
      JointRegistration how,
      float[][] raw,
      double[] ofImage,
      double[][] start,
      boolean finest,
      Workers workers) {
    this.grid = grid;
    this.how = how;
    this.finest = finest;
    filtered = how.pattern();
    this.raw = raw;
    this.ofImage = ofImage;
    this.workers = workers;
    at = new double[start.length][];
    Arrays.setAll(at, e -> start[e].clone());
    aligned = new float[raw.length][grid.size()];
    pattern = new float[grid.size()];
    information = new double[raw.length][3];
    left = new double[raw.length];
    spectra = new double[0][];
    offsets = new double[raw.length];
    maps = new float[0][];
    half = 0.5 * Math.max(grid.rows(), grid.columns());
    rowPlace = new float[grid.size()];
    columnPlace = new float[grid.size()];
    for (int i = 0; i < grid.size(); i++) {
      rowPlace[i] = (float) ((i / grid.columns() - 0.5 * (grid.rows() - 1)) / half);
      columnPlace[i] = (float) ((i % grid.columns() - 0.5 * (grid.columns() - 1)) / half);
    }
  }

  double[][] at() {
    return at;
  }

  float[] pattern() {
    return pattern;
  }

  /// Whether frequencies are weighted by what the drift tells of the pattern.
  boolean filtered() {
    return filtered;
  }

  double[][] spectra() {
    return spectra;
  }

  float[][] maps() {
    return maps;
  }

  /// [e]: 1/σ² of scale·half, down, right; 0 where not asked for.
  double[][] information() {
    return information;
  }

  double[] left() {
    return left;
  }

  double half() {
    return half;
  }

  private Transform transform(int e) {
    return at[e][0] == 0
        ? new Transform.Translation(at[e][1], at[e][2])
        : new Transform.ScaledRotation(1 + at[e][0], 0, at[e][1], at[e][2]);
  }

  /// One round; gives the rms of the moves [pixels of this level].
  double iterate(int components) {
    float[] before = mixed();
    workers.forEach(raw.length, (e, worker) -> align(e));
    var model = LowRank.of(aligned, ofImage, components, workers);
    double moved = place(model);
    if (how.pattern()) {
      findPattern();
    }
    if (filtered && finest && components == how.components() && rounds == 1) {
      filtered = patternToNoise() > STRONG;
    }
    if (components == how.components() && rounds++ > 0) {
      if (scale.length == 0) {
        setScale();
        before = new float[0];
      }
      if (before.length > 0) {
        setMixed(mixing.next(before, mixed()));
      }
    }
    return moved;
  }

  /// Pattern and places are mixed in units of their standard deviations, fixed for the level.
  private void setScale() {
    double noise = 0;
    for (double one : left) {
      noise += one / left.length;
    }
    scale = new float[pattern.length + 3 * at.length];
    Arrays.fill(scale, 0, pattern.length, (float) Math.sqrt(raw.length / noise));
    for (int e = 0; e < at.length; e++) {
      for (int p = 0; p < 3; p++) {
        scale[pattern.length + 3 * e + p] =
            (float) (Math.sqrt(Math.max(1e-6, information[e][p]) / noise) * (p == 0 ? half : 1));
      }
    }
  }

  private float[] mixed() {
    if (scale.length == 0) {
      return scale;
    }
    float[] x = new float[scale.length];
    for (int i = 0; i < pattern.length; i++) {
      x[i] = scale[i] * pattern[i];
    }
    for (int e = 0; e < at.length; e++) {
      for (int p = 0; p < 3; p++) {
        int i = pattern.length + 3 * e + p;
        x[i] = (float) (scale[i] * at[e][p]);
      }
    }
    return x;
  }

  private void setMixed(float[] x) {
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = x[i] / scale[i];
    }
    for (int e = 0; e < at.length; e++) {
      for (int p = 0; p < 3; p++) {
        int i = pattern.length + 3 * e + p;
        at[e][p] = x[i] / scale[i];
      }
    }
  }

  /// (1) aligned ← the images without the pattern, as they lie now.
  private void align(int e) {
    var clean = new RealField(grid);
    for (int i = 0; i < pattern.length; i++) {
      clean.values()[i] = raw[e][i] - pattern[i];
    }
    System.arraycopy(
        Warp.CUBIC.image(clean, transform(e), Workers.ONE).values(), 0, aligned[e], 0, grid.size());
  }

  /// (2) to (4).
  private double place(LowRank model) {
    int k = model.maps().length;
    var splines = new SplineImage[k];
    double[] mean = new double[k];
    for (int j = 0; j < k; j++) {
      for (int e = 0; e < raw.length; e++) {
        mean[j] += model.spectra()[j][e] / raw.length;
      }
    }
    maps = model.maps();
    float[] average = new float[grid.size()];
    for (int i = 0; i < average.length; i++) {
      double sum = 0;
      for (int j = 0; j < k; j++) {
        sum += mean[j] * maps[j][i];
      }
      average[i] = (float) sum;
    }
    if (how.onePlace()) {
      var smooth = SplineImage.of(GapFill.of(new RealField(grid, average)), workers);
      OnePlace.set(grid, maps, average, motions(smooth));
    }
    for (int j = 0; j < k; j++) {
      splines[j] = SplineImage.of(GapFill.of(new RealField(grid, maps[j])), workers);
    }
    var instruments = filtered ? Instruments.of(grid, maps, filter(model), workers) : null;
    double[][] moves = new double[raw.length][];
    double[][] found = new double[raw.length][];
    workers.forEach(
        raw.length,
        (e, worker) -> {
          double[] scale = new double[k];
          for (int j = 0; j < k; j++) {
            scale[j] = model.spectra()[j][e];
          }
          float[][] motions = motions(SplineImage.sum(splines, scale));
          float[][] filtered = instruments == null ? motions : motions(instruments.sum(scale));
          var step =
              JointStep.of(
                  grid,
                  aligned[e],
                  motions,
                  maps,
                  filtered,
                  instruments == null ? maps : instruments.maps());
          left[e] = step.left();
          information[e] = step.information();
          found[e] = step.line();
          moves[e] = step.move();
        });
    double rms = move(moves);
    spectra = new double[k][raw.length];
    for (int e = 0; e < raw.length; e++) {
      offsets[e] = found[e][0];
      for (int j = 0; j < k; j++) {
        spectra[j][e] = found[e][1 + j];
      }
    }
    mapSplines = splines;
    return rms;
  }

  /// Made anew until places and spectra are about found, which changes it little from then on.
  private DriftFilter filter(LowRank model) {
    if (filter.isEmpty() || scale.length == 0) {
      filter = Optional.of(DriftFilter.of(grid, at, model.spectra(), ofImage, workers));
    }
    return filter.get();
  }

  /// Standard deviation of the pattern, where the drift tells of it, over that of what the model
  /// leaves of an image.
  private double patternToNoise() {
    var known = DriftFilter.of(grid, at, spectra, ofImage, workers);
    float[] heard = known.of(new RealField(grid, pattern)).values();
    double n = heard.length;
    double sum = 0;
    double squares = 0;
    for (float f : heard) {
      sum += f;
      squares += (double) f * f;
    }
    double noise = 0;
    for (double one : left) {
      noise += one / left.length;
    }
    return Math.sqrt(Math.max(0, squares / n - sum / n * sum / n) / noise);
  }

  /// ∂_r, ∂_c of a spline at the pixels, and the change with the logarithm of the scale, over half
  /// the longer side.
  private float[][] motions(SplineImage spline) {
    boolean grows = how.magnification() != Magnification.NONE;
    float[][] motions = new float[grows ? 3 : 2][grid.size()];
    float[] buffer = new float[grid.columns() + 2];
    for (int r = 0; r < grid.rows(); r++) {
      spline.slopes(r, 0, grid.columns(), motions[0], motions[1], r * grid.columns(), buffer);
    }
    if (grows) {
      for (int i = 0; i < grid.size(); i++) {
        motions[2][i] = rowPlace[i] * motions[0][i] + columnPlace[i] * motions[1][i];
      }
    }
    return motions;
  }

  /// (4) moves all images, and leaves their mean where it was.
  private double move(double[][] moves) {
    for (int e = 0; e < at.length; e++) {
      double size = Math.hypot(moves[e][1], moves[e][2]);
      double damp = size > LONGEST ? LONGEST / size : 1;
      at[e][0] += damp * moves[e][0] / half;
      at[e][1] += damp * moves[e][1];
      at[e][2] += damp * moves[e][2];
    }
    how.magnification().constrain(at, how.axis(), information);
    double[] mean = new double[3];
    for (double[] one : at) {
      for (int p = 0; p < 3; p++) {
        mean[p] += one[p] / at.length;
      }
    }
    double squares = 0;
    for (int e = 0; e < at.length; e++) {
      for (int p = 0; p < 3; p++) {
        at[e][p] -= mean[p];
      }
      squares += moves[e][1] * moves[e][1] + moves[e][2] * moves[e][2];
    }
    return Math.sqrt(squares / at.length / 2);
  }

  /// (5) what stays in place when the sample moves: the mean over the images, where they lie, of
  /// what the model leaves.
  private void findPattern() {
    int k = mapSplines.length;
    var maps = new PixelMap[raw.length];
    for (int e = 0; e < raw.length; e++) {
      maps[e] = PixelMap.of(transform(e).inverse(), grid);
    }
    workers.forEach(
        SplineImage.blocks(grid),
        (block, worker) -> {
          float[] line = new float[grid.columns()];
          float[] buffer = new float[grid.columns() + 3];
          double[] sum = new double[grid.columns()];
          double[] weight = new double[grid.columns()];
          float[] model = new float[grid.columns()];
          int last = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < last; r++) {
            Arrays.fill(sum, 0);
            Arrays.fill(weight, 0);
            for (int e = 0; e < raw.length; e++) {
              int[] span = maps[e].inside(r, grid, 0);
              Arrays.fill(model, (float) offsets[e]);
              for (int j = 0; j < k; j++) {
                mapSplines[j].row(maps[e], r, span[0], span[1], line, span[0], buffer);
                float s = (float) spectra[j][e];
                for (int c = span[0]; c < span[1]; c++) {
                  model[c] += s * line[c];
                }
              }
              for (int c = span[0]; c < span[1]; c++) {
                float value = raw[e][r * grid.columns() + c];
                if (!Float.isNaN(value)) {
                  sum[c] += ofImage[e] * (value - model[c]);
                  weight[c] += ofImage[e];
                }
              }
            }
            for (int c = 0; c < grid.columns(); c++) {
              pattern[r * grid.columns() + c] = weight[c] > 0 ? (float) (sum[c] / weight[c]) : 0;
            }
          }
        });
  }
}
