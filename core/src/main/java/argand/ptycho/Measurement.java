package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.LineSlopes;
import argand.array.kernel.LineSlopes.Noise;
import argand.array.kernel.ModeModulus;
import argand.array.kernel.Modulus;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;

/// What the measured amplitudes of a view make of the waves at the detector:
///
///     I   = Σ_m |u_m|² + b/f
///     u_m ← (√(I_j / I) − 1) u_m                                   (amplitude)
///     u_m ← ½ (I_j − I) / (I + ε) u_m                              (Poisson)
///     u_m ← ½ (I_j − I) / (I_j + 1) u_m                            (Gaussian)
///
/// where I_j is what was counted divided by the flux f of the view, and b what does not come from
/// the sample. One instance for each thread.
final class Measurement {
  /// Counts ε below which a pixel has little to say by itself; without it a single quantum where
  /// none is expected would ask for an infinite change.
  private static final float EPSILON = 0.1f;

  private final Amplitudes amplitudes;
  private final float[] flux;
  private final DetectorBackground background;
  private final float scale;
  private final int rows;
  private final int columns;
  private final RealWindow intensity;
  private final float[] normalised;
  private final float[] room;
  private float[] plane = {};
  private int planeOf = -1;

  /// @param flux strength of the beam in each view; read at every call
  /// @param scale of the transform, by which computed amplitudes are still too great
  Measurement(Amplitudes amplitudes, float[] flux, DetectorBackground background, float scale) {
    this.amplitudes = amplitudes;
    this.flux = flux;
    this.background = background;
    this.scale = scale;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    intensity = new RealWindow(new float[rows * columns], 0, columns);
    normalised = new float[rows * columns];
    room = new float[amplitudes.room()];
  }

  /// @return Σ (s√I − A)² in the counts of the view
  double change(List<ComplexField> modes, int view, Likelihood likelihood) {
    if (modes.size() == 1 && likelihood == Likelihood.AMPLITUDE && !background.used()) {
      return flux[view]
          * Modulus.change(Window.of(modes.getFirst()), measured(view), scale, rows, columns);
    }
    add(modes, view);
    double sum =
        switch (likelihood) {
          case AMPLITUDE -> ModeModulus.imposed(intensity, measured(view), scale, rows, columns);
          case POISSON ->
              ModeModulus.poisson(intensity, measured(view), scale, EPSILON, rows, columns);
          case GAUSSIAN -> ModeModulus.gaussian(intensity, measured(view), scale, rows, columns);
        };
    for (var mode : modes) {
      ModeModulus.scale(Window.of(mode), intensity, rows, columns);
    }
    return flux[view] * sum;
  }

  /// @return Σ (s√I − A)² in the counts of the view
  double error(List<ComplexField> modes, int view) {
    if (modes.size() == 1 && !background.used()) {
      return flux[view]
          * Modulus.error(Window.of(modes.getFirst()), measured(view), scale, rows, columns);
    }
    add(modes, view);
    return flux[view] * ModeModulus.imposed(intensity, measured(view), scale, rows, columns);
  }

  /// @return Σ s² I over good pixels, without background and the flux of the view
  double computed(List<ComplexField> modes, int view) {
    addWaves(modes, 0);
    float[] measured = plane(view);
    double sum = 0;
    for (int i = 0; i < measured.length; i++) {
      sum += measured[i] >= 0 ? intensity.values()[i] : 0;
    }
    return sum * scale * scale;
  }

  /// Counts of the view over good pixels that come from the background.
  double backgroundCounts(int view) {
    float[] measured = plane(view);
    double sum = 0;
    for (int i = 0; i < measured.length && background.used(); i++) {
      sum += measured[i] >= 0 ? background.counts()[i] : 0;
    }
    return sum;
  }

  /// Enters what the counts n of a view say about the background.
  ///
  /// @param slopes each ← it + (n − I)/(I + ε)
  /// @param weights each ← it + 1/(I + ε)
  void background(List<ComplexField> modes, int view, double[] slopes, double[] weights) {
    add(modes, view);
    float[] amplitude = plane(view);
    float[] waves = intensity.values();
    double strength = (double) flux[view] * scale;
    for (int i = 0; i < amplitude.length; i++) {
      if (amplitude[i] >= 0) {
        double computed = strength * waves[i];
        double weight = 1 / (computed + EPSILON);
        slopes[i] += ((double) amplitude[i] * amplitude[i] / scale - computed) * weight;
        weights[i] += weight;
      }
    }
  }

  /// The computed intensities of a view along a line; see {@link LineSlopes}.
  void line(
      ComplexField a, ComplexField b, ComplexField c, boolean first, RealWindow[] into, int view) {
    LineSlopes.coefficients(
        Window.of(a), Window.of(b), Window.of(c), scale, first ? 0 : 1, into, rows, columns);
    if (first && background.used()) {
      addBackground(into[0].values(), 1 / flux[view]);
    }
  }

  /// sums ← sums + (Σ dℓ/dt, Σ d²ℓ/dt²) at t
  void slopes(RealWindow[] line, int view, Likelihood likelihood, double t, double[] sums) {
    var noise =
        switch (likelihood) {
          case AMPLITUDE -> Noise.AMPLITUDE;
          case POISSON -> Noise.POISSON;
          case GAUSSIAN -> Noise.GAUSSIAN;
        };
    LineSlopes.add(line, measured(view), noise, scale, EPSILON, (float) t, rows, columns, sums);
  }

  /// Enters what the counts of a view say about parameters of its waves.
  ///
  /// @param slopes for each parameter the derivatives of all modes
  void gather(
      List<ComplexField> modes, List<List<ComplexField>> slopes, int view, NormalEquations into) {
    float[] amplitude = plane(view);
    double strength = (double) flux[view] * scale;
    double[] ofPixel = new double[slopes.size()];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        float a = amplitude[r * columns + c];
        if (a < 0) {
          continue;
        }
        double computed = background.counts()[r * columns + c] / strength;
        Arrays.fill(ofPixel, 0);
        for (int m = 0; m < modes.size(); m++) {
          var mode = modes.get(m);
          int i = r * mode.pitch() + c;
          double re = mode.re()[i];
          double im = mode.im()[i];
          computed += re * re + im * im;
          for (int k = 0; k < ofPixel.length; k++) {
            var slope = slopes.get(k).get(m);
            ofPixel[k] += re * slope.re()[i] + im * slope.im()[i];
          }
        }
        for (int k = 0; k < ofPixel.length; k++) {
          ofPixel[k] *= 2 * strength;
        }
        into.enter((double) a * a / scale, computed * strength, ofPixel);
      }
    }
    into.complete();
  }

  private void add(List<ComplexField> modes, int view) {
    boolean more = background.used();
    if (more) {
      Arrays.fill(intensity.values(), 0);
      addBackground(intensity.values(), 1 / (flux[view] * scale));
    }
    addWaves(modes, more ? 1 : 0);
  }

  private void addWaves(List<ComplexField> modes, float keep) {
    for (int m = 0; m < modes.size(); m++) {
      ModeModulus.add(Window.of(modes.get(m)), intensity, m == 0 ? keep : 1, rows, columns);
    }
  }

  /// I ← I + factor · b
  private void addBackground(float[] into, float factor) {
    float[] b = background.counts();
    for (int i = 0; i < b.length; i++) {
      into[i] += factor * b[i];
    }
  }

  /// Asked for several times in a row by a line search; then it is still there.
  private float[] plane(int view) {
    if (view != planeOf) {
      plane = amplitudes.of(view, room);
      planeOf = view;
    }
    return plane;
  }

  private RealWindow measured(int view) {
    float[] measured = plane(view);
    if (flux[view] == 1) {
      return new RealWindow(measured, 0, columns);
    }
    float factor = 1 / (float) Math.sqrt(flux[view]);
    for (int i = 0; i < measured.length; i++) {
      normalised[i] = measured[i] < 0 ? -1 : factor * measured[i];
    }
    return new RealWindow(normalised, 0, columns);
  }
}
