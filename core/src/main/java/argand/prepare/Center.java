package argand.prepare;

import argand.Param;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.flow.Progress;
import argand.flow.ScanStep;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.Optional;
import java.util.OptionalInt;

/// Moves far-field frames by whole pixels so that the direct beam lies at (rows/2, columns/2).
///
/// Where the pixel of the beam is not given, it is the centre of mass of the good pixels of all
/// frames. Pixels that come from outside of the detector are masked. A constant background draws
/// the centre of mass towards the middle: subtract it first, or give the pixel.
public record Center(
    @Param("row of the direct beam; found where it is not given") OptionalInt row,
    @Param("column of the direct beam; found where it is not given") OptionalInt column)
    implements ScanStep {
  /// Finds the beam by itself.
  public static Center found() {
    return new Center(OptionalInt.empty(), OptionalInt.empty());
  }

  /// @throws InvalidInput for a near field, for frames without counts, for a pixel outside
  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    if (scan.geometry().regime() != Regime.FAR_FIELD) {
      throw new InvalidInput(
          "center", "asked of a near field", "a far field", "in a near field crop instead");
    }
    Grid grid = scan.geometry().detector();
    int beamRow;
    int beamColumn;
    if (row.isPresent() && column.isPresent()) {
      beamRow = row.getAsInt();
      beamColumn = column.getAsInt();
    } else {
      double[] mass = centerOfMass(scan, watch);
      beamRow = row.orElse((int) Math.rint(mass[0]));
      beamColumn = column.orElse((int) Math.rint(mass[1]));
    }
    inside("row", beamRow, grid.rows());
    inside("column", beamColumn, grid.columns());
    int down = grid.rows() / 2 - beamRow;
    int right = grid.columns() / 2 - beamColumn;
    String moved = "center: frames moved down by %d and right by %d pixels".formatted(down, right);
    watch.tell(new Progress.Noted(moved));
    if (down == 0 && right == 0) {
      return scan;
    }
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        new MappedFrames(scan.frames(), grid, (frame, into) -> move(frame, into, down, right)),
        Optional.of(move(scan.mask().orElseGet(() -> Mask.all(grid)), down, right)),
        scan.probe(),
        scan.source().withStep(moved));
  }

  private static void inside(String axis, int found, int count) {
    if (found < 0 || found >= count) {
      throw new InvalidInput("center: " + axis, found, "0 … " + (count - 1), "");
    }
  }

  /// Row and column; sums of each frame, added in the order of the frames.
  private static double[] centerOfMass(DiffractionScan scan, Watch watch) {
    Grid grid = scan.geometry().detector();
    boolean[] good = scan.mask().orElseGet(() -> Mask.all(grid)).good();
    double[][] sums = new double[scan.frames().count()][];
    watch
        .workers()
        .forEach(
            sums.length,
            (j, worker) -> {
              var frame = new RealField(grid);
              scan.frames().read(j, frame);
              sums[j] = sums(frame.values(), good, grid.columns());
            });
    double[] all = new double[3];
    for (double[] one : sums) {
      for (int k = 0; k < 3; k++) {
        all[k] += one[k];
      }
    }
    if (!(all[0] > 0 && all[0] < Double.POSITIVE_INFINITY)) {
      throw new InvalidInput(
          "center: counts of all good pixels",
          all[0],
          "a positive number",
          "mask unusable pixels first (maskPixels), or give row and column");
    }
    return new double[] {all[1] / all[0], all[2] / all[0]};
  }

  private static double[] sums(float[] values, boolean[] good, int columns) {
    double sum = 0;
    double rows = 0;
    double cols = 0;
    for (int i = 0; i < values.length; i++) {
      if (good[i] && !Float.isNaN(values[i])) {
        sum += values[i];
        rows += (double) values[i] * (i / columns);
        cols += (double) values[i] * (i % columns);
      }
    }
    return new double[] {sum, rows, cols};
  }

  private static void move(RealField frame, RealField into, int down, int right) {
    int rows = frame.grid().rows();
    int columns = frame.grid().columns();
    for (int r = 0, i = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++, i++) {
        boolean seen = r - down >= 0 && r - down < rows && c - right >= 0 && c - right < columns;
        into.values()[i] = seen ? frame.at(r - down, c - right) : 0;
      }
    }
  }

  private static Mask move(Mask mask, int down, int right) {
    int rows = mask.grid().rows();
    int columns = mask.grid().columns();
    boolean[] good = new boolean[rows * columns];
    for (int r = 0, i = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++, i++) {
        good[i] =
            r - down >= 0
                && r - down < rows
                && c - right >= 0
                && c - right < columns
                && mask.at(r - down, c - right);
      }
    }
    return new Mask(mask.grid(), good);
  }
}
