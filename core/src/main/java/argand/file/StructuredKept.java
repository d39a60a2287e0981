package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.BucketSignal;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Source;
import argand.data.StructuredScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A structured scan in an HDF5 file, measured or kept as a result: patterns, images with the
/// sample, what was counted under each, exposure, transmission image. `docs/formats/patterns.md`
/// lists every dataset.
final class StructuredKept {
  private static final String PATTERNS = "/entry/patterns";
  private static final String SAMPLE_IN = "/entry/sample_in";
  private static final String SIGNALS = "/entry/signals";
  private static final String TRANSMISSION = "/entry/transmission";
  private static final String SPECTRA = "/entry/spectra/data";

  private StructuredKept() {}

  /// All but what was found.
  ///
  /// @param incidentEv energy of the exciting beam, where it is known
  static void write(Hdf5Writer out, StructuredScan scan, OptionalDouble incidentEv) {
    out.attribute("/entry", "default", "patterns");
    images(out, PATTERNS, scan.patterns());
    scan.sampleIn().ifPresent(images -> images(out, SAMPLE_IN, images));
    ResultWriter.group(out, SIGNALS, "NXcollection");
    for (int e = 0; e < scan.signals().size(); e++) {
      var signal = scan.signals().get(e);
      String path = SIGNALS + "/" + ResultWriter.numbered("signal", e);
      ResultWriter.group(out, path, "NXdata");
      out.attribute(path, "title", signal.name());
      out.attribute(path, "signal", "data");
      ResultWriter.list(out, path + "/data", signal.values());
      out.attribute(path + "/data", "units", signal.unit());
      ResultWriter.list(out, path + "/errors", signal.sigma());
    }
    FluorescenceKept.circumstances(out, scan.exposure(), incidentEv, Optional.empty(), List.of());
    scan.guide()
        .ifPresent(
            guide -> {
              ResultWriter.group(out, TRANSMISSION, "NXdata");
              out.attribute(TRANSMISSION, "signal", "data");
              out.attribute(TRANSMISSION, "quantity", "optical density");
              StackWriter.field(out, TRANSMISSION + "/data", guide);
            });
  }

  private static void images(Hdf5Writer out, String group, Planes images) {
    ResultWriter.group(out, group, "NXdata");
    out.attribute(group, "signal", "data");
    StackWriter.planes(out, group + "/data", images);
    ResultWriter.pair(out, group + "/pixel_size", images.grid().pixelY(), images.grid().pixelX());
  }

  static boolean claims(Hdf5 h5) {
    return h5.isDataset(PATTERNS + "/data");
  }

  /// Planes stay in the file.
  ///
  /// @param h5 of the file; not kept
  /// @throws argand.array.InvalidInput when its parts do not fit each other
  static StructuredScan read(Hdf5 h5, Quality quality, Source source) {
    var grid = grid(h5);
    var patterns = StackKept.stored(h5, PATTERNS + "/data", grid);
    try {
      return new StructuredScan(
          patterns,
          h5.isDataset(SAMPLE_IN + "/data")
              ? Optional.of(StackKept.stored(h5, SAMPLE_IN + "/data", grid(h5, SAMPLE_IN, grid)))
              : Optional.empty(),
          signals(h5),
          FluorescenceKept.exposure(h5),
          guide(h5, grid),
          found(h5).with(quality),
          source);
    } catch (RuntimeException wrong) {
      patterns.close();
      throw wrong;
    }
  }

  /// What the file says of it, and the file itself.
  static Source source(Hdf5 h5) {
    var kept = h5.has("/entry/source") ? ResultReader.source(h5) : Source.NONE;
    var files = new ArrayList<>(kept.files());
    if (!files.contains(h5.file().toString())) {
      files.add(h5.file().toString());
    }
    return new Source(files, kept.steps(), kept.notes());
  }

  private static Findings found(Hdf5 h5) {
    var findings = Findings.NONE;
    if (h5.has("/entry/found/maps")) {
      for (var map : StackKept.maps(h5)) {
        findings = findings.with(map);
      }
    }
    var phases = PhasesKept.read(h5);
    return phases.isPresent() ? findings.with(phases.get()) : findings;
  }

  private static Grid grid(Hdf5 h5) {
    if (!h5.has(PATTERNS + "/pixel_size")) {
      throw new FileTrouble(
          h5.file(), PATTERNS + "/pixel_size is missing: the edges of a pixel on the sample, y, x");
    }
    return ResultReader.grid(h5, PATTERNS);
  }

  /// Of other images over the same field: their number of pixels, the patterns' size of one.
  private static Grid grid(Hdf5 h5, String group, Grid patterns) {
    long[] shape = h5.shape(group + "/data");
    if (shape.length < 2) {
      throw new FileTrouble(
          h5.file(), group + "/data has the shape " + Arrays.toString(shape) + "; expected images");
    }
    return new Grid(
        Math.toIntExact(shape[shape.length - 2]),
        Math.toIntExact(shape[shape.length - 1]),
        patterns.pixelY(),
        patterns.pixelX());
  }

  private static List<BucketSignal> signals(Hdf5 h5) {
    var signals = new ArrayList<BucketSignal>();
    if (!h5.has(SIGNALS)) {
      return signals;
    }
    for (String name : h5.list(SIGNALS)) {
      String path = SIGNALS + "/" + name;
      String title = h5.attributes(path).text("title").orElse(name);
      String unit = h5.units(path + "/data").orElse("");
      double[] values = h5.doubles(path + "/data");
      if (h5.isDataset(path + "/errors")) {
        signals.add(new BucketSignal(title, unit, values, h5.doubles(path + "/errors")));
      } else if (h5.isDataset(path + "/variance")) {
        double[] sigma = h5.doubles(path + "/variance");
        Arrays.setAll(sigma, j -> Math.sqrt(sigma[j]));
        signals.add(new BucketSignal(title, unit, values, sigma));
      } else {
        signals.add(withoutErrors(title, unit, values));
      }
    }
    return signals;
  }

  /// Counts have the error of counts; of others it is not known.
  static BucketSignal withoutErrors(String name, String unit, double[] values) {
    return unit.equals("counts")
        ? BucketSignal.ofCounts(name, values)
        : BucketSignal.unweighted(name, unit, values);
  }

  private static Optional<RealField> guide(Hdf5 h5, Grid patterns) {
    if (!h5.isDataset(TRANSMISSION + "/data")) {
      return Optional.empty();
    }
    var image = new RealField(grid(h5, TRANSMISSION, patterns), h5.floats(TRANSMISSION + "/data"));
    boolean transmission =
        h5.attributes(TRANSMISSION).text("quantity").orElse("").equals("transmission");
    return Optional.of(transmission ? opticalDensity(image) : image);
  }

  /// −ln I/I₀
  static RealField opticalDensity(RealField transmission) {
    var density = transmission.copy();
    for (int i = 0; i < density.values().length; i++) {
      density.values()[i] = (float) -Math.log(density.values()[i]);
    }
    return density;
  }

  /// Number of spectra that lie beside the patterns; empty where there are none.
  static OptionalLong spectra(Hdf5 h5) {
    return h5.isDataset(SPECTRA) ? OptionalLong.of(h5.shape(SPECTRA)[0]) : OptionalLong.empty();
  }
}
