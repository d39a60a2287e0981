package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import java.util.ArrayList;
import java.util.List;

/// Probe and object may move together by any distance: frames in the far field do not tell. Every
/// so
/// many passes the centre of mass of Σ_m|P_m|² is put back on the middle of the frame, by whole
/// pixels d, and the object goes with it:
///
///     P(r) ← P(r + d),   O(r) ← O(r + d),   ψ_j(r) ← ψ_j(r + d)
///
/// and so does all that a method remembers of them. What leaves the object on one side is lost, and
/// on the other its last row or column is repeated: there no view has light. A position is then
/// where the middle of the beam stood.
public record ProbeCentre(
    @Param(value = "passes from one correction to the next", byDefault = "10") int every) {
  public ProbeCentre {
    Check.atLeast("every", every, 1);
  }

  void correct(PtychoState state) {
    double[] centre = centre(state.probes());
    var frame = state.probe().grid();
    int down = (int) Math.rint(centre[0] - frame.rows() / 2);
    int right = (int) Math.rint(centre[1] - frame.columns() / 2);
    if (down == 0 && right == 0) {
      return;
    }
    List<ComplexField> moving = new ArrayList<>(List.of(state.object()));
    moving.addAll(state.probes());
    moving.addAll(state.waves());
    state.memory().stream().filter(f -> f.grid().size() > 2).forEach(moving::add);
    for (var field : moving) {
      move(field, down, right, field.grid().equals(frame));
    }
  }

  /// Centre of mass of the light of all modes, row and column.
  static double[] centre(List<ComplexField> probes) {
    double sum = 0;
    double y = 0;
    double x = 0;
    for (var probe : probes) {
      for (int r = 0; r < probe.grid().rows(); r++) {
        for (int c = 0; c < probe.grid().columns(); c++) {
          double light =
              (double) probe.re(r, c) * probe.re(r, c) + (double) probe.im(r, c) * probe.im(r, c);
          sum += light;
          y += r * light;
          x += c * light;
        }
      }
    }
    var grid = probes.getFirst().grid();
    return sum > 0
        ? new double[] {y / sum, x / sum}
        : new double[] {grid.rows() / 2, grid.columns() / 2};
  }

  /// f(r, c) ← f(r + down, c + right); outside around, or the nearest.
  private static void move(ComplexField field, int down, int right, boolean around) {
    var before = field.copy();
    int rows = field.grid().rows();
    int columns = field.grid().columns();
    for (int r = 0; r < rows; r++) {
      int fromRow = around ? Math.floorMod(r + down, rows) : Math.clamp(r + down, 0, rows - 1);
      for (int c = 0; c < columns; c++) {
        int from =
            around ? Math.floorMod(c + right, columns) : Math.clamp(c + right, 0, columns - 1);
        field.set(r, c, before.re(fromRow, from), before.im(fromRow, from));
      }
    }
  }
}
