package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/// Finds the shadow of a beam stop in the mean frame, with the wire that holds it, and masks it and
/// its rim.
///
/// m(r) is the median of the mean frame on the circle of radius r around the beam, and R(r) the
/// greatest m at r or beyond: the brightness that no shadow lies on. Dark is a pixel below `share`
/// of R; the shadow is all dark pixels that hang together with the middle, and `rim` pixels more,
/// where the edge of the stop scatters. An optic with a central stop leaves a dark middle too: do
/// not ask for a beam stop then.
public record BeamStop(
    @Param("row of the direct beam; the middle where not given") OptionalInt row,
    @Param("column of the direct beam; the middle where not given") OptionalInt column,
    @Param(value = "part of the brightness around below which a pixel is dark", byDefault = "0.1")
        double share,
    @Param(value = "pixels by which the shadow is widened", byDefault = "2") int rim)
    implements ScanStep {
  private static final double LARGEST = 0.25;

  public BeamStop {
    Check.within("share", share, 1e-6, 0.9, "");
    Check.within("rim", rim, 0, 1000, "pixels");
  }

  /// All parameters at their defaults.
  public static BeamStop defaults() {
    return new BeamStop(OptionalInt.empty(), OptionalInt.empty(), 0.1, 2);
  }

  /// @throws InvalidInput when the middle is not dark, or a quarter of all pixels would be masked
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    Grid grid = scan.geometry().detector();
    int middleRow = row.orElse(grid.rows() / 2);
    int middleColumn = column.orElse(grid.columns() / 2);
    Check.within("row", middleRow, 0, grid.rows() - 1.0, "");
    Check.within("column", middleColumn, 0, grid.columns() - 1.0, "");
    float[] mean = MeanFrame.of(scan, watch);
    boolean[] dark = dark(mean, grid, middleRow, middleColumn);
    int middle = middleRow * grid.columns() + middleColumn;
    if (!dark[middle]) {
      throw new InvalidInput(
          "beamStop: the mean of the pixel at row " + middleRow + ", column " + middleColumn,
          mean[middle],
          "dark against what is around",
          "give row and column of the beam, or leave the step out where there is no beam stop");
    }
    boolean[] shadow = widened(connected(dark, grid, middle), grid);
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good().clone();
    int count = 0;
    for (int i = 0; i < good.length; i++) {
      count += shadow[i] ? 1 : 0;
      good[i] &= !shadow[i];
    }
    if (count > LARGEST * grid.size()) {
      throw new InvalidInput(
          "beamStop",
          "a shadow of " + count + " of " + grid.size() + " pixels",
          "at most a quarter",
          "lower share, or draw it: maskPixels: {discs: […]}");
    }
    String found = "beam stop of " + count + " pixels masked";
    watch.tell(new Progress.Noted("beamStop: " + found));
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        Optional.of(new Mask(grid, good)),
        scan.probe(),
        scan.source().withStep(found));
  }

  /// Masked pixels do not speak, but hang together with a shadow they lie in.
  private boolean[] dark(float[] mean, Grid grid, int middleRow, int middleColumn) {
    int farthest = (int) Math.hypot(grid.rows(), grid.columns()) + 1;
    float[][] rings = new float[farthest][];
    int[] filled = new int[farthest];
    int[] radius = new int[mean.length];
    for (int i = 0; i < mean.length; i++) {
      radius[i] =
          (int)
              Math.rint(
                  Math.hypot(i / grid.columns() - middleRow, i % grid.columns() - middleColumn));
      filled[radius[i]] += Float.isNaN(mean[i]) ? 0 : 1;
    }
    Arrays.setAll(rings, r -> new float[filled[r]]);
    Arrays.fill(filled, 0);
    for (int i = 0; i < mean.length; i++) {
      if (!Float.isNaN(mean[i])) {
        rings[radius[i]][filled[radius[i]]++] = mean[i];
      }
    }
    double[] around = new double[farthest];
    for (int r = farthest - 1; r >= 0; r--) {
      Arrays.sort(rings[r]);
      double median = rings[r].length == 0 ? 0 : rings[r][rings[r].length / 2];
      around[r] = r + 1 < farthest ? Math.max(around[r + 1], median) : median;
    }
    boolean[] dark = new boolean[mean.length];
    for (int i = 0; i < mean.length; i++) {
      dark[i] = !(mean[i] >= share * around[radius[i]]);
    }
    return dark;
  }

  private static boolean[] connected(boolean[] dark, Grid grid, int middle) {
    boolean[] reached = new boolean[dark.length];
    var open = new ArrayDeque<Integer>();
    reached[middle] = true;
    open.add(middle);
    while (!open.isEmpty()) {
      int i = open.remove();
      int r = i / grid.columns();
      int c = i % grid.columns();
      for (int y = Math.max(0, r - 1); y <= Math.min(grid.rows() - 1, r + 1); y++) {
        for (int x = Math.max(0, c - 1); x <= Math.min(grid.columns() - 1, c + 1); x++) {
          int k = y * grid.columns() + x;
          if (dark[k] && !reached[k]) {
            reached[k] = true;
            open.add(k);
          }
        }
      }
    }
    return reached;
  }

  private boolean[] widened(boolean[] shadow, Grid grid) {
    boolean[] wide = shadow.clone();
    for (int i = 0; i < shadow.length; i++) {
      if (!shadow[i]) {
        continue;
      }
      int r = i / grid.columns();
      int c = i % grid.columns();
      for (int y = Math.max(0, r - rim); y <= Math.min(grid.rows() - 1, r + rim); y++) {
        for (int x = Math.max(0, c - rim); x <= Math.min(grid.columns() - 1, c + rim); x++) {
          wide[y * grid.columns() + x] |= Math.hypot(y - r, x - c) <= rim + 0.5;
        }
      }
    }
    return wide;
  }
}
