package argand.array.kernel;

import static argand.array.kernel.Buffers.START;

/// Mixed-radix transform of a strip. The first pass reads the source wherever it lies and writes a
/// compact buffer; middle passes work in place there; the last pass writes the target in natural
/// order.
///
/// Depth first: after the first pass each of its R₁ blocks is finished completely before the next,
/// while it is in the nearest cache.
final class RadixStrip implements StripFft {
  private final RadixPlan plan;
  private final FftKernels kernels;
  private final int lanes;
  private final int last;

  /// Floats between the blocks of the first pass in the buffer: one element more than they need,
  /// because at powers of two all blocks would share the same few cache sets.
  private final int blockPitch;

  private final float[] bufferRe;
  private final float[] bufferIm;

  RadixStrip(RadixPlan plan, FftKernels kernels) {
    this.plan = plan;
    this.kernels = kernels;
    this.lanes = kernels.lanes();
    this.last = plan.radices.length - 1;
    int block = plan.length / plan.radices[0];
    this.blockPitch = (last >= 2 ? block + 1 : block) * lanes;
    this.bufferRe =
        new float[last == 0 ? 0 : Buffers.pairedLength(START + blockPitch * plan.radices[0])];
    this.bufferIm = new float[bufferRe.length];
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
    if (last == 0) {
      kernels.pass(
          plan.length,
          fromRe,
          fromIm,
          fromAt,
          0,
          fromStep,
          toRe,
          toIm,
          toAt,
          0,
          toStep,
          1,
          plan.order,
          0,
          null);
      return;
    }
    firstPass(fromRe, fromIm, fromAt, fromStep);
    if (last == 1) {
      lastPass(START, 0, plan.order.length, toRe, toIm, toAt, toStep);
      return;
    }
    int blocks = plan.radices[0];
    int share = plan.order.length / blocks;
    for (int q = 0; q < blocks; q++) {
      finish(1, START + q * blockPitch, plan.length / blocks, q * share, toRe, toIm, toAt, toStep);
    }
  }

  /// As `transform`, with output k multiplied lane by lane by element k of a table; the target is
  /// compact. The plan must end with radix 4.
  void transformTurningLanes(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      float[] toRe,
      float[] toIm,
      float[] turnRe,
      float[] turnIm) {
    int count = plan.order.length;
    int leap = count * lanes;
    if (last == 0) {
      kernels.passTurningLanes(
          fromRe,
          fromIm,
          fromAt,
          0,
          fromStep,
          toRe,
          toIm,
          0,
          lanes,
          leap,
          1,
          plan.order,
          0,
          turnRe,
          turnIm);
      return;
    }
    firstPass(fromRe, fromIm, fromAt, fromStep);
    int blocks = last == 1 ? 1 : plan.radices[0];
    int share = count / blocks;
    for (int q = 0; q < blocks; q++) {
      int at = START + q * blockPitch;
      middlePasses(1, at, plan.length / plan.radices[0]);
      kernels.passTurningLanes(
          bufferRe,
          bufferIm,
          at,
          4 * lanes,
          lanes,
          toRe,
          toIm,
          0,
          lanes,
          leap,
          share,
          plan.order,
          q * share,
          turnRe,
          turnIm);
    }
  }

  private void firstPass(float[] fromRe, float[] fromIm, int fromAt, int fromStep) {
    int count = plan.length / plan.radices[0];
    kernels.pass(
        plan.radices[0],
        fromRe,
        fromIm,
        fromAt,
        fromStep,
        fromStep * count,
        bufferRe,
        bufferIm,
        START,
        lanes,
        blockPitch,
        count,
        plan.inPlace,
        0,
        plan.turns[0]);
  }

  /// All passes from `pass` to the last one on the block of the buffer at `at`, whose first group
  /// of the last pass has number `group`.
  private void finish(
      int pass, int at, int block, int group, float[] toRe, float[] toIm, int toAt, int toStep) {
    int radix = plan.radices[pass];
    int count = block / radix;
    if (pass == last) {
      lastPass(at, group, count, toRe, toIm, toAt, toStep);
      return;
    }
    inPlace(pass, at, count);
    if (pass + 1 == last) {
      lastPass(at, group, block / plan.radices[last], toRe, toIm, toAt, toStep);
      return;
    }
    int share = count / plan.radices[last];
    for (int q = 0; q < radix; q++) {
      finish(pass + 1, at + q * count * lanes, count, group + q * share, toRe, toIm, toAt, toStep);
    }
  }

  /// The passes from `pass` to the last but one on the block of the buffer at `at`.
  private void middlePasses(int pass, int at, int block) {
    if (pass >= last) {
      return;
    }
    int radix = plan.radices[pass];
    int count = block / radix;
    inPlace(pass, at, count);
    for (int q = 0; q < radix; q++) {
      middlePasses(pass + 1, at + q * count * lanes, count);
    }
  }

  private void inPlace(int pass, int at, int count) {
    kernels.pass(
        plan.radices[pass],
        bufferRe,
        bufferIm,
        at,
        lanes,
        count * lanes,
        bufferRe,
        bufferIm,
        at,
        lanes,
        count * lanes,
        count,
        plan.inPlace,
        0,
        plan.turns[pass]);
  }

  private void lastPass(
      int at, int group, int count, float[] toRe, float[] toIm, int toAt, int toStep) {
    int radix = plan.radices[last];
    kernels.pass(
        radix,
        bufferRe,
        bufferIm,
        at,
        radix * lanes,
        lanes,
        toRe,
        toIm,
        toAt,
        toStep,
        plan.order.length * toStep,
        count,
        plan.order,
        group,
        null);
  }
}
