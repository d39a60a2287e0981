package argand.file;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Exposure;
import argand.data.Quality;
import argand.data.RawFile;
import argand.data.StructuredScan;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads illumination patterns and what detectors without pixels counted under each. Our own
/// container needs no parameters; of any other HDF5, MATLAB or NumPy file the arrays are named.
/// What is given here overrides what the file says.
public record ReadPatterns(
    @Param("array of the patterns, where the file is not our own container")
        Optional<String> patterns,
    @Param(value = "arrays of what was counted, one for each element or channel", byDefault = "[]")
        List<SignalArray> signals,
    @Param("array of the transmission image") Optional<String> guide,
    @Param(value = "what the transmission image holds", byDefault = "opticalDensity")
        GuideQuantity guideQuantity,
    @Param("array of the incident intensity of each pattern") Optional<String> incident,
    @Param(
            "dead time as a share of real time, 0 where counts are corrected or none is lost; overrides the file")
        OptionalDouble deadShare,
    @Param(value = "edge of a square pixel on the sample; overrides the file", unit = "m")
        OptionalDouble pixelSize)
    implements Step.One<RawFile, StructuredScan> {
  /// What a transmission image holds.
  public enum GuideQuantity {
    /// −ln I/I₀
    OPTICAL_DENSITY,
    /// I/I₀
    TRANSMISSION
  }

  /// One array of a foreign file.
  public record SignalArray(
      @Param("of the element or channel") String name,
      @Param("the array") String array,
      @Param(value = "unit of its values; counts have the error of counts", byDefault = "counts")
          String unit) {}

  public ReadPatterns {
    signals = List.copyOf(signals);
    deadShare.ifPresent(share -> Check.within("deadShare", share, 0, 0.999, ""));
    pixelSize.ifPresent(size -> Check.within("pixelSize", size, 1e-12, 1, "m"));
  }

  /// As an empty `readPatterns: {}` of a recipe.
  public static ReadPatterns defaults() {
    return new ReadPatterns(
        Optional.empty(),
        List.of(),
        Optional.empty(),
        GuideQuantity.OPTICAL_DENSITY,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  @Override
  public Class<RawFile> takes() {
    return RawFile.class;
  }

  @Override
  public Class<StructuredScan> gives() {
    return StructuredScan.class;
  }

  @Override
  public StructuredScan apply(RawFile input, Watch watch) {
    Path file = input.path();
    if (!Files.exists(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    try {
      var scan = overridden(patterns.isPresent() ? PatternArrays.read(file, this) : own(file));
      needDeadTime(scan);
      scan.source().notes().forEach(note -> watch.tell(new Progress.Noted(note)));
      return scan;
    } catch (InvalidInput wrong) {
      String place = file.toString();
      throw wrong.what().startsWith(place) ? wrong : wrong.at(place);
    }
  }

  /// Our own container, raw or kept as a result.
  ///
  /// @throws FileTrouble when it is none
  static StructuredScan own(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      throw unknown(file);
    }
    try (var h5 = Hdf5.open(file)) {
      if (!StructuredKept.claims(h5)) {
        throw unknown(file);
      }
      boolean ours = h5.has("/entry/quality/names");
      var quality = ours ? ResultReader.quality(h5) : Quality.NONE;
      var scan = StructuredKept.read(h5, quality, StructuredKept.source(h5));
      var spectra = StructuredKept.spectra(h5);
      if (spectra.isPresent()) {
        if (spectra.getAsLong() != scan.count()) {
          throw new InvalidInput(
              "the number of spectra",
              spectra.getAsLong() + " for " + scan.count() + " patterns",
              "one for each pattern",
              "leave out the exposures of which something is missing");
        }
        if (scan.signals().isEmpty()) {
          return scan.withNote(
              "the file holds a spectrum of each pattern and no signals: readSpectra, fitLines and"
                  + " joinPatterns make them");
        }
      }
      return scan;
    }
  }

  private static FileTrouble unknown(Path file) {
    return new FileTrouble(
        file,
        "no structured scan: expected /entry/patterns/data (docs/formats/patterns.md), or the names"
            + " of the arrays: readPatterns: {patterns: …, signals: [{name: Mn, array: …}]}");
  }

  private StructuredScan overridden(StructuredScan scan) {
    var exposure = scan.exposure();
    if (deadShare.isPresent()) {
      double[] shares = new double[scan.count()];
      Arrays.fill(shares, deadShare.getAsDouble());
      exposure = exposure.withDeadShare(shares);
    }
    var changed = scan.withExposure(exposure);
    return pixelSize.isPresent() ? changed.withPixel(pixelSize.getAsDouble()) : changed;
  }

  /// Counts that a detector lost follow the total signal, and so the patterns: left alone they bend
  /// every map.
  static void needDeadTime(StructuredScan scan) {
    Exposure exposure = scan.exposure();
    boolean counts = scan.signals().stream().anyMatch(signal -> signal.unit().equals("counts"));
    if (counts && !exposure.knowsDeadTime()) {
      throw new InvalidInput(
          "the dead time",
          "not in the file",
          "live and real time of each pattern, or the dead share",
          "give deadShare, 0 where the counts are corrected or none are lost");
    }
  }
}
