package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.Dot;
import argand.inverse.AndersonMixing;
import argand.inverse.Cholesky;
import argand.register.JointRegistration.Magnification;
import java.util.Arrays;

/// The stack of {@link JointRegistration} at one resolution, whose numbers these are.
final class JointLevel {
  /// Rounds that are combined into the next, see {@link AndersonMixing}.
  private static final int MEMORY = 5;

  /// Moves in one round are no longer than this [pixels].
  private static final double LONGEST = 2;

  private final Grid grid;
  private final JointRegistration how;
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

  /// @param raw [e][pixel], NaN where not known
  /// @param ofImage weight of each image
  /// @param start [e]: scale − 1, down, right
  JointLevel(
      Grid grid,
      JointRegistration how,
      float[][] raw,
      double[] ofImage,
      double[][] start,
      Workers workers) {
    this.grid = grid;
    this.how = how;
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
    double[][] moves = new double[raw.length][];
    double[][] found = new double[raw.length][];
    workers.forEach(
        raw.length,
        (e, worker) -> {
          double[] scale = new double[k];
          for (int j = 0; j < k; j++) {
            scale[j] = model.spectra()[j][e];
          }
          found[e] = step(e, motions(SplineImage.sum(splines, scale)));
          moves[e] = Arrays.copyOf(found[e], 3);
        });
    double rms = move(moves);
    spectra = new double[k][raw.length];
    for (int e = 0; e < raw.length; e++) {
      offsets[e] = found[e][3];
      for (int j = 0; j < k; j++) {
        spectra[j][e] = found[e][4 + j];
      }
    }
    mapSplines = splines;
    return rms;
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

  /// (3) z_e ≈ b + Σ c_k a_k + g·∂m_e: the moves −g [scale·half, down, right], b and c_k.
  private double[] step(int e, float[][] motions) {
    int k = maps.length;
    int m = motions.length;
    int n = m + 1 + k;
    double[][] normal = new double[n][n];
    double[] right = new double[n];
    double squares = 0;
    double weight = 0;
    float[][] rows = new float[n][grid.columns()];
    float[] z = new float[grid.columns()];
    for (int r = 0; r < grid.rows(); r++) {
      int size = 0;
      for (int i = r * grid.columns(); i < (r + 1) * grid.columns(); i++) {
        float value = aligned[e][i];
        if (Float.isNaN(value) || Float.isNaN(maps[0][i])) {
          continue;
        }
        for (int a = 0; a < m; a++) {
          rows[a][size] = motions[a][i];
        }
        rows[m][size] = 1;
        for (int j = 0; j < k; j++) {
          rows[m + 1 + j][size] = maps[j][i];
        }
        z[size++] = value;
      }
      for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
          normal[a][b] += Dot.of(rows[a], 0, rows[b], 0, size);
        }
        right[a] += Dot.of(rows[a], 0, z, 0, size);
      }
      squares += Dot.of(z, 0, z, 0, size);
      weight += size;
    }
    double[] result = new double[4 + k];
    var cholesky = new Cholesky(normal);
    if (cholesky.dependent() >= 0) {
      return result;
    }
    double[] found = cholesky.solve(right);
    double fitted = 0;
    for (int a = 0; a < n; a++) {
      fitted += found[a] * right[a];
    }
    left[e] = Math.max(0, squares - fitted) / Math.max(1, weight - n);
    double[][] inverse = cholesky.inverse();
    result[0] = m == 3 ? -found[2] : 0;
    result[1] = -found[0];
    result[2] = -found[1];
    information[e][0] = m == 3 ? 1 / inverse[2][2] : 0;
    information[e][1] = 1 / inverse[0][0];
    information[e][2] = 1 / inverse[1][1];
    System.arraycopy(found, m, result, 3, 1 + k);
    return result;
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
