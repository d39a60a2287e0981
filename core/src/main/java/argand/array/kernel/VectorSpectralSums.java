package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// {@link SpectralSums} by vectors. Tiles of four vectors of pixels hide the latency of the
/// additions. Methods return the number of
/// pixels they did.
final class VectorSpectralSums {
  private VectorSpectralSums() {}

  private static final int TILE = 4 * WIDTH;

  static int project(float[] y, int pitch, float[][] weights, int length, float[][] into, int at) {
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
    for (int run = 0; run < weights.length; run += SpectralSums.RUN) {
      var a = zero;
      var b = zero;
      var c = zero;
      var d = zero;
      var e = zero;
      var f = zero;
      var g = zero;
      var h = zero;
      int last = Math.min(weights.length, run + SpectralSums.RUN);
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

  private static void oneSum(float[] y, int pitch, int i, float[] weights, float[] into, int at) {
    var zero = FloatVector.zero(FLOATS);
    var sumA = zero;
    var sumB = zero;
    var sumC = zero;
    var sumD = zero;
    var lostA = zero;
    var lostB = zero;
    var lostC = zero;
    var lostD = zero;
    for (int run = 0; run < weights.length; run += SpectralSums.RUN) {
      var a = zero;
      var b = zero;
      var c = zero;
      var d = zero;
      int last = Math.min(weights.length, run + SpectralSums.RUN);
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
