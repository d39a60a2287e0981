package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Any HDF5, NumPy or MATLAB file of which a profile says where things are.
final class ProfileReader implements Reader {
  private final Profile profile;

  ProfileReader(Profile profile) {
    this.profile = profile;
  }

  @Override
  public String name() {
    return "profile " + profile.name();
  }

  @Override
  public String title() {
    return "arrays by the profile " + profile.name();
  }

  @Override
  public boolean claims(Path file) {
    return true;
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    Datasets source = Datasets.open(file);
    try {
      return new ScanAssembly(file, raw(source), how).scan(source, title(), watch);
    } catch (RuntimeException trouble) {
      source.close();
      throw trouble;
    }
  }

  RawScan raw(Datasets source) {
    var frames = profile.frames();
    long[] shape = source.shape(frames.path());
    if (shape.length != frames.axes().size()) {
      throw new InvalidInput(
              frames.path(),
              "of shape " + Arrays.toString(shape),
              frames.axes().size() + " axes " + frames.axes() + " as the profile says",
              "")
          .at(source.file().toString());
    }
    var axes =
        new FrameAxes(
            frames.path(),
            shape,
            frames.axes().indexOf("row"),
            frames.axes().indexOf("column"),
            frames.corner());
    String lacking = "energy, distance and pixelSize in the profile " + profile.name();
    return new RawScan(
        axes,
        profile.mask().map(mask -> good(source, mask, axes)),
        positions(source),
        profile.value(source, profile.energy()),
        false,
        profile.value(source, profile.distance()),
        profile.value(source, profile.pixelY()),
        profile.value(source, profile.pixelX()),
        profile.value(source, profile.focusDistance()),
        profile.near(),
        profile.probe().map(probe -> probe(source, probe)),
        new RawScan.Lacking(lacking, lacking, lacking),
        new ArrayList<>(profile.notes()));
  }

  private static boolean[] good(Datasets source, Profile.MaskSet mask, FrameAxes axes) {
    double[] values = source.doubles(mask.path());
    if (values.length != axes.rows() * axes.columns()) {
      throw new InvalidInput(
              mask.path(),
              values.length + " numbers",
              axes.rows() + " × " + axes.columns() + ", as the frames",
              "")
          .at(source.file().toString());
    }
    boolean[] good = new boolean[values.length];
    for (int i = 0; i < good.length; i++) {
      good[i] = (values[i] == 0) == mask.zeroIsGood();
    }
    return good;
  }

  private RawScan.Positions positions(Datasets source) {
    var set = profile.positions();
    String both =
        set.pathY().equals(set.pathX()) ? set.pathY() : set.pathY() + " and " + set.pathX();
    return new RawScan.Positions(
        both,
        along(source, set.pathY(), set.indexY(), set.signY() * metres(source, set.pathY())),
        along(source, set.pathX(), set.indexX(), set.signX() * metres(source, set.pathX())),
        Double.isNaN(set.unit()));
  }

  private double metres(Datasets source, String path) {
    double unit = profile.positions().unit();
    if (Double.isNaN(unit)) {
      return 1;
    }
    if (unit != Profile.PositionSet.OF_FILE) {
      return unit;
    }
    var stated = source.units(path);
    return stated
        .map(FileUnits::metres)
        .filter(java.util.OptionalDouble::isPresent)
        .map(java.util.OptionalDouble::getAsDouble)
        .orElseThrow(
            () ->
                new InvalidInput(
                        "the attribute units of " + path,
                        stated.orElse("missing"),
                        "a unit of length",
                        "give the unit in the profile")
                    .at(source.file().toString()));
  }

  private static double[] along(Datasets source, String path, int index, double factor) {
    double[] values = source.doubles(path);
    long[] shape = source.shape(path);
    int wide = index < 0 ? 1 : (int) shape[shape.length - 1];
    if (index >= wide) {
      throw new InvalidInput(
              path,
              "of shape " + Arrays.toString(shape),
              "more than " + index + " numbers a row",
              "")
          .at(source.file().toString());
    }
    double[] along = new double[values.length / wide];
    for (int j = 0; j < along.length; j++) {
      along[j] = values[j * wide + Math.max(0, index)] * factor;
    }
    return along;
  }

  private static RawScan.StartProbe probe(Datasets source, Profile.ProbeSet set) {
    long[] shape = source.shape(set.real());
    Optional<String> imaginary = set.imaginary();
    List<String> axes =
        !set.axes().isEmpty()
            ? set.axes()
            : shape.length == 2 ? List.of("row", "column") : List.of("mode", "row", "column");
    if (shape.length != axes.size()) {
      throw new InvalidInput(
              set.real(), "of shape " + Arrays.toString(shape), "axes " + axes + " of a probe", "")
          .at(source.file().toString());
    }
    var values =
        imaginary.isPresent()
            ? new ComplexValues(source.floats(set.real()), source.floats(imaginary.get()))
            : source.complex(set.real());
    if (values.im().length != values.re().length) {
      throw new InvalidInput(
              imaginary.orElse(set.real()),
              values.im().length + " numbers",
              values.re().length + ", as " + set.real(),
              "")
          .at(source.file().toString());
    }
    int rows = (int) shape[axes.indexOf("row")];
    int columns = (int) shape[axes.indexOf("column")];
    int modes = values.re().length / Math.max(1, rows * columns);
    var ordered = new ComplexValues(new float[values.re().length], new float[values.re().length]);
    int[] strides = new int[3];
    for (int axis = 0, step = values.re().length; axis < shape.length; axis++) {
      step /= (int) Math.max(1, shape[axis]);
      strides[List.of("mode", "row", "column").indexOf(axes.get(axis))] = step;
    }
    for (int to = 0; to < values.re().length; to++) {
      int from =
          to / (rows * columns) * strides[0]
              + to / columns % rows * strides[1]
              + to % columns * strides[2];
      ordered.re()[to] = values.re()[from];
      ordered.im()[to] = values.im()[from];
    }
    return new RawScan.StartProbe(ordered, modes, rows, columns, set.counts());
  }
}
