package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What the counts of one view say about where its probe stood, and about a linear map of the
/// sample that takes positions and object with it. In a fly scan all steps of an exposure go
/// together: each is a wave of the view with a derivative of its own, and what the counts say is
/// summed over them. One instance for each thread; the probes are taken when it is made.
final class PositionSteps {
  private final PtychoModel model;
  private final ExitWaves exits;
  private final ObjectSlope slope;
  private final int waves;
  private final List<List<ComplexField>> slopes;

  /// @param slope of the object as it stands
  PositionSteps(PtychoModel model, List<ComplexField> probes, ObjectSlope slope) {
    this.model = model;
    this.slope = slope;
    exits = new ExitWaves(model, probes);
    waves = exits.count();
    slopes = Stream.generate(() -> LsqMlRoom.fields(model.windows(), waves)).limit(4).toList();
  }

  /// Normal equations of a move of view j, down and to the right [px]: ∂ψ/∂s = P ∂O. Where the
  /// probe vanishes at the rim of the frame that is the wave of a moved probe, but for phases
  /// nobody measures; in the near field, where the probe stands still, it is exact.
  NormalEquations move(ComplexField object, int j) {
    setMoves(j);
    return gather(object, j, slopes.subList(0, 2));
  }

  /// Normal equations of a linear map A of the sample, dy/dy, dy/dx, dx/dy, dx/dx. Positions and
  /// object go together, so that a view sees only how the map turns and stretches what lies within
  /// its frame: ∂ψ/∂A_ab = −P ρ_b ∂_a O, with ρ from the middle of the frame.
  NormalEquations map(ComplexField object, int j) {
    setMaps(j, slopes);
    return gather(object, j, slopes);
  }

  /// into[0 … 3] ← −P ρ_b ∂_a O of all waves
  void setMaps(int j, List<List<ComplexField>> into) {
    for (int m = 0; m < waves; m++) {
      var probe = exits.probe(m, j);
      for (int k = 0; k < 4; k++) {
        var one = into.get(k).get(m);
        product(probe, k < 2 ? slope.down() : slope.right(), j, one);
        weigh(one, k % 2 == 0);
      }
    }
  }

  /// {@link #move} for each part of the frame.
  ///
  /// @param count a square number
  NormalEquations[] parts(ComplexField object, int j, int count) {
    setMoves(j);
    var found = new NormalEquations[count];
    Arrays.setAll(found, k -> new NormalEquations(2));
    exits.detector().gather(exits.of(object, j), slopes.subList(0, 2), j, found);
    return found;
  }

  private void setMoves(int j) {
    for (int m = 0; m < waves; m++) {
      var probe = exits.probe(m, j);
      product(probe, slope.down(), j, slopes.get(0).get(m));
      product(probe, slope.right(), j, slopes.get(1).get(m));
    }
  }

  /// Normal equations of parameters with these derivatives of the exit waves, which are used up.
  NormalEquations gather(ComplexField object, int j, List<List<ComplexField>> derivatives) {
    var found = new NormalEquations(derivatives.size());
    exits.detector().gather(exits.of(object, j), derivatives, j, found);
    return found;
  }

  /// Σ(|u| − √I)² of view j where it stands [counts].
  double error(ComplexField object, int j) {
    return exits.detector().error(exits.of(object, j), j);
  }

  private void product(ComplexField probe, ComplexField of, int j, ComplexField into) {
    var frame = model.windows().frame();
    ExitWave.product(
        Window.of(probe),
        model.under(of, j),
        Window.of(into),
        frame.rows(),
        frame.columns(),
        new float[2]);
  }

  /// f ← −ρ f, ρ the row or the column from the middle
  private static void weigh(ComplexField f, boolean byRow) {
    int rows = f.grid().rows();
    int columns = f.grid().columns();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        float weight = byRow ? rows / 2 - r : columns / 2 - c;
        f.re()[r * f.pitch() + c] *= weight;
        f.im()[r * f.pitch() + c] *= weight;
      }
    }
  }
}
