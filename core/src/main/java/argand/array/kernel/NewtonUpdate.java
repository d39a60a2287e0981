package argand.array.kernel;

/// A damped Newton step for one factor of a product, from numerator A* Δ and weight |A|², A the
/// other factor.
public final class NewtonUpdate {
  private NewtonUpdate() {}

  /// f ← f + γ (|A|/max|A|) A* Δ / (|A|² + α max|A|²)
  public static void step(
      Window field,
      Window numerator,
      RealWindow weight,
      float alpha,
      float gamma,
      int rows,
      int columns) {
    float[] w = weight.values();
    float peak = 0;
    for (int r = 0; r < rows; r++) {
      for (int i = weight.offset() + r * weight.pitch(), end = i + columns; i < end; i++) {
        peak = Math.max(peak, w[i]);
      }
    }
    if (peak == 0) {
      return;
    }
    float floor = alpha * peak;
    float scale = gamma / (float) Math.sqrt(peak);
    for (int r = 0; r < rows; r++) {
      int i = field.offset() + r * field.pitch();
      int k = numerator.offset() + r * numerator.pitch();
      int l = weight.offset() + r * weight.pitch();
      for (int c = 0; c < columns; c++) {
        float share = scale * (float) Math.sqrt(w[l + c]) / (w[l + c] + floor);
        field.re()[i + c] = Math.fma(share, numerator.re()[k + c], field.re()[i + c]);
        field.im()[i + c] = Math.fma(share, numerator.im()[k + c], field.im()[i + c]);
      }
    }
  }
}
