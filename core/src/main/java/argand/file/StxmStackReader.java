package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// NeXus NXstxm: images of an STXM at several energies, or a line at several energies (images of
/// one
/// row). The detector is the first NXdata group that has counts, or the one whose dataset `images`
/// names.
///
/// Definition: <https://manual.nexusformat.org/classes/applications/NXstxm.html>
public final class StxmStackReader implements StackReader {
  /// Made by the service loader.
  public StxmStackReader() {}

  @Override
  public String name() {
    return "nxstxm";
  }

  @Override
  public String title() {
    return "NXstxm";
  }

  @Override
  public boolean claims(Path file) {
    if (!Files.isRegularFile(file) || !Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return entry(h5).isPresent();
    }
  }

  private static Optional<String> entry(Hdf5 h5) {
    for (String name : h5.list("/")) {
      String definition = "/" + name + "/definition";
      if (h5.isGroup("/" + name)
          && h5.isDataset(definition)
          && h5.type(definition).kind() == Hdf5Type.Kind.TEXT
          && h5.texts(definition).contains("NXstxm")) {
        return Optional.of("/" + name);
      }
    }
    return Optional.empty();
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    var notes = new ArrayList<String>();
    RawStack raw;
    try (var h5 = Hdf5.open(file)) {
      raw = raw(h5, entry(h5).orElse("/entry1"), how, watch, notes);
    }
    return new StackAssembly(how, notes).stack(file, raw);
  }

  private static RawStack raw(
      Hdf5 h5, String entry, ReadStack how, Watch watch, List<String> notes) {
    String data = detector(h5, entry, how, notes);
    String group = data.substring(0, data.lastIndexOf('/'));
    long[] shape = h5.shape(data);
    Planes counts = counts(h5, data, group, shape, how, watch);
    notes.add(
        data
            + " is taken as counts of "
            + counts.count()
            + (shape.length == 2 ? " lines of " : " images of ")
            + counts.grid().rows()
            + " × "
            + counts.grid().columns());
    String current = entry + "/control/data";
    if (how.ringCurrent()) {
      if (!h5.isDataset(current) || !java.util.Arrays.equals(h5.shape(current), shape)) {
        counts.close();
        throw new InvalidInput(
            "ringCurrent", "true", "false: " + current + " is not one number for each count", "");
      }
      counts = perCurrent(counts, counts(h5, current, group, shape, how, watch));
      notes.add("counts are divided by the ring current over its mean (" + current + ")");
    }
    var raw =
        new RawStack(counts, true, step(h5, group + "/sample_x").isPresent())
            .withQuantity(Optional.of(Quantity.COUNTS))
            .withAngle(angle(h5, entry));
    String energy = group + "/energy";
    return h5.isDataset(energy)
        ? raw.withEnergies(
            Optional.of(new RawStack.Energies(h5.doubles(energy), h5.units(energy), energy)))
        : raw;
  }

  private static String detector(Hdf5 h5, String entry, ReadStack how, List<String> notes) {
    if (how.images().isPresent()) {
      return StackTree.of(h5).given("images", how.images()).orElseThrow();
    }
    var found = new ArrayList<String>();
    for (String name : h5.list(entry)) {
      String data = entry + "/" + name + "/data";
      if (h5.isGroup(entry + "/" + name)
          && h5.attributes(entry + "/" + name).text("NX_class").orElse("").equals("NXdata")
          && h5.isDataset(data)
          && h5.type(data).isNumber()
          && h5.shape(data).length >= 2) {
        found.add(data);
      }
    }
    if (found.isEmpty()) {
      throw new FileTrouble(h5.file(), "there is no NXdata group with counts in " + entry);
    }
    if (found.size() > 1) {
      notes.add(
          "of the detectors "
              + String.join(", ", found)
              + " the first is taken; images: names another");
    }
    return found.getFirst();
  }

  private static Planes counts(
      Hdf5 h5, String data, String group, long[] shape, ReadStack how, Watch watch) {
    double pixelX = step(h5, group + "/sample_x").orElse(1);
    double pixelY = step(h5, group + "/sample_y").orElse(pixelX);
    if (shape.length == 2) {
      return lines(h5.floats(data), shape, pixelX);
    }
    var axes = StackAxes.planesFirst(h5.file(), data, shape);
    axes = how.transpose() ? axes.transposed() : axes;
    var own = Hdf5.open(h5.file());
    try {
      Grid grid = axes.grid(pixelY, pixelX);
      return BandPlanes.of(new Hdf5Rows(own, axes, grid), watch.workers(), watch.memoryBytes());
    } catch (RuntimeException damaged) {
      own.close();
      throw damaged;
    }
  }

  private static Planes lines(float[] values, long[] shape, double pixel) {
    int columns = Math.toIntExact(shape[1]);
    var grid = new Grid(1, columns, pixel, pixel);
    var fields = new ArrayList<RealField>();
    for (int e = 0; e < shape[0]; e++) {
      float[] line = java.util.Arrays.copyOfRange(values, e * columns, (e + 1) * columns);
      fields.add(new RealField(grid, line));
    }
    return Planes.of(fields);
  }

  private static Planes perCurrent(Planes counts, Planes current) {
    double sum = 0;
    float[] plane = new float[current.grid().size()];
    for (int e = 0; e < current.count(); e++) {
      current.read(e, 0, plane.length, plane, 0);
      for (float value : plane) {
        sum += value;
      }
    }
    double mean = sum / current.count() / plane.length;
    return Planes.computed(
        counts,
        (index, first, length, into, offset) -> {
          counts.read(index, first, length, into, offset);
          float[] amperes = new float[length];
          current.read(index, first, length, amperes, 0);
          for (int i = 0; i < length; i++) {
            into[offset + i] =
                amperes[i] > 0 ? (float) (into[offset + i] * mean / amperes[i]) : Float.NaN;
          }
        });
  }

  /// Distance of neighbours [m]; empty where they stand still or are not there.
  private static OptionalDouble step(Hdf5 h5, String path) {
    if (!h5.isDataset(path) || !h5.type(path).isNumber()) {
      return OptionalDouble.empty();
    }
    double[] places = h5.doubles(path);
    String unit = h5.units(path).orElse("um").toLowerCase(Locale.ROOT);
    double step =
        places.length < 2
            ? 0
            : Math.abs(places[places.length - 1] - places[0]) / (places.length - 1);
    return step > 0
        ? OptionalDouble.of(step * FileUnits.metres(unit).orElse(1e-6))
        : OptionalDouble.empty();
  }

  private static double angle(Hdf5 h5, String entry) {
    String path = entry + "/sample/rotation_angle";
    if (!h5.isDataset(path) || !h5.type(path).isNumber()) {
      return 0;
    }
    double[] degrees = h5.doubles(path);
    return degrees.length == 1 ? Math.toRadians(degrees[0]) : 0;
  }
}
