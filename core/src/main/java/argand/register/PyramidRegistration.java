package argand.register;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.register.Transform.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One image registered onto another from coarse to fine, by least squares over its pixels.
///
/// With the fixed image R and the moved one I, both under the filter (1, 4, 1)/6 along each axis
/// and
/// then cubic splines,
/// (1) minimise Σ w (I(T(x)) − a R(x) − b)², over T in a family and, with `contrast`, over a and b
///     (else a = 1, b = 0);
/// (2) on the coarsest level from the whole-pixel displacement of highest correlation;
/// (3) a step linearises R, not I: I(T(x)) ≈ a (R + ∇R·δ(x)) + b, so the normal matrix is that of R
///     and is made once for each level (inverse compositional: S. Baker, I.
///     Matthews, Int. J. Comput. Vision 56, 221 (2004), 10.1023/B:VISI.0000011205.11775.fd); T ← T
/// ∘ (1 + δ)⁻¹;
/// (4) Levenberg–Marquardt: where the misfit grew, the step is taken again, damped.
///
/// Since slopes are taken of R, the noise of I, which interpolation smooths between pixels more
/// than
/// on them, does not draw T towards half pixels.
@Paper(
    value =
        "P. Thévenaz, U. E. Ruttimann, M. Unser, IEEE Trans. Image Process. 7, 27–41 (1998):"
            + " A pyramid approach to subpixel registration based on intensity",
    doi = "10.1109/83.650848")
public record PyramidRegistration(Model model, boolean contrast) {
  /// The shorter side of the coarsest level is at least this.
  private static final int COARSEST = 24;

  private static final int ITERATIONS = 30;

  /// Steps below this end a level [pixels of the level].
  private static final double COARSE_ENOUGH = 0.02;

  private static final double FINE_ENOUGH = 0.002;

  /// What was found.
  ///
  /// @param transform moved(T(x)) ≈ gain · fixed(x) + offset
  /// @param misfit part of the moved image's variance that is left, 0 … 1
  /// @param overlap part of the fixed image's pixels that were compared
  public record Found(
      Transform transform,
      double gain,
      double offset,
      double misfit,
      double overlap,
      boolean converged) {}

  /// Pixels without a value are left out.
  public Found between(RealField fixed, RealField moved) {
    return onto(fixed, Optional.empty(), Workers.ONE).find(moved, Optional.empty());
  }

  /// A fixed image to register others onto.
  ///
  /// @param where its pixels that count
  public Target onto(RealField fixed, Optional<Mask> where, Workers workers) {
    return new Target(this, fixed, where, workers);
  }

  /// A fixed image with its pyramid. `find` may be called from one thread at a time.
  public static final class Target {
    private final PyramidRegistration how;
    private final RealField fixed;
    private final Workers workers;
    private final List<FixedLevel> levels = new ArrayList<>();

    private Target(
        PyramidRegistration how, RealField fixed, Optional<Mask> where, Workers workers) {
      this.how = how;
      this.fixed = fixed;
      this.workers = workers;
      var filled = GapFill.of(fixed);
      RealField weight = weight(fixed, filled, where);
      var images = ImagePyramid.of(filled, COARSEST, workers);
      var weights = weight == null ? null : ImagePyramid.of(weight, COARSEST, workers);
      for (int k = 0; k < images.size(); k++) {
        var smooth = ImagePyramid.smoothed(images.get(k), workers);
        levels.add(new FixedLevel(smooth, weights == null ? null : weights.get(k), workers));
      }
    }

    private static @Nullable RealField weight(
        RealField image, RealField filled, Optional<Mask> where) {
      if (filled == image && where.isEmpty()) {
        return null;
      }
      var weight = new RealField(image.grid());
      double sum = 0;
      for (int i = 0; i < image.values().length; i++) {
        boolean good =
            !Float.isNaN(image.values()[i]) && (where.isEmpty() || where.get().good()[i]);
        weight.values()[i] = good ? 1 : 0;
        sum += weight.values()[i];
      }
      if (sum < 16) {
        throw new InvalidInput(
            "pixels of the fixed image that count",
            (long) sum,
            "at least 16",
            "widen the region or the mask");
      }
      return weight;
    }

    /// How `moved` lies.
    ///
    /// @param start where to begin; without it whole-pixel displacements of up to a quarter of the
    ///     image are tried first
    /// @throws InvalidInput when the images do not overlap, or one of them is flat
    public Found find(RealField moved, Optional<Transform> start) {
      Check.same("rows of the moved image", moved.grid().rows(), fixed.grid().rows());
      Check.same("columns of the moved image", moved.grid().columns(), fixed.grid().columns());
      var filled = GapFill.of(moved);
      var weight = filled == moved ? null : weight(moved, filled, Optional.empty());
      var images = ImagePyramid.of(filled, COARSEST, workers);
      var weights = weight == null ? null : ImagePyramid.of(weight, COARSEST, workers);
      int coarsest = images.size() - 1;
      double scale = Math.pow(2, coarsest);
      Transform at =
          start
              .map(given -> given.binned(scale))
              .orElseGet(
                  () ->
                      WholePixelSearch.of(
                          levels.getLast(),
                          images.getLast(),
                          weights == null ? null : weights.getLast().values()));
      Found found = null;
      for (int k = coarsest; k >= 0; k--) {
        float[] known = weights == null ? null : weights.get(k).values();
        var fit =
            new LevelFit(
                levels.get(k),
                SplineImage.of(ImagePyramid.smoothed(images.get(k), workers), workers),
                known,
                how.model,
                how.contrast,
                workers);
        found = fit.from(at, k == 0 ? FINE_ENOUGH : COARSE_ENOUGH, ITERATIONS);
        at = k == 0 ? found.transform : found.transform.binned(0.5);
      }
      return java.util.Objects.requireNonNull(found);
    }
  }
}
