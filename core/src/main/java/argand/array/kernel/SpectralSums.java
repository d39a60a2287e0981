package argand.array.kernel;

/// Sums over the energies of each pixel of a block: what linear fits, splines and integrals of each
/// pixel's spectrum come down to.
///
/// A block lies energy by energy: value e of pixel i is `y[e · pitch + i]`. It is meant to be in
/// the second-level cache, so that a stack is read once from memory however many sums there are.
/// Lanes are pixels, and sums stay in registers over all energies. Projections lose nothing to
/// their
/// length: runs of eight are added up in single precision and go on with their rounding errors kept
/// (Knuth's two-sum). Scalar and vector code give the same bits.
public final class SpectralSums {
  private SpectralSums() {}

  /// Energies whose products one lane adds up before they go on with their rounding errors.
  static final int RUN = 8;

  /// into[k][at + i] ← Σ_e weights[k][e] y[e · pitch + i], i < length
  public static void project(
      float[] y, int pitch, float[][] weights, int length, float[][] into, int at) {
    int done = Simd.AVAILABLE ? VectorSpectralSums.project(y, pitch, weights, length, into, at) : 0;
    Plain.project(y, pitch, weights, done, length, into, at);
  }

  /// level[i] ← y[i], 0 where it is NaN; y[e · pitch + i] ← y[e · pitch + i] − level[i]
  public static void takeFirst(float[] y, int pitch, int energies, int length, float[] level) {
    for (int i = 0; i < length; i++) {
      level[i] = Float.isNaN(y[i]) ? 0 : y[i];
    }
    int done = Simd.AVAILABLE ? VectorSpectralSums.take(y, pitch, energies, length, level) : 0;
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
            ? VectorSpectralSums.misfit(y, pitch, energies, length, basis, amounts, rest, squares)
            : 0;
    Plain.misfit(y, pitch, energies, done, length, basis, amounts, rest, squares);
  }

  /// into[e · pitch + i] ← Σ_k basis[k][e] amounts[k][i]: what the columns make.
  public static void model(
      int pitch, int energies, int length, float[][] basis, float[][] amounts, float[] into) {
    int done =
        Simd.AVAILABLE
            ? VectorSpectralSums.model(pitch, energies, length, basis, amounts, into)
            : 0;
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
}
