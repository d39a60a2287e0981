package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Sums over the energies of each pixel of a block: what linear fits, splines and integrals of each
/// pixel's spectrum come down to.
///
/// A block lies energy by energy: value e of pixel i is `y[e · pitch + i]`. It is meant to be in
/// the second-level cache, so that a stack is read once from memory however many sums there are.
/// Lanes are pixels, and sums stay in registers over all energies. Projections lose nothing to their
/// length: runs of eight are added up in single precision and go on with their rounding errors kept
/// (Knuth's two-sum). Scalar and vector code give the same bits.
public final class SpectralSums {
  private SpectralSums() {}

  /// Energies whose products one lane adds up before they go on with their rounding errors.
  private static final int RUN = 8;

  /// into[k][at + i] ← Σ_e weights[k][e] y[e · pitch + i], i < length
  public static void project(
      float[] y, int pitch, float[][] weights, int length, float[][] into, int at) {
    int done = Simd.AVAILABLE ? Vector.project(y, pitch, weights, length, into, at) : 0;
    Plain.project(y, pitch, weights, done, length, into, at);
  }

  /// level[i] ← y[i], 0 where it is NaN; y[e · pitch + i] ← y[e · pitch + i] − level[i]
  public static void takeFirst(float[] y, int pitch, int energies, int length, float[] level) {
    for (int i = 0; i < length; i++) {
      level[i] = Float.isNaN(y[i]) ? 0 : y[i];
    }
    int done = Simd.AVAILABLE ? Vector.take(y, pitch, energies, length, level) : 0;
    Plain.take(y, pitch, energies, done, length, level);
  }

  /// rest[i] ← Σ_e (y[e · pitch + i] − Σ_k basis[k][e] amounts[k][i])² and squares[i] ←
  /// Σ_e y[e · pitch + i]², e < energies; rows of `amounts` beyond those of `basis` are not looked
  /// at.
  public static void misfit(
      float[] y,
      int pitch,
      int energies,
      int length,
      float[][] basis,
      float[][] amounts,
      float[] rest,
      float[] squares) {
    int done =
        Simd.AVAILABLE
            ? Vector.misfit(y, pitch, energies, length, basis, amounts, rest, squares)
            : 0;
    Plain.misfit(y, pitch, energies, done, length, basis, amounts, rest, squares);
  }

  /// into[e · pitch + i] ← Σ_k basis[k][e] amounts[k][i]: what the columns make.
  public static void model(
      int pitch, int energies, int length, float[][] basis, float[][] amounts, float[] into) {
    int done =
        Simd.AVAILABLE ? Vector.model(pitch, energies, length, basis, amounts, into) : 0;
    Plain.model(pitch, energies, done, length, basis, amounts, into);
  }

  static final class Plain {
    private Plain() {}

    static void project(
        float[] y, int pitch, float[][] weights, int from, int to, float[][] into, int at) {
      for (int k = 0; k < weights.length; k++) {
        float[] w = weights[k];
        for (int i = from; i < to; i++) {
          float sum = 0;
          float lost = 0;
          for (int run = 0; run < w.length; run += RUN) {
            float few = 0;
            for (int e = run; e < Math.min(w.length, run + RUN); e++) {
              few = Math.fma(w[e], y[e * pitch + i], few);
            }
            float both = sum + few;
            float part = both - sum;
            lost += (sum - (both - part)) + (few - part);
            sum = both;
          }
          into[k][at + i] = sum + lost;
        }
      }
    }

    static void take(float[] y, int pitch, int energies, int from, int to, float[] level) {
      for (int e = 0; e < energies; e++) {
        for (int i = from; i < to; i++) {
          y[e * pitch + i] -= level[i];
        }
      }
    }

    static void misfit(
        float[] y,
        int pitch,
        int energies,
        int from,
        int to,
        float[][] basis,
        float[][] amounts,
        float[] rest,
        float[] squares) {
      for (int i = from; i < to; i++) {
        float sum = 0;
        float square = 0;
        for (int e = 0; e < energies; e++) {
          float off = y[e * pitch + i];
          square = Math.fma(off, off, square);
          for (int k = 0; k < basis.length; k++) {
            off = Math.fma(-amounts[k][i], basis[k][e], off);
          }
          sum = Math.fma(off, off, sum);
        }
        rest[i] = sum;
        squares[i] = square;
      }
    }

    static void model(
        int pitch,
        int energies,
        int from,
        int to,
        float[][] basis,
        float[][] amounts,
        float[] into) {
      for (int e = 0; e < energies; e++) {
        for (int i = from; i < to; i++) {
          float sum = 0;
          for (int k = 0; k < basis.length; k++) {
            sum = Math.fma(basis[k][e], amounts[k][i], sum);
          }
          into[e * pitch + i] = sum;
        }
      }
    }
  }

  /// Tiles of four vectors of pixels hide the latency of the additions. Methods return the number of
  /// pixels they did.
  static final class Vector {
    private Vector() {}

    private static final int TILE = 4 * WIDTH;

    static int project(
        float[] y, int pitch, float[][] weights, int length, float[][] into, int at) {
      int whole = length / TILE * TILE;
      int pairs = weights.length / 2 * 2;
      for (int i = 0; i < whole; i += TILE) {
        for (int k = 0; k < pairs; k += 2) {
          twoSums(y, pitch, i, weights[k], weights[k + 1], into[k], into[k + 1], at + i);
        }
        if (pairs < weights.length) {
          oneSum(y, pitch, i, weights[pairs], into[pairs], at + i);
        }
      }
      return whole;
    }

    private static void twoSums(
        float[] y,
        int pitch,
        int i,
        float[] weights,
        float[] others,
        float[] into,
        float[] intoOther,
        int at) {
      var zero = FloatVector.zero(FLOATS);
      var sumA = zero;
      var sumB = zero;
      var sumC = zero;
      var sumD = zero;
      var lostA = zero;
      var lostB = zero;
      var lostC = zero;
      var lostD = zero;
      var sumE = zero;
      var sumF = zero;
      var sumG = zero;
      var sumH = zero;
      var lostE = zero;
      var lostF = zero;
      var lostG = zero;
      var lostH = zero;
      for (int run = 0; run < weights.length; run += RUN) {
        var a = zero;
        var b = zero;
        var c = zero;
        var d = zero;
        var e = zero;
        var f = zero;
        var g = zero;
        var h = zero;
        int last = Math.min(weights.length, run + RUN);
        for (int energy = run; energy < last; energy++) {
          int from = energy * pitch + i;
          var w = FloatVector.broadcast(FLOATS, weights[energy]);
          var other = FloatVector.broadcast(FLOATS, others[energy]);
          var value = FloatVector.fromArray(FLOATS, y, from);
          a = w.fma(value, a);
          e = other.fma(value, e);
          value = FloatVector.fromArray(FLOATS, y, from + WIDTH);
          b = w.fma(value, b);
          f = other.fma(value, f);
          value = FloatVector.fromArray(FLOATS, y, from + 2 * WIDTH);
          c = w.fma(value, c);
          g = other.fma(value, g);
          value = FloatVector.fromArray(FLOATS, y, from + 3 * WIDTH);
          d = w.fma(value, d);
          h = other.fma(value, h);
        }
        var both = sumA.add(a);
        var part = both.sub(sumA);
        lostA = lostA.add(sumA.sub(both.sub(part)).add(a.sub(part)));
        sumA = both;
        both = sumB.add(b);
        part = both.sub(sumB);
        lostB = lostB.add(sumB.sub(both.sub(part)).add(b.sub(part)));
        sumB = both;
        both = sumC.add(c);
        part = both.sub(sumC);
        lostC = lostC.add(sumC.sub(both.sub(part)).add(c.sub(part)));
        sumC = both;
        both = sumD.add(d);
        part = both.sub(sumD);
        lostD = lostD.add(sumD.sub(both.sub(part)).add(d.sub(part)));
        sumD = both;
        both = sumE.add(e);
        part = both.sub(sumE);
        lostE = lostE.add(sumE.sub(both.sub(part)).add(e.sub(part)));
        sumE = both;
        both = sumF.add(f);
        part = both.sub(sumF);
        lostF = lostF.add(sumF.sub(both.sub(part)).add(f.sub(part)));
        sumF = both;
        both = sumG.add(g);
        part = both.sub(sumG);
        lostG = lostG.add(sumG.sub(both.sub(part)).add(g.sub(part)));
        sumG = both;
        both = sumH.add(h);
        part = both.sub(sumH);
        lostH = lostH.add(sumH.sub(both.sub(part)).add(h.sub(part)));
        sumH = both;
      }
      sumA.add(lostA).intoArray(into, at);
      sumB.add(lostB).intoArray(into, at + WIDTH);
      sumC.add(lostC).intoArray(into, at + 2 * WIDTH);
      sumD.add(lostD).intoArray(into, at + 3 * WIDTH);
      sumE.add(lostE).intoArray(intoOther, at);
      sumF.add(lostF).intoArray(intoOther, at + WIDTH);
      sumG.add(lostG).intoArray(intoOther, at + 2 * WIDTH);
      sumH.add(lostH).intoArray(intoOther, at + 3 * WIDTH);
    }

    private static void oneSum(
        float[] y, int pitch, int i, float[] weights, float[] into, int at) {
      var zero = FloatVector.zero(FLOATS);
      var sumA = zero;
      var sumB = zero;
      var sumC = zero;
      var sumD = zero;
      var lostA = zero;
      var lostB = zero;
      var lostC = zero;
      var lostD = zero;
      for (int run = 0; run < weights.length; run += RUN) {
        var a = zero;
        var b = zero;
        var c = zero;
        var d = zero;
        int last = Math.min(weights.length, run + RUN);
        for (int energy = run; energy < last; energy++) {
          int from = energy * pitch + i;
          var w = FloatVector.broadcast(FLOATS, weights[energy]);
          a = w.fma(FloatVector.fromArray(FLOATS, y, from), a);
          b = w.fma(FloatVector.fromArray(FLOATS, y, from + WIDTH), b);
          c = w.fma(FloatVector.fromArray(FLOATS, y, from + 2 * WIDTH), c);
          d = w.fma(FloatVector.fromArray(FLOATS, y, from + 3 * WIDTH), d);
        }
        var both = sumA.add(a);
        var part = both.sub(sumA);
        lostA = lostA.add(sumA.sub(both.sub(part)).add(a.sub(part)));
        sumA = both;
        both = sumB.add(b);
        part = both.sub(sumB);
        lostB = lostB.add(sumB.sub(both.sub(part)).add(b.sub(part)));
        sumB = both;
        both = sumC.add(c);
        part = both.sub(sumC);
        lostC = lostC.add(sumC.sub(both.sub(part)).add(c.sub(part)));
        sumC = both;
        both = sumD.add(d);
        part = both.sub(sumD);
        lostD = lostD.add(sumD.sub(both.sub(part)).add(d.sub(part)));
        sumD = both;
      }
      sumA.add(lostA).intoArray(into, at);
      sumB.add(lostB).intoArray(into, at + WIDTH);
      sumC.add(lostC).intoArray(into, at + 2 * WIDTH);
      sumD.add(lostD).intoArray(into, at + 3 * WIDTH);
    }

    static int take(float[] y, int pitch, int energies, int length, float[] level) {
      int whole = FLOATS.loopBound(length);
      for (int e = 0; e < energies; e++) {
        int from = e * pitch;
        for (int i = 0; i < whole; i += WIDTH) {
          FloatVector.fromArray(FLOATS, y, from + i)
              .sub(FloatVector.fromArray(FLOATS, level, i))
              .intoArray(y, from + i);
        }
      }
      return whole;
    }

    static int misfit(
        float[] y,
        int pitch,
        int energies,
        int length,
        float[][] basis,
        float[][] amounts,
        float[] rest,
        float[] squares) {
      int whole = length / TILE * TILE;
      for (int i = 0; i < whole; i += TILE) {
        if (basis.length == 2) {
          misfitOfTwo(y, pitch, energies, i, basis, amounts, rest, squares);
        } else {
          for (int j = i; j < i + TILE; j += WIDTH) {
            misfitOfAny(y, pitch, energies, j, basis, amounts, rest, squares);
          }
        }
      }
      return whole;
    }

    private static void misfitOfTwo(
        float[] y,
        int pitch,
        int energies,
        int i,
        float[][] basis,
        float[][] amounts,
        float[] rest,
        float[] squares) {
      float[] one = basis[0];
      float[] two = basis[1];
      var oneA = FloatVector.fromArray(FLOATS, amounts[0], i).neg();
      var oneB = FloatVector.fromArray(FLOATS, amounts[0], i + WIDTH).neg();
      var oneC = FloatVector.fromArray(FLOATS, amounts[0], i + 2 * WIDTH).neg();
      var oneD = FloatVector.fromArray(FLOATS, amounts[0], i + 3 * WIDTH).neg();
      var twoA = FloatVector.fromArray(FLOATS, amounts[1], i).neg();
      var twoB = FloatVector.fromArray(FLOATS, amounts[1], i + WIDTH).neg();
      var twoC = FloatVector.fromArray(FLOATS, amounts[1], i + 2 * WIDTH).neg();
      var twoD = FloatVector.fromArray(FLOATS, amounts[1], i + 3 * WIDTH).neg();
      var zero = FloatVector.zero(FLOATS);
      var restA = zero;
      var restB = zero;
      var restC = zero;
      var restD = zero;
      var squareA = zero;
      var squareB = zero;
      var squareC = zero;
      var squareD = zero;
      for (int e = 0; e < energies; e++) {
        int from = e * pitch + i;
        var b = FloatVector.broadcast(FLOATS, one[e]);
        var c = FloatVector.broadcast(FLOATS, two[e]);
        var v = FloatVector.fromArray(FLOATS, y, from);
        squareA = v.fma(v, squareA);
        v = twoA.fma(c, oneA.fma(b, v));
        restA = v.fma(v, restA);
        v = FloatVector.fromArray(FLOATS, y, from + WIDTH);
        squareB = v.fma(v, squareB);
        v = twoB.fma(c, oneB.fma(b, v));
        restB = v.fma(v, restB);
        v = FloatVector.fromArray(FLOATS, y, from + 2 * WIDTH);
        squareC = v.fma(v, squareC);
        v = twoC.fma(c, oneC.fma(b, v));
        restC = v.fma(v, restC);
        v = FloatVector.fromArray(FLOATS, y, from + 3 * WIDTH);
        squareD = v.fma(v, squareD);
        v = twoD.fma(c, oneD.fma(b, v));
        restD = v.fma(v, restD);
      }
      restA.intoArray(rest, i);
      restB.intoArray(rest, i + WIDTH);
      restC.intoArray(rest, i + 2 * WIDTH);
      restD.intoArray(rest, i + 3 * WIDTH);
      squareA.intoArray(squares, i);
      squareB.intoArray(squares, i + WIDTH);
      squareC.intoArray(squares, i + 2 * WIDTH);
      squareD.intoArray(squares, i + 3 * WIDTH);
    }

    private static void misfitOfAny(
        float[] y,
        int pitch,
        int energies,
        int i,
        float[][] basis,
        float[][] amounts,
        float[] rest,
        float[] squares) {
      var more = FloatVector.zero(FLOATS);
      var square = more;
      for (int e = 0; e < energies; e++) {
        var v = FloatVector.fromArray(FLOATS, y, e * pitch + i);
        square = v.fma(v, square);
        for (int k = 0; k < basis.length; k++) {
          // −(a b) is a (−b) to the bit
          v =
              FloatVector.fromArray(FLOATS, amounts[k], i)
                  .fma(FloatVector.broadcast(FLOATS, -basis[k][e]), v);
        }
        more = v.fma(v, more);
      }
      more.intoArray(rest, i);
      square.intoArray(squares, i);
    }

    static int model(
        int pitch, int energies, int length, float[][] basis, float[][] amounts, float[] into) {
      int whole = FLOATS.loopBound(length);
      for (int e = 0; e < energies; e++) {
        for (int i = 0; i < whole; i += WIDTH) {
          var sum = FloatVector.zero(FLOATS);
          for (int k = 0; k < basis.length; k++) {
            sum =
                FloatVector.fromArray(FLOATS, amounts[k], i)
                    .fma(FloatVector.broadcast(FLOATS, basis[k][e]), sum);
          }
          sum.intoArray(into, e * pitch + i);
        }
      }
      return whole;
    }
  }
}
