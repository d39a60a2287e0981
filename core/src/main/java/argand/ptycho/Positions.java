package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import java.util.Optional;

/// Where the probe really stood: a search, a cross-correlation, then steps along slopes, then what
/// is common to all views.
///
/// Every turn, with u_j the wave of view j at the detector, I the counts it makes and I_j those
/// that were measured:
///
///     first   s_j ← argmin over trials Σ (|u_j(s)| − √I_j)²; later only views whose
///             error is three times the median, over all places they may reach          (1)
///     if asked, in the first turns  s_j ← s_j + γ_j e_j, e_j the shift of what the view sees when
///             its amplitudes are imposed, γ_j by doubling while the error falls        (2)
///     always  s_j ← s_j + clip[(H_j + ridge)⁻¹ g_j] − their mean,
///             H = Σ w J Jᵀ, g = Σ w J (I_j − I), J = ∂I/∂s, w ≈ 1/I                    (3)
///     later   A ← argmin Σ_j Σ w (I_j − I − ∂I/∂A)²,
///             r_j ← r_j + A (r_j − r̄),  O(r) ← O(r − A (r − r̄))                       (4)
///
/// (3) is a Gauss–Newton step of the likelihood of shot noise for each view. What views have in
/// common, a wrong scale, a rotation, a shear, (3) would find only over many passes, because the
/// object follows the positions; (4) moves both together. In the near field, where a curvature of
/// the probe does nearly the same, the field keeps the file's scale and shear, and the probe takes
/// the curvature ({@link NearFieldCommon}). A common displacement is not measurable: no step makes
/// one. Views are worked on in parallel.
@Paper(
    value =
        "M. Guizar-Sicairos, J. R. Fienup, Phase retrieval with transverse translation diversity: a"
            + " nonlinear optimization approach, Opt. Express 16, 7264 (2008)",
    doi = "10.1364/OE.16.007264")
public record Positions(
    @Param(value = "first pass after which they are refined", byDefault = "5") int from,
    @Param(value = "passes from one refinement to the next", byDefault = "1") int every,
    @Param(
            value = "how they are looked for where no slope leads to them: grid, annealing, none",
            byDefault = "grid")
        PositionSearch search,
    @Param(
            value = "turns before the views are asked for what they have in common",
            byDefault = "10")
        int commonFrom,
    @Param(value = "pixels by which a view may move along each axis", byDefault = "12") int reach,
    @Param(
            value =
                "who carries a common scale: the stage (fixed) or the size of a pixel (free; far"
                    + " field)",
            byDefault = "fixed")
        PixelSize pixelSize,
    @Param("moves by cross-correlation, between search and slopes")
        Optional<PositionCorrelation> correlation)
    implements PtychoRefinement {
  /// After each pass from the fifth, a search on a grid first, at most 12 pixels.
  public static final Positions DEFAULT = of(new PositionSearch.Grid(6), 12);

  public Positions {
    Check.atLeast("from", from, 1);
    Check.atLeast("every", every, 1);
    Check.atLeast("commonFrom", commonFrom, 0);
    Check.within("reach", reach, 1, 256, "px");
  }

  /// Everything else at its default.
  public static Positions of(PositionSearch search, int reach) {
    return new Positions(5, 1, search, 10, reach, PixelSize.FIXED, Optional.empty());
  }

  /// The same with the scale attributed to the size of a pixel.
  public Positions withFreePixelSize() {
    return new Positions(from, every, search, commonFrom, reach, PixelSize.FREE, correlation);
  }

  /// The same with this stage between search and slopes.
  public Positions with(PositionCorrelation stage) {
    return new Positions(from, every, search, commonFrom, reach, pixelSize, Optional.of(stage));
  }

  @Override
  public int reachPx() {
    return reach;
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return 3 * object + (correlation.isPresent() ? 12 : 7) * wave * modes;
  }

  @Override
  public Refiner refiner(PtychoModel model, Constraints constraints, Workers workers) {
    return new PositionTurns(this, model, constraints, workers);
  }
}
