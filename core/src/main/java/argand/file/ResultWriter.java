package argand.file;

import argand.array.InvalidInput;
import argand.data.Agreement;
import argand.data.Curve;
import argand.data.DiffractionScan;
import argand.data.EnergyStack;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.ObjectStack;
import argand.data.Product;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.SliceStack;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Keeps a result as NeXus HDF5, complex images as numpy reads them; `docs/formats/result.md` lists
/// every dataset. A measurement is kept as CXI.
public final class ResultWriter {
  private ResultWriter() {}

  /// @param recipe the text of the recipe, byte for byte
  /// @param plan the text of the plan
  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(Path file, Product product, String recipe, String plan) {
    switch (product) {
      case DiffractionScan scan ->
          CxiWriter.write(file, scan, Map.of("/entry_1/recipe", recipe, "/entry_1/plan", plan));
      case Reconstruction reconstruction -> {
        try (var out = begin(file, "reconstruction", recipe, plan)) {
          reconstruction(out, reconstruction);
          out.commit();
        }
      }
      case Agreement agreement -> {
        try (var out = begin(file, "agreement", recipe, plan)) {
          quality(out, agreement.quality());
          source(out, agreement.source());
          out.commit();
        }
      }
      case ScanMaps maps -> {
        try (var out = begin(file, "maps", recipe, plan)) {
          maps(out, maps);
          out.commit();
        }
      }
      case ObjectStack stack -> {
        try (var out = begin(file, "objects", recipe, plan)) {
          ObjectStackKept.write(out, stack);
          out.commit();
        }
      }
      case EnergyStack stack -> {
        try (var out = begin(file, "stack", recipe, plan)) {
          StackWriter.write(out, stack);
          out.commit();
        }
      }
      case FluorescenceSpectra spectra -> {
        try (var out = begin(file, "spectra", recipe, plan)) {
          FluorescenceKept.write(out, spectra);
          out.commit();
        }
      }
      case StructuredScan scan -> {
        try (var out = begin(file, "structured scan", recipe, plan)) {
          StructuredKept.write(out, scan, java.util.OptionalDouble.empty());
          group(out, "/entry/found", "NXcollection");
          StackWriter.maps(out, scan.findings().maps());
          scan.findings().phases().ifPresent(phases -> PhasesKept.write(out, phases));
          quality(out, scan.findings().quality());
          source(out, scan.source());
          out.commit();
        }
      }
      case LineAreas areas -> {
        try (var out = begin(file, "areas", recipe, plan)) {
          LineAreasKept.write(out, areas);
          out.commit();
        }
      }
      case RawFile raw ->
          throw new InvalidInput(
              "the result", "the raw file " + raw.path(), "a product of at least one step", "");
    }
  }

  private static Hdf5Writer begin(Path file, String kind, String recipe, String plan) {
    var out = Hdf5.create(file);
    try {
      out.attribute("/", "NX_class", "NXroot");
      out.attribute("/", "creator", "Argand");
      out.attribute("/", "default", "entry");
      group(out, "/entry", "NXentry");
      out.attribute("/entry", "argand", kind);
      out.write("/entry/recipe", recipe);
      out.write("/entry/plan", plan);
      return out;
    } catch (RuntimeException trouble) {
      out.close();
      throw trouble;
    }
  }

  static void group(Hdf5Writer out, String path, String nexus) {
    out.group(path);
    out.attribute(path, "NX_class", nexus);
  }

  private static void reconstruction(Hdf5Writer out, Reconstruction result) {
    out.attribute("/entry", "default", "object");
    group(out, "/entry/object", "NXdata");
    out.attribute("/entry/object", "signal", "data");
    var object = result.object();
    out.write(
        "/entry/object/data",
        ComplexValues.of(object),
        Hdf5Storage.CONTIGUOUS,
        object.grid().rows(),
        object.grid().columns());
    out.attribute("/entry/object/data", "long_name", "complex transmission");
    pair(out, "/entry/object/pixel_size", object.grid().pixelY(), object.grid().pixelX());
    pair(out, "/entry/object/origin", result.origin().y(), result.origin().x());
    result.slices().ifPresent(stack -> slices(out, stack));
    if (!result.furtherModes().isEmpty()) {
      furtherModes(out, result);
    }

    group(out, "/entry/probe", "NXdata");
    out.attribute("/entry/probe", "signal", "data");
    var probe = result.probe();
    out.write(
        "/entry/probe/data",
        CxiWriter.stacked(probe.modes()),
        Hdf5Storage.CONTIGUOUS,
        probe.modes().size(),
        probe.grid().rows(),
        probe.grid().columns());
    out.attribute("/entry/probe/data", "units", "sqrt(counts)");
    pair(out, "/entry/probe/pixel_size", probe.grid().pixelY(), probe.grid().pixelX());

    group(out, "/entry/positions", "NXcollection");
    list(out, "/entry/positions/y", result.positions().y());
    out.attribute("/entry/positions/y", "units", "m");
    list(out, "/entry/positions/x", result.positions().x());
    out.attribute("/entry/positions/x", "units", "m");
    list(
        out,
        "/entry/errors",
        result.residuals().stream().mapToDouble(Double::doubleValue).toArray());
    out.attribute("/entry/errors", "long_name", "relative amplitude error after each iteration");
    beam(out, result.geometry().beam());
    geometry(out, result.geometry(), result.angle());
    quality(out, result.quality());
    source(out, result.source());
  }

  private static void furtherModes(Hdf5Writer out, Reconstruction result) {
    out.write(
        "/entry/object/further_modes",
        CxiWriter.stacked(result.furtherModes()),
        Hdf5Storage.CONTIGUOUS,
        result.furtherModes().size(),
        result.object().grid().rows(),
        result.object().grid().columns());
    out.attribute(
        "/entry/object/further_modes",
        "long_name",
        "incoherent modes beside data, the strongest: intensities of all add up");
  }

  private static void slices(Hdf5Writer out, SliceStack stack) {
    var grid = stack.slices().getFirst().grid();
    out.write(
        "/entry/object/slices",
        CxiWriter.stacked(stack.slices()),
        Hdf5Storage.CONTIGUOUS,
        stack.slices().size(),
        grid.rows(),
        grid.columns());
    out.attribute(
        "/entry/object/slices",
        "long_name",
        "complex transmission of each slice; data is their product");
    list(
        out,
        "/entry/object/slice_distances",
        stack.distances().stream().mapToDouble(Double::doubleValue).toArray());
    out.attribute("/entry/object/slice_distances", "units", "m");
  }

  private static void maps(Hdf5Writer out, ScanMaps maps) {
    group(out, "/entry/maps", "NXcollection");
    pair(out, "/entry/maps/pixel_size", maps.grid().pixelY(), maps.grid().pixelX());
    out.write("/entry/maps/names", maps.maps().stream().map(ScanMaps.Map::name).toList());
    out.write("/entry/maps/units", maps.maps().stream().map(ScanMaps.Map::unit).toList());
    int size = maps.grid().size();
    float[] values = new float[(maps.maps().size() + 1) * size];
    for (int k = 0; k < maps.maps().size(); k++) {
      System.arraycopy(maps.maps().get(k).values().values(), 0, values, k * size, size);
    }
    for (int i = 0; i < size; i++) {
      values[maps.maps().size() * size + i] = maps.measured().good()[i] ? 1 : 0;
    }
    out.write(
        "/entry/maps/data",
        values,
        Hdf5Storage.CONTIGUOUS,
        maps.maps().size() + 1,
        maps.grid().rows(),
        maps.grid().columns());
    out.attribute("/entry/maps/data", "long_name", "as in names; the last: 1 where measured");
    source(out, maps.source());
  }

  static void pair(Hdf5Writer out, String path, double y, double x) {
    out.write(path, new double[] {y, x}, Hdf5Storage.CONTIGUOUS, 2);
    out.attribute(path, "units", "m");
  }

  static void list(Hdf5Writer out, String path, double[] values) {
    out.write(path, values, Hdf5Storage.CONTIGUOUS, values.length);
  }

  private static void beam(Hdf5Writer out, Beam beam) {
    group(out, "/entry/beam", "NXbeam");
    out.write(
        "/entry/beam/kind",
        switch (beam) {
          case Beam.XRays x -> "x-rays";
          case Beam.Electrons e -> "electrons";
          case Beam.Light l -> "light";
        });
    out.write("/entry/beam/energy", beam.energyEv());
    out.attribute("/entry/beam/energy", "units", "eV");
    out.write("/entry/beam/wavelength", beam.wavelength());
    out.attribute("/entry/beam/wavelength", "units", "m");
    beam.polarization().ifPresent(one -> CxiWriter.stokes(out, "/entry/beam", one));
  }

  private static void geometry(Hdf5Writer out, Geometry geometry, double angle) {
    group(out, "/entry/geometry", "NXcollection");
    boolean near = geometry.regime() == Geometry.Regime.NEAR_FIELD;
    out.write("/entry/geometry/regime", near ? "near field" : "far field");
    out.write("/entry/geometry/distance", geometry.distance());
    out.attribute("/entry/geometry/distance", "units", "m");
    out.write("/entry/geometry/focus_to_sample", geometry.focusDistance());
    out.attribute("/entry/geometry/focus_to_sample", "units", "m");
    var detector = geometry.detector();
    out.write(
        "/entry/geometry/detector_shape",
        new long[] {detector.rows(), detector.columns()},
        Hdf5Storage.CONTIGUOUS,
        2);
    pair(out, "/entry/geometry/detector_pixel_size", detector.pixelY(), detector.pixelX());
    out.write("/entry/geometry/angle", angle);
    out.attribute("/entry/geometry/angle", "units", "rad");
  }

  static void quality(Hdf5Writer out, Quality quality) {
    group(out, "/entry/quality", "NXcollection");
    group(out, "/entry/quality/metrics", "NXcollection");
    out.write("/entry/quality/names", List.copyOf(quality.metrics().keySet()));
    quality.metrics().forEach((name, value) -> out.write("/entry/quality/metrics/" + name, value));
    out.write("/entry/quality/verdict", quality.verdict());
    group(out, "/entry/quality/figures", "NXcollection");
    group(out, "/entry/quality/maps", "NXcollection");
    int map = 0;
    for (var one : quality.maps()) {
      map(out, "/entry/quality/maps/" + numbered("map", map++), one);
    }
    int figure = 0;
    for (var one : quality.figures().entrySet()) {
      String path = "/entry/quality/figures/" + numbered("figure", figure++);
      group(out, path, "NXcollection");
      out.attribute(path, "title", one.getKey());
      int curve = 0;
      for (Curve points : one.getValue()) {
        String place = path + "/" + numbered("curve", curve++);
        group(out, place, "NXdata");
        out.attribute(place, "title", points.name());
        out.attribute(place, "signal", "y");
        out.attribute(place, "axes", "x");
        list(out, place + "/x", points.x());
        out.attribute(place + "/x", "long_name", points.labelX());
        list(out, place + "/y", points.y());
        out.attribute(place + "/y", "long_name", points.labelY());
      }
    }
  }

  private static void map(Hdf5Writer out, String path, ScanMaps.Map map) {
    var grid = map.values().grid();
    group(out, path, "NXdata");
    out.attribute(path, "title", map.name());
    out.attribute(path, "signal", "data");
    out.write(
        path + "/data", map.values().values(), Hdf5Storage.CONTIGUOUS, grid.rows(), grid.columns());
    out.attribute(path + "/data", "units", map.unit());
    pair(out, path + "/pixel_size", grid.pixelY(), grid.pixelX());
  }

  /// Groups are listed in alphabetic order, so their numbers have leading zeros.
  static String numbered(String name, int number) {
    return String.format(java.util.Locale.ROOT, "%s_%03d", name, number);
  }

  static void source(Hdf5Writer out, Source source) {
    group(out, "/entry/source", "NXcollection");
    out.write("/entry/source/files", source.files());
    out.write("/entry/source/steps", source.steps());
    out.write("/entry/source/notes", source.notes());
  }
}
