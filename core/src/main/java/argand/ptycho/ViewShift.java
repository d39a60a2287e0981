package argand.ptycho;

import argand.array.ComplexField;
import argand.register.PhaseCorrelation;
import java.util.Arrays;
import java.util.List;

/// Where one view asks the object to go: what lies under its probe, and the same after the modulus
/// projection of its exit waves, are correlated.
///
///     ψ_m  = P_m O_j,   Δ_m = F⁻¹[√I_j · Fψ_m / √I] − ψ_m                                  (1)
///     O′   = O_j + Σ_m P_m* Δ_m / max Σ|P_m|²                                              (2)
///     d    = argmax |Σ w² (O′ − Ō)(r + d) (O_j − Ō)*(r)|,  w² = Σ|P_m|²,
///            Ō = Σ w² O_j / Σ w²                                                           (3)
///
/// An object that should lie further down lies under a probe that stands further up: the view
/// should move by −d. Without Ō, which does not move, the peak is that of the probe. One instance
/// for each thread; the probes are taken when it is made.
final class ViewShift {
  private final PtychoModel model;
  private final ExitWaves exits;
  private final ComplexField asked;
  private final ComplexField seen;
  private final float[] power;
  private final int rows;
  private final int columns;

  ViewShift(PtychoModel model, List<ComplexField> probes) {
    this.model = model;
    exits = new ExitWaves(model, probes);
    var frame = model.windows().frame();
    rows = frame.rows();
    columns = frame.columns();
    asked = new ComplexField(frame);
    seen = new ComplexField(frame);
    power = new float[asked.re().length];
  }

  /// −d, down and to the right [px]: a small part of the way to go.
  double[] of(ComplexField object, int j) {
    ask(object, j); // (1)
    float most = Math.max(Float.MIN_NORMAL, takeSeen(object, j));
    for (int r = 0; r < rows; r++) {
      for (int i = r * seen.pitch(), end = i + columns; i < end; i++) { // (2)
        float weight = (float) Math.sqrt(power[i] / most);
        seen.re()[i] *= weight;
        seen.im()[i] *= weight;
        asked.re()[i] = seen.re()[i] + weight * asked.re()[i] / most;
        asked.im()[i] = seen.im()[i] + weight * asked.im()[i] / most;
      }
    }
    var moved = PhaseCorrelation.PLAIN.between(seen, asked); // (3)
    return new double[] {-moved.rowsPx(), -moved.columnsPx()};
  }

  /// asked ← Σ P_m* Δ_m, power ← Σ|P_m|²
  private void ask(ComplexField object, int j) {
    var waves = exits.of(object, j);
    exits.detector().change(waves, j, Likelihood.AMPLITUDE);
    asked.setAll(0, 0);
    Arrays.fill(power, 0);
    for (int m = 0; m < waves.size(); m++) {
      var probe = exits.probe(m, j);
      var wave = waves.get(m);
      for (int r = 0; r < rows; r++) {
        for (int i = r * probe.pitch(), end = i + columns; i < end; i++) {
          float a = probe.re()[i];
          float b = probe.im()[i];
          asked.re()[i] += a * wave.re()[i] + b * wave.im()[i];
          asked.im()[i] += a * wave.im()[i] - b * wave.re()[i];
          power[i] += a * a + b * b;
        }
      }
    }
  }

  /// seen ← O_j − Ō
  ///
  /// @return the largest Σ|P_m|²
  private float takeSeen(ComplexField object, int j) {
    var under = model.under(object, j);
    float most = 0;
    double re = 0;
    double im = 0;
    double all = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * seen.pitch() + c;
        int o = under.offset() + r * under.pitch() + c;
        seen.re()[i] = object.re()[o];
        seen.im()[i] = object.im()[o];
        most = Math.max(most, power[i]);
        all += power[i];
        re += (double) power[i] * object.re()[o];
        im += (double) power[i] * object.im()[o];
      }
    }
    float meanRe = (float) (re / Math.max(all, Double.MIN_NORMAL));
    float meanIm = (float) (im / Math.max(all, Double.MIN_NORMAL));
    for (int r = 0; r < rows; r++) {
      for (int i = r * seen.pitch(), end = i + columns; i < end; i++) {
        seen.re()[i] -= meanRe;
        seen.im()[i] -= meanIm;
      }
    }
    return most;
  }
}
