package argand.ptycho;

import argand.Paper;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Workers;
import argand.flow.Engine;
import argand.inverse.ComplexVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// PhaseLift with a known probe: no start, no local ends, and only for scans of at most 256 pixels
/// of object and 4096 counts. With {@link ScanEquations} b = |A y|², a pass is one step of
///
///     min tr Y   with   a_r* Y a_r = b_r for every good pixel of every view,   Y ⪰ 0      (1)
///
/// by Douglas–Rachford splitting ({@link argand.inverse.PhaseLift}), and y the greatest eigenvalue
/// of Y and its vector. The equations are asked to hold exactly, so shot noise is fitted.
@Paper(
    value =
        "E. J. Candès, T. Strohmer, V. Voroninski, PhaseLift: exact and stable signal recovery from"
            + " magnitude measurements via convex programming, Commun. Pure Appl. Math. 66, 1241"
            + " (2013)",
    doi = "10.1002/cpa.21432")
public record PhaseLift() implements PtychoMethod {
  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new Engine<>() {
      private @Nullable ScanEquations equations;
      private argand.inverse.@Nullable PhaseLift lift;

      @Override
      public double iterate(PtychoState state) {
        double error = model.relativeAmplitudeError(state.object(), state.probes(), workers);
        var a = equations;
        var by = lift;
        if (a == null || by == null) {
          a = equations(model, state.probe());
          by = new argand.inverse.PhaseLift(a, a.measured());
          equations = a;
          lift = by;
        }
        var kept = state.memory().getFirst();
        by.continueFrom(read(kept, a.columns() * a.columns()));
        by.step();
        write(by.lifted(), kept); // in single precision, so that a resumed run has the same
        a.write(by.solution(), state.object());
        constraints.apply(state);
        return error;
      }
    };
  }

  private static ScanEquations equations(PtychoModel model, ComplexField probe) {
    return new ScanEquations(model, probe, "phaseLift");
  }

  /// The first entries of a field of one row.
  static ComplexVector read(ComplexField field, int size) {
    var vector = ComplexVector.zeros(size);
    for (int i = 0; i < size; i++) {
      vector.re()[i] = field.re()[i];
      vector.im()[i] = field.im()[i];
    }
    return vector;
  }

  /// The other way.
  static void write(ComplexVector vector, ComplexField field) {
    for (int i = 0; i < vector.size(); i++) {
      field.re()[i] = (float) vector.re()[i];
      field.im()[i] = (float) vector.im()[i];
    }
  }

  /// It remembers the lifted unknowns.
  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var a = equations(model, probes.getFirst());
    argand.inverse.PhaseLift.refuseLarge(a);
    var lifted = new ComplexField(new Grid(1, a.columns() * a.columns(), 1, 1));
    return new PtychoState(model, object, probes, List.of(), List.of(lifted));
  }

  @Override
  public int mostModes() {
    return 1;
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long m = argand.inverse.PhaseLift.MOST_EQUATIONS;
    long n = argand.inverse.PhaseLift.MOST_UNKNOWNS;
    long equations = Math.min(m, (long) windows.count() * windows.frame().size());
    long unknowns = Math.min(n, windows.object().size());
    return 16 * equations * (equations + unknowns) + 200 * unknowns * unknowns;
  }
}
