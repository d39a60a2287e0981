package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Slope and curvature of a negative log-likelihood along a line on which waves at the detector are
/// a + t b + t² c, so that the intensity of a pixel is a polynomial of degree four in t:
///
///     I(t) = |a|² + 2 Re(a* b) t + (|b|² + 2 Re(a* c)) t² + 2 Re(b* c) t³ + |c|² t⁴
///
/// The scale s of the transforms and the sign of amplitudes A are as in {@link ModeModulus}.
public final class LineSlopes {
  private LineSlopes() {}

  /// Coefficients of a polynomial of degree four.
  public static final int COEFFICIENTS = 5;

  /// Below this an intensity counts as this.
  private static final float TINY = 1e-12f;

  /// How ℓ depends on the computed intensity I and the measured n [counts].
  public enum Noise {
    /// ℓ = I − (n + ε) ln(I + ε)
    POISSON,
    /// ℓ = ½ (I − n)² / (n + 1)
    GAUSSIAN,
    /// ℓ = ½ (I − n)² / ε
    UNIFORM,
    /// ℓ = 2 (√I − √n)²
    AMPLITUDE
  }

  /// into[k] ← keep · into[k] + coefficient k of s I(t), keep 0 or 1
  public static void coefficients(
      Window a,
      Window b,
      Window c,
      float scale,
      float keep,
      RealWindow[] into,
      int rows,
      int columns) {
    int bound = Simd.AVAILABLE ? Vector.bound(columns) : 0;
    for (int r = 0; r < rows; r++) {
      if (bound > 0) {
        Vector.coefficients(
            a.moved(r, 0), b.moved(r, 0), c.moved(r, 0), scale, keep, into, r, bound);
      }
      Plain.coefficients(
          a.moved(r, bound),
          b.moved(r, bound),
          c.moved(r, bound),
          scale,
          keep,
          into,
          r,
          bound,
          columns);
    }
  }

  /// sums[0] ← sums[0] + Σ dℓ/dt, sums[1] ← sums[1] + Σ d²ℓ/dt² at t over the pixels with A ≥ 0,
  /// always summed in the same order.
  public static void add(
      RealWindow[] coefficients,
      RealWindow amplitude,
      Noise noise,
      float scale,
      float epsilon,
      float t,
      int rows,
      int columns,
      double[] sums) {
    int bound = Simd.AVAILABLE ? Vector.bound(columns) : 0;
    float[] lanes = new float[Simd.AVAILABLE ? Vector.width() : 0];
    for (int r = 0; r < rows; r++) {
      if (bound > 0) {
        switch (noise) {
          case POISSON ->
              Vector.poisson(coefficients, amplitude, scale, epsilon, t, r, bound, lanes, sums);
          case GAUSSIAN ->
              Vector.gaussian(coefficients, amplitude, scale, 1, 1, t, r, bound, lanes, sums);
          case UNIFORM ->
              Vector.gaussian(coefficients, amplitude, scale, 0, epsilon, t, r, bound, lanes, sums);
          case AMPLITUDE ->
              Vector.amplitude(coefficients, amplitude, scale, t, r, bound, lanes, sums);
        }
      }
      Plain.add(coefficients, amplitude, noise, scale, epsilon, t, r, bound, columns, sums);
    }
  }

  static final class Plain {
    private Plain() {}

    static void coefficients(
        Window a,
        Window b,
        Window c,
        float scale,
        float keep,
        RealWindow[] into,
        int row,
        int first,
        int last) {
      for (int k = 0; k < last - first; k++) {
        float ar = a.re()[a.offset() + k];
        float ai = a.im()[a.offset() + k];
        float br = b.re()[b.offset() + k];
        float bi = b.im()[b.offset() + k];
        float cr = c.re()[c.offset() + k];
        float ci = c.im()[c.offset() + k];
        float twice = 2 * scale;
        put(into[0], row, first + k, keep, scale * Math.fma(ar, ar, ai * ai));
        put(into[1], row, first + k, keep, twice * Math.fma(ar, br, ai * bi));
        float squares = scale * Math.fma(br, br, bi * bi);
        put(into[2], row, first + k, keep, Math.fma(twice, Math.fma(ar, cr, ai * ci), squares));
        put(into[3], row, first + k, keep, twice * Math.fma(br, cr, bi * ci));
        put(into[4], row, first + k, keep, scale * Math.fma(cr, cr, ci * ci));
      }
    }

    private static void put(RealWindow into, int row, int column, float keep, float value) {
      int i = into.offset() + row * into.pitch() + column;
      into.values()[i] = Math.fma(keep, into.values()[i], value);
    }

    static void add(
        RealWindow[] f,
        RealWindow amplitude,
        Noise noise,
        float scale,
        float epsilon,
        float t,
        int row,
        int first,
        int last,
        double[] sums) {
      for (int c = first; c < last; c++) {
        float a = amplitude.values()[amplitude.offset() + row * amplitude.pitch() + c];
        if (a < 0) {
          continue;
        }
        float f0 = at(f[0], row, c);
        float f1 = at(f[1], row, c);
        float f2 = at(f[2], row, c);
        float f3 = at(f[3], row, c);
        float f4 = at(f[4], row, c);
        float computed = Math.max(0, f0 + t * (f1 + t * (f2 + t * (f3 + t * f4))));
        float slope = f1 + t * (2 * f2 + t * (3 * f3 + t * 4 * f4));
        float bend = 2 * f2 + t * (6 * f3 + t * 12 * f4);
        float n = a * a / scale;
        float one;
        float two;
        switch (noise) {
          case POISSON -> {
            float share = 1 / (computed + epsilon);
            one = (computed - n) * share;
            two = (n + epsilon) * share * share;
          }
          case GAUSSIAN -> {
            two = 1 / (n + 1);
            one = (computed - n) * two;
          }
          case UNIFORM -> {
            two = 1 / epsilon;
            one = (computed - n) * two;
          }
          case AMPLITUDE -> {
            float lit = Math.max(TINY, computed);
            float ratio = (float) Math.sqrt(n / lit);
            one = 2 - 2 * ratio;
            two = ratio / lit;
          }
          default -> throw new IllegalStateException(noise.name());
        }
        sums[0] += one * slope;
        sums[1] += two * slope * slope + one * bend;
      }
    }

    private static float at(RealWindow f, int row, int column) {
      return f.values()[f.offset() + row * f.pitch() + column];
    }
  }

  static final class Vector {
    private Vector() {}

    static int width() {
      return WIDTH;
    }

    static int bound(int columns) {
      return FLOATS.loopBound(columns);
    }

    static void coefficients(
        Window a, Window b, Window c, float scale, float keep, RealWindow[] into, int row, int n) {
      float[] f0 = into[0].values();
      float[] f1 = into[1].values();
      float[] f2 = into[2].values();
      float[] f3 = into[3].values();
      float[] f4 = into[4].values();
      int to = into[0].offset() + row * into[0].pitch();
      var once = FloatVector.broadcast(FLOATS, scale);
      var twice = FloatVector.broadcast(FLOATS, 2 * scale);
      var kept = FloatVector.broadcast(FLOATS, keep);
      for (int k = 0; k < n; k += WIDTH) {
        var ar = FloatVector.fromArray(FLOATS, a.re(), a.offset() + k);
        var ai = FloatVector.fromArray(FLOATS, a.im(), a.offset() + k);
        var br = FloatVector.fromArray(FLOATS, b.re(), b.offset() + k);
        var bi = FloatVector.fromArray(FLOATS, b.im(), b.offset() + k);
        var cr = FloatVector.fromArray(FLOATS, c.re(), c.offset() + k);
        var ci = FloatVector.fromArray(FLOATS, c.im(), c.offset() + k);
        kept.fma(FloatVector.fromArray(FLOATS, f0, to + k), once.mul(ar.fma(ar, ai.mul(ai))))
            .intoArray(f0, to + k);
        kept.fma(FloatVector.fromArray(FLOATS, f1, to + k), twice.mul(ar.fma(br, ai.mul(bi))))
            .intoArray(f1, to + k);
        kept.fma(
                FloatVector.fromArray(FLOATS, f2, to + k),
                twice.fma(ar.fma(cr, ai.mul(ci)), once.mul(br.fma(br, bi.mul(bi)))))
            .intoArray(f2, to + k);
        kept.fma(FloatVector.fromArray(FLOATS, f3, to + k), twice.mul(br.fma(cr, bi.mul(ci))))
            .intoArray(f3, to + k);
        kept.fma(FloatVector.fromArray(FLOATS, f4, to + k), once.mul(cr.fma(cr, ci.mul(ci))))
            .intoArray(f4, to + k);
      }
    }

    static void poisson(
        RealWindow[] f,
        RealWindow amplitude,
        float scale,
        float epsilon,
        float t,
        int row,
        int columns,
        float[] lanes,
        double[] sums) {
      var slopes = FloatVector.zero(FLOATS);
      var bends = FloatVector.zero(FLOATS);
      var zero = FloatVector.zero(FLOATS);
      for (int c = 0; c < columns; c += WIDTH) {
        var a = load(amplitude, row, c);
        var bad = a.compare(VectorOperators.LT, zero);
        var n = a.mul(a).mul(1 / scale);
        var f1 = load(f[1], row, c);
        var f2 = load(f[2], row, c);
        var f3 = load(f[3], row, c);
        var f4 = load(f[4], row, c);
        var computed = value(load(f[0], row, c), f1, f2, f3, f4, t);
        var slope = slope(f1, f2, f3, f4, t).blend(zero, bad);
        var bend = bend(f2, f3, f4, t).blend(zero, bad);
        var floored = computed.add(epsilon);
        var one = computed.sub(n).div(floored);
        var two = n.add(epsilon).div(floored.mul(floored));
        slopes = one.fma(slope, slopes);
        bends = two.mul(slope).fma(slope, one.fma(bend, bends));
      }
      sums[0] += sum(slopes, lanes);
      sums[1] += sum(bends, lanes);
    }

    static void gaussian(
        RealWindow[] f,
        RealWindow amplitude,
        float scale,
        float weight,
        float variance,
        float t,
        int row,
        int columns,
        float[] lanes,
        double[] sums) {
      var slopes = FloatVector.zero(FLOATS);
      var bends = FloatVector.zero(FLOATS);
      var zero = FloatVector.zero(FLOATS);
      for (int c = 0; c < columns; c += WIDTH) {
        var a = load(amplitude, row, c);
        var bad = a.compare(VectorOperators.LT, zero);
        var n = a.mul(a).mul(1 / scale);
        var f1 = load(f[1], row, c);
        var f2 = load(f[2], row, c);
        var f3 = load(f[3], row, c);
        var f4 = load(f[4], row, c);
        var computed = value(load(f[0], row, c), f1, f2, f3, f4, t);
        var slope = slope(f1, f2, f3, f4, t).blend(zero, bad);
        var bend = bend(f2, f3, f4, t).blend(zero, bad);
        var two = FloatVector.broadcast(FLOATS, 1f).div(n.mul(weight).add(variance));
        var one = computed.sub(n).mul(two);
        slopes = one.fma(slope, slopes);
        bends = two.mul(slope).fma(slope, one.fma(bend, bends));
      }
      sums[0] += sum(slopes, lanes);
      sums[1] += sum(bends, lanes);
    }

    static void amplitude(
        RealWindow[] f,
        RealWindow amplitude,
        float scale,
        float t,
        int row,
        int columns,
        float[] lanes,
        double[] sums) {
      var slopes = FloatVector.zero(FLOATS);
      var bends = FloatVector.zero(FLOATS);
      var zero = FloatVector.zero(FLOATS);
      for (int c = 0; c < columns; c += WIDTH) {
        var a = load(amplitude, row, c);
        var bad = a.compare(VectorOperators.LT, zero);
        var n = a.mul(a).mul(1 / scale);
        var f1 = load(f[1], row, c);
        var f2 = load(f[2], row, c);
        var f3 = load(f[3], row, c);
        var f4 = load(f[4], row, c);
        var lit = value(load(f[0], row, c), f1, f2, f3, f4, t).max(TINY);
        var slope = slope(f1, f2, f3, f4, t).blend(zero, bad);
        var bend = bend(f2, f3, f4, t).blend(zero, bad);
        var ratio = n.div(lit).sqrt();
        var one = FloatVector.broadcast(FLOATS, 2f).sub(ratio.mul(2f));
        var two = ratio.div(lit);
        slopes = one.fma(slope, slopes);
        bends = two.mul(slope).fma(slope, one.fma(bend, bends));
      }
      sums[0] += sum(slopes, lanes);
      sums[1] += sum(bends, lanes);
    }

    private static FloatVector load(RealWindow f, int row, int column) {
      return FloatVector.fromArray(FLOATS, f.values(), f.offset() + row * f.pitch() + column);
    }

    private static FloatVector value(
        FloatVector f0, FloatVector f1, FloatVector f2, FloatVector f3, FloatVector f4, float t) {
      var x = FloatVector.broadcast(FLOATS, t);
      return f4.fma(x, f3).fma(x, f2).fma(x, f1).fma(x, f0).max(0);
    }

    private static FloatVector slope(
        FloatVector f1, FloatVector f2, FloatVector f3, FloatVector f4, float t) {
      var x = FloatVector.broadcast(FLOATS, t);
      return f4.mul(4f).fma(x, f3.mul(3f)).fma(x, f2.mul(2f)).fma(x, f1);
    }

    private static FloatVector bend(FloatVector f2, FloatVector f3, FloatVector f4, float t) {
      var x = FloatVector.broadcast(FLOATS, t);
      return f4.mul(12f).fma(x, f3.mul(6f)).fma(x, f2.mul(2f));
    }

    /// Not reduceLanes: the order of its additions is left open, and with it the last bits.
    private static double sum(FloatVector vector, float[] lanes) {
      vector.intoArray(lanes, 0);
      double sum = 0;
      for (float lane : lanes) {
        sum += lane;
      }
      return sum;
    }
  }
}
