package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// PhaseCut with a known probe: looks for the phases of all counts first, without a start, and only
/// for scans of at most 256 pixels of object and 2048 counts. With {@link ScanEquations} b = |A
/// y|²,
/// a pass is one sweep over all rows of the relaxed problem
///
///     min u* M u,  |u_i| = 1,    M = diag(√b) (1 − A A⁺) diag(√b)               (1)
///
/// ({@link argand.inverse.PhaseCut}), then so many sweeps over the phases themselves, and
/// y = A⁺ diag(√b) u.
@Paper(
    value =
        "I. Waldspurger, A. d'Aspremont, S. Mallat, Phase recovery, MaxCut and complex semidefinite"
            + " programming, Math. Program. 149, 47 (2015)",
    doi = "10.1007/s10107-013-0738-9")
public record PhaseCut(
    @Param(value = "sweeps over the phases themselves after each pass", byDefault = "20")
        int refinements,
    @Param(value = "seed of the vectors it begins with", byDefault = "1") long seed)
    implements PtychoMethod {
  /// Twenty refinements, seed 1.
  public static final PhaseCut DEFAULT = new PhaseCut(20, 1);

  public PhaseCut {
    Check.atLeast("refinements", refinements, 0);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new Engine<>() {
      private @Nullable ScanEquations equations;
      private argand.inverse.@Nullable PhaseCut cut;

      @Override
      public double iterate(PtychoState state) {
        double error = model.relativeAmplitudeError(state.object(), state.probes(), workers);
        var a = equations;
        var by = cut;
        if (a == null || by == null) {
          a = equations(model, state.probe());
          by = new argand.inverse.PhaseCut(a, a.measured(), seed);
          equations = a;
          cut = by;
        }
        var columns = state.memory();
        for (int k = 0; k < columns.size() && state.iteration() > 0; k++) {
          by.columns().get(k).set(PhaseLift.read(columns.get(k), a.rows()));
        }
        by.sweep();
        for (int k = 0; k < columns.size(); k++) { // single precision, as a resumed run has it
          PhaseLift.write(by.columns().get(k), columns.get(k));
        }
        a.write(by.solution(refinements), state.object());
        constraints.apply(state);
        return error;
      }
    };
  }

  private static ScanEquations equations(PtychoModel model, ComplexField probe) {
    return new ScanEquations(model, probe, "phaseCut");
  }

  /// It remembers the columns of V.
  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var a = equations(model, probes.getFirst());
    argand.inverse.PhaseCut.refuseLarge(a);
    var column = new Grid(1, a.rows(), 1, 1);
    var columns =
        Stream.generate(() -> new ComplexField(column))
            .limit(argand.inverse.PhaseCut.columns(a.rows()))
            .toList();
    return new PtychoState(model, object, probes, List.of(), columns);
  }

  @Override
  public int mostModes() {
    return 1;
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long m = argand.inverse.PhaseCut.MOST_EQUATIONS;
    long equations = Math.min(m, (long) windows.count() * windows.frame().size());
    return 16 * equations * (equations + argand.inverse.PhaseLift.MOST_UNKNOWNS)
        + 24 * equations * argand.inverse.PhaseCut.columns((int) equations);
  }
}
