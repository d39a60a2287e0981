package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.ModeModulus;
import argand.array.kernel.Modulus;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.List;

/// What the measured amplitudes of a view make of the waves at the detector:
///
///     I   = Σ_m |u_m|²
///     u_m ← (√(I_j / I) − 1) u_m                                   (amplitude)
///     u_m ← ½ (I_j − I) / (I + ε) u_m                              (Poisson)
///
/// One instance for each thread.
final class Measurement {
  /// Counts ε below which a pixel has little to say by itself; without it a single quantum where
  /// none is expected would ask for an infinite change.
  private static final float EPSILON = 0.1f;

  private final Amplitudes amplitudes;
  private final float scale;
  private final int rows;
  private final int columns;
  private final RealWindow intensity;

  /// @param scale of the transform, by which computed amplitudes are still too great
  Measurement(Amplitudes amplitudes, float scale) {
    this.amplitudes = amplitudes;
    this.scale = scale;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    intensity = new RealWindow(new float[rows * columns], 0, columns);
  }

  /// @return Σ (s√I − A)²
  double change(List<ComplexField> modes, int view, Likelihood likelihood) {
    if (modes.size() == 1 && likelihood == Likelihood.AMPLITUDE) {
      return Modulus.change(Window.of(modes.getFirst()), measured(view), scale, rows, columns);
    }
    add(modes);
    double sum =
        switch (likelihood) {
          case AMPLITUDE -> ModeModulus.imposed(intensity, measured(view), scale, rows, columns);
          case POISSON ->
              ModeModulus.poisson(intensity, measured(view), scale, EPSILON, rows, columns);
        };
    for (var mode : modes) {
      ModeModulus.scale(Window.of(mode), intensity, rows, columns);
    }
    return sum;
  }

  /// @return Σ (s√I − A)²
  double error(List<ComplexField> modes, int view) {
    if (modes.size() == 1) {
      return Modulus.error(Window.of(modes.getFirst()), measured(view), scale, rows, columns);
    }
    add(modes);
    return ModeModulus.imposed(intensity, measured(view), scale, rows, columns);
  }

  private void add(List<ComplexField> modes) {
    for (int m = 0; m < modes.size(); m++) {
      ModeModulus.add(Window.of(modes.get(m)), intensity, m == 0 ? 0 : 1, rows, columns);
    }
  }

  private RealWindow measured(int view) {
    return new RealWindow(amplitudes.of(view), 0, columns);
  }
}
