package argand.inverse;

import java.util.SplittableRandom;

/// A complex vector in double precision; methods named `set…` and `add…` write into the receiver.
public record ComplexVector(double[] re, double[] im) {
  /// Zeros.
  public static ComplexVector zeros(int size) {
    return new ComplexVector(new double[size], new double[size]);
  }

  /// Real and imaginary parts drawn from a normal distribution, ⟨|x|²⟩ = 1 each.
  public static ComplexVector random(int size, SplittableRandom random) {
    var x = zeros(size);
    for (int i = 0; i < size; i++) {
      x.re[i] = Math.sqrt(0.5) * random.nextGaussian();
      x.im[i] = Math.sqrt(0.5) * random.nextGaussian();
    }
    return x;
  }

  public int size() {
    return re.length;
  }

  /// Σ|x|²
  public double power() {
    double sum = 0;
    for (int i = 0; i < re.length; i++) {
      sum += re[i] * re[i] + im[i] * im[i];
    }
    return sum;
  }

  /// this ← x
  public void set(ComplexVector x) {
    System.arraycopy(x.re, 0, re, 0, re.length);
    System.arraycopy(x.im, 0, im, 0, im.length);
  }

  /// this ← factor · this
  public void setScaled(double factor) {
    for (int i = 0; i < re.length; i++) {
      re[i] *= factor;
      im[i] *= factor;
    }
  }

  /// this ← this + factor · x
  public void add(double factor, ComplexVector x) {
    for (int i = 0; i < re.length; i++) {
      re[i] += factor * x.re[i];
      im[i] += factor * x.im[i];
    }
  }

  public ComplexVector copy() {
    return new ComplexVector(re.clone(), im.clone());
  }

  /// √(min over unit c of Σ|c x − truth|² / Σ|truth|²): how far off, but for a common phase.
  public double distance(ComplexVector truth) {
    double r = 0;
    double i = 0;
    for (int k = 0; k < re.length; k++) {
      r += re[k] * truth.re[k] + im[k] * truth.im[k];
      i += re[k] * truth.im[k] - im[k] * truth.re[k];
    }
    double square = power() + truth.power() - 2 * Math.hypot(r, i);
    return Math.sqrt(Math.max(0, square) / truth.power());
  }
}
