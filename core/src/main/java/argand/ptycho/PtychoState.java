package argand.ptycho;

import argand.array.ComplexField;
import argand.flow.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Object and probe as they stand after `iteration` passes, the exit waves where a method keeps
/// them, and the residual of each pass.
public final class PtychoState implements State {
  private final ComplexField object;
  private final ComplexField probe;
  private final List<ComplexField> waves;
  private final List<Double> residuals = new ArrayList<>();

  /// @param waves one for each view, or none; all fields are kept, not copied
  public PtychoState(ComplexField object, ComplexField probe, List<ComplexField> waves) {
    this.object = object;
    this.probe = probe;
    this.waves = List.copyOf(waves);
  }

  /// The object itself; engines write it.
  public ComplexField object() {
    return object;
  }

  /// The probe itself; engines write it.
  public ComplexField probe() {
    return probe;
  }

  /// The exit wave of view j itself; engines write it.
  public ComplexField wave(int j) {
    return waves.get(j);
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
    enter(arrays, "object", object);
    enter(arrays, "probe", probe);
    for (int j = 0; j < waves.size(); j++) {
      enter(arrays, "waves/" + j, waves.get(j));
    }
    return arrays;
  }

  private static void enter(SequencedMap<String, float[]> into, String name, ComplexField field) {
    into.put(name + "/re", field.re());
    into.put(name + "/im", field.im());
  }
}
