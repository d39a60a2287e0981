package argand.file;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import argand.flow.MapFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one map for {@link MapFile}.
final class ForeignMap {
  /// An array smaller than this along an axis is no map.
  private static final int LEAST = 8;

  private ForeignMap() {}

  static MapFile.Foreign read(MapFile map) {
    Path file = map.file();
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(
          file, Files.isDirectory(file) ? "this is a folder, not a file" : "there is no such file");
    }
    FirstOpening.check(List.of(file));
    try {
      if (TiffReader.claims(file)) {
        var pages = TiffReader.read(file);
        mustHold(map, pages.pages().size());
        return foreign(
            map, stem(file), pages.rows(), pages.columns(), pages.pages().get(map.index()));
      }
      if (Hdf5.looksLikeHdf5(file) && isResult(file)) {
        return kept(map);
      }
      var arrays = Datasets.open(file);
      try {
        return array(map, arrays);
      } finally {
        arrays.close();
      }
    } catch (InvalidInput wrong) {
      throw wrong.what().startsWith(file.toString()) ? wrong : wrong.at(file.toString());
    }
  }

  private static boolean isResult(Path file) {
    try (var h5 = Hdf5.open(file)) {
      return h5.has("/entry/stack/energy")
          || h5.has("/entry/maps/data")
          || StructuredKept.claims(h5);
    }
  }

  private static MapFile.Foreign kept(MapFile map) {
    var all = new ArrayList<FoundMap>();
    switch (ResultReader.product(map.file())) {
      case EnergyStack stack -> {
        all.addAll(stack.findings().maps());
        stack.images().close();
        stack.variance().ifPresent(argand.data.Planes::close);
      }
      case StructuredScan scan -> all.addAll(scan.findings().maps());
      case ScanMaps maps ->
          maps.maps().forEach(one -> all.add(FoundMap.of(one.name(), one.unit(), one.values())));
      default -> {}
    }
    var names = all.stream().map(FoundMap::name).toList();
    String name = only(map, names);
    var found =
        all.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the map", "'" + name + "'", "one of " + String.join(", ", names), ""));
    return map.pixelSize().isEmpty()
        ? new MapFile.Foreign(found, true)
        : new MapFile.Foreign(
            new FoundMap(
                found.name(),
                found.unit(),
                sized(found.values(), map.pixelSize().getAsDouble()),
                found.sigma().map(s -> sized(s, map.pixelSize().getAsDouble()))),
            true);
  }

  private static RealField sized(RealField field, double pixel) {
    return new RealField(
        Grid.square(field.grid().rows(), field.grid().columns(), pixel), field.values());
  }

  private static String only(MapFile map, List<String> names) {
    if (map.dataset().isPresent()) {
      return map.dataset().get();
    }
    if (names.size() == 1) {
      return names.getFirst();
    }
    throw new InvalidInput(
        "dataset",
        "not given",
        names.isEmpty() ? "a file with a map in it" : "one of " + String.join(", ", names),
        names.isEmpty() ? "it holds none" : "");
  }

  private static MapFile.Foreign array(MapFile map, Datasets arrays) {
    String name = map.dataset().orElseGet(() -> only(map, maps(arrays)));
    if (!arrays.isDataset(name)) {
      throw new InvalidInput(
          "dataset", "'" + name + "', which is not there", "one of " + maps(arrays), "");
    }
    long[] shape = arrays.shape(name);
    int n = shape.length;
    if (n < 2) {
      throw new InvalidInput(
          "the array " + name, java.util.Arrays.toString(shape), "rows and columns", "");
    }
    int rows = Math.toIntExact(shape[n - 2]);
    int columns = Math.toIntExact(shape[n - 1]);
    mustHold(map, Hdf5Slabs.product(shape) / ((long) rows * columns));
    float[] all = arrays.floats(name);
    int from = map.index() * rows * columns;
    String unit = arrays.units(name).orElse("");
    var found =
        foreign(
            map,
            name,
            rows,
            columns,
            java.util.Arrays.copyOfRange(all, from, from + rows * columns));
    return new MapFile.Foreign(
        FoundMap.of(found.map().name(), unit, found.map().values()), found.sized());
  }

  private static List<String> maps(Datasets arrays) {
    List<String> names =
        switch (arrays) {
          case Hdf5 h5 ->
              Hdf5Tour.datasets(h5).stream().filter(path -> h5.type(path).isNumber()).toList();
          case NumpyFile numpy -> numpy.names();
          default -> List.of();
        };
    return names.stream()
        .filter(
            name -> {
              long[] shape = arrays.shape(name);
              int n = shape.length;
              return n >= 2 && shape[n - 1] >= LEAST && shape[n - 2] >= LEAST;
            })
        .toList();
  }

  private static void mustHold(MapFile map, long images) {
    if (map.index() >= images) {
      throw new InvalidInput("index", map.index(), "less than the " + images + " images", "");
    }
  }

  private static MapFile.Foreign foreign(
      MapFile map, String name, int rows, int columns, float[] values) {
    var grid = Grid.square(rows, columns, map.pixelSize().orElse(1));
    return new MapFile.Foreign(
        FoundMap.of(last(name), "", new RealField(grid, values)), map.pixelSize().isPresent());
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.npy$", "");
  }

  private static String stem(Path file) {
    return Optional.ofNullable(file.getFileName())
        .map(Path::toString)
        .orElse("map")
        .replaceFirst("\\.[^.]*$", "");
  }
}
