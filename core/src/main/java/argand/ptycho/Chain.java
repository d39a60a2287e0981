package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;
import java.util.OptionalInt;

/// One method after the other. Each leg begins with the object and the probe that the one before
/// left, counts its passes from its own start, and makes what it keeps beside them (exit waves,
/// momentum) anew. All arrays exist from the start, so a run may stop and resume anywhere.
public record Chain(@Param("the methods and their passes") List<Leg> of) implements PtychoMethod {
  /// One method for so many passes.
  ///
  /// @param passes of this leg; the last leg has none and goes on to the end
  /// @param probeFrom and the two that follow count from the start of the leg
  public record Leg(
      @Param("how to solve in this leg") PtychoMethod method,
      @Param("passes of this leg; the last leg has none, it goes on until `iterations`")
          OptionalInt passes,
      @Param(value = "first pass of the leg that updates the probe", byDefault = "1") int probeFrom,
      @Param("last pass of the leg that updates the probe; 0 keeps it; absent: no end")
          OptionalInt probeUntil,
      @Param(value = "passes of the leg from one update of the probe to the next", byDefault = "1")
          int probeEvery) {
    public Leg {
      if (method instanceof Chain) {
        throw new InvalidInput("a leg of a chain", "a chain", "another method", "");
      }
      passes.ifPresent(number -> Check.atLeast("passes", number, 1));
      Check.atLeast("probeFrom", probeFrom, 1);
      probeUntil.ifPresent(number -> Check.atLeast("probeUntil", number, 0));
      Check.atLeast("probeEvery", probeEvery, 1);
    }

    /// So many passes that all update the probe.
    public static Leg of(PtychoMethod method, int passes) {
      return new Leg(method, OptionalInt.of(passes), 1, OptionalInt.empty(), 1);
    }

    /// The last leg.
    public static Leg last(PtychoMethod method) {
      return new Leg(method, OptionalInt.empty(), 1, OptionalInt.empty(), 1);
    }

    /// The constraints of the whole run, as this leg sees them.
    ///
    /// @param begin first pass (from 0) of the leg in the run
    Constraints within(Constraints run, int begin) {
      return run.withProbe(
          Math.max(probeFrom, run.probeFrom() - begin),
          Math.min(probeUntil.orElse(Integer.MAX_VALUE), Math.max(0, run.probeUntil() - begin)),
          probeEvery);
    }
  }

  public Chain {
    of = List.copyOf(of);
    if (of.isEmpty()) {
      throw new InvalidInput("the chain", "empty", "at least one leg", "of: [{method: …}]");
    }
    for (int k = 0; k < of.size(); k++) {
      boolean last = k == of.size() - 1;
      if (of.get(k).passes.isPresent() == last) {
        throw new InvalidInput(
            "leg " + (k + 1) + " of the chain",
            last ? "with passes" : "without passes",
            last ? "none in the last leg" : "passes in every leg but the last",
            "the last leg goes on until `iterations`");
      }
    }
  }

  /// What every leg carries.
  @Override
  public boolean carries(WaveModel waves) {
    return of.stream().allMatch(leg -> leg.method.carries(waves));
  }

  /// As many as every leg.
  @Override
  public int mostModes() {
    return of.stream().mapToInt(leg -> leg.method.mostModes()).min().orElseThrow();
  }

  /// The first pass (from 0) of each leg.
  int[] begins() {
    int[] begins = new int[of.size()];
    for (int k = 1; k < begins.length; k++) {
      begins[k] = begins[k - 1] + of.get(k - 1).passes.orElseThrow();
    }
    return begins;
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new ChainPass(this, model, constraints, workers);
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    return PtychoState.of(
        model, of.stream().map(leg -> leg.method.start(model, object, probes)).toList());
  }

  /// As soon as one leg does.
  @Override
  public boolean keepsWaves() {
    return of.stream().anyMatch(leg -> leg.method.keepsWaves());
  }

  /// What all legs keep, and once more what the greatest does while it begins.
  @Override
  public long memoryBytes(Windows windows, int modes) {
    long sum = 0;
    long most = 0;
    for (var leg : of) {
      long bytes = leg.method.memoryBytes(windows, modes);
      sum += bytes;
      most = Math.max(most, bytes);
    }
    return sum + most;
  }
}
