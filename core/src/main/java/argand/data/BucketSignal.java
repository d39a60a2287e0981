package argand.data;

import argand.array.Check;
import argand.array.InvalidInput;

/// What a detector without pixels counted for each illumination pattern: one element's
/// fluorescence,
/// or all light of a single-pixel camera.
///
/// @param name of the element or channel
/// @param unit of the values
/// @param values one for each pattern
/// @param sigma standard deviation of each value, in its unit; above zero
public record BucketSignal(String name, String unit, double[] values, double[] sigma) {
  public BucketSignal {
    Check.same("errors of the signal " + name, sigma.length, values.length);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidInput(
            "the signal " + name + " of pattern " + i, values[i], "a finite number", "");
      }
      if (!(sigma[i] > 0) || Double.isInfinite(sigma[i])) {
        throw new InvalidInput(
            "the error of the signal " + name + " of pattern " + i,
            sigma[i],
            "above zero",
            "counts have the error √counts, and an empty pattern that of one count");
      }
    }
  }

  /// Of counts: the error is their root, that of one count where there is none.
  public static BucketSignal ofCounts(String name, double[] counts) {
    double[] sigma = new double[counts.length];
    for (int i = 0; i < sigma.length; i++) {
      sigma[i] = Math.sqrt(Math.max(1, counts[i]));
    }
    return new BucketSignal(name, "counts", counts, sigma);
  }

  /// Values whose error is not known: the same for all, in a unit of its own.
  public static BucketSignal unweighted(String name, String unit, double[] values) {
    double[] sigma = new double[values.length];
    java.util.Arrays.fill(sigma, 1);
    return new BucketSignal(name, unit, values, sigma);
  }

  /// Those of some patterns, in this order.
  public BucketSignal select(int[] indices) {
    double[] some = new double[indices.length];
    double[] errors = new double[indices.length];
    for (int k = 0; k < indices.length; k++) {
      some[k] = values[indices[k]];
      errors[k] = sigma[indices[k]];
    }
    return new BucketSignal(name, unit, some, errors);
  }
}
