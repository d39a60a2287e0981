package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.WeightedStep;
import argand.array.kernel.Window;

/// The object that fits all exit waves best, in the sense of least squares:
///
///     O ← (Σ_j P* ψ_j + κ O) / (Σ_j |P|² + κ),   κ = 1e-4 max Σ_j |P|²
///
/// Both sums run over the modes of the probe too. κ keeps the object where no light fell.
final class ObjectOverlap {
  private static final float INERTIA = 1e-4f;

  private final Workers workers;
  private final ObjectPatches patches;
  private final ComplexField numerator;
  private final Area area;

  ObjectOverlap(Windows windows, Workers workers) {
    this.workers = workers;
    patches = new ObjectPatches(windows, workers);
    numerator = new ComplexField(windows.object());
    area = Area.whole(windows);
  }

  /// Bytes it holds.
  static long memoryBytes(Windows windows) {
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return ObjectPatches.memoryBytes(windows, 0) + object;
  }

  /// The sums, block by block of views: to be begun, cleared and added to.
  ObjectPatches sums() {
    return patches;
  }

  /// Takes the object that fits what has been summed.
  void update(ComplexField object) {
    patches.sum(numerator);
    var weight = new RealWindow(patches.weight(), 0, numerator.pitch());
    float inertia = INERTIA * WeightedStep.peak(weight, area.bottom(), area.right());
    workers.forEach(
        area.strips(),
        (strip, worker) -> {
          int first = area.first(strip);
          Overlap.divide(
              Window.of(object, first, 0),
              Window.of(numerator, first, 0),
              weight.moved(first, 0),
              inertia,
              area.rows(strip),
              area.columns());
        });
  }
}
