package argand.data;

import argand.array.Check;
import argand.array.Grid;
import java.util.Optional;

/// The phase of a sample beside its optical density: images of the same energies on the same grid,
/// made continuous, zero where there is nothing; a delay is negative.
///
/// @param images [rad]
/// @param variance [rad²]
public record PhaseImages(Planes images, Optional<Planes> variance) {
  public PhaseImages {
    variance.ifPresent(
        v -> Check.same("planes of the phase's variance", v.count(), images.count()));
  }

  public Grid grid() {
    return images.grid();
  }

  /// Bytes held in memory.
  public long memoryBytes() {
    return images.memoryBytes() + variance.map(Planes::memoryBytes).orElse(0L);
  }

  /// These energies, in this order.
  public PhaseImages select(int[] indices) {
    return new PhaseImages(images.select(indices), variance.map(v -> v.select(indices)));
  }
}
