package argand.data;

import argand.array.InvalidInput;
import java.util.List;
import java.util.Optional;

/// Optical density and phase of a stack with their variances, for steps that weigh one against the
/// other.
///
/// @param planes optical density, its variance, phase [rad], its variance [rad²]
public record DensityAndPhase(List<Planes> planes) {
  public DensityAndPhase {
    planes = List.copyOf(planes);
  }

  /// @param step that needs them
  /// @throws InvalidInput where the stack is not one of optical density, or lacks the phase or a
  ///     variance
  public static DensityAndPhase of(EnergyStack stack, String step) {
    if (stack.quantity() != Quantity.OPTICAL_DENSITY) {
      throw new InvalidInput(
          "the stack",
          "one of " + stack.quantity().words(),
          "one of optical density with its phase",
          "put absorptionAndPhase before it");
    }
    var phase = stack.mustHavePhase(step);
    return new DensityAndPhase(
        List.of(
            stack.images(),
            known(stack.variance(), "optical density"),
            phase.images(),
            known(phase.variance(), "phase")));
  }

  private static Planes known(Optional<Planes> variance, String what) {
    return variance.orElseThrow(
        () ->
            new InvalidInput(
                "the " + what, "without a variance", "one, by which both are weighed", ""));
  }

  /// Number of energies.
  public int count() {
    return planes.getFirst().count();
  }

  /// Pixels first … first + length: [density, its variance, phase, its variance][energy][pixel].
  public float[][][] read(int first, int length) {
    float[][][] read = new float[planes.size()][count()][length];
    for (int q = 0; q < read.length; q++) {
      for (int e = 0; e < read[q].length; e++) {
        planes.get(q).read(e, first, length, read[q][e], 0);
      }
    }
    return read;
  }
}
