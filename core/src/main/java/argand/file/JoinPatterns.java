package argand.file;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.BucketSignal;
import argand.data.LineAreas;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.flow.Step;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes signals of the areas that were fitted to the spectra of a structured scan, and brings them
/// to its patterns: one signal for each group of lines, with its errors; live times and incident
/// intensity are those of the spectra.
public record JoinPatterns(
    @Param("the file of the patterns; that of the spectra where it is not given")
        Optional<Path> patterns)
    implements Step.One<LineAreas, StructuredScan> {
  @Override
  public Class<LineAreas> takes() {
    return LineAreas.class;
  }

  @Override
  public Class<StructuredScan> gives() {
    return StructuredScan.class;
  }

  @Override
  public StructuredScan apply(LineAreas input, Watch watch) {
    Path file = patterns.orElseGet(() -> ofTheSpectra(input));
    var signals = new ArrayList<BucketSignal>();
    for (int g = 0; g < input.groups().size(); g++) {
      String name = input.groups().get(g).name();
      for (int j = 0; j < input.count(); j++) {
        if (!Double.isFinite(input.areas()[g][j]) || !(input.sigma()[g][j] > 0)) {
          throw new InvalidInput(
              "the area of " + name + " of spectrum " + (j + 1),
              input.areas()[g][j] + " ± " + input.sigma()[g][j],
              "a number with an error",
              "leave the group out of fitLines");
        }
      }
      signals.add(
          new BucketSignal(name, "counts", input.areas()[g].clone(), input.sigma()[g].clone()));
    }
    var scan = ReadPatterns.own(file);
    var files = new java.util.LinkedHashSet<>(input.source().files());
    files.addAll(scan.source().files());
    var steps = new ArrayList<>(input.source().steps());
    steps.add(toString());
    var notes = new java.util.LinkedHashSet<>(input.source().notes());
    notes.addAll(scan.source().notes());
    notes.removeIf(note -> note.contains("no signals"));
    var joined =
        new StructuredScan(
            scan.patterns(),
            scan.sampleIn(),
            signals,
            input.exposure(),
            scan.guide(),
            scan.findings().with(scan.findings().quality().and(input.quality())),
            new Source(List.copyOf(files), steps, List.copyOf(notes)));
    ReadPatterns.needDeadTime(joined);
    return joined;
  }

  /// The last file of their history that holds patterns.
  private static Path ofTheSpectra(LineAreas input) {
    for (String name : input.source().files().reversed()) {
      Path file = Path.of(name);
      if (Files.isRegularFile(file) && Hdf5.looksLikeHdf5(file)) {
        try (var h5 = Hdf5.open(file)) {
          if (StructuredKept.claims(h5)) {
            return file;
          }
        }
      }
    }
    throw new InvalidInput(
        "the patterns",
        "not in the file of the spectra",
        "the file that holds them",
        "joinPatterns: {patterns: file.h5}");
  }
}
