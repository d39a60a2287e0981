package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Mask;
import argand.data.Reconstruction;
import argand.metric.Illumination;
import java.util.Arrays;

/// Whether an object is one of matter or its complex conjugate: matter that absorbs more retards
/// more, so that ln|O| and φ = arg O fall together.
///
/// A reconstruction whose probe is a little out of focus or astigmatic turns phase into amplitude
/// by
/// itself, in proportion to the second derivatives of φ. So over pairs of pixels d apart one fits
///
///     Δ ln|O| = s Δφ + a Δφ_yy + b Δφ_xx + c Δφ_xy
///
/// by least squares, each difference less its mean (a ramp), and asks whether s is positive. Its
/// standard error is that of the jackknife over 36 patches of the field.
///
/// @param slope s; β/δ for one material, negative for a conjugate
/// @param correlation of Δ ln|O|, less its second derivatives' share, with Δφ, less theirs
/// @param significance how many standard errors s stands from 0
record MatterSign(double slope, double correlation, double significance) {
  private static final int[] DISTANCES = {2, 4};

  /// Pixels to each side over which second derivatives are taken.
  private static final int STEP = 2;

  /// Phase differences [rad] beyond this may be wrapped, and are left out.
  private static final double STEEPEST = 2;

  private static final int PATCHES = 6;
  private static final int TERMS = 5; // Δφ, three second derivatives, and Δ ln|O| last

  /// Below this correlation, artefacts of a short reconstruction may be the whole of it.
  private static final double LEAST = 0.1;

  private static final double STANDARD_ERRORS = 4;

  /// Whether it is clear enough to decide.
  boolean clear() {
    return Math.abs(correlation) > LEAST && Math.abs(significance) > STANDARD_ERRORS;
  }

  /// @return zeros where too little of the object is lit
  static MatterSign of(Reconstruction result) {
    var object = result.object();
    boolean[] usable = usable(object, Illumination.lit(result));
    float[][] derivatives = secondDerivatives(object);
    var grid = object.grid();
    double[][][] sums = new double[PATCHES * PATCHES][TERMS][TERMS];
    int[] bounds = bounds(usable, grid.columns());
    for (int distance : DISTANCES) {
      for (int axis = 0; axis < 2; axis++) {
        int down = axis == 0 ? distance : 0;
        int right = axis == 1 ? distance : 0;
        add(object, derivatives, usable, down, right, bounds, sums);
      }
    }
    double[][] all = new double[TERMS][TERMS];
    for (double[][] patch : sums) {
      accumulate(all, patch, 1);
    }
    if (!(all[0][0] > 0) || !(all[TERMS - 1][TERMS - 1] > 0)) {
      return new MatterSign(0, 0, 0);
    }
    double slope = slope(all);
    double square = 0;
    for (double[][] patch : sums) {
      double[][] without = new double[TERMS][TERMS];
      accumulate(without, all, 1);
      accumulate(without, patch, -1);
      double change = slope(without) - slope;
      square += change * change;
    }
    double error = Math.sqrt(square * (sums.length - 1) / sums.length);
    double[][] rest = reduced(all);
    double norm = Math.sqrt(rest[0][0] * rest[1][1]);
    return norm > 0 && error > 0
        ? new MatterSign(slope, rest[0][1] / norm, slope / error)
        : new MatterSign(0, 0, 0);
  }

  /// Adds the products of all terms over pairs of pixels so far apart, to the patch where they lie.
  private static void add(
      ComplexField object,
      float[][] derivatives,
      boolean[] usable,
      int down,
      int right,
      int[] bounds,
      double[][][] sums) {
    var grid = object.grid();
    int columns = grid.columns();
    double[] mean = new double[TERMS];
    double[] terms = new double[TERMS];
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int r = bounds[0]; r + down < bounds[1]; r++) {
        for (int c = bounds[2]; c + right < bounds[3]; c++) {
          int i = r * columns + c;
          int k = i + down * columns + right;
          if (!usable[i] || !usable[k]) {
            continue;
          }
          terms[0] = turn(object, r, c, r + down, c + right);
          double steepest = Math.abs(terms[0]);
          for (int d = 0; d < 3; d++) {
            terms[1 + d] = derivatives[d][k] - derivatives[d][i];
            steepest =
                Math.max(
                    steepest, Math.max(Math.abs(derivatives[d][k]), Math.abs(derivatives[d][i])));
          }
          if (steepest > STEEPEST) {
            continue;
          }
          terms[4] = 0.5 * Math.log(power(object, r + down, c + right) / power(object, r, c));
          if (pass == 0) {
            count++;
            for (int t = 0; t < TERMS; t++) {
              mean[t] += terms[t];
            }
            continue;
          }
          int row = PATCHES * (r - bounds[0]) / (bounds[1] - bounds[0]);
          int column = PATCHES * (c - bounds[2]) / (bounds[3] - bounds[2]);
          double[][] sum = sums[row * PATCHES + column];
          for (int s = 0; s < TERMS; s++) {
            for (int t = 0; t < TERMS; t++) {
              sum[s][t] += (terms[s] - mean[s]) * (terms[t] - mean[t]);
            }
          }
        }
      }
      for (int t = 0; pass == 0 && t < TERMS; t++) {
        mean[t] /= Math.max(1, count);
      }
    }
  }

  private static void accumulate(double[][] into, double[][] from, double sign) {
    for (int s = 0; s < TERMS; s++) {
      for (int t = 0; t < TERMS; t++) {
        into[s][t] += sign * from[s][t];
      }
    }
  }

  private static double slope(double[][] sums) {
    double[][] rest = reduced(sums);
    return rest[0][0] > 0 ? rest[0][1] / rest[0][0] : 0;
  }

  /// Products of Δφ and Δ ln|O| after the second derivatives' share is taken off both: the Schur
  /// complement, by elimination.
  private static double[][] reduced(double[][] sums) {
    double[][] m = Arrays.stream(sums).map(double[]::clone).toArray(double[][]::new);
    for (int d = 1; d <= 3; d++) {
      if (!(m[d][d] > 1e-9 * sums[d][d])) {
        continue; // says nothing that the others have not said
      }
      for (int s = 0; s < TERMS; s++) {
        if (s == d || s > 0 && s < d) {
          continue;
        }
        double factor = m[s][d] / m[d][d];
        for (int t = 0; t < TERMS; t++) {
          m[s][t] -= factor * m[d][t];
        }
      }
    }
    return new double[][] {{m[0][0], m[0][4]}, {m[4][0], m[4][4]}};
  }

  /// φ_yy, φ_xx and φ_xy by differences of phases; 0 at the rim.
  private static float[][] secondDerivatives(ComplexField object) {
    var grid = object.grid();
    int columns = grid.columns();
    float[][] derivatives = new float[3][grid.size()];
    for (int r = STEP; r < grid.rows() - STEP; r++) {
      for (int c = STEP; c < columns - STEP; c++) {
        int i = r * columns + c;
        derivatives[0][i] =
            (float) (turn(object, r, c, r + STEP, c) - turn(object, r - STEP, c, r, c));
        derivatives[1][i] =
            (float) (turn(object, r, c, r, c + STEP) - turn(object, r, c - STEP, r, c));
        derivatives[2][i] =
            (float)
                (turn(object, r + STEP, c - STEP, r + STEP, c + STEP)
                    - turn(object, r - STEP, c - STEP, r - STEP, c + STEP));
      }
    }
    return derivatives;
  }

  /// The phase by which the second pixel exceeds the first, −π … π.
  private static double turn(ComplexField object, int r, int c, int r2, int c2) {
    double re = object.re(r2, c2) * object.re(r, c) + (double) object.im(r2, c2) * object.im(r, c);
    double im = object.im(r2, c2) * object.re(r, c) - (double) object.re(r2, c2) * object.im(r, c);
    return Math.atan2(im, re);
  }

  private static double power(ComplexField object, int r, int c) {
    return (double) object.re(r, c) * object.re(r, c) + (double) object.im(r, c) * object.im(r, c);
  }

  /// Well lit, not so dark that its phase is noise, and not at the rim.
  private static boolean[] usable(ComplexField object, Mask lit) {
    var grid = object.grid();
    double[] powers = new double[grid.size()];
    int count = 0;
    for (int i = 0; i < powers.length; i++) {
      if (lit.good()[i]) {
        powers[count++] = power(object, i / grid.columns(), i % grid.columns());
      }
    }
    Arrays.sort(powers, 0, count);
    double least = count == 0 ? 0 : 0.01 * powers[count / 2];
    boolean[] usable = new boolean[grid.size()];
    for (int r = STEP; r < grid.rows() - STEP; r++) {
      for (int c = STEP; c < grid.columns() - STEP; c++) {
        usable[r * grid.columns() + c] = lit.at(r, c) && power(object, r, c) > least;
      }
    }
    return usable;
  }

  /// First row, row after the last, first column, column after the last.
  private static int[] bounds(boolean[] usable, int columns) {
    int[] bounds = {usable.length / columns, 0, columns, 0};
    for (int i = 0; i < usable.length; i++) {
      if (usable[i]) {
        bounds[0] = Math.min(bounds[0], i / columns);
        bounds[1] = Math.max(bounds[1], i / columns + 1);
        bounds[2] = Math.min(bounds[2], i % columns);
        bounds[3] = Math.max(bounds[3], i % columns + 1);
      }
    }
    return bounds;
  }
}
