package argand.array;

/// Moves fields by fractions of a pixel, wrapping around, by trigonometric interpolation: a {@link
/// PhaseRamp} on the spectrum. One instance for each thread.
public final class FourierShift {
  private final Fft2 fft;
  private final PhaseRamp ramp;

  public FourierShift(int rows, int columns) {
    this.fft = new Fft2(rows, columns);
    this.ramp = new PhaseRamp(rows, columns);
  }

  /// f ← f moved down and right by so many pixels.
  public void move(ComplexField f, double down, double right) {
    fft.transform(f);
    ramp.multiply(f, down, right);
    fft.transformBack(f);
    f.scale(1.0 / fft.rows() / fft.columns());
  }

  /// f moved down and right by so many pixels; a new field. Its sum is that of f; values may
  /// overshoot at steps.
  public RealField moved(RealField f, double down, double right) {
    var complex = new ComplexField(f.grid());
    int columns = f.grid().columns();
    for (int r = 0; r < f.grid().rows(); r++) {
      System.arraycopy(f.values(), r * columns, complex.re(), r * complex.pitch(), columns);
    }
    move(complex, down, right);
    var moved = new RealField(f.grid());
    for (int r = 0; r < f.grid().rows(); r++) {
      System.arraycopy(complex.re(), r * complex.pitch(), moved.values(), r * columns, columns);
    }
    return moved;
  }
}
