package argand.sampling;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;

/// How long a pass of a reconstruction takes on this machine, from a transform timed on the spot.
public final class PassTime {
  /// Time of a view ÷ time of its two transforms: what a method does beside them, with sub-pixel
  /// positions (`bench/BASELINE.md`).
  private static final double BESIDE = 2;

  /// For so long it is timed.
  private static final long NANOSECONDS = 50_000_000;

  private PassTime() {}

  /// About how long one thread works for a pass over all views with one mode [s]; the code is warm
  /// after half the time that is spent here.
  public static double seconds(Grid frame, int views) {
    var fft = new Fft2(frame.rows(), frame.columns());
    var wave = new ComplexField(frame).setAll(1, 0);
    double best = Double.POSITIVE_INFINITY;
    long began = System.nanoTime();
    do {
      long start = System.nanoTime();
      fft.transform(wave);
      best = Math.min(best, (System.nanoTime() - start) * 1e-9);
      wave.setAll(1, 0);
    } while (System.nanoTime() - began < NANOSECONDS);
    return 2 * BESIDE * best * views;
  }
}
