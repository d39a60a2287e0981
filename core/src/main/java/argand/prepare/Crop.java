package argand.prepare;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.flow.ScanStep;
import argand.flow.Watch;
import argand.physics.Geometry;
import argand.physics.Geometry.Regime;
import java.util.OptionalInt;

/// Keeps a window of every frame, around a pixel that becomes the middle (rows/2, columns/2).
///
/// Geometry, mask and starting probe follow. In the far field the pixels of the sample grow,
/// because less of the diffraction angle is kept, and the field of view stays; in the near field it
/// is the other way round.
public record Crop(
    @Param("rows and columns of the new frame, instead of giving both") OptionalInt size,
    @Param("rows of the new frame") OptionalInt rows,
    @Param("columns of the new frame") OptionalInt columns,
    @Param("row that becomes the middle; the middle of the frame where it is not given")
        OptionalInt centerRow,
    @Param("column that becomes the middle; the middle of the frame where it is not given")
        OptionalInt centerColumn)
    implements ScanStep {
  /// @throws InvalidInput when neither or both of `size` and `rows` with `columns` are given
  public Crop {
    boolean both = rows.isPresent() && columns.isPresent();
    boolean any = rows.isPresent() || columns.isPresent();
    if (size.isPresent() ? any : !both) {
      throw new InvalidInput(
          "crop",
          size.isPresent() ? "given a size and rows or columns too" : "given no whole size",
          "size, or rows and columns",
          "write for example crop: {size: 256}");
    }
    size.ifPresent(n -> Check.atLeast("size", n, 1));
    rows.ifPresent(n -> Check.atLeast("rows", n, 1));
    columns.ifPresent(n -> Check.atLeast("columns", n, 1));
  }

  /// The middle `size` × `size` pixels.
  public static Crop middle(int size) {
    var none = OptionalInt.empty();
    return new Crop(OptionalInt.of(size), none, none, none, none);
  }

  @Override
  public DiffractionScan apply(DiffractionScan scan, Watch watch) {
    Grid old = scan.geometry().detector();
    Grid kept = old.resized(size.orElseGet(rows::getAsInt), size.orElseGet(columns::getAsInt));
    int row = centerRow.orElse(old.rows() / 2);
    int column = centerColumn.orElse(old.columns() / 2);
    int firstRow = first("rows", row, kept.rows(), old.rows());
    int firstColumn = first("columns", column, kept.columns(), old.columns());
    Geometry geometry = scan.geometry().withDetector(kept);
    return new DiffractionScan(
        geometry,
        scan.positions(),
        new MappedFrames(
            scan.frames(), kept, (frame, into) -> window(frame, into, firstRow, firstColumn)),
        scan.mask().map(mask -> window(mask, kept, firstRow, firstColumn)),
        scan.probe()
            .map(
                probe ->
                    geometry.regime() == Regime.FAR_FIELD
                        ? StartProbe.coarser(probe, geometry.sample())
                        : StartProbe.part(probe, geometry.sample(), firstRow, firstColumn)),
        scan.source()
            .withStep(
                "crop to %d × %d pixels around row %d, column %d"
                    .formatted(kept.rows(), kept.columns(), row, column)));
  }

  private static int first(String axis, int center, int count, int available) {
    int first = center - count / 2;
    if (first < 0 || first + count > available) {
      throw new InvalidInput(
          "crop",
          axis + " " + first + " … " + (first + count - 1),
          "a window inside 0 … " + (available - 1),
          count > available
              ? "the frames have only " + available + " " + axis
              : "with "
                  + count
                  + " "
                  + axis
                  + " the middle can be "
                  + count / 2
                  + " … "
                  + (available - count + count / 2));
    }
    return first;
  }

  private static void window(RealField frame, RealField into, int firstRow, int firstColumn) {
    int columns = into.grid().columns();
    for (int r = 0; r < into.grid().rows(); r++) {
      int from = (r + firstRow) * frame.grid().columns() + firstColumn;
      System.arraycopy(frame.values(), from, into.values(), r * columns, columns);
    }
  }

  private static Mask window(Mask mask, Grid kept, int firstRow, int firstColumn) {
    boolean[] good = new boolean[kept.size()];
    for (int r = 0; r < kept.rows(); r++) {
      int from = (r + firstRow) * mask.grid().columns() + firstColumn;
      System.arraycopy(mask.good(), from, good, r * kept.columns(), kept.columns());
    }
    return new Mask(kept, good);
  }
}
