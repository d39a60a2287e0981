package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.Quality;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The distances z_l between the slices of a thick sample. With ψ_{l+1} = H_l (ψ_l O_l),
///
///     ∂ψ_{l+1}/∂z_l = F⁻¹ iκ F ψ_{l+1},   κ = 2π(√(1/λ² − q²) − 1/λ)                    (1)
///     z ← z + H⁻¹ g,   H = Σ w J Jᵀ,  g = Σ w J (I_j − I),  J_l = ∂I/∂z_l                 (2)
///
/// over all views, (1) carried through the slices behind: a Gauss–Newton step of the likelihood
/// ({@link NormalEquations}). No step is longer than a tenth of a distance, and no distance leaves
/// a
/// half … twice what it began with.
public record SliceSpacing(
    @Param(value = "first pass after which they are refined", byDefault = "20") int from,
    @Param(value = "passes from one refinement to the next", byDefault = "2") int every)
    implements PtychoRefinement {
  private static final double LONGEST = 0.1;

  public SliceSpacing {
    Check.atLeast("from", from, 1);
    Check.atLeast("every", every, 1);
  }

  @Override
  public Refiner refiner(PtychoModel model, Constraints constraints, Workers workers) {
    int gaps = model.parts().distances().length;
    if (gaps == 0) {
      throw new InvalidInput(
          "refine",
          "the spacing of slices, of which there is one",
          "a thick sample",
          "say model: {slices: {distances: […]}}, or leave it out");
    }
    double[] began = doubles(model.parts().distances());
    return new Refiner() {
      @Override
      public void refine(PtychoState state) {
        step(model, state, began, workers);
      }

      @Override
      public Quality found(PtychoState state) {
        var quality = Quality.NONE;
        for (int l = 0; l < gaps; l++) {
          quality =
              quality.withMetric("sliceDistance" + (l + 1), (double) model.parts().distances()[l]);
        }
        return quality;
      }
    };
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(l -> values[l]).toArray();
  }

  /// What one thread needs.
  private record Room(
      ViewChain chain,
      Detector detector,
      List<ComplexField> incident,
      List<ComplexField> exits,
      List<List<ComplexField>> slopes) {
    static Room of(PtychoModel model, PtychoState state) {
      var chain = new ViewChain(model, state.modes());
      var windows = model.windows();
      chain.take(state.probes());
      return new Room(
          chain,
          model.detector(),
          LsqMlRoom.fields(windows, chain.depth()),
          LsqMlRoom.fields(windows, chain.components()),
          Stream.generate(() -> LsqMlRoom.fields(windows, chain.components()))
              .limit(chain.depth() - 1)
              .toList());
    }

    void enter(ComplexField object, int j, NormalEquations into) {
      for (int c = 0; c < exits.size(); c++) {
        chain.incident(j, c, incident.getFirst());
        chain.through(object, j, incident, exits.get(c));
        for (int l = 0; l < slopes.size(); l++) {
          chain.tangentOfGap(object, j, incident, l, slopes.get(l).get(c));
        }
      }
      detector.gather(exits, slopes, j, into);
    }
  }

  private static void step(PtychoModel model, PtychoState state, double[] began, Workers workers) {
    float[] distances = model.parts().distances();
    var ofViews = new NormalEquations[model.count()];
    var rooms = new Room[workers.threads()];
    model.expectAll();
    workers.forEach(
        ofViews.length,
        (j, worker) -> {
          var room = rooms[worker];
          if (room == null) {
            room = Room.of(model, state);
            rooms[worker] = room;
          }
          ofViews[j] = new NormalEquations(distances.length);
          room.enter(state.object(), j, ofViews[j]);
        });
    var sum = new NormalEquations(distances.length);
    for (var one : ofViews) {
      sum.add(one);
    }
    double[] step = sum.step(1e-6 * sum.meanDiagonal());
    for (int l = 0; l < distances.length; l++) {
      double most = LONGEST * distances[l];
      double moved = distances[l] + Math.clamp(step[l], -most, most);
      distances[l] = (float) Math.clamp(moved, 0.5 * began[l], 2 * began[l]); // (2)
    }
    model.parts().followDistances();
  }
}
