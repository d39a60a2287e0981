package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.WeightedStep;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;

/// What a batch of views asks of the probe modes and of the ways E_k in which the first changes:
/// N_m = Σ S_j† O_j* χ_jm with V = Σ|O_j|², and N_k = Σ a_jk S_j† O_j* χ_j1 with
/// V_k = Σ (a_jk² + mean a_k²)|O_j|²: a batch in which a variation is weak shall not change it for
/// all the others. Each strip of rows of the frame is summed by itself, over the views in their
/// order.
final class VariedProbeSum {
  /// Part of their steps that variations and their weights take: object, probe, variations and
  /// weights all explain the same change, and full steps of all four overshoot.
  private static final double PART = 0.5;

  private final PtychoModel model;
  private final ModelParts parts;
  private final Windows windows;
  private final Area frame;
  private final int modes;
  private final List<ComplexField> numerators;
  private final float[][] weights;
  private final Fft2[] transforms;
  private final double[][] along;
  private final float[] typical;

  VariedProbeSum(PtychoModel model, int modes) {
    this.model = model;
    this.modes = modes;
    parts = model.parts();
    windows = model.windows();
    int rows = windows.frame().rows();
    int columns = windows.frame().columns();
    int variations = parts.variations().size();
    frame = new Area(0, rows, 0, columns);
    numerators = LsqMlRoom.fields(windows, modes + variations);
    weights = new float[1 + variations][numerators.getFirst().re().length];
    transforms = new Fft2[numerators.size()];
    Arrays.setAll(transforms, n -> new Fft2(rows, columns));
    along = new double[windows.count()][variations];
    typical = new float[variations];
  }

  /// Before a pass: takes the mean squares of the weights as they stand.
  void begin() {
    for (int k = 0; k < typical.length; k++) {
      double sum = 0;
      for (float a : parts.weights(k)) {
        sum += (double) a * a;
      }
      typical[k] = (float) (sum / windows.count());
    }
  }

  /// View j asks for so much more of variation k.
  void along(int j, int k, double more) {
    along[j][k] = more;
  }

  /// Takes the steps of all modes, and of variations and their weights where they are due.
  ///
  /// @param asked spectra of S_j† O_j* χ_jm of each view of the batch and each mode
  void update(
      PtychoState state,
      int[] views,
      List<List<ComplexField>> asked,
      boolean varied,
      double delta,
      double gamma,
      Workers workers) {
    workers.forEach(
        frame.strips(), (strip, worker) -> sum(strip, state.object(), views, asked, varied));
    double[] shares = ProbeModes.shares(state.probes());
    double roots = Arrays.stream(shares).map(Math::sqrt).sum();
    workers.forEach(
        varied ? numerators.size() : modes,
        (n, worker) -> {
          transforms[n].transformBack(numerators.get(n));
          if (n >= modes) {
            step(n, parts.variations().get(n - modes), delta, PART * gamma);
          } else if (shares[n] > 0) {
            step(n, state.probes().get(n), delta, gamma / (Math.sqrt(shares[n]) * roots));
          }
        });
    for (int j : views) {
      for (int k = 0; k < numerators.size() - modes && varied; k++) {
        parts.weights(k)[j] += (float) (PART * gamma * along[j][k]);
      }
    }
  }

  private void sum(
      int strip, ComplexField object, int[] views, List<List<ComplexField>> asked, boolean varied) {
    int first = frame.first(strip);
    int rows = frame.rows(strip);
    int columns = frame.columns();
    int pitch = numerators.getFirst().pitch();
    int from = first * pitch;
    int to = from + rows * pitch;
    for (var numerator : numerators) {
      Arrays.fill(numerator.re(), from, to, 0);
      Arrays.fill(numerator.im(), from, to, 0);
    }
    for (float[] weight : weights) {
      Arrays.fill(weight, from, to, 0);
    }
    float[] light = new float[to - from];
    for (int slot = 0; slot < views.length; slot++) {
      Arrays.fill(light, 0);
      for (int n = 0; n < parts.model().states(); n++) {
        var o = model.under(parts.state(object, n), views[slot]).moved(first, 0);
        Overlap.addWeight(o, new RealWindow(light, 0, pitch), rows, columns);
      }
      add(weights[0], from, light, 1);
      for (int m = 0; m < modes; m++) {
        var spectrum = Window.of(asked.get(slot).get(m), first, 0);
        Overlap.addAll(spectrum, Window.of(numerators.get(m), first, 0), rows, columns);
      }
      for (int k = 0; k < weights.length - 1 && varied; k++) {
        float a = parts.weights(k)[views[slot]];
        add(weights[k + 1], from, light, a * a + typical[k]);
        var spectrum = asked.get(slot).getFirst();
        var into = numerators.get(modes + k);
        for (int i = from; i < to; i++) {
          into.re()[i] += a * spectrum.re()[i];
          into.im()[i] += a * spectrum.im()[i];
        }
      }
    }
  }

  private static void add(float[] into, int from, float[] light, float factor) {
    for (int i = 0; i < light.length; i++) {
      into[from + i] += factor * light[i];
    }
  }

  private void step(int n, ComplexField field, double delta, double gamma) {
    int rows = windows.frame().rows();
    var numerator = Window.of(numerators.get(n));
    var weight = new RealWindow(weights[Math.max(0, n - modes + 1)], 0, numerators.get(n).pitch());
    float low = (float) delta * WeightedStep.peak(weight, rows, frame.columns());
    float floor = Math.max(Float.MIN_NORMAL, low * low);
    double[] sums = new double[2];
    WeightedStep.lengths(numerator, weight, floor, rows, frame.columns(), sums);
    float step = (float) (gamma * ModelPass.step(sums));
    WeightedStep.add(Window.of(field), numerator, weight, floor, step, rows, frame.columns());
  }
}
