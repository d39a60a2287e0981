package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/// Any HDF5 file of which a profile says where things are.
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
    return "HDF5 by the profile " + profile.name();
  }

  @Override
  public boolean claims(Path file) {
    return true;
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      return new ScanAssembly(file, raw(h5), how).scan(h5, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  RawScan raw(Hdf5 h5) {
    var frames = profile.frames();
    long[] shape = h5.shape(frames.path());
    if (shape.length != frames.axes().size()) {
      throw new InvalidInput(
              frames.path(),
              "of shape " + Arrays.toString(shape),
              frames.axes().size() + " axes " + frames.axes() + " as the profile says",
              "")
          .at(h5.file().toString());
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
        profile.mask().map(mask -> good(h5, mask, axes)),
        positions(h5),
        profile.value(h5, profile.energy()),
        false,
        profile.value(h5, profile.distance()),
        profile.value(h5, profile.pixelY()),
        profile.value(h5, profile.pixelX()),
        profile.value(h5, profile.focusDistance()),
        profile.near(),
        profile.probe().map(probe -> probe(h5, probe)),
        new RawScan.Lacking(lacking, lacking, lacking),
        new ArrayList<>(profile.notes()));
  }

  private static boolean[] good(Hdf5 h5, Profile.MaskSet mask, FrameAxes axes) {
    double[] values = h5.doubles(mask.path());
    if (values.length != axes.rows() * axes.columns()) {
      throw new InvalidInput(
              mask.path(),
              values.length + " numbers",
              axes.rows() + " × " + axes.columns() + ", as the frames",
              "")
          .at(h5.file().toString());
    }
    boolean[] good = new boolean[values.length];
    for (int i = 0; i < good.length; i++) {
      good[i] = (values[i] == 0) == mask.zeroIsGood();
    }
    return good;
  }

  private RawScan.Positions positions(Hdf5 h5) {
    var set = profile.positions();
    String both =
        set.pathY().equals(set.pathX()) ? set.pathY() : set.pathY() + " and " + set.pathX();
    return new RawScan.Positions(
        both,
        along(h5, set.pathY(), set.indexY(), set.signY() * metres(h5, set.pathY())),
        along(h5, set.pathX(), set.indexX(), set.signX() * metres(h5, set.pathX())),
        Double.isNaN(set.unit()));
  }

  private double metres(Hdf5 h5, String path) {
    double unit = profile.positions().unit();
    if (Double.isNaN(unit)) {
      return 1;
    }
    if (unit != Profile.PositionSet.OF_FILE) {
      return unit;
    }
    var stated = h5.attributes(path).text("units");
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
                    .at(h5.file().toString()));
  }

  private static double[] along(Hdf5 h5, String path, int index, double factor) {
    double[] values = h5.doubles(path);
    long[] shape = h5.shape(path);
    int wide = index < 0 ? 1 : (int) shape[shape.length - 1];
    if (index >= wide) {
      throw new InvalidInput(
              path,
              "of shape " + Arrays.toString(shape),
              "more than " + index + " numbers a row",
              "")
          .at(h5.file().toString());
    }
    double[] along = new double[values.length / wide];
    for (int j = 0; j < along.length; j++) {
      along[j] = values[j * wide + Math.max(0, index)] * factor;
    }
    return along;
  }

  private static RawScan.StartProbe probe(Hdf5 h5, Profile.ProbeSet set) {
    long[] shape = h5.shape(set.real());
    if (shape.length < 2) {
      throw new InvalidInput(
              set.real(), "of shape " + Arrays.toString(shape), "rows and columns of a probe", "")
          .at(h5.file().toString());
    }
    Optional<String> imaginary = set.imaginary();
    var values =
        imaginary.isPresent()
            ? new ComplexValues(h5.floats(set.real()), h5.floats(imaginary.get()))
            : h5.complex(set.real());
    int rows = (int) shape[shape.length - 2];
    int columns = (int) shape[shape.length - 1];
    if (values.im().length != values.re().length) {
      throw new InvalidInput(
              imaginary.orElse(set.real()),
              values.im().length + " numbers",
              values.re().length + ", as " + set.real(),
              "")
          .at(h5.file().toString());
    }
    int modes = values.re().length / Math.max(1, rows * columns);
    return new RawScan.StartProbe(values, modes, rows, columns, set.counts());
  }
}
