package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.Buffers;
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
///     u_m ← p u_m,  p = ½ (I_j − I) / (I + ε)                      (Poisson)
///     u_m ← 2 (√(1 + 2p) − 1) u_m where p > 4                      (Poisson, bounded)
///     u_m ← ½ (I_j − I) / (I_j + 1) u_m                            (Gaussian)
///     u_m ← ½ (I_j − I) / max I_j u_m                              (uniform)
///
/// where I_j is what was counted divided by the flux f of the view, and b what does not come from
/// the sample. One instance for each thread.
final class Measurement {
  /// Counts ε below which a pixel has little to say by itself; without it a single quantum where
  /// none is expected would ask for an infinite change.
  static final float EPSILON = 0.1f;

  /// Neighbouring pixels that are worked on together: their waves stay in the nearest cache.
  private static final int PIXELS = 1024;

  private final Amplitudes amplitudes;
  private final float[] flux;
  private final DetectorBackground background;
  private final boolean bounded;
  private final float scale;
  private final int rows;
  private final int columns;
  private final RealWindow intensity = run();
  private final RealWindow[] coefficients = new RealWindow[LineSlopes.COEFFICIENTS];
  private final double[] slopes = new double[2];
  private final float[] room;
  private float[] plane = {};
  private int planeOf = -1;

  /// @param flux strength of the beam in each view; read at every call
  /// @param scale of the transform, by which computed amplitudes are still too great
  /// @param bounded whether Poisson factors are kept from taking steps that are too bold where far
  ///     more was counted than is computed
  Measurement(
      Amplitudes amplitudes,
      float[] flux,
      DetectorBackground background,
      boolean bounded,
      float scale) {
    this.bounded = bounded;
    this.amplitudes = amplitudes;
    this.flux = flux;
    this.background = background;
    this.scale = scale;
    rows = amplitudes.grid().rows();
    columns = amplitudes.grid().columns();
    Arrays.setAll(coefficients, k -> run());
    room = new float[amplitudes.room()];
  }

  /// What was measured in some pixels.
  ///
  /// @param amplitude of a beam of strength 1
  /// @param background counts, read where there is one
  record Pixels(RealWindow amplitude, RealWindow background) {
    Pixels moved(int rows, int columns) {
      return new Pixels(amplitude.moved(rows, columns), background.moved(rows, columns));
    }
  }

  private static RealWindow run() {
    return new RealWindow(new float[Buffers.START + PIXELS], Buffers.START, PIXELS);
  }

  /// The measured amplitudes of a view, row by row. Asked for several times in a row: then they are
  /// still there.
  RealWindow plane(int view) {
    if (view != planeOf) {
      plane = amplitudes.of(view, room);
      planeOf = view;
    }
    return new RealWindow(plane, 0, columns);
  }

  /// The background, row by row; nothing where there is none.
  RealWindow background() {
    return new RealWindow(background.counts(), 0, columns);
  }

  boolean hasBackground() {
    return background.used();
  }

  /// What takes the measured amplitudes of a view to those of a beam of strength 1.
  float factor(int view) {
    return flux[view] == 1 ? 1 : 1 / (float) Math.sqrt(flux[view]);
  }

  /// u_m ← its change, over some rows and columns of the detector.
  ///
  /// @param measured the same pixels
  /// @return Σ (s√I − A)² in the counts of the view
  double change(
      Window[] waves, Pixels measured, int rows, int columns, int view, Likelihood likelihood) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c += PIXELS) {
        sum +=
            changeSome(
                waves, measured.moved(r, c), r, c, Math.min(PIXELS, columns - c), view, likelihood);
      }
    }
    return flux[view] * sum;
  }

  /// The same for so many pixels from (r, c) on, without the flux.
  private double changeSome(
      Window[] waves, Pixels measured, int r, int c, int count, int view, Likelihood likelihood) {
    var amplitude = measured.amplitude;
    if (waves.length == 1 && likelihood == Likelihood.AMPLITUDE && !background.used()) {
      return Modulus.change(waves[0].moved(r, c), amplitude, scale, 1, count);
    }
    add(waves, measured, r, c, count, view);
    double sum =
        switch (likelihood) {
          case AMPLITUDE -> ModeModulus.imposed(intensity, amplitude, scale, 1, count);
          case POISSON -> ModeModulus.poisson(intensity, amplitude, scale, EPSILON, 1, count);
          case GAUSSIAN -> ModeModulus.gaussian(intensity, amplitude, scale, 1, 1, 1, count);
          case UNIFORM ->
              ModeModulus.gaussian(
                  intensity, amplitude, scale, 0, amplitudes.brightest(), 1, count);
        };
    if (bounded && likelihood == Likelihood.POISSON) {
      ModeModulus.bound(intensity, scale, count);
    }
    for (var wave : waves) {
      ModeModulus.scale(wave.moved(r, c), intensity, 1, count);
    }
    return sum;
  }

  /// @return Σ (s√I − A)² over some rows and columns, in the counts of the view
  double error(Window[] waves, Pixels measured, int rows, int columns, int view) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c += PIXELS) {
        int count = Math.min(PIXELS, columns - c);
        var some = measured.moved(r, c);
        if (waves.length == 1 && !background.used()) {
          sum += Modulus.error(waves[0].moved(r, c), some.amplitude, scale, 1, count);
        } else {
          add(waves, some, r, c, count, view);
          sum += ModeModulus.imposed(intensity, some.amplitude, scale, 1, count);
        }
      }
    }
    return flux[view] * sum;
  }

  /// @return Σ s² I over the good pixels of some rows and columns, without background and the flux
  ///     of the view
  double computed(Window[] waves, Pixels measured, int rows, int columns) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c += PIXELS) {
        int count = Math.min(PIXELS, columns - c);
        addWaves(waves, 0, r, c, count);
        var amplitude = measured.amplitude.moved(r, c);
        for (int i = 0; i < count; i++) {
          sum +=
              amplitude.values()[amplitude.offset() + i] >= 0
                  ? intensity.values()[intensity.offset() + i]
                  : 0;
        }
      }
    }
    return sum * scale * scale;
  }

  /// sums[2k], sums[2k + 1] ← sums + (Σ dℓ/dt, Σ d²ℓ/dt²) at each t_k over some rows and columns,
  /// where waves are a_m + t b_m + t² c_m.
  ///
  /// @param line a, b and c of the first mode, of the second, …
  void slopes(
      Window[] line,
      Pixels measured,
      int rows,
      int columns,
      int view,
      Likelihood likelihood,
      double[] at,
      double[] sums) {
    var noise =
        switch (likelihood) {
          case AMPLITUDE -> Noise.AMPLITUDE;
          case POISSON -> Noise.POISSON;
          case GAUSSIAN -> Noise.GAUSSIAN;
          case UNIFORM -> Noise.UNIFORM;
        };
    float floor = likelihood == Likelihood.UNIFORM ? amplitudes.brightest() : EPSILON;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c += PIXELS) {
        int count = Math.min(PIXELS, columns - c);
        for (int m = 0; m < line.length; m += 3) {
          LineSlopes.coefficients(
              line[m].moved(r, c),
              line[m + 1].moved(r, c),
              line[m + 2].moved(r, c),
              scale,
              m == 0 ? 0 : 1,
              coefficients,
              1,
              count);
        }
        var some = measured.moved(r, c);
        if (background.used()) {
          addBackground(some, coefficients[0], count, 1, 1 / flux[view]);
        }
        for (int k = 0; k < at.length; k++) {
          Arrays.fill(slopes, 0);
          float t = (float) at[k];
          LineSlopes.add(coefficients, some.amplitude, noise, scale, floor, t, 1, count, slopes);
          sums[2 * k] += slopes[0];
          sums[2 * k + 1] += slopes[1];
        }
      }
    }
  }

  /// Counts of the view over good pixels that come from the background.
  double backgroundCounts(int view) {
    float[] measured = plane(view).values();
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
  void background(Window[] waves, int view, double[] slopes, double[] weights) {
    var measured = new Pixels(plane(view), background());
    float[] amplitude = measured.amplitude.values();
    double strength = (double) flux[view] * scale;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c += PIXELS) {
        int count = Math.min(PIXELS, columns - c);
        add(waves, measured.moved(r, c), r, c, count, view);
        for (int k = 0; k < count; k++) {
          int i = r * columns + c + k;
          if (amplitude[i] >= 0) {
            double computed = strength * intensity.values()[intensity.offset() + k];
            double weight = 1 / (computed + EPSILON);
            slopes[i] += ((double) amplitude[i] * amplitude[i] / scale - computed) * weight;
            weights[i] += weight;
          }
        }
      }
    }
  }

  /// Enters what the counts of a view say about parameters of its waves.
  ///
  /// @param slopes for each parameter the derivatives of all modes
  /// @param into the square number of parts, row by row, into which the frame is cut
  void gather(
      List<ComplexField> modes,
      List<List<ComplexField>> slopes,
      int view,
      NormalEquations... into) {
    float[] amplitude = plane(view).values();
    double strength = (double) flux[view] * scale;
    double[] ofPixel = new double[slopes.size()];
    int side = (int) Math.round(Math.sqrt(into.length));
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
        int part = r * side / rows * side + c * side / columns;
        into[part].enter((double) a * a / scale, computed * strength, ofPixel);
      }
    }
    for (var part : into) {
      part.complete();
    }
  }

  /// Intensity of all waves, and background, in so many pixels from (r, c) on.
  private void add(Window[] waves, Pixels measured, int r, int c, int count, int view) {
    boolean more = background.used();
    if (more) {
      addBackground(measured, intensity, count, 0, 1 / (flux[view] * scale));
    }
    addWaves(waves, more ? 1 : 0, r, c, count);
  }

  private void addWaves(Window[] waves, float keep, int r, int c, int count) {
    for (int m = 0; m < waves.length; m++) {
      ModeModulus.add(waves[m].moved(r, c), intensity, m == 0 ? keep : 1, 1, count);
    }
  }

  /// I ← keep I + factor · b
  private static void addBackground(
      Pixels measured, RealWindow into, int count, float keep, float factor) {
    var b = measured.background;
    for (int i = 0; i < count; i++) {
      int k = into.offset() + i;
      into.values()[k] = keep * into.values()[k] + factor * b.values()[b.offset() + i];
    }
  }
}
