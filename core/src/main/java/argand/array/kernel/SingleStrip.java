package argand.array.kernel;

/// The transform of length 1: a copy.
record SingleStrip(int lanes) implements StripFft {
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
    System.arraycopy(fromRe, fromAt, toRe, toAt, lanes);
    System.arraycopy(fromIm, fromAt, toIm, toAt, lanes);
  }
}
