package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.Calibration;
import argand.data.Frames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Images of a detector that are no measurement: dark and flat frames, alone or beside the frames
/// of a scan.
final class DetectorImages {
  /// The mean of so many is known ten times as well as one of them.
  private static final int MOST = 100;

  private static final List<String> DARK = List.of("dark", "darks", "dark_frames", "data_dark");
  private static final List<String> FLAT =
      List.of("white", "whites", "flat", "flats", "flat_field", "data_white");

  private DetectorImages() {}

  /// Which of so many are read.
  static int[] chosen(int count) {
    int some = Math.min(count, MOST);
    return IntStream.range(0, some).map(k -> (int) ((long) k * count / some)).toArray();
  }

  static boolean fits(long[] shape, boolean transpose, Grid detector) {
    int n = shape.length;
    return n >= 2
        && shape[transpose ? n - 1 : n - 2] == detector.rows()
        && shape[transpose ? n - 2 : n - 1] == detector.columns();
  }

  /// One image, or the frames of a stack, in memory; empty when they have another size.
  static Optional<Frames> read(
      Datasets file, String path, boolean transpose, FrameAxes.Flip turn, Grid detector) {
    long[] shape = file.shape(path);
    if (!fits(shape, transpose, detector)) {
      return Optional.empty();
    }
    if (shape.length == 2) {
      var axes = new FrameAxes(path, new long[] {1, shape[0], shape[1]}, 1, 2, false);
      var field = new RealField(detector);
      axes.turned(transpose, turn).place(file.floats(path), 0, detector, field.values());
      return Optional.of(Frames.of(List.of(field)));
    }
    var axes = FrameAxes.usual(file.file(), path, shape).turned(transpose, turn);
    // not closed: that would close the file
    var stored = file.frames(axes, detector);
    var fields = new ArrayList<RealField>();
    for (int k : chosen(axes.count())) {
      var field = new RealField(detector);
      stored.read(k, field);
      fields.add(field);
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(Frames.of(fields));
  }

  /// Dark and flat frames that lie beside the frames of a scan: `data_dark` and `data_white` of
  /// CXI, or `dark`, `flat` and the like in the same group.
  ///
  /// @param axes of the frames, turned as they are
  /// @param notes gets what was found, and what of it cannot be used
  static Calibration beside(FrameStore store, FrameAxes axes, Grid detector, List<String> notes) {
    if (!(store instanceof Datasets file)) {
      return Calibration.NONE;
    }
    return new Calibration(
        found(file, axes, "_dark", DARK, detector, notes),
        found(file, axes, "_white", FLAT, detector, notes));
  }

  private static Optional<Frames> found(
      Datasets file,
      FrameAxes axes,
      String suffix,
      List<String> names,
      Grid detector,
      List<String> notes) {
    String group = axes.path().substring(0, axes.path().lastIndexOf('/') + 1);
    var candidates = new ArrayList<>(List.of(axes.path() + suffix));
    names.forEach(name -> candidates.add(group + name));
    for (String path : candidates) {
      if (path.equals(axes.path()) || !file.isDataset(path)) {
        continue;
      }
      var images = read(file, path, axes.column() < axes.row(), axes.flip(), detector);
      notes.add(
          images.isPresent()
              ? path
                  + " holds "
                  + images.get().count()
                  + " frames, which nothing but the step calibrate uses"
              : path
                  + " has the shape "
                  + Arrays.toString(file.shape(path))
                  + ", not that of the frames, and is not used");
      if (images.isPresent()) {
        return images;
      }
    }
    return Optional.empty();
  }
}
