package argand.file;

import argand.array.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Where the parts of a measurement lie in an HDF5, NumPy or MATLAB file, read from a small YAML
/// file;
/// see `docs/formats/profile.md`.
///
/// @param name of the profile, for notes
/// @param frames where the frames are
/// @param mask absent: all pixels are good
/// @param positions where the probe stood
/// @param energy [eV]
/// @param distance sample to detector [m]
/// @param pixelY detector pixel [m]
/// @param pixelX detector pixel [m]
/// @param focusDistance focus to sample [m]
/// @param near whether the measurement is in the near field, where the profile says
/// @param probe a start probe
/// @param notes sentences that a reader of the result must know
record Profile(
    String name,
    FrameSet frames,
    Optional<MaskSet> mask,
    PositionSet positions,
    Optional<Quantity> energy,
    Optional<Quantity> distance,
    Optional<Quantity> pixelY,
    Optional<Quantity> pixelX,
    Optional<Quantity> focusDistance,
    Optional<Boolean> near,
    Optional<ProbeSet> probe,
    List<String> notes) {
  /// Profiles that come with Argand.
  private static final List<String> BUILT_IN = List.of("siemens-half");

  /// @param axes `frame`, `row`, `column` in the order of the dataset
  record FrameSet(String path, List<String> axes, boolean corner) {}

  /// @param zeroIsGood whether 0 or anything else marks a good pixel
  record MaskSet(String path, boolean zeroIsGood) {}

  /// @param pathY dataset of the positions along rows
  /// @param indexY which number of each row of that dataset; −1 where it holds nothing else
  /// @param unit metres; NaN for pixels of the sample grid, 0 for the dataset's own `units`
  ///      attribute
  record PositionSet(
      String pathY, int indexY, int signY, String pathX, int indexX, int signX, double unit) {
    static final double PIXELS = Double.NaN;
    static final double OF_FILE = 0;
  }

  /// A dataset and what one of its units is, or a constant.
  record Quantity(Optional<String> path, double value) {}

  /// @param imaginary empty where `real` holds complex numbers
  /// @param axes `mode`, `row`, `column` in the order of the dataset; empty for the usual order,
  ///      modes first
  record ProbeSet(String real, Optional<String> imaginary, List<String> axes, boolean counts) {}

  /// A profile by its path, with or without `.yaml`, or one that comes with Argand by its name.
  static Profile find(Path asked) {
    Path named = Path.of(asked + ".yaml");
    if (Files.isRegularFile(asked) || Files.isRegularFile(named)) {
      Path file = Files.isRegularFile(asked) ? asked : named;
      try (var stream = Files.newInputStream(file)) {
        return parse(file.toString(), stream);
      } catch (IOException trouble) {
        throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
      }
    }
    @Nullable Path last = asked.getFileName();
    String name = last == null ? "" : last.toString().replaceFirst("\\.yaml$", "");
    if (!BUILT_IN.contains(name)) {
      throw new FileTrouble(
          asked,
          "there is no such profile, and none of this name comes with Argand ("
              + String.join(", ", BUILT_IN)
              + ")");
    }
    return builtIn(name);
  }

  /// The name of a built-in profile all of whose datasets are in this file.
  static Optional<String> builtInFor(Path file) {
    try (var h5 = Hdf5.open(file)) {
      return BUILT_IN.stream().filter(name -> builtIn(name).fits(h5)).findFirst();
    }
  }

  private static Profile builtIn(String name) {
    try (var stream = Profile.class.getResourceAsStream("profiles/" + name + ".yaml")) {
      if (stream == null) {
        throw new IllegalStateException("the profile " + name + " is not in the library");
      }
      return parse(name, stream);
    } catch (IOException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private boolean fits(Hdf5 h5) {
    return h5.isDataset(frames.path)
        && h5.isDataset(positions.pathY)
        && h5.isDataset(positions.pathX)
        && probe.map(p -> h5.isDataset(p.real)).orElse(true);
  }

  static Profile parse(String file, InputStream yaml) {
    JsonNode tree;
    try {
      tree = YAMLMapper.builder().build().readTree(yaml);
    } catch (JacksonException wrong) {
      var place = wrong.getLocation();
      throw new InvalidInput(
          "the profile " + file,
          "not YAML at line " + place.getLineNr() + ", column " + place.getColumnNr(),
          "",
          String.valueOf(wrong.getOriginalMessage()).lines().findFirst().orElse(""));
    }
    return parse(new ProfileNode("profile " + file + ":", tree));
  }

  private static Profile parse(ProfileNode root) {
    root.keys(
        "profile",
        "name",
        "frames",
        "mask",
        "positions",
        "energy",
        "distance",
        "pixelSize",
        "pixelSizeY",
        "pixelSizeX",
        "focusDistance",
        "regime",
        "probe",
        "notes");
    if (root.must("profile").index() != 1) {
      throw root.must("profile").wrong(root.must("profile").node().toString(), "1");
    }
    Optional<Quantity> pixel = length(root, "pixelSize");
    return new Profile(
        root.must("name").text(),
        frames(root.must("frames")),
        root.at("mask").map(Profile::mask),
        positions(root.must("positions")),
        root.at("energy").map(node -> quantity(node, FileUnits::electronvolts)),
        length(root, "distance"),
        length(root, "pixelSizeY").or(() -> pixel),
        length(root, "pixelSizeX").or(() -> pixel),
        length(root, "focusDistance"),
        root.at("regime").map(node -> node.oneOf("far", "near").equals("near")),
        root.at("probe").map(Profile::probe),
        root.at("notes").map(ProfileNode::texts).orElse(List.of()));
  }

  private static FrameSet frames(ProfileNode node) {
    node.keys("path", "axes", "zeroFrequency");
    List<String> axes =
        node.at("axes").map(ProfileNode::texts).orElse(List.of("frame", "row", "column"));
    boolean right =
        axes.stream().allMatch(a -> List.of("frame", "row", "column").contains(a))
            && axes.indexOf("row") >= 0
            && axes.indexOf("row") == axes.lastIndexOf("row")
            && axes.indexOf("column") >= 0
            && axes.indexOf("column") == axes.lastIndexOf("column");
    if (!right) {
      throw node.must("axes").wrong(axes.toString(), "frame (once or more), row, column");
    }
    return new FrameSet(
        node.must("path").text(),
        axes,
        node.at("zeroFrequency")
            .map(z -> z.oneOf("centre", "corner").equals("corner"))
            .orElse(false));
  }

  private static MaskSet mask(ProfileNode node) {
    node.keys("path", "good");
    return new MaskSet(
        node.must("path").text(),
        node.at("good").map(g -> g.oneOf("zero", "nonzero").equals("zero")).orElse(true));
  }

  private static PositionSet positions(ProfileNode node) {
    node.keys("path", "row", "column", "y", "x", "signY", "signX", "unit");
    String unit = node.must("unit").text();
    double metres =
        switch (unit) {
          case "pixel" -> PositionSet.PIXELS;
          case "file" -> PositionSet.OF_FILE;
          default -> node.must("unit").unit(FileUnits::metres);
        };
    int signY = node.at("signY").map(ProfileNode::sign).orElse(1);
    int signX = node.at("signX").map(ProfileNode::sign).orElse(1);
    if (node.at("path").isPresent()) {
      String path = node.must("path").text();
      return new PositionSet(
          path, node.must("row").index(), signY, path, node.must("column").index(), signX, metres);
    }
    return new PositionSet(
        node.must("y").text(), -1, signY, node.must("x").text(), -1, signX, metres);
  }

  private static Optional<Quantity> length(ProfileNode root, String key) {
    return root.at(key).map(node -> quantity(node, FileUnits::metres));
  }

  private static Quantity quantity(ProfileNode node, ProfileNode.Unit units) {
    if (!node.node().isObject()) {
      return new Quantity(Optional.empty(), node.quantity(units));
    }
    node.keys("path", "unit");
    return new Quantity(Optional.of(node.must("path").text()), node.must("unit").unit(units));
  }

  private static ProbeSet probe(ProfileNode node) {
    node.keys("complex", "real", "imaginary", "axes", "power");
    List<String> axes = node.at("axes").map(ProfileNode::texts).orElse(List.of());
    boolean right =
        axes.isEmpty()
            || axes.size() == Set.copyOf(axes).size()
                && axes.containsAll(List.of("row", "column"))
                && List.of("mode", "row", "column").containsAll(axes);
    if (!right) {
      throw node.must("axes").wrong(axes.toString(), "row, column and perhaps mode, each once");
    }
    boolean counts =
        node.at("power").map(p -> p.oneOf("counts", "scale").equals("counts")).orElse(false);
    return node.at("complex").isPresent()
        ? new ProbeSet(node.must("complex").text(), Optional.empty(), axes, counts)
        : new ProbeSet(
            node.must("real").text(), Optional.of(node.must("imaginary").text()), axes, counts);
  }

  OptionalDouble value(Datasets h5, Optional<Quantity> quantity) {
    return quantity
        .map(
            q ->
                OptionalDouble.of(
                    q.path
                            .map(
                                path ->
                                    Arrays.stream(h5.doubles(path)).findFirst().orElse(Double.NaN))
                            .orElse(1.0)
                        * q.value))
        .orElse(OptionalDouble.empty());
  }
}
