package argand.file;

import argand.array.InvalidInput;
import java.util.Arrays;
import java.util.List;

/// Where a NeXus entry says that the sample stood: one table of translations, a chain of
/// translations with directions, or motors x and y.
///
/// @param entry the NXentry
/// @param data the frames, whose scan axes a raster must have
record NexusPositions(Hdf5 h5, String entry, String data, List<String> notes) {
  /// One motion of the sample.
  ///
  /// @param direction in the laboratory (x, y, z)
  /// @param values along it [m]
  private record Motion(String path, double[] direction, double[] values) {}

  RawScan.Positions find(FrameAxes axes) {
    for (String sample : samples()) {
      for (String geometry : List.of(sample + "/geometry_1", sample)) {
        if (h5.isDataset(geometry + "/translation")) {
          return table(geometry + "/translation");
        }
      }
    }
    for (String group : NexusReader.groups(h5, entry, "NXdata")) {
      if (h5.isDataset(group + "/translation")) {
        return table(group + "/translation");
      }
    }
    for (String sample : samples()) {
      var chain =
          NexusReader.groups(h5, sample, "NXtransformations").stream()
              .flatMap(group -> h5.list(group).stream().map(name -> group + "/" + name))
              .filter(path -> translation(h5, path).length == 3)
              .filter(path -> Hdf5Slabs.product(h5.shape(path)) > 1)
              .map(path -> new Motion(path, translation(h5, path), metres(path)))
              .toList();
      if (!chain.isEmpty()) {
        return moved(chain, axes);
      }
    }
    return motors(axes);
  }

  private List<String> samples() {
    return NexusReader.groups(h5, entry, "NXsample");
  }

  /// The direction of a translation; empty for anything else.
  static double[] translation(Hdf5 h5, String path) {
    if (!h5.isDataset(path)) {
      return new double[0];
    }
    var attributes = h5.attributes(path);
    boolean is = attributes.text("transformation_type").filter("translation"::equals).isPresent();
    return is && attributes.has("vector") ? attributes.doubles("vector") : new double[0];
  }

  /// (frames, 3) or (frames, 2), x first; or with the axes exchanged.
  private RawScan.Positions table(String path) {
    long[] shape = h5.shape(path);
    boolean upright = shape.length == 2 && (shape[1] == 3 || shape[1] == 2);
    if (!upright && !(shape.length == 2 && shape[0] == 3)) {
      throw new InvalidInput(path, "of shape " + Arrays.toString(shape), "(frames, 3)", "")
          .at(h5.file().toString());
    }
    int count = (int) (upright ? shape[0] : shape[1]);
    int wide = (int) (upright ? shape[1] : shape[0]);
    double[] t = metres(path);
    double[] y = new double[count];
    double[] x = new double[count];
    for (int j = 0; j < count; j++) {
      x[j] = t[upright ? j * wide : j];
      y[j] = t[upright ? j * wide + 1 : count + j];
    }
    return said(new RawScan.Positions(path, y, x, false));
  }

  private RawScan.Positions motors(FrameAxes axes) {
    var groups = new java.util.ArrayList<String>(NexusReader.groups(h5, entry, "NXdata"));
    groups.addAll(samples());
    for (String group : groups) {
      if (h5.isDataset(group + "/x") && h5.isDataset(group + "/y")) {
        return moved(
            List.of(
                new Motion(group + "/y", new double[] {0, 1, 0}, metres(group + "/y")),
                new Motion(group + "/x", new double[] {1, 0, 0}, metres(group + "/x"))),
            axes);
      }
    }
    var positioners = positioners();
    if (positioners.size() == 2) {
      return moved(positioners, axes);
    }
    throw new InvalidInput(
            "the scan positions",
            "missing",
            "translation or NXtransformations in the NXsample, or x and y in an NXdata of " + entry,
            "write a profile (docs/formats/profile.md) if they have other names")
        .at(h5.file().toString());
  }

  /// The NXpositioners of the instrument that move along y and x: `value` with a `name`, or one
  /// dataset by the name of the axis, as NXptycho's own writer has it.
  private List<Motion> positioners() {
    var found = new java.util.LinkedHashMap<Boolean, Motion>();
    for (String instrument : NexusReader.groups(h5, entry, "NXinstrument")) {
      for (String group : NexusReader.groups(h5, instrument, "NXpositioner")) {
        for (String name : h5.list(group)) {
          String path = group + "/" + name;
          boolean number = h5.isDataset(path) && h5.type(path).isNumber();
          if (!number || Hdf5Slabs.product(h5.shape(path)) < 2) {
            continue;
          }
          String axis = name.equals("value") ? named(group).orElse(group) : name;
          String last = axis.substring(axis.length() - 1).toLowerCase(java.util.Locale.ROOT);
          if (last.equals("x") || last.equals("y")) {
            boolean down = last.equals("y");
            double[] direction = {down ? 0 : 1, down ? 1 : 0, 0};
            found.putIfAbsent(down, new Motion(path, direction, metres(path)));
          }
        }
      }
    }
    return List.copyOf(found.values());
  }

  private java.util.Optional<String> named(String group) {
    String path = group + "/name";
    return h5.isDataset(path) && h5.type(path).kind() == Hdf5Type.Kind.TEXT
        ? java.util.Optional.of(h5.text(path).strip()).filter(name -> !name.isEmpty())
        : java.util.Optional.empty();
  }

  /// Sums motions; two short lists are the axes of a raster.
  private RawScan.Positions moved(List<Motion> motions, FrameAxes axes) {
    int frames = axes.count();
    long[] shape = axes.shape();
    double[] y = new double[frames];
    double[] x = new double[frames];
    for (int k = 0; k < motions.size(); k++) {
      Motion motion = motions.get(k);
      int length = motion.values.length;
      int fast = shape.length == 4 ? (int) shape[1] : 0;
      int slow = shape.length == 4 ? (int) shape[0] : 0;
      boolean down = Math.abs(motion.direction[1]) > Math.abs(motion.direction[0]);
      boolean alongSlow = length == slow && (length != fast || down);
      if (length != frames && length != slow && length != fast) {
        throw new InvalidInput(
                "number of positions in " + motion.path,
                length,
                frames + ", one for each frame in " + data,
                "")
            .at(h5.file().toString());
      }
      for (int j = 0; j < frames; j++) {
        int at = length == frames ? j : alongSlow ? j / fast : j % fast;
        x[j] += motion.direction[0] * motion.values[at];
        y[j] += motion.direction[1] * motion.values[at];
      }
    }
    String names = String.join(" and ", motions.stream().map(Motion::path).toList());
    return said(new RawScan.Positions(names, y, x, false));
  }

  private RawScan.Positions said(RawScan.Positions positions) {
    notes.add(
        "positions are translations of the sample in the laboratory; the detector's rows are taken"
            + " to run along −y and its columns along −x");
    return positions;
  }

  private double[] metres(String path) {
    double unit = new StatedQuantities(h5).metres(path, 1);
    return Arrays.stream(h5.doubles(path)).map(value -> value * unit).toArray();
  }
}
