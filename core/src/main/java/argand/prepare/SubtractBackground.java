package argand.prepare;

import argand.Param;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.FramesWithBackground;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.Locale;
import java.util.Optional;

/// Takes a background off every frame. The variance stays what it was: that of all counts, wanted
/// or not. Kept in the frames it is said beside them, and methods add it to what they compute: then
/// the counts are still Poisson distributed.
public record SubtractBackground(
    @Param(value = "where the background is known from", byDefault = "corners") Background from,
    @Param(value = "leave it in the frames and let methods compute with it", byDefault = "false")
        boolean keep)
    implements ScanStep {
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    var grid = scan.geometry().detector();
    boolean seen = from instanceof Background.Corners;
    float[] level = from.of(seen ? MeanFrame.of(scan, watch) : new float[grid.size()], grid);
    double sum = 0;
    for (float value : level) {
      sum += value;
    }
    String done =
        String.format(
            Locale.ROOT,
            "background of %.4g counts in a pixel, %.4g in a frame, %s (%s)",
            sum / level.length,
            sum,
            keep ? "left in the frames and computed with" : "taken off",
            from);
    watch.tell(new Progress.Noted("subtractBackground: " + done));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        keep
            ? new FramesWithBackground(scan.frames(), new RealField(grid, level))
            : new Less(scan.frames(), level),
        scan.mask(),
        scan.probe(),
        scan.source().withStep(done));
  }

  /// Frames less a level for each pixel.
  private record Less(Frames whole, float[] level) implements Frames {
    @Override
    public int count() {
      return whole.count();
    }

    @Override
    public long memoryBytes() {
      return whole.memoryBytes();
    }

    @Override
    public Grid grid() {
      return whole.grid();
    }

    @Override
    public void read(int index, RealField into) {
      whole.read(index, into);
      for (int i = 0; i < level.length; i++) {
        into.values()[i] -= level[i];
      }
    }

    /// Counted quanta have their counts as variance.
    @Override
    public Optional<Frames> variance() {
      return whole.variance().or(() -> Optional.of(whole));
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
