package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The strength of the beam in each view: a ring that decays, a monochromator that drifts.
///
///     b_j = Σ I_j / Σ |u_j|²       over the good pixels of view j        (1)
///     b_j ← b_j / mean b           so that the probe keeps the power     (2)
///
/// (1) is the maximum of the Poisson likelihood for a factor common to a frame. Where there is a
/// {@link Background} it is taken off I_j.
public record BeamIntensity(
    @Param(value = "first pass after which it is refined", byDefault = "10") int from,
    @Param(value = "passes from one refinement to the next", byDefault = "5") int every)
    implements PtychoRefinement {
  public BeamIntensity {
    Check.atLeast("from", from, 1);
    Check.atLeast("every", every, 1);
  }

  @Override
  public Refiner refiner(PtychoModel model, Constraints constraints, Workers workers) {
    return new Refiner() {
      @Override
      public void refine(PtychoState state) {
        set(model, state, workers);
      }

      @Override
      public Quality found(PtychoState state) {
        float[] flux = model.flux();
        double[] views = IntStream.range(0, flux.length).asDoubleStream().toArray();
        double[] values = IntStream.range(0, flux.length).mapToDouble(j -> flux[j]).toArray();
        double spread =
            Math.sqrt(Arrays.stream(values).map(b -> (b - 1) * (b - 1)).sum() / values.length);
        return Quality.NONE
            .withMetric("beamIntensitySpread", spread)
            .withFigure(
                "Beam intensity",
                List.of(new Curve("b", "view", "intensity ÷ mean", views, values)));
      }
    };
  }

  private static void set(PtychoModel model, PtychoState state, Workers workers) {
    var rooms = new ExitWaves[workers.threads()];
    float[] flux = model.flux();
    double[] found = new double[flux.length];
    model.expectAll();
    workers.forEach(
        flux.length,
        (j, worker) -> {
          var room = rooms[worker];
          if (room == null) {
            room = new ExitWaves(model, state.probes());
            rooms[worker] = room;
          }
          double computed = room.detector().counts(room.of(state.object(), j), j);
          double measured = model.counts(j) - room.detector().backgroundCounts(j);
          found[j] = computed > 0 && measured > 0 ? measured / computed : flux[j]; // (1)
        });
    double mean = Arrays.stream(found).sum() / found.length;
    for (int j = 0; j < flux.length; j++) {
      flux[j] = (float) (found[j] / mean); // (2)
    }
  }
}
