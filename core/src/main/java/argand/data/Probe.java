package argand.data;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import java.util.List;

/// The illumination in the sample plane: mutually incoherent modes on one grid, the strongest
/// first. Its unit is √counts: Σ|P|² over modes and pixels is the number of quanta in one frame.
public record Probe(List<ComplexField> modes) {
  public Probe {
    modes = List.copyOf(modes);
    Check.atLeast("number of probe modes", modes.size(), 1);
  }

  public static Probe of(ComplexField mode) {
    return new Probe(List.of(mode));
  }

  public Grid grid() {
    return modes.getFirst().grid();
  }

  /// Σ|P|² over modes and pixels.
  public double power() {
    return modes.stream().mapToDouble(ComplexField::power).sum();
  }
}
