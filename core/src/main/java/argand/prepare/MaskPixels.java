package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.List;
import java.util.OptionalDouble;

/// Marks pixels as not to be trusted, besides those that already are; the frames stay as they are.
public record MaskPixels(
    @Param(value = "rectangles to mask", byDefault = "[]") List<Rectangle> rectangles,
    @Param(value = "discs to mask, such as a beam stop", byDefault = "[]") List<Disc> discs,
    @Param("counts above which a pixel is hot: it is masked if any frame has more there")
        OptionalDouble above,
    @Param(
            value =
                "mask pixels that are infinite, or negative without a variance, in any frame, or"
                    + " not a number in every frame",
            byDefault = "true")
        boolean unusable)
    implements ScanStep {
  // one buffer serves so many frames
  private static final int FRAMES_OF_A_BLOCK = 16;

  /// Rows `row` … `row + rows − 1`, columns likewise; what lies outside of the frame is ignored.
  public record Rectangle(
      @Param("upper row") int row,
      @Param("left column") int column,
      @Param("number of rows") int rows,
      @Param("number of columns") int columns) {
    public Rectangle {
      Check.atLeast("rows of a masked rectangle", rows, 1);
      Check.atLeast("columns of a masked rectangle", columns, 1);
    }
  }

  /// Pixels whose centre is at most a radius away.
  public record Disc(
      @Param("row of the centre") double row,
      @Param("column of the centre") double column,
      @Param("radius in pixels") double radius) {
    public Disc {
      Check.within("radius of a masked disc", radius, 0, 1e6, "pixels");
    }
  }

  public MaskPixels {
    rectangles = List.copyOf(rectangles);
    discs = List.copyOf(discs);
    above.ifPresent(counts -> Check.within("above", counts, 0, Double.MAX_VALUE, "counts"));
  }

  /// @throws InvalidInput when no pixel would be left
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    Grid grid = scan.geometry().detector();
    Mask drawn = drawn(grid);
    Mask before = scan.mask().orElseGet(() -> Mask.all(grid));
    Mask mask = before.and(drawn);
    if (unusable || above.isPresent()) {
      mask = mask.and(seen(scan, watch));
    }
    if (mask.count() == 0) {
      throw new InvalidInput(
          "maskPixels", "a mask of every pixel", "some good pixels", "mask less");
    }
    int more = before.count() - mask.count();
    watch.tell(new Progress.Noted("maskPixels: " + more + " pixels more are masked"));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        java.util.Optional.of(mask),
        scan.probe(),
        scan.source().withStep("mask " + more + " more of " + grid.size() + " pixels"));
  }

  private Mask drawn(Grid grid) {
    Mask mask = Mask.all(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        mask.good()[r * grid.columns() + c] = !covered(r, c);
      }
    }
    return mask;
  }

  private boolean covered(int r, int c) {
    for (Rectangle box : rectangles) {
      if (r >= box.row
          && r - box.row < box.rows
          && c >= box.column
          && c - box.column < box.columns) {
        return true;
      }
    }
    for (Disc disc : discs) {
      if (Math.hypot(r - disc.row, c - disc.column) <= disc.radius) {
        return true;
      }
    }
    return false;
  }

  private Mask seen(DiffractionScan scan, Watch watch) {
    Grid grid = scan.geometry().detector();
    int count = scan.frames().count();
    int blocks = (count + FRAMES_OF_A_BLOCK - 1) / FRAMES_OF_A_BLOCK;
    Workers workers = watch.workers();
    // one for each thread: and-ing and or-ing are free of order
    var partial = new Mask[workers.threads()];
    java.util.Arrays.setAll(partial, i -> Mask.all(grid));
    boolean[][] trusted = new boolean[workers.threads()][grid.size()];
    boolean noisy = scan.frames().variance().isPresent();
    workers.forEach(
        blocks,
        (block, worker) -> {
          var frame = new RealField(grid);
          int end = Math.min(count, (block + 1) * FRAMES_OF_A_BLOCK);
          for (int j = block * FRAMES_OF_A_BLOCK; j < end; j++) {
            scan.frames().read(j, frame);
            look(frame.values(), noisy, partial[worker].good(), trusted[worker]);
          }
        });
    Mask all = new Mask(grid, unusable ? new boolean[grid.size()] : Mask.all(grid).good());
    for (boolean[] one : trusted) {
      for (int i = 0; i < one.length; i++) {
        all.good()[i] |= one[i];
      }
    }
    for (Mask one : partial) {
      all = all.and(one);
    }
    return all;
  }

  private void look(float[] values, boolean noisy, boolean[] good, boolean[] trusted) {
    double limit = above.orElse(Double.POSITIVE_INFINITY);
    for (int i = 0; i < values.length; i++) {
      boolean absent = Float.isNaN(values[i]);
      boolean usable = absent || ((noisy || values[i] >= 0) && Float.isFinite(values[i]));
      good[i] &= (usable || !unusable) && !(values[i] > limit);
      trusted[i] |= !absent;
    }
  }
}
