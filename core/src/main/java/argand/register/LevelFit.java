package argand.register;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.register.PyramidRegistration.Found;
import argand.register.Transform.Model;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/// Levenberg–Marquardt on one level of {@link PyramidRegistration}, whose numbers these are.
final class LevelFit {
  /// Smaller steps are taken without asking whether the misfit grew: its changes are then those of
  /// interpolation.
  private static final double TINY_STEP = 0.05;

  private static final int R = 6;
  private static final int ONE = 7;

  private final FixedLevel fixed;
  private final SplineImage moved;
  private final float @Nullable [] known;
  private final Model model;
  private final boolean contrast;
  private final Workers workers;
  private final boolean moves;

  LevelFit(
      FixedLevel fixed,
      SplineImage moved,
      float @Nullable [] known,
      Model model,
      boolean contrast,
      Workers workers) {
    this.fixed = fixed;
    this.moved = moved;
    this.known = known;
    this.model = model;
    this.contrast = contrast;
    this.workers = workers;
    this.moves = model == Model.TRANSLATION;
  }

  private record State(Transform at, double[] sums, double misfit) {}

  Found from(Transform start, double enough, int iterations) {
    double damping = 0;
    var map = PixelMap.of(start, fixed.grid);
    var domain = domain(map);
    double[][] gram = fixed.gram(domain, moves, workers);
    var state = state(start, domain, gram);
    boolean converged = false;
    var boost = new Boost();
    for (int k = 0; k < iterations && !converged; k++) {
      var step = boost.applied(step(gram, state.sums, damping));
      var next = step.inverseOf(state.at);
      converged = k > 0 && step.size() < enough;
      var nextMap = PixelMap.of(next, fixed.grid);
      if (!fixed.covers(domain, nextMap)) {
        domain = domain(nextMap);
        gram = fixed.gram(domain, moves, workers);
        state = state(next, domain, gram);
      } else if (converged) {
        state = new State(next, state.sums, state.misfit);
      } else {
        var there = state(next, domain, gram);
        if (there.misfit <= state.misfit || step.size() < TINY_STEP) {
          state = there;
          damping = damping < 1e-3 ? 0 : damping / 10;
        } else {
          damping = damping == 0 ? 1e-2 : 10 * damping;
          boost.reset();
        }
      }
    }
    double[] line = line(gram, state.sums);
    return new Found(
        state.at,
        line[0],
        line[1],
        state.misfit,
        (double) domain.size() / fixed.grid.size(),
        converged);
  }

  private FixedLevel.Domain domain(PixelMap map) {
    var domain = fixed.domain(map, known);
    if (domain.size() < 16) {
      throw new InvalidInput(
          "overlap of two images to be registered",
          domain.size() + " pixels",
          "at least 16",
          "they may not show the same part of the sample, or the region is too small");
    }
    return domain;
  }

  private State state(Transform at, FixedLevel.Domain domain, double[][] gram) {
    double[] sums = fixed.sums(domain, moved, PixelMap.of(at, fixed.grid), moves, workers);
    double n = gram[ONE][ONE];
    double variance = sums[8] - sums[ONE] * sums[ONE] / n;
    if (!(variance > 0 && gram[R][R] - gram[R][ONE] * gram[R][ONE] / n > 0)) {
      throw new InvalidInput(
          "an image to be registered", "flat", "something to see in both images", "");
    }
    double[] line = line(gram, sums);
    double squares =
        sums[8]
            - 2 * (line[0] * sums[R] + line[1] * sums[ONE])
            + line[0] * line[0] * gram[R][R]
            + 2 * line[0] * line[1] * gram[R][ONE]
            + line[1] * line[1] * n;
    return new State(at, sums, contrast ? squares / variance : squares / n);
  }

  /// (1) a and b that suit the image where it lies.
  private double[] line(double[][] gram, double[] sums) {
    if (!contrast) {
      return new double[] {1, 0};
    }
    double n = gram[ONE][ONE];
    double gain =
        (sums[R] - sums[ONE] * gram[R][ONE] / n) / (gram[R][R] - gram[R][ONE] * gram[R][ONE] / n);
    return new double[] {gain, (sums[ONE] - gain * gram[R][ONE]) / n};
  }

  /// (3) δ: its parameters within the family, displacements in pixels.
  private double[] step(double[][] gram, double[] sums, double damping) {
    double[][] basis = basis();
    int m = basis.length;
    int all = contrast ? m + 2 : m;
    var a = new DMatrixRMaj(all, all);
    var b = new DMatrixRMaj(all, 1);
    for (int j = 0; j < all; j++) {
      for (int k = 0; k < all; k++) {
        double sum = 0;
        for (int p = 0; p < FixedLevel.COLUMNS; p++) {
          double left = column(basis, j, p);
          if (left == 0) {
            continue;
          }
          for (int q = 0; q < FixedLevel.COLUMNS; q++) {
            sum += left * column(basis, k, q) * gram[p][q];
          }
        }
        a.set(j, k, j == k && j < m ? sum * (1 + damping) : sum);
      }
      double sum = 0;
      for (int p = 0; p < FixedLevel.COLUMNS; p++) {
        sum += column(basis, j, p) * (sums[p] - (contrast ? 0 : gram[p][R]));
      }
      b.set(j, 0, sum);
    }
    var x = new DMatrixRMaj(all, 1);
    if (!CommonOps_DDRM.solve(a, b, x) || !Double.isFinite(CommonOps_DDRM.elementSum(x))) {
      throw new InvalidInput(
          "an image to be registered",
          "without structure along some direction",
          "edges in all directions",
          "widen the region, or use a simpler family of transforms");
    }
    double gain = contrast ? x.get(m, 0) : 1;
    double[] p = new double[m];
    for (int j = 0; j < m; j++) {
      // A contrast that comes out tiny or inverted is that of images not yet on each other.
      p[j] = x.get(j, 0) / (Math.abs(gain) < 0.05 ? 0.05 : gain);
    }
    return p;
  }

  private static double column(double[][] basis, int j, int p) {
    return j < basis.length ? basis[j][p] : (p == R + j - basis.length ? 1 : 0);
  }

  /// The motions of the family in the columns of {@link FixedLevel}.
  private double[][] basis() {
    double[] down = {1, 0, 0, 0, 0, 0, 0, 0};
    double[] right = {0, 1, 0, 0, 0, 0, 0, 0};
    double[] turn = {0, 0, 0, -1, 1, 0, 0, 0};
    double[] grow = {0, 0, 1, 0, 0, 1, 0, 0};
    return switch (model) {
      case TRANSLATION -> new double[][] {down, right};
      case RIGID -> new double[][] {down, right, turn};
      case SCALED_ROTATION -> new double[][] {down, right, turn, grow};
      case AFFINE ->
          new double[][] {
            down,
            right,
            {0, 0, 1, 0, 0, 0, 0, 0},
            {0, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, 0, 1, 0, 0, 0},
            {0, 0, 0, 0, 0, 1, 0, 0}
          };
    };
  }

  /// The noise of R adds to the normal matrix, not to what the matrix is divided into: steps κ
  /// times
  /// as long as they should be, κ below 1 in noisy images. A step s after an applied step b s₀
  /// gives
  /// it away: s·s₀ = (1 − bκ) s₀².
  private final class Boost {
    private static final double LARGEST = 30;

    private double factor = 1;
    private double[] last = {};

    void reset() {
      factor = 1;
      last = new double[0];
    }

    Step applied(double[] p) {
      if (last.length == p.length) {
        double along = 0;
        double square = 0;
        for (int k = 0; k < p.length; k++) {
          along += p[k] * last[k];
          square += last[k] * last[k];
        }
        double left = square > 0 ? Math.max(0, along / square) : 0;
        factor = Math.clamp(factor / Math.max(1e-3, 1 - left), 1.0, LARGEST);
      }
      last = p.clone();
      // No further than a pixel by lengthening: the level above has come as near.
      double applied = Math.min(factor, Math.max(1, 1 / new Step(p.clone()).size()));
      double[] boosted = p.clone();
      for (int k = 0; k < p.length; k++) {
        boosted[k] *= applied;
        last[k] *= applied / factor;
      }
      return new Step(boosted);
    }
  }

  /// A small motion of the fixed image.
  private final class Step {
    private final double[] p;

    Step(double[] p) {
      this.p = p;
      // No further than a quarter of the level at once, so that a bad start cannot leave the image.
      double limit = fixed.half / 2;
      double size = size();
      if (size > limit) {
        for (int k = 0; k < p.length; k++) {
          p[k] *= limit / size;
        }
      }
    }

    /// The largest displacement of a corner [pixels of the level], at least about.
    double size() {
      double size = 0;
      for (double one : p) {
        size = Math.max(size, Math.abs(one));
      }
      return size;
    }

    /// T ∘ (1 + δ)⁻¹
    Transform inverseOf(Transform at) {
      double h = fixed.half;
      Transform motion =
          switch (model) {
            case TRANSLATION -> new Transform.Translation(p[0], p[1]);
            case RIGID -> new Transform.Rigid(p[2] / h, p[0], p[1]);
            case SCALED_ROTATION ->
                new Transform.ScaledRotation(1 + p[3] / h, p[2] / h, p[0], p[1]);
            case AFFINE ->
                new Transform.Affine(1 + p[2] / h, p[3] / h, p[4] / h, 1 + p[5] / h, p[0], p[1]);
          };
      return at.after(motion.inverse()).affine().narrowed(model);
    }
  }
}
