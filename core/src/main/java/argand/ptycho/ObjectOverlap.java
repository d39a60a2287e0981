package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.List;
import java.util.stream.IntStream;

/// The object that fits all exit waves best, in the sense of least squares:
///
///     O ← (Σ_j P* ψ_j + κ O) / (Σ_j |P|² + κ),   κ = 1e-4 max Σ_j |P|²
///
/// Both sums run over the modes of the probe too. κ keeps the object where no light fell.
final class ObjectOverlap {
  private static final float INERTIA = 1e-4f;

  private final Workers workers;
  private final ObjectSum sum;
  private final Area area;
  private final int[] views;

  ObjectOverlap(Windows windows, Workers workers) {
    this.workers = workers;
    sum = new ObjectSum(windows);
    area = Area.whole(windows);
    views = IntStream.range(0, windows.count()).toArray();
  }

  void update(PtychoState state, List<MovedProbes> probes) {
    var terms = new Kept(state, probes);
    workers.forEach(area.strips(), (strip, worker) -> sum.sum(area, strip, views, terms));
    float inertia = INERTIA * sum.peak(area);
    workers.forEach(
        area.strips(), (strip, worker) -> sum.divide(area, strip, inertia, state.object()));
  }

  /// The exit waves of a state, view after view.
  private record Kept(PtychoState state, List<MovedProbes> probes) implements ObjectSum.Terms {
    @Override
    public int modes() {
      return probes.size();
    }

    @Override
    public ComplexField probe(int k, int m) {
      return probes.get(m).at(k);
    }

    @Override
    public ComplexField wave(int k, int m) {
      return state.wave(k, m);
    }
  }
}
