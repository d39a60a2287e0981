package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass of a {@link Chain}: the pass of the leg whose turn it is, on a state that sees this
/// leg's arrays and passes alone.
final class ChainPass implements Engine<PtychoState> {
  private final Chain chain;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final int[] begins;
  private @Nullable Running running;

  /// The engine of a leg; those of others are let go.
  private record Running(int leg, Engine<PtychoState> engine) {}

  ChainPass(Chain chain, PtychoModel model, Constraints constraints, Workers workers) {
    this.chain = chain;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    begins = chain.begins();
  }

  @Override
  public double iterate(PtychoState state) {
    int pass = state.iteration();
    int leg = leg(pass);
    var part = state.legs().get(leg);
    if (leg > 0 && pass == begins[leg]) {
      begin(leg, part);
    }
    part.residuals().clear();
    part.residuals().addAll(state.residuals().subList(begins[leg], pass));
    return engine(leg).iterate(part);
  }

  /// The last leg that has begun by this pass.
  private int leg(int pass) {
    int leg = begins.length - 1;
    while (begins[leg] > pass) {
      leg--;
    }
    return leg;
  }

  private Engine<PtychoState> engine(int leg) {
    var now = running;
    if (now == null || now.leg != leg) {
      var one = chain.of().get(leg);
      now =
          new Running(
              leg, one.method().engine(model, one.within(constraints, begins[leg]), workers));
      running = now;
    }
    return now.engine;
  }

  /// What a later leg keeps is made of object and probe as they stand.
  private void begin(int leg, PtychoState part) {
    var start = chain.of().get(leg).method().start(model, part.object(), part.probes());
    copy(start.waves(), part.waves());
    copy(start.memory(), part.memory());
  }

  private static void copy(List<ComplexField> from, List<ComplexField> to) {
    for (int k = 0; k < to.size(); k++) {
      to.get(k).set(from.get(k));
    }
  }
}
