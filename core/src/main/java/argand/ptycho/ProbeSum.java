package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.WeightedStep;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;

/// What a batch of views asks of the probe: numerators N_m = Σ S_j† O_j* χ_jm and the weight
/// V = Σ|O_j|², which is one for all modes. Each strip of rows of the frame is summed by itself,
/// over the views in their order. Where views are moved by fractions of a pixel the numerators are
/// summed as spectra and transformed once.
final class ProbeSum {
  private final PtychoModel model;
  private final Windows windows;
  private final Area frame;
  private final List<ComplexField> numerators;
  private final float[] weight;
  private final float[] peaks;
  private final double[][][] lengths;
  private final Fft2[] transforms;

  ProbeSum(PtychoModel model, int modes) {
    this.model = model;
    windows = model.windows();
    int rows = windows.frame().rows();
    int columns = windows.frame().columns();
    frame = new Area(0, rows, 0, columns);
    numerators = LsqMlRoom.fields(windows, modes);
    weight = new float[numerators.getFirst().re().length];
    peaks = new float[frame.strips()];
    lengths = new double[modes][frame.strips()][2];
    transforms = new Fft2[windows.shifted() ? modes : 0];
    Arrays.setAll(transforms, m -> new Fft2(rows, columns));
  }

  int strips() {
    return frame.strips();
  }

  /// Sums one strip of all modes over the views of a batch.
  void sum(int strip, int[] views, LsqMlRoom room, ComplexField object) {
    int first = frame.first(strip);
    int pitch = numerators.getFirst().pitch();
    int from = first * pitch;
    int to = (first + frame.rows(strip)) * pitch;
    Arrays.fill(weight, from, to, 0);
    for (var numerator : numerators) {
      Arrays.fill(numerator.re(), from, to, 0);
      Arrays.fill(numerator.im(), from, to, 0);
    }
    for (int k = 0; k < views.length; k++) {
      var o = model.under(object, views[k]).moved(first, 0);
      if (windows.shifted()) {
        Overlap.addWeight(o, weights(strip), frame.rows(strip), frame.columns());
      }
      for (int m = 0; m < numerators.size(); m++) {
        var into = Window.of(numerators.get(m), first, 0);
        if (windows.shifted()) {
          Overlap.addAll(
              Window.of(room.spectrum(k, m), first, 0), into, frame.rows(strip), frame.columns());
        } else {
          var wave = room.waves(k)[m].moved(first, 0);
          if (m == 0) {
            Overlap.add(o, wave, into, weights(strip), frame.rows(strip), frame.columns());
          } else {
            Overlap.addNumerator(o, wave, into, frame.rows(strip), frame.columns());
          }
        }
      }
    }
    peaks[strip] = WeightedStep.peak(weights(strip), frame.rows(strip), frame.columns());
  }

  /// Number of modes whose sums are spectra and must be transformed; nothing on whole pixels.
  int spectra() {
    return transforms.length;
  }

  /// Takes the sum of a mode back from its spectrum.
  void transformBack(int m) {
    transforms[m].transformBack(numerators.get(m));
  }

  /// max V
  float peak() {
    float peak = 0;
    for (float one : peaks) {
      peak = Math.max(peak, one);
    }
    return peak;
  }

  /// Finds what a strip says of the length of the steps.
  void findLengths(int strip, float floor) {
    for (int m = 0; m < numerators.size(); m++) {
      Arrays.fill(lengths[m][strip], 0);
      WeightedStep.lengths(
          Window.of(numerators.get(m), frame.first(strip), 0),
          weights(strip),
          floor,
          frame.rows(strip),
          frame.columns(),
          lengths[m][strip]);
    }
  }

  /// Σ|d|² V and Re Σ d* N of a mode, whose lengths must have been found.
  double[] length(int m) {
    double[] sums = new double[2];
    for (double[] strip : lengths[m]) {
      sums[0] += strip[0];
      sums[1] += strip[1];
    }
    return sums;
  }

  /// A strip of P_m ← it + step · N_m/√(V² + floor)
  void step(int strip, int m, float floor, float step, ComplexField probe) {
    WeightedStep.add(
        Window.of(probe, frame.first(strip), 0),
        Window.of(numerators.get(m), frame.first(strip), 0),
        weights(strip),
        floor,
        step,
        frame.rows(strip),
        frame.columns());
  }

  private RealWindow weights(int strip) {
    int pitch = numerators.getFirst().pitch();
    return new RealWindow(weight, frame.first(strip) * pitch, pitch);
  }
}
