package argand.file;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Agreement;
import argand.data.Curve;
import argand.data.FluorescenceSpectra;
import argand.data.Probe;
import argand.data.Product;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.ScanPositions;
import argand.data.SliceStack;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads back what {@link ResultWriter} kept.
public final class ResultReader {
  private ResultReader() {}

  /// A reconstruction, or the truth of a simulation.
  ///
  /// @throws FileTrouble when it cannot be read
  /// @throws InvalidInput when the file holds something else
  public static Reconstruction read(Path file) {
    try (var h5 = Hdf5.open(file)) {
      if (!h5.has("/entry/object/data")) {
        throw new InvalidInput(
                "the file",
                "no result: there is no /entry/object/data",
                "a result or a truth file of Argand",
                "")
            .at(file.toString());
      }
      return reconstruction(h5);
    }
  }

  /// Whatever product was kept: a reconstruction, an agreement, a measurement.
  public static Product product(Path file) {
    try (var h5 = Hdf5.open(file)) {
      if (h5.has("/entry")
          && h5.attributes("/entry").text("argand").orElse("").equals("agreement")) {
        return new Agreement(quality(h5), source(h5));
      }
      if (h5.has("/entry/maps/data")) {
        return maps(h5);
      }
      if (h5.has("/entry/stack/energy")) {
        return StackKept.read(h5, quality(h5), source(h5));
      }
      if (ObjectStackKept.claims(h5)) {
        return ObjectStackKept.read(h5, quality(h5), source(h5));
      }
      if (StructuredKept.claims(h5)) {
        return StructuredKept.read(h5, quality(h5), source(h5));
      }
      if (FluorescenceKept.claims(h5)) {
        return FluorescenceKept.read(h5, quality(h5), source(h5));
      }
      if (LineAreasKept.claims(h5)) {
        return LineAreasKept.read(h5, quality(h5), source(h5));
      }
      if (h5.has("/entry/object/data")) {
        return reconstruction(h5);
      }
    }
    return new CxiReader().read(file, Read.defaults(), Watch.SILENT);
  }

  /// Fluorescence spectra, whatever else the file holds.
  static FluorescenceSpectra spectra(Path file) {
    try (var h5 = Hdf5.open(file)) {
      var quality = h5.has("/entry/quality/names") ? quality(h5) : Quality.NONE;
      boolean patterns = StructuredKept.claims(h5);
      return FluorescenceKept.read(h5, quality, patterns ? StructuredKept.source(h5) : source(h5));
    }
  }

  /// Whether this HDF5 file is a result of Argand.
  static boolean claims(Hdf5 h5) {
    return h5.has("/entry/object/data") && h5.has("/entry/object/pixel_size");
  }

  private static Reconstruction reconstruction(Hdf5 h5) {
    Grid objectGrid = grid(h5, "/entry/object");
    ComplexField object = h5.complex("/entry/object/data").field(objectGrid, 0);
    double[] origin = h5.doubles("/entry/object/origin");
    Geometry geometry = geometry(h5);
    return new Reconstruction(
        object,
        probe(h5),
        new ScanPositions(h5.doubles("/entry/positions/y"), h5.doubles("/entry/positions/x")),
        new Reconstruction.Origin(origin[0], origin[1]),
        geometry,
        h5.number("/entry/geometry/angle"),
        Arrays.stream(h5.doubles("/entry/errors")).boxed().toList(),
        quality(h5),
        source(h5),
        slices(h5, objectGrid),
        furtherModes(h5, objectGrid));
  }

  private static Optional<SliceStack> slices(Hdf5 h5, Grid grid) {
    if (!h5.has("/entry/object/slices")) {
      return Optional.empty();
    }
    double[] distances = h5.doubles("/entry/object/slice_distances");
    var all = h5.complex("/entry/object/slices");
    var slices =
        IntStream.rangeClosed(0, distances.length)
            .mapToObj(l -> all.field(grid, l * grid.size()))
            .toList();
    return Optional.of(new SliceStack(slices, Arrays.stream(distances).boxed().toList()));
  }

  private static List<ComplexField> furtherModes(Hdf5 h5, Grid grid) {
    if (!h5.has("/entry/object/further_modes")) {
      return List.of();
    }
    var all = h5.complex("/entry/object/further_modes");
    int count = (int) (h5.shape("/entry/object/further_modes")[0]);
    return IntStream.range(0, count).mapToObj(k -> all.field(grid, k * grid.size())).toList();
  }

  private static ScanMaps maps(Hdf5 h5) {
    Grid grid = grid(h5, "/entry/maps");
    float[] all = h5.floats("/entry/maps/data");
    var names = h5.texts("/entry/maps/names");
    var units = h5.texts("/entry/maps/units");
    int size = grid.size();
    var maps =
        IntStream.range(0, names.size())
            .mapToObj(
                k ->
                    new ScanMaps.Map(
                        names.get(k),
                        units.get(k),
                        new RealField(grid, Arrays.copyOfRange(all, k * size, (k + 1) * size))))
            .toList();
    boolean[] measured = new boolean[size];
    for (int i = 0; i < size; i++) {
      measured[i] = all[names.size() * size + i] > 0;
    }
    return new ScanMaps(maps, new Mask(grid, measured), source(h5));
  }

  static Grid grid(Hdf5 h5, String group) {
    long[] shape = h5.shape(group + "/data");
    double[] pixel = h5.doubles(group + "/pixel_size");
    if (shape.length < 2 || pixel.length != 2) {
      throw new FileTrouble(
          h5.file(),
          group + "/data has the shape " + Arrays.toString(shape) + "; expected rows and columns");
    }
    return new Grid(
        Math.toIntExact(shape[shape.length - 2]),
        Math.toIntExact(shape[shape.length - 1]),
        pixel[0],
        pixel[1]);
  }

  private static Probe probe(Hdf5 h5) {
    Grid grid = grid(h5, "/entry/probe");
    var values = h5.complex("/entry/probe/data");
    int modes = values.re().length / grid.size();
    return new Probe(
        IntStream.range(0, modes).mapToObj(m -> values.field(grid, m * grid.size())).toList());
  }

  private static Geometry geometry(Hdf5 h5) {
    double energy = h5.number("/entry/beam/energy");
    String kind = h5.text("/entry/beam/kind");
    Beam beam =
        switch (kind) {
          case "x-rays" -> new Beam.XRays(energy, CxiReader.polarization(h5, "/entry/beam"));
          case "electrons" -> new Beam.Electrons(energy);
          case "light" -> new Beam.Light(h5.number("/entry/beam/wavelength"));
          default ->
              throw new FileTrouble(
                  h5.file(),
                  "/entry/beam/kind is " + kind + "; expected x-rays, electrons or light");
        };
    long[] shape = h5.longs("/entry/geometry/detector_shape");
    double[] pixel = h5.doubles("/entry/geometry/detector_pixel_size");
    return new Geometry(
        beam,
        h5.number("/entry/geometry/distance"),
        new Grid(Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), pixel[0], pixel[1]),
        h5.text("/entry/geometry/regime").equals("near field")
            ? Geometry.Regime.NEAR_FIELD
            : Geometry.Regime.FAR_FIELD,
        h5.number("/entry/geometry/focus_to_sample"));
  }

  static Quality quality(Hdf5 h5) {
    var metrics = new LinkedHashMap<String, Double>();
    for (String name : h5.texts("/entry/quality/names")) {
      metrics.put(name, h5.number("/entry/quality/metrics/" + name));
    }
    var figures = new LinkedHashMap<String, List<Curve>>();
    for (String name : h5.list("/entry/quality/figures")) {
      String path = "/entry/quality/figures/" + name;
      var curves = new ArrayList<Curve>();
      for (String curve : h5.list(path)) {
        String place = path + "/" + curve;
        curves.add(
            new Curve(
                title(h5, place),
                h5.attributes(place + "/x").text("long_name").orElse(""),
                h5.attributes(place + "/y").text("long_name").orElse(""),
                h5.doubles(place + "/x"),
                h5.doubles(place + "/y")));
      }
      figures.put(title(h5, path), List.copyOf(curves));
    }
    return new Quality(metrics, figures, qualityMaps(h5), h5.texts("/entry/quality/verdict"));
  }

  private static List<ScanMaps.Map> qualityMaps(Hdf5 h5) {
    var maps = new ArrayList<ScanMaps.Map>();
    if (h5.has("/entry/quality/maps")) {
      for (String name : h5.list("/entry/quality/maps")) {
        String path = "/entry/quality/maps/" + name;
        maps.add(
            new ScanMaps.Map(
                title(h5, path),
                h5.attributes(path + "/data").text("units").orElse(""),
                new RealField(grid(h5, path), h5.floats(path + "/data"))));
      }
    }
    return maps;
  }

  private static String title(Hdf5 h5, String path) {
    return h5.attributes(path).text("title").orElse("");
  }

  static Source source(Hdf5 h5) {
    return new Source(
        h5.texts("/entry/source/files"),
        h5.texts("/entry/source/steps"),
        h5.texts("/entry/source/notes"));
  }
}
