package argand.array.kernel;

/// Fourier transforms of one length along the first axis of a strip of `lanes` neighbouring
/// columns: forward (kernel exp(−2πi j k / n)), unscaled, zero first. Swapping the two planes of
/// both arguments gives the backward transform.
///
/// Owns buffers: one instance for each thread.
sealed interface StripFft permits RadixStrip, BluesteinStrip, SingleStrip {
  /// For any length ≥ 1: by butterflies when it has no prime factor above 7, else by Bluestein's
  /// algorithm.
  static StripFft of(int length, FftKernels kernels) {
    if (length == 1) {
      return new SingleStrip(kernels.lanes());
    }
    return RadixPlan.reaches(length)
        ? new RadixStrip(RadixPlan.of(length), kernels)
        : new BluesteinStrip(length, kernels);
  }

  /// Element j of the source is at `fromAt + j · fromStep`, of the target at `toAt + j · toStep`;
  /// both may be the same place.
  void transform(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep);
}
