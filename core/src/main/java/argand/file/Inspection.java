package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.flow.Watch;
import argand.sampling.AbsorbedDose;
import argand.sampling.PassTime;
import argand.sampling.ScanPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// What a file is, what is in it, and what Argand would make of it.
///
/// @param kind a word or two: `CXI`, `result`, `stack`, `spectra`, `fluorescence`, `HDF5`, `TIFF`,
///     `NumPy`, `MATLAB`, `text`, `folder`, `unknown`
/// @param readable whether the `read` step makes a measurement of it, or `readStack` a stack, or it
///     is a result or spectra
/// @param sentences for a person, the most important first
/// @param facts the same for a program
public record Inspection(
    Path file,
    String kind,
    boolean readable,
    List<String> sentences,
    SequencedMap<String, Object> facts) {
  private static final int LISTED = 30;

  public Inspection {
    sentences = List.copyOf(sentences);
  }

  /// Looks at a file, the first time in a child process.
  ///
  /// @throws FileTrouble when it is missing or damaged
  public static Inspection of(Path file) {
    return of(file, Optional.empty());
  }

  /// The same with the dose of a scan.
  ///
  /// @param dose how the sample absorbs and what the detector sees; absent leaves the dose out
  public static Inspection of(Path file, Optional<AbsorbedDose> dose) {
    if (Files.isDirectory(file)) {
      var folder = plain(file, "folder", "a folder, not a file: name a file in it");
      return StackInspection.of(file)
          .map(stack -> stack.readable() ? stack : folder.and(stack))
          .orElse(folder);
    }
    FirstOpening.check(List.of(file));
    if (MatlabFile.claims(file) && !hasReader(file)) {
      return ofMatlab(file);
    }
    if (Hdf5.looksLikeHdf5(file)) {
      return ofHdf5(file, dose);
    }
    if (TiffReader.claims(file)) {
      TiffStack stack = TiffReader.read(file);
      var tiff =
          plain(
              file,
              "TIFF",
              "a TIFF stack of "
                  + stack.pages().size()
                  + " pages of "
                  + stack.rows()
                  + " × "
                  + stack.columns()
                  + "; it holds no positions, so it is no scan by itself");
      tiff.facts.put("shape", List.of(stack.pages().size(), stack.rows(), stack.columns()));
      return StackInspection.of(file).map(tiff::and).orElse(tiff);
    }
    if (NumpyFile.claims(file)) {
      return ofNumpy(file);
    }
    Optional<String> matlab = MatlabFile.broken(file);
    if (matlab.isPresent()) {
      return plain(file, "MATLAB", matlab.get());
    }
    Optional<Inspection> other =
        SpectraInspection.of(file)
            .or(() -> StackInspection.of(file))
            .or(() -> StackInspection.spectra(file));
    if (other.isPresent()) {
      return other.get();
    }
    return TextTable.isText(file)
        ? plain(file, "text", "a text file: it holds no data that Argand reads")
        : plain(file, "unknown", "neither HDF5 nor TIFF nor text: no reader knows it");
  }

  private static Inspection plain(Path file, String kind, String sentence) {
    var facts = facts(file);
    facts.put("kind", kind);
    return new Inspection(file, kind, false, List.of(sentence), facts);
  }

  /// What every kind of file begins with.
  static SequencedMap<String, Object> facts(Path file) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("file", file.toString());
    return facts;
  }

  private static Inspection ofNumpy(Path file) {
    var facts = facts(file);
    var lines = new ArrayList<String>();
    var arrays = new LinkedHashMap<String, Object>();
    try (var numpy = NumpyFile.open(file)) {
      for (String name : numpy.names()) {
        String line;
        try {
          var header = numpy.header(name);
          line = header.type() + " " + Arrays.toString(header.shape());
        } catch (FileTrouble trouble) {
          line = trouble.sentence();
        }
        arrays.put(name, line);
        lines.add(name + ": " + line);
      }
    }
    facts.put("datasets", arrays);
    String why =
        "NumPy arrays: a profile says which of them are frames and positions"
            + " (docs/formats/numpy.md), read: {profile: my.yaml}";
    return finished(file, "NumPy", false, List.of(why), lines, facts);
  }

  private static boolean hasReader(Path file) {
    return Readers.all().stream().anyMatch(reader -> reader.claims(file));
  }

  private static Inspection ofMatlab(Path file) {
    var facts = facts(file);
    var lines = new ArrayList<String>();
    try (var matlab = MatlabFile.open(file)) {
      var contents = matlab.contents();
      facts.put("datasets", contents);
      contents.forEach((path, line) -> lines.add(path + ": " + line));
    }
    String why =
        "MATLAB variables: a profile says which of them are frames and positions"
            + " (docs/formats/matlab.md), read: {profile: my.yaml}";
    return finished(file, "MATLAB", false, List.of(why), lines, facts);
  }

  private static Inspection ofHdf5(Path file, Optional<AbsorbedDose> dose) {
    var facts = facts(file);
    var datasets = new LinkedHashMap<String, Object>();
    var lines = new ArrayList<String>();
    Optional<String> images = Optional.empty();
    boolean result;
    boolean structured;
    Optional<String> fluorescence;
    Optional<String> areas;
    try (var h5 = Hdf5.open(file)) {
      result = ResultReader.claims(h5);
      structured = StructuredKept.claims(h5);
      fluorescence = Hdf5SpectraReader.layout(h5);
      areas = LineAreasKept.described(h5);
      for (String path : Hdf5Tour.datasets(h5)) {
        String line = described(h5, path);
        datasets.put(path, line);
        lines.add(path + ": " + line);
        if (images.isEmpty() && isComplexImages(h5, path)) {
          images = Optional.of(path + " (" + line + ")");
        }
      }
    }
    facts.put("datasets", datasets);
    if (result) {
      var kept = ResultReader.read(file);
      var grid = kept.object().grid();
      return finished(
          file,
          "result",
          true,
          List.of(
              "a result of Argand: an object of "
                  + grid.rows()
                  + " × "
                  + grid.columns()
                  + " pixels of "
                  + FileUnits.length(grid.pixelY())
                  + ", "
                  + kept.probe().modes().size()
                  + " probe modes, "
                  + kept.residuals().size()
                  + " iterations"),
          lines,
          facts);
    }
    if (structured) {
      return finished(StructuredInspection.of(file), lines, facts);
    }
    if (areas.isPresent()) {
      return finished(file, "result", true, List.of(areas.get()), lines, facts);
    }
    if (fluorescence.isPresent()) {
      return finished(SpectraInspection.of(file, fluorescence.get()), lines, facts);
    }
    boolean known = hasReader(file) || Profile.builtInFor(file).isPresent();
    var scan = scan(file, images, lines, facts, dose);
    if (scan.readable() || images.isPresent()) {
      return scan;
    }
    var stack = StackInspection.of(file);
    if (stack.isPresent() && stack.get().readable()) {
      return finished(stack.get(), lines, facts);
    }
    return known || stack.isEmpty() ? scan : scan.and(stack.get());
  }

  /// What it also is: sentences and facts that are new.
  private Inspection and(Inspection other) {
    var both = new ArrayList<>(sentences.subList(0, 1));
    both.addAll(other.sentences);
    both.addAll(sentences.subList(1, sentences.size()));
    var all = new LinkedHashMap<>(facts);
    other.facts.forEach(all::putIfAbsent);
    return other.readable
        ? new Inspection(file, other.kind, true, both, all)
        : new Inspection(file, kind, readable, both, all);
  }

  private static Inspection scan(
      Path file,
      Optional<String> images,
      List<String> lines,
      SequencedMap<String, Object> facts,
      Optional<AbsorbedDose> dose) {
    Optional<String> profile = Profile.builtInFor(file);
    Optional<Reader> reader =
        Readers.all().stream().filter(candidate -> candidate.claims(file)).findFirst();
    boolean known = reader.isPresent();
    String kind = reader.map(Reader::title).orElse("HDF5");
    if (!known && profile.isEmpty()) {
      String why =
          images
              .map(
                  path ->
                      "an HDF5 file of images that are already reconstructed, complex numbers in "
                          + path
                          + ": there are no raw frames to read")
              .orElse(
                  "an HDF5 file that no reader knows and no built-in profile fits: write a profile"
                      + " (docs/formats/profile.md) and give read: {profile: my.yaml}");
      return finished(file, kind, false, List.of(why), lines, facts);
    }
    var sentences = new ArrayList<String>();
    var how = known ? Read.defaults() : Read.byProfile(profile.orElseThrow());
    if (!known) {
      sentences.add(
          "an HDF5 file that the built-in profile "
              + profile.orElseThrow()
              + " fits: read: {profile: "
              + profile.orElseThrow()
              + "}");
      facts.put("profile", profile.orElseThrow());
    }
    try {
      var scan = how.apply(new RawFile(file), Watch.SILENT);
      sentences.addAll(scan.source().notes().reversed());
      var plan = ScanPlan.of(scan);
      planned(scan, plan, facts);
      sentences.addAll(plan.sentences());
      dose.ifPresent(
          law -> {
            facts.put("fluence", law.fluence(plan));
            facts.put("dose", law.gray(plan));
            sentences.add(
                String.format(
                    Locale.ROOT,
                    "dose of this scan: %s from %.3g photons on a square micrometre, absorbed by"
                        + " %.4g m²/kg",
                    AbsorbedDose.text(law.gray(plan)),
                    1e-12 * law.fluence(plan),
                    law.absorber().massAbsorption(plan.geometry().beam())));
          });
      sentences.add(effort(plan, scan, facts));
      return finished(file, kind, true, sentences, lines, facts);
    } catch (InvalidInput lacking) {
      sentences.add(lacking.getMessage() == null ? "" : lacking.getMessage());
      return finished(file, kind, false, sentences, lines, facts);
    }
  }

  private static String effort(
      ScanPlan plan, DiffractionScan scan, SequencedMap<String, Object> facts) {
    double seconds = PassTime.seconds(scan.frames().grid(), scan.frames().count());
    facts.put("secondsPerPass", seconds);
    return String.format(
        Locale.ROOT,
        "a reconstruction with one mode holds about %s, %s; a pass over all views takes about"
            + " %.2g s on one thread here",
        mebibytes(plan.memoryBytes()),
        fit(plan, facts),
        seconds);
  }

  private static String fit(ScanPlan plan, SequencedMap<String, Object> facts) {
    long here = Watch.SILENT.memoryBytes();
    boolean fits = plan.memoryBytes() <= here;
    boolean streams = !fits && plan.leastMemoryBytes() <= here;
    facts.put("leastMemoryBytes", plan.leastMemoryBytes());
    facts.put("memory", fits ? "fits" : streams ? "streams" : "too small");
    if (fits) {
      return "which fits here";
    }
    return streams
        ? "more than the "
            + mebibytes(here)
            + " here: frames are read when they are needed (at least "
            + mebibytes(plan.leastMemoryBytes())
            + "; not with differenceMap or raar)"
        : "at least "
            + mebibytes(plan.leastMemoryBytes())
            + ", and "
            + mebibytes(here)
            + " are here: start with ARGAND_JAVA_OPTIONS=-Xmx"
            + Math.ceilDiv(plan.leastMemoryBytes() * 5 / 3, 1L << 30)
            + "g, or crop or bin the frames";
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MiB", Math.ceil(bytes / 1048576.0));
  }

  private static void planned(
      DiffractionScan scan, ScanPlan plan, SequencedMap<String, Object> facts) {
    var geometry = scan.geometry();
    var sample = geometry.sample();
    facts.put("frames", scan.frames().count());
    facts.put("rows", sample.rows());
    facts.put("columns", sample.columns());
    facts.put("regime", geometry.regime().name().equals("NEAR_FIELD") ? "near" : "far");
    facts.put("energyEv", geometry.beam().energyEv());
    facts.put("wavelength", geometry.beam().wavelength());
    facts.put("distance", geometry.distance());
    facts.put("detectorPixel", List.of(geometry.detector().pixelY(), geometry.detector().pixelX()));
    facts.put("samplePixel", List.of(sample.pixelY(), sample.pixelX()));
    facts.put("scan", List.of(scan.positions().extentY(), scan.positions().extentX()));
    scan.mask().ifPresent(mask -> facts.put("goodPixels", mask.count()));
    scan.probe().ifPresent(probe -> facts.put("startProbeModes", probe.modes().size()));
    facts.put(
        "view", Math.min(sample.rows() * sample.pixelY(), sample.columns() * sample.pixelX()));
    facts.put("step", plan.step());
    facts.put("probe", List.of(plan.probe().height(), plan.probe().width()));
    facts.putAll(plan.metrics());
    facts.put("memoryBytes", plan.memoryBytes());
    facts.put("warnings", plan.warnings());
  }

  private static Inspection finished(
      Inspection part, List<String> lines, SequencedMap<String, Object> facts) {
    facts.putAll(part.facts());
    return finished(part.file(), part.kind(), part.readable(), part.sentences(), lines, facts);
  }

  private static Inspection finished(
      Path file,
      String kind,
      boolean readable,
      List<String> sentences,
      List<String> lines,
      SequencedMap<String, Object> facts) {
    var all = new ArrayList<>(sentences);
    all.addAll(lines.subList(0, Math.min(LISTED, lines.size())));
    if (lines.size() > LISTED) {
      all.add("and " + (lines.size() - LISTED) + " more datasets");
    }
    facts.put("kind", kind);
    facts.put("readable", readable);
    facts.put("sentences", List.copyOf(sentences));
    return new Inspection(file, kind, readable, all, facts);
  }

  private static String described(Hdf5 h5, String path) {
    try {
      long[] shape = h5.shape(path);
      String type = h5.type(path).toString();
      String units =
          h5.attributes(path)
              .text("units")
              .or(() -> h5.attributes(path).text("unit"))
              .map(unit -> " in " + unit)
              .orElse("");
      return shape.length == 0 ? type + units : type + " " + Arrays.toString(shape) + units;
    } catch (FileTrouble trouble) {
      return trouble.sentence();
    }
  }

  private static boolean isComplexImages(Hdf5 h5, String path) {
    try {
      return h5.shape(path).length >= 2 && h5.type(path).kind() == Hdf5Type.Kind.COMPLEX;
    } catch (FileTrouble trouble) {
      return false; // its line in the list says why
    }
  }
}
