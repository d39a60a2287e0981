package argand.ptycho;

import argand.array.ComplexField;
import argand.data.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Incoherent modes of the object: how they start, how strong they are, and how they are made
/// orthogonal, see {@link ObjectModes}.
final class ObjectStates {
  /// Pixels from knot to knot of the random fields with which further modes start.
  private static final int GRAIN = 6;

  private ObjectStates() {}

  /// All modes, the first being `object`.
  static List<ComplexField> of(ModelParts parts, ComplexField object) {
    List<ComplexField> all = new ArrayList<>(List.of(object));
    all.addAll(parts.states());
    return all;
  }

  /// Further modes that are still nothing become smooth random fields with a part of the power
  /// each;
  /// the first one gives it.
  static void start(ModelParts parts, ComplexField object, double share, long seed) {
    if (parts.states().isEmpty() || parts.states().getFirst().power() > 0) {
      return;
    }
    var random = new SplittableRandom(seed ^ 0x2545F4914F6CDD1DL);
    int rows = object.grid().rows();
    int columns = object.grid().columns();
    var map = new TentMap(rows, columns, GRAIN);
    double power = object.power();
    for (var state : parts.states()) {
      double[] re = map.spread(normal(map.knots(), random));
      double[] im = map.spread(normal(map.knots(), random));
      for (int i = 0; i < re.length; i++) {
        state.set(i / columns, i % columns, (float) re[i], (float) im[i]);
      }
      state.scale(Math.sqrt(share * power / state.power()));
    }
    object.scale(Math.sqrt(1 - share * parts.states().size()));
  }

  private static double[] normal(int count, SplittableRandom random) {
    double[] values = new double[count];
    Arrays.setAll(values, k -> random.nextGaussian());
    return values;
  }

  /// O_k ← Σ_l V_lk O_l with the eigenvectors V of G_kl = Σ W O_k* O_l; what a method keeps of each
  /// mode turns with them.
  ///
  /// @param kept one field for each mode, or none
  static void orthogonalize(
      PtychoModel model, ComplexField object, List<ComplexField> probes, List<ComplexField> kept) {
    var modes = of(model.parts(), object);
    float[] light = light(model, object, probes);
    int count = modes.size();
    double[][] re = new double[count][count];
    double[][] im = new double[count][count];
    for (int k = 0; k < count; k++) {
      for (int l = 0; l < count; l++) {
        inner(modes.get(k), modes.get(l), light, re, im, k, l);
      }
    }
    var vectors = new HermitianEigenvectors(re, im);
    ProbeModes.turn(modes, vectors);
    if (kept.size() == count) {
      ProbeModes.turn(kept, vectors);
    }
  }

  /// Part of the scattered light that each mode has.
  static double[] shares(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var modes = of(model.parts(), object);
    float[] light = light(model, object, probes);
    double[][] power = new double[1][1];
    double[] shares = new double[modes.size()];
    double all = 0;
    for (int k = 0; k < shares.length; k++) {
      inner(modes.get(k), modes.get(k), light, power, new double[1][1], 0, 0);
      shares[k] = power[0][0];
      all += shares[k];
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= all;
    }
    return shares;
  }

  /// `objectPower1` … of all light; nothing for a single mode.
  static Quality found(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var quality = Quality.NONE;
    if (model.parts().states().isEmpty()) {
      return quality;
    }
    double[] shares = shares(model, object, probes);
    for (int k = 0; k < shares.length; k++) {
      quality = quality.withMetric("objectPower" + (k + 1), shares[k]);
    }
    return quality;
  }

  /// W = Σ_jm |P_m|² on whole pixels, laid out as the object is.
  private static float[] light(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var windows = model.windows();
    int rows = windows.frame().rows();
    int columns = windows.frame().columns();
    float[] power = new float[rows * columns];
    for (var probe : probes) {
      for (int i = 0; i < power.length; i++) {
        float a = probe.re(i / columns, i % columns);
        float b = probe.im(i / columns, i % columns);
        power[i] += a * a + b * b;
      }
    }
    float[] light = new float[object.re().length];
    for (int j = 0; j < windows.count(); j++) {
      for (int r = 0; r < rows; r++) {
        int into = (windows.row(j) + r) * object.pitch() + windows.column(j);
        for (int c = 0; c < columns; c++) {
          light[into + c] += power[r * columns + c];
        }
      }
    }
    return light;
  }

  /// re, im [k][l] ← Σ w a* b
  private static void inner(
      ComplexField a, ComplexField b, float[] w, double[][] re, double[][] im, int k, int l) {
    double x = 0;
    double y = 0;
    for (int r = 0; r < a.grid().rows(); r++) {
      for (int i = r * a.pitch(), end = i + a.grid().columns(); i < end; i++) {
        x += w[i] * ((double) a.re()[i] * b.re()[i] + (double) a.im()[i] * b.im()[i]);
        y += w[i] * ((double) a.re()[i] * b.im()[i] - (double) a.im()[i] * b.re()[i]);
      }
    }
    re[k][l] = x;
    im[k][l] = y;
  }
}
