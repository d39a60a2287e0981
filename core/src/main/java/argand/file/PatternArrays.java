package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.BucketSignal;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Source;
import argand.data.StructuredScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A structured scan of any file of named arrays: HDF5, MATLAB, NumPy. The axis of the patterns is
/// the one as long as the signals; a matrix holds one pattern in each row (or column), whose pixels
/// are shaped as the transmission image is, by columns in a MATLAB file and by rows in others.
final class PatternArrays {
  private static final double NOMINAL = 1e-6;

  private PatternArrays() {}

  static StructuredScan read(Path file, ReadPatterns how) {
    var notes = new ArrayList<String>();
    try (var arrays = Datasets.open(file)) {
      var signals = new ArrayList<BucketSignal>();
      for (var signal : how.signals()) {
        double[] values = arrays.doubles(signal.array());
        signals.add(StructuredKept.withoutErrors(signal.name(), signal.unit(), values));
      }
      if (signals.isEmpty()) {
        throw new InvalidInput(
            "signals", "none", "the array of at least one", "signals: [{name: Mn, array: …}]");
      }
      int count = signals.getFirst().values().length;
      double pixel = how.pixelSize().orElse(NOMINAL);
      if (how.pixelSize().isEmpty()) {
        notes.add("the size of a pixel is nowhere stated: 1 µm is nominal");
      }
      Optional<RealField> guide =
          how.guide().map(path -> image(arrays, path, pixel)).map(image -> density(image, how));
      boolean columns = MatlabFile.claims(file);
      var planes =
          planes(arrays, how.patterns().orElseThrow(), count, guide, pixel, columns, notes);
      var exposure = Exposure.UNKNOWN;
      if (how.incident().isPresent()) {
        exposure = exposure.withIncident(arrays.doubles(how.incident().get()), false);
      }
      return new StructuredScan(
          Planes.of(planes),
          Optional.empty(),
          signals,
          exposure,
          guide,
          Findings.NONE,
          new Source(List.of(file.toString()), List.of(), notes));
    }
  }

  private static RealField density(RealField image, ReadPatterns how) {
    return how.guideQuantity() == ReadPatterns.GuideQuantity.TRANSMISSION
        ? StructuredKept.opticalDensity(image)
        : image;
  }

  private static RealField image(Datasets arrays, String path, double pixel) {
    long[] shape = arrays.shape(path);
    if (shape.length != 2) {
      throw new InvalidInput(
          path, "the shape " + Arrays.toString(shape), "one image: rows and columns", "");
    }
    var grid = Grid.square(Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), pixel);
    return new RealField(grid, arrays.floats(path));
  }

  private static List<RealField> planes(
      Datasets arrays,
      String path,
      int count,
      Optional<RealField> guide,
      double pixel,
      boolean byColumns,
      List<String> notes) {
    long[] shape = arrays.shape(path);
    boolean first = shape.length > 0 && shape[0] == count;
    boolean last = shape.length > 0 && shape[shape.length - 1] == count;
    if (!first && !last || shape.length < 2 || shape.length > 3) {
      throw new InvalidInput(
          "the number of patterns in " + path,
          "the shape " + Arrays.toString(shape) + " for " + count + " values of a signal",
          "one pattern for each value, along the first or the last axis",
          "");
    }
    float[] all = arrays.floats(path);
    if (shape.length == 3) {
      int rows = Math.toIntExact(first ? shape[1] : shape[0]);
      int columns = Math.toIntExact(first ? shape[2] : shape[1]);
      notes.add(
          path + " is taken as " + count + " patterns of " + rows + " × " + columns + " pixels");
      return cut(all, count, Grid.square(rows, columns, pixel), first, false);
    }
    long pixels = first ? shape[1] : shape[0];
    var grid = guide.map(RealField::grid).orElseGet(() -> square(path, pixels, pixel));
    if (grid.size() != pixels) {
      throw new InvalidInput(
          "the transmission image",
          grid.rows() + " × " + grid.columns() + " pixels",
          pixels + " as a pattern in " + path + " has",
          "cut and bin both alike");
    }
    notes.add(
        path
            + " is taken as "
            + count
            + " patterns of "
            + grid.rows()
            + " × "
            + grid.columns()
            + " pixels, one "
            + (byColumns ? "column" : "row")
            + " of a pattern after the other");
    return cut(all, count, grid, first, byColumns);
  }

  private static Grid square(String path, long pixels, double pixel) {
    int side = (int) Math.round(Math.sqrt(pixels));
    if ((long) side * side != pixels) {
      throw new InvalidInput(
          "a pattern in " + path,
          pixels + " pixels, which are no square",
          "rows and columns",
          "name the transmission image, which has the shape: guide: …");
    }
    return Grid.square(side, side, pixel);
  }

  /// @param first whether the axis of the patterns is the slowest; else it is the fastest
  /// @param byColumns whether the pixels of a pattern run down its columns
  private static List<RealField> cut(
      float[] all, int count, Grid grid, boolean first, boolean byColumns) {
    int size = grid.size();
    var planes = new ArrayList<RealField>();
    for (int j = 0; j < count; j++) {
      var plane = new RealField(grid);
      for (int k = 0; k < size; k++) {
        int place = byColumns ? k % grid.rows() * grid.columns() + k / grid.rows() : k;
        plane.values()[place] = all[first ? j * size + k : k * count + j];
      }
      planes.add(plane);
    }
    return planes;
  }
}
