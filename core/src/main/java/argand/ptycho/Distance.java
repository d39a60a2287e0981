package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.Quality;
import argand.physics.Geometry.Regime;
import java.util.Locale;

/// The effective distance from sample to detector in the near field: Gauss–Newton steps of the
/// likelihood over all views, together with the curvature of the probe, object and probe carried
/// along ({@link NearFieldCommon}, equations 1 and 2).
///
/// Distance and curvature are told apart by structure in the probe: with a diffuser the distance is
/// found 1 to 2 % too long, from wherever it began; a smooth probe gives it away hardly at all. In
/// the far field the distance
/// is the size of a pixel: see `pixelSize` of {@link Positions}.
public record Distance(
    @Param(value = "first pass after which it is refined", byDefault = "10") int from,
    @Param(value = "passes from one refinement to the next", byDefault = "3") int every)
    implements PtychoRefinement {
  /// After every third pass from the tenth.
  public static final Distance DEFAULT = new Distance(10, 3);

  /// Beyond this the file is said to be wrong; right distances are found within it.
  private static final double NOTEWORTHY = 0.03;

  public Distance {
    Check.atLeast("from", from, 1);
    Check.atLeast("every", every, 1);
  }

  @Override
  public Refiner refiner(PtychoModel model, Constraints constraints, Workers workers) {
    if (model.regime() != Regime.NEAR_FIELD) {
      throw new InvalidInput(
          "refine",
          "the distance in the far field",
          "a near-field scan",
          "in the far field the distance is the size of a pixel: refine positions with pixelSize:"
              + " free");
    }
    var slope = new ObjectSlope(model.windows().object(), workers);
    return new Refiner() {
      @Override
      public void refine(PtychoState state) {
        slope.take(state.object());
        boolean curves = constraints.updatesProbe(state.iteration());
        new NearFieldCommon(model, workers, false, curves, true).step(state, slope);
      }

      @Override
      public Quality found(PtychoState state) {
        double factor = model.distanceFactor();
        // a field and a distance that are too large by one factor make the same frames
        var quality =
            Quality.NONE
                .withMetric("distanceFactor", factor)
                .withMetric("positionScaleIfDistanceIsRight", 1 / factor - 1);
        return Math.abs(factor - 1) < NOTEWORTHY
            ? quality
            : quality.withVerdict(
                String.format(
                    Locale.ROOT,
                    "The frames are explained best by an effective distance %.3f times that of the"
                        + " file: check what read was given. If the distance is right, the field is"
                        + " %.3f times as large as the positions say: frames cannot tell one from"
                        + " the other.",
                    factor,
                    1 / factor));
      }
    };
  }
}
