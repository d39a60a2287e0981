package argand.register;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.register.Transform.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A stack of images of one drifting sample registered as a whole, though its contrast changes from
/// image to image: at an absorption edge, for instance, where registering image on image errs most.
///
/// The model is y_e(x) = f(x) + b_e + Σ_k s_k(e) a_k(T_e⁻¹ x): a few maps times spectra, moved by
/// T_e; a brightness; and a pattern f that stays with the detector. All of it is unknown but the
/// number of maps. Rounds, on a pyramid of binned images, of
/// (1) images less f, resampled once as they lie now;
/// (2) maps and spectra of these ({@link LowRank}), with no displacement hidden in them
///     ({@link OnePlace});
/// (3) each image against what the model says of it: one Gauss–Newton step for its displacement
///     (and scale) along with its own b_e and s_k(e), so that its contrast is free; where f is
///     looked for, by those spatial frequencies alone at which the drift tells f from the sample
///     ({@link DriftFilter}), on the finest level only if f is found to stand out of the noise;
/// (4) displacements (and scales) of mean zero;
/// (5) f, the mean of what is left where the images lie.
///
/// @param components maps; one more than the sample's kinds of spectra does no harm
/// @param magnification what the scale may do
/// @param axis what the scale is linear in, one number for each image (energies)
/// @param pattern whether f is looked for; needs a drift of more than the pattern's grain
/// @param onePlace whether (2) takes displacements out of the maps
/// @param coarsest the shorter side of the coarsest level is at least this [pixels]
/// @param rounds at most, on each level
public record JointRegistration(
    int components,
    Magnification magnification,
    double[] axis,
    boolean pattern,
    boolean onePlace,
    int coarsest,
    int rounds) {
  /// Rounds end when images move by less [pixels of the level], rms.
  private static final double ENOUGH = 5e-4;

  /// The same where frequencies are weighted: plain rounds gain less then.
  private static final double FILTERED_ENOUGH = 2.5e-4;

  private static final double COARSE_ENOUGH = 3e-3;

  public JointRegistration {
    Check.within("components", components, 1, 10, "");
    Check.atLeast("coarsest", coarsest, 16);
    Check.atLeast("rounds", rounds, 1);
    axis = axis.clone();
  }

  /// What the scale may do from image to image.
  public enum Magnification {
    /// It stays.
    NONE,
    /// It changes linearly with the axis.
    LINEAR,
    /// Each image has its own.
    FREE;

    /// Brings scales (at[e][0]) to what is allowed, each with its information.
    void constrain(double[][] at, double[] axis, double[][] information) {
      if (this != LINEAR) {
        return;
      }
      double w = 0;
      double x = 0;
      double y = 0;
      for (int e = 0; e < at.length; e++) {
        w += information[e][0];
        x += information[e][0] * axis[e];
        y += information[e][0] * at[e][0];
      }
      double xy = 0;
      double xx = 0;
      for (int e = 0; e < at.length; e++) {
        xy += information[e][0] * (axis[e] - x / w) * (at[e][0] - y / w);
        xx += information[e][0] * (axis[e] - x / w) * (axis[e] - x / w);
      }
      for (int e = 0; e < at.length; e++) {
        at[e][0] = y / w + (xx > 0 ? xy / xx * (axis[e] - x / w) : 0);
      }
    }
  }

  /// Images of one grid, NaN where a pixel is not known; may be asked from several threads.
  public interface Images {
    int count();

    Grid grid();

    RealField read(int index);
  }

  /// What happened in a round.
  ///
  /// @param binning of the level
  /// @param movedPx rms of the moves [pixels of the images]
  public record Round(int binning, int number, double movedPx) {}

  /// @param transforms aligned(x) = image(T(x)), displacements (and scales) of mean zero
  /// @param sigmaPx standard deviation of each displacement along one axis, from what the model
  ///     leaves unexplained [pixels]
  /// @param pattern f, on the finest level
  /// @param spectra [k][e]
  /// @param misfit of each image: rms of what the model leaves, on the finest level
  /// @param binning of the finest level
  /// @param converged false where the rounds ended first
  public record Result(
      List<Transform> transforms,
      double[] sigmaPx,
      RealField pattern,
      double[][] spectra,
      double[] misfit,
      int binning,
      boolean converged) {}

  /// @param weight of each image: 1/its variance, up to a common factor; empty for equal ones
  /// @param finest binning of the finest level used: 1, or a power of two to save memory and time
  /// @param tell after each round
  /// @param stopped asked before each round
  public Result of(
      Images images,
      Optional<double[]> weight,
      int finest,
      Workers workers,
      java.util.function.Consumer<Round> tell,
      BooleanSupplier stopped) {
    int count = images.count();
    if (count < components + (pattern ? 2 : 1)) {
      throw new InvalidInput(
          "images to be registered together",
          count,
          "at least " + (components + (pattern ? 2 : 1)) + " for " + components + " components",
          "take fewer components, or register by pairs");
    }
    Check.same("numbers of the axis", axis.length, count);
    var levels = levels(images, finest, workers);
    double[] ofImage =
        weight.orElseGet(
            () -> {
              double[] ones = new double[count];
              Arrays.fill(ones, 1);
              return ones;
            });
    int k = levels.size() - 1;
    double[][] at = pairs(levels.get(k), workers);
    boolean converged = false;
    JointLevel level = null;
    for (; k >= 0; k--) {
      var pictures = levels.get(k);
      int binning = finest << k;
      level = new JointLevel(pictures.grid, this, pictures.values, ofImage, at, k == 0, workers);
      converged = false;
      for (int round = 0; round < rounds && !converged && !stopped.getAsBoolean(); round++) {
        // One component first: several would take what is left of the displacements for chemistry.
        double moved = level.iterate(Math.min(components, 1 + round));
        tell.accept(new Round(binning, round, binning * moved));
        double enough = k > 0 ? COARSE_ENOUGH : level.filtered() ? FILTERED_ENOUGH : ENOUGH;
        converged = moved < enough && round >= components;
      }
      at = level.at();
      if (k > 0) {
        for (double[] one : at) {
          one[1] *= 2;
          one[2] *= 2;
        }
      }
    }
    return result(
        java.util.Objects.requireNonNull(level), levels.getFirst().grid, finest, converged);
  }

  private Result result(JointLevel level, Grid grid, int finest, boolean converged) {
    var transforms = new ArrayList<Transform>();
    double[] sigma = new double[axis.length];
    double[] misfit = new double[axis.length];
    for (int e = 0; e < axis.length; e++) {
      double[] one = level.at()[e];
      transforms.add(
          magnification == Magnification.NONE
              ? new Transform.Translation(finest * one[1], finest * one[2])
              : new Transform.ScaledRotation(1 + one[0], 0, finest * one[1], finest * one[2]));
      misfit[e] = Math.sqrt(level.left()[e]);
      double[] information = level.information()[e];
      sigma[e] = finest * misfit[e] * Math.sqrt(0.5 / information[1] + 0.5 / information[2]);
    }
    return new Result(
        transforms,
        sigma,
        new RealField(grid, level.pattern()),
        level.spectra(),
        misfit,
        finest,
        converged);
  }

  private record Pictures(Grid grid, float[][] values) {}

  /// All levels, the finest first.
  private List<Pictures> levels(Images images, int finest, Workers workers) {
    int count = images.count();
    var pyramids = new RealField[count][];
    workers.forEach(
        count,
        (e, worker) -> {
          var image = images.read(e);
          for (int b = finest; b > 1; b /= 2) {
            image = halved(image);
          }
          var pyramid = new ArrayList<RealField>();
          pyramid.add(image);
          while (Math.min(pyramid.getLast().grid().rows(), pyramid.getLast().grid().columns()) / 2
              >= coarsest) {
            pyramid.add(halved(pyramid.getLast()));
          }
          pyramids[e] = pyramid.toArray(RealField[]::new);
        });
    var levels = new ArrayList<Pictures>();
    for (int k = 0; k < pyramids[0].length; k++) {
      float[][] values = new float[count][];
      for (int e = 0; e < count; e++) {
        values[e] = pyramids[e][k].values();
      }
      levels.add(new Pictures(pyramids[0][k].grid(), values));
    }
    return levels;
  }

  /// At half the resolution; NaN where all four pixels are missing.
  private static RealField halved(RealField image) {
    var filled = GapFill.of(image);
    var half = ImagePyramid.reduced(filled, Workers.ONE);
    if (filled != image) {
      var grid = half.grid();
      for (int r = 0; r < grid.rows(); r++) {
        for (int c = 0; c < grid.columns(); c++) {
          if (Float.isNaN(image.at(2 * r, 2 * c))
              && Float.isNaN(image.at(2 * r, 2 * c + 1))
              && Float.isNaN(image.at(2 * r + 1, 2 * c))
              && Float.isNaN(image.at(2 * r + 1, 2 * c + 1))) {
            half.set(r, c, Float.NaN);
          }
        }
      }
    }
    return half;
  }

  /// The start: each image of the coarsest level on the one with the strongest contrast.
  private double[][] pairs(Pictures coarse, Workers workers) {
    int count = coarse.values.length;
    int reference = 0;
    double strongest = -1;
    for (int e = 0; e < count; e++) {
      double contrast = contrast(coarse.values[e]);
      if (contrast > strongest) {
        strongest = contrast;
        reference = e;
      }
    }
    var how = new PyramidRegistration(Model.TRANSLATION, true);
    double[][] at = new double[count][3];
    var fixed = new RealField(coarse.grid, coarse.values[reference]);
    workers.forEach(
        count,
        (e, worker) -> {
          var found =
              how.onto(fixed, Optional.empty(), Workers.ONE)
                  .find(new RealField(coarse.grid, coarse.values[e]), Optional.empty());
          double[] p = found.transform().parameters();
          at[e][1] = p[0];
          at[e][2] = p[1];
        });
    return at;
  }

  private static double contrast(float[] values) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      if (!Float.isNaN(v)) {
        n++;
        sum += v;
        squares += (double) v * v;
      }
    }
    return n == 0 ? 0 : squares / n - sum / n * sum / n;
  }
}
