package argand.array.kernel;

/// Transform of any length n by Bluestein's algorithm: with j k = (j² + k² − (k − j)²) / 2 the sum
/// becomes a convolution with a
/// chirp, which is done by transforms of a longer length m ≥ 2n − 1 that has small factors only.
///
/// X_k = c_k Σ_j (x_j c_j) c̄_{k−j} with c_j = exp(−πi j² / n).
///
/// L. I. Bluestein, "A linear filtering approach to the computation of discrete Fourier transform",
/// IEEE Trans. Audio
/// Electroacoust. 18, 451–455 (1970), doi:10.1109/TAU.1970.1162132.
///
/// Accuracy: the convolution multiplies by the filter ĉ, whose values are √2·√n in the mean square
/// and at most 2.3 √n, where the result
/// needs √n: so rounding is magnified by at most 2.3. The roundings are those of two inner
/// transforms (3·10⁻⁷ each, as for any
/// length with small factors) and three multiplications (10⁻⁷ each), independent of each other:
/// 2.3 · √(2 · 3² + 3 · 1²) · 10⁻⁷ ≈ 1.1·10⁻⁶ relative to the result, in the mean square; measured:
/// half of that.
final class BluesteinStrip implements StripFft {
  private final int length;
  private final int padded;
  private final int lanes;
  private final FftKernels kernels;
  private final RadixStrip inner;

  /// c_j as triples (cos, sin, −sin).
  private final float[] chirp;

  /// The transform of c̄, wrapped to length m and divided by m, as triples (re, im, −im).
  private final float[] filter;

  private final float[] workRe;
  private final float[] workIm;

  BluesteinStrip(int length, FftKernels kernels) {
    this.length = length;
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    int padded = paddedLength(length);
    this.inner = new RadixStrip(RadixPlan.of(padded), kernels);
    this.chirp = new float[3 * length];
    double[] re = new double[padded];
    double[] im = new double[padded];
    for (int j = 0; j < length; j++) {
      // j² modulo 2n, so that the angle keeps its digits
      double angle = -Math.PI * ((long) j * j % (2L * length)) / length;
      put(chirp, j, Math.cos(angle), Math.sin(angle));
      re[j] = Math.cos(angle) / padded;
      im[j] = -Math.sin(angle) / padded;
      re[(padded - j) % padded] = re[j];
      im[(padded - j) % padded] = im[j];
    }
    this.filter = new float[3 * padded];
    DoubleFft.transform(re, im);
    for (int k = 0; k < padded; k++) {
      put(filter, k, re[k], im[k]);
    }
    this.padded = padded;
    this.workRe = new float[Buffers.pairedLength(padded * lanes)];
    this.workIm = new float[workRe.length];
  }

  /// The smallest multiple of 16 from 2n − 1 on whose factors are 2, 3 and 5.
  static int paddedLength(int length) {
    int padded = Math.ceilDiv(2 * length - 1, 16) * 16;
    while (!RadixPlan.reaches(padded) || padded % 7 == 0) {
      padded += 16;
    }
    return padded;
  }

  private static void put(float[] triples, int j, double re, double im) {
    triples[3 * j] = (float) re;
    triples[3 * j + 1] = (float) im;
    triples[3 * j + 2] = (float) -im;
  }

  @Override
  public void transform(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep) {
    kernels.turn(fromRe, fromIm, fromAt, fromStep, workRe, workIm, 0, lanes, length, chirp);
    java.util.Arrays.fill(workRe, length * lanes, padded * lanes, 0);
    java.util.Arrays.fill(workIm, length * lanes, padded * lanes, 0);
    inner.transform(workRe, workIm, 0, lanes, workRe, workIm, 0, lanes);
    kernels.turn(workRe, workIm, 0, lanes, workRe, workIm, 0, lanes, padded, filter);
    // planes swapped: back
    inner.transform(workIm, workRe, 0, lanes, workIm, workRe, 0, lanes);
    kernels.turn(workRe, workIm, 0, lanes, toRe, toIm, toAt, toStep, length, chirp);
  }
}
