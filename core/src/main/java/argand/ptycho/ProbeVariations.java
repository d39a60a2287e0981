package argand.ptycho;

import argand.array.ComplexField;
import argand.data.Curve;
import argand.data.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The ways in which a probe changes from view to view, kept in order: P_j = P + Σ_k a_jk E_k is
/// the
/// same for many pairs (a, E), of which this is the one with Σ_j a_jk = 0, E_k orthogonal (real
/// part
/// of the inner product) with the power of P, and the columns of a orthogonal, the strongest first:
/// the singular value decomposition of what the probes of all views differ by.
final class ProbeVariations {
  private ProbeVariations() {}

  /// Where there are none yet: the probe times random polynomials.
  static void start(ModelParts parts, ComplexField probe, long seed) {
    var variations = parts.variations();
    if (variations.getFirst().power() > 0) {
      return;
    }
    double power = probe.power();
    int count = variations.size() + 1;
    var modes = ProbeModes.started(probe.copy(), count, 0.5 / count, seed);
    for (int k = 0; k < variations.size(); k++) {
      variations.get(k).set(modes.get(k + 1));
      variations.get(k).scale(Math.sqrt(power / variations.get(k).power()));
    }
  }

  /// Puts weights and variations into their order; what the views have in common goes to the probe.
  static void settle(ModelParts parts, ComplexField probe) {
    var variations = parts.variations();
    int count = variations.size();
    for (int k = 0; k < count; k++) {
      float[] weights = parts.weights(k);
      double mean = 0;
      for (float a : weights) {
        mean += a / weights.length;
      }
      for (int j = 0; j < weights.length; j++) {
        weights[j] -= (float) mean;
      }
      add(probe, variations.get(k), mean);
    }
    double power = probe.power();
    double[][] gram = new double[count][count];
    for (int k = 0; k < count; k++) {
      for (int l = 0; l < count; l++) {
        gram[k][l] = inner(variations.get(k), variations.get(l));
      }
    }
    // E ← E V Λ^−½ √power, a ← a V Λ^½ / √power: orthogonal E
    var first = new HermitianEigenvectors(gram, new double[count][count]);
    turn(parts, first);
    for (int k = 0; k < count; k++) {
      double own = variations.get(k).power();
      if (own <= 1e-12 * power) {
        variations.get(k).scale(0);
        continue;
      }
      double grow = Math.sqrt(power / own);
      variations.get(k).scale(grow);
      float[] weights = parts.weights(k);
      for (int j = 0; j < weights.length; j++) {
        weights[j] /= (float) grow;
      }
    }
    double[][] spread = new double[count][count];
    for (int k = 0; k < count; k++) {
      for (int l = 0; l < count; l++) {
        for (int j = 0; j < parts.weights(k).length; j++) {
          spread[k][l] += (double) parts.weights(k)[j] * parts.weights(l)[j];
        }
      }
    }
    turn(parts, new HermitianEigenvectors(spread, new double[count][count]));
  }

  /// E ← E U, a ← a U with a real orthogonal U
  private static void turn(ModelParts parts, HermitianEigenvectors by) {
    var variations = parts.variations();
    int count = variations.size();
    var before = variations.stream().map(ComplexField::copy).toList();
    var weights = IntStream.range(0, count).mapToObj(k -> parts.weights(k).clone()).toList();
    for (int k = 0; k < count; k++) {
      variations.get(k).setAll(0, 0);
      float[] into = parts.weights(k);
      java.util.Arrays.fill(into, 0);
      for (int l = 0; l < count; l++) {
        add(variations.get(k), before.get(l), by.re(l, k));
        for (int j = 0; j < into.length; j++) {
          into[j] += (float) by.re(l, k) * weights.get(l)[j];
        }
      }
    }
  }

  /// The weights as a figure, and the part of the probe's power that each variation carries.
  static Quality found(ModelParts parts) {
    var quality = Quality.NONE;
    List<Curve> curves = new ArrayList<>();
    for (int k = 0; k < parts.variations().size(); k++) {
      float[] a = parts.weights(k);
      double[] views = IntStream.range(0, a.length).asDoubleStream().toArray();
      double[] values = IntStream.range(0, a.length).mapToDouble(j -> a[j]).toArray();
      double power = 0;
      for (double value : values) {
        power += value * value / values.length;
      }
      quality = quality.withMetric("probeVariation" + (k + 1), power);
      curves.add(new Curve("a" + (k + 1), "view", "weight of the variation", views, values));
    }
    return curves.isEmpty() ? quality : quality.withFigure("Probe variation", curves);
  }

  /// Re Σ f* g
  private static double inner(ComplexField f, ComplexField g) {
    double sum = 0;
    for (int r = 0; r < f.grid().rows(); r++) {
      for (int c = 0; c < f.grid().columns(); c++) {
        sum += (double) f.re(r, c) * g.re(r, c) + (double) f.im(r, c) * g.im(r, c);
      }
    }
    return sum;
  }

  private static void add(ComplexField f, ComplexField g, double factor) {
    for (int i = 0; i < f.re().length; i++) {
      f.re()[i] += (float) (factor * g.re()[i]);
      f.im()[i] += (float) (factor * g.im()[i]);
    }
  }
}
