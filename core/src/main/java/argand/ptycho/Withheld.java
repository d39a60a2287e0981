package argand.ptycho;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import java.util.Optional;
import java.util.SplittableRandom;

/// Frames without some of their pixels, drawn anew for each view, or only these: what a fit has not
/// seen tells whether it explains or only repeats.
///
/// @param frames all pixels
/// @param share of the pixels that are withheld
/// @param seed of the draw
/// @param asked true for the withheld pixels, false for the others; NaN elsewhere
record Withheld(Frames frames, double share, long seed, boolean asked) implements Frames {
  /// The scan with frames to be fitted.
  static DiffractionScan fitted(DiffractionScan scan, double share, long seed) {
    return with(scan, new Withheld(scan.frames(), share, seed, false));
  }

  /// The scan with frames to be asked about.
  static DiffractionScan asked(DiffractionScan scan, double share, long seed) {
    return with(scan, new Withheld(scan.frames(), share, seed, true));
  }

  private static DiffractionScan with(DiffractionScan scan, Frames frames) {
    return new DiffractionScan(
        scan.geometry(), scan.positions(), frames, scan.mask(), scan.probe(), scan.source());
  }

  @Override
  public int count() {
    return frames.count();
  }

  @Override
  public Grid grid() {
    return frames.grid();
  }

  @Override
  public void read(int index, RealField into) {
    frames.read(index, into);
    var random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (index + 1));
    float[] values = into.values();
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() < share != asked) {
        values[i] = Float.NaN;
      }
    }
  }

  @Override
  public Optional<Frames> variance() {
    return frames.variance();
  }

  @Override
  public Optional<RealField> background() {
    return frames.background();
  }
}
