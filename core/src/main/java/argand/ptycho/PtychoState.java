package argand.ptycho;

import argand.array.ComplexField;
import argand.flow.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Object and probe modes as they stand after `iteration` passes, what the model has learned of the
/// measurement, the exit waves where a method keeps them, whatever else it remembers, and the
/// residual of each pass.
public final class PtychoState implements State {
  private final SequencedMap<String, float[]> learned;
  private final boolean firstModeVaries;
  private final ComplexField object;
  private final List<ComplexField> probes;
  private final List<ComplexField> waves;
  private final List<ComplexField> memory;
  private final List<PtychoState> legs;
  private final List<Double> residuals = new ArrayList<>();

  /// All fields are kept, not copied.
  ///
  /// @param model whose learned arrays belong to the state
  /// @param probes one for each mode
  /// @param waves exit waves, all modes of the first view, all of the second, …; or whatever else a
  ///     method keeps that turns with the modes, one field for each mode in a row; or none
  /// @param memory what else a method remembers from pass to pass
  public PtychoState(
      PtychoModel model,
      ComplexField object,
      List<ComplexField> probes,
      List<ComplexField> waves,
      List<ComplexField> memory) {
    this(model, object, probes, waves, memory, List.of());
  }

  private PtychoState(
      PtychoModel model,
      ComplexField object,
      List<ComplexField> probes,
      List<ComplexField> waves,
      List<ComplexField> memory,
      List<PtychoState> legs) {
    learned = model.learned();
    firstModeVaries = !model.parts().variations().isEmpty();
    this.legs = List.copyOf(legs);
    this.object = object;
    this.probes = List.copyOf(probes);
    this.waves = List.copyOf(waves);
    this.memory = List.copyOf(memory);
  }

  /// The states of several methods that take turns, each with its own waves and memory; object and
  /// probes are those of the first, as they are of all.
  static PtychoState of(PtychoModel model, List<PtychoState> legs) {
    var first = legs.getFirst();
    List<ComplexField> waves = new ArrayList<>();
    List<ComplexField> memory = new ArrayList<>();
    for (var leg : legs) {
      waves.addAll(leg.waves);
      memory.addAll(leg.memory);
    }
    return new PtychoState(model, first.object, first.probes, waves, memory, legs);
  }

  /// The states that take turns in this one; none where it belongs to one method.
  List<PtychoState> legs() {
    return legs;
  }

  /// The object itself; engines write it.
  public ComplexField object() {
    return object;
  }

  /// The first probe mode itself; engines write it.
  public ComplexField probe() {
    return probes.getFirst();
  }

  /// All probe modes themselves; engines write them.
  public List<ComplexField> probes() {
    return probes;
  }

  /// Whether the first probe mode is another in each view, so that it cannot be mixed with the
  /// rest.
  boolean firstModeVaries() {
    return firstModeVaries;
  }

  /// Number of probe modes.
  public int modes() {
    return probes.size();
  }

  /// The exit wave of view j and mode m itself; engines write it.
  public ComplexField wave(int j, int m) {
    return waves.get(j * probes.size() + m);
  }

  /// All exit waves themselves, all modes of the first view, all of the second, …; empty where a
  /// method keeps none.
  public List<ComplexField> waves() {
    return waves;
  }

  /// What a method remembers from pass to pass; engines write it.
  public List<ComplexField> memory() {
    return memory;
  }

  @Override
  public int iteration() {
    return residuals.size();
  }

  @Override
  public List<Double> residuals() {
    return residuals;
  }

  @Override
  public SequencedMap<String, float[]> arrays() {
    var arrays = new LinkedHashMap<String, float[]>();
    arrays.putAll(learned);
    enter(arrays, "object", object);
    enter(arrays, "probe", probe());
    for (int m = 1; m < probes.size(); m++) {
      enter(arrays, "probe" + (m + 1), probes.get(m));
    }
    for (int k = 0; k < waves.size(); k++) {
      enter(arrays, "waves/" + k, waves.get(k));
    }
    for (int k = 0; k < memory.size(); k++) {
      enter(arrays, "memory/" + k, memory.get(k));
    }
    return arrays;
  }

  private static void enter(SequencedMap<String, float[]> into, String name, ComplexField field) {
    into.put(name + "/re", field.re());
    into.put(name + "/im", field.im());
  }
}
