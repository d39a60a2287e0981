package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.BucketSignal;
import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.Planes;
import argand.data.RawFile;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.data.StructuredScan;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Structured scans in files: our container there and back and as h5py writes it, arrays of HDF5
/// and MATLAB files, spectra beside patterns, and what is refused in which words.
class ReadPatternsTest {
  private static final int COUNT = 12;
  private static final Grid GRID = new Grid(4, 6, 2e-8, 3e-8);

  @TempDir Path folder;

  private static Planes planes(int count, long seed) {
    var random = new SplittableRandom(seed);
    var all = new ArrayList<RealField>();
    for (int j = 0; j < count; j++) {
      var plane = new RealField(GRID);
      for (int i = 0; i < GRID.size(); i++) {
        plane.values()[i] = (float) random.nextDouble();
      }
      all.add(plane);
    }
    return Planes.of(all);
  }

  private static double[] numbers(int count, double first) {
    double[] numbers = new double[count];
    for (int j = 0; j < count; j++) {
      numbers[j] = first + j;
    }
    return numbers;
  }

  private static StructuredScan scan() {
    var guide = new RealField(GRID);
    guide.set(2, 3, 0.7f);
    return new StructuredScan(
        planes(COUNT, 1),
        Optional.of(planes(COUNT, 2)),
        List.of(
            BucketSignal.ofCounts("Mn", numbers(COUNT, 100)),
            BucketSignal.unweighted("light", "V", numbers(COUNT, 1))),
        Exposure.UNKNOWN.withDeadShare(shares()).withIncident(numbers(COUNT, 5), true),
        Optional.of(guide),
        Findings.NONE.with(new Findings.FoundMap("Mn", "counts", guide, Optional.of(guide.copy()))),
        Source.NONE.withNote("a note"));
  }

  private static double[] shares() {
    double[] shares = new double[COUNT];
    for (int j = 0; j < COUNT; j++) {
      shares[j] = 0.01 * j;
    }
    return shares;
  }

  private StructuredScan read(Path file) {
    return ReadPatterns.defaults().apply(new RawFile(file), Watch.SILENT);
  }

  private Path written(StructuredScan scan) {
    Path file = folder.resolve("scan.h5");
    StructuredScanWriter.write(file, scan);
    return file;
  }

  private static void same(StructuredScan back, StructuredScan scan) {
    assertThat(back.grid()).isEqualTo(GRID);
    for (int j = 0; j < COUNT; j++) {
      assertThat(back.patterns().plane(j).values()).isEqualTo(scan.patterns().plane(j).values());
      assertThat(back.sampleIn().orElseThrow().plane(j).values())
          .isEqualTo(scan.sampleIn().orElseThrow().plane(j).values());
      assertThat(back.exposure().liveShare(j)).isEqualTo(scan.exposure().liveShare(j));
    }
    assertThat(back.signals()).extracting(BucketSignal::name).containsExactly("Mn", "light");
    assertThat(back.signals()).extracting(BucketSignal::unit).containsExactly("counts", "V");
    assertThat(back.signals().getFirst().values()).isEqualTo(scan.signals().getFirst().values());
    assertThat(back.signals().getFirst().sigma()).isEqualTo(scan.signals().getFirst().sigma());
    assertThat(back.exposure().incident().orElseThrow()).isEqualTo(numbers(COUNT, 5));
    assertThat(back.exposure().photons()).isTrue();
    assertThat(back.guide().orElseThrow().values()).isEqualTo(scan.guide().orElseThrow().values());
    assertThat(back.source().notes()).containsExactly("a note");
  }

  @Test
  void aScanComesBackFromItsFile() {
    Path file = written(scan());
    var back = read(file);
    try (var patterns = back.patterns();
        var images = back.sampleIn().orElseThrow()) {
      same(back, scan());
      assertThat(back.source().files()).containsExactly(file.toString());
      assertThat(back.findings().maps()).isEmpty();
    }
  }

  @Test
  void aResultComesBackWithItsMaps() {
    Path file = folder.resolve("result.h5");
    ResultWriter.write(file, scan(), "recipe", "plan");
    var back = (StructuredScan) ResultReader.product(file);
    try (var patterns = back.patterns();
        var images = back.sampleIn().orElseThrow()) {
      same(back, scan());
      var map = back.findings().map("Mn").orElseThrow();
      assertThat(map.values().at(2, 3)).isEqualTo(0.7f);
      assertThat(map.sigma()).isPresent();
    }
  }

  @Test
  void inspectSaysWhatItIs() {
    var inspection = Inspection.of(written(scan()));
    assertThat(inspection.kind()).isEqualTo("structured scan");
    assertThat(inspection.readable()).isTrue();
    assertThat(inspection.sentences().getFirst())
        .isEqualTo(
            "a structured scan: 12 patterns of 4 × 6 pixels of 30 nm (50.0 %), signals Mn, light, a"
                + " transmission image, images with the sample there; read by readPatterns");
    assertThat(inspection.facts()).containsEntry("patterns", COUNT).containsEntry("rows", 4);
  }

  /// What h5py wrote: variance for errors, transmission for optical density, times for a share.
  @Test
  void theContainerIsReadAsOthersWriteIt() {
    Python.run("patterns.py", folder);
    var scan = read(folder.resolve("container.h5"));
    try (var patterns = scan.patterns()) {
      assertThat(scan.grid()).isEqualTo(new Grid(5, 7, 2e-8, 3e-8));
      assertThat(scan.signals().getFirst().sigma()).containsOnly(0.5);
      assertThat(scan.guide().orElseThrow().at(2, 3)).isCloseTo(0.5f, within(1e-6f));
      assertThat(scan.exposure().liveShare(0)).isEqualTo(0.5);
      same(scan);
    }
  }

  @Test
  void arraysOfAnyHdf5File() {
    Python.run("patterns.py", folder);
    for (String path : List.of("light", "flat")) {
      var scan = foreign("arrays.h5", path, "mn", "image", true);
      same(scan);
      assertThat(scan.guide().orElseThrow().at(2, 3)).isCloseTo(0.5f, within(1e-6f));
    }
  }

  /// Patterns are vectors of columns there, or a stack along the last axis.
  @Test
  void arraysOfAMatlabFile() {
    Python.needs("scipy");
    Python.run("patterns.py", folder);
    same(foreign("scan.mat", "Patterns", "XRF_amount_Mn", "TXM", false));
    same(foreign("scan.mat", "cube", "XRF_amount_Mn", "TXM", false));
  }

  private StructuredScan foreign(
      String file, String patterns, String signal, String guide, boolean transmission) {
    return new ReadPatterns(
            Optional.of(patterns),
            List.of(new ReadPatterns.SignalArray("Mn", signal, "counts")),
            Optional.of(guide),
            transmission
                ? ReadPatterns.GuideQuantity.TRANSMISSION
                : ReadPatterns.GuideQuantity.OPTICAL_DENSITY,
            Optional.empty(),
            OptionalDouble.of(0),
            OptionalDouble.of(2e-8))
        .apply(new RawFile(folder.resolve(file)), Watch.SILENT);
  }

  /// The signal of each pattern is what the pattern gives of the image: no axis is turned. (With
  /// rows and columns exchanged it would be off by some tens of per cent.)
  private static void same(StructuredScan scan) {
    double[] image = new double[35];
    for (int k = 0; k < 9; k++) {
      image[(1 + k / 3) * 7 + 2 + k % 3] = k + 1;
    }
    assertThat(scan.count()).isEqualTo(30);
    for (int j = 0; j < 30; j++) {
      double told = 0;
      var pattern = scan.patterns().plane(j);
      for (int i = 0; i < image.length; i++) {
        told += pattern.values()[i] * image[i];
      }
      assertThat(scan.signals().getFirst().values()[j]).isCloseTo(told, within(1e-4));
    }
  }

  @Test
  void sizeAndDeadTimeCanBeGiven() {
    var how =
        new ReadPatterns(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            ReadPatterns.GuideQuantity.OPTICAL_DENSITY,
            Optional.empty(),
            OptionalDouble.of(0.2),
            OptionalDouble.of(5e-8));
    var back = how.apply(new RawFile(written(scan())), Watch.SILENT);
    try (var patterns = back.patterns();
        var images = back.sampleIn().orElseThrow()) {
      assertThat(back.grid().pixelX()).isEqualTo(5e-8);
      assertThat(back.guide().orElseThrow().grid().pixelY()).isEqualTo(5e-8);
      assertThat(patterns.plane(3).values()).isEqualTo(scan().patterns().plane(3).values());
      assertThat(back.exposure().liveShare(7)).isEqualTo(0.8);
    }
  }

  @Test
  void countsWithoutDeadTimeAreRefused() {
    Path file = written(scan().withExposure(Exposure.UNKNOWN));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "the dead time is not in the file; expected live and real time of each")
        .hasMessageContaining("0 where the counts are corrected");
    // no counts, no dead time
    var light = scan().withExposure(Exposure.UNKNOWN);
    StructuredScanWriter.write(file, light.withSignals(light.signals().subList(1, 2)));
    read(file).patterns().close();
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    Path file = folder.resolve("wrong.h5");
    try (var out = Hdf5.create(file)) {
      out.group("/entry");
      out.write("/entry/patterns/data", new float[48], Hdf5Storage.CONTIGUOUS, 2, 4, 6);
      ResultWriter.pair(out, "/entry/patterns/pixel_size", 1e-8, 1e-8);
      out.write("/entry/transmission/data", new float[20], Hdf5Storage.CONTIGUOUS, 4, 5);
      out.commit();
    }
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining(
            "the transmission image is 4 × 5 pixels; expected 4 × 6 as the patterns");
    assertThat(Inspection.of(file).readable()).isFalse();
    try (var out = Hdf5.create(file)) {
      out.write("/entry/patterns/data", new float[48], Hdf5Storage.CONTIGUOUS, 2, 4, 6);
      ResultWriter.pair(out, "/entry/patterns/pixel_size", 1e-8, 1e-8);
      ResultWriter.list(out, "/entry/signals/mn/data", new double[] {1, 2, 3});
      out.commit();
    }
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("the signal mn is 3 long for 2 patterns");
    assertThatThrownBy(() -> read(folder.resolve("absent.h5")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("there is no such file");
  }

  private static FluorescenceSpectra spectra(int count) {
    return FluorescenceSpectra.of(
            SpectrumRows.of(100, new float[count * 100]),
            new EnergyCalibration(0, 100),
            Source.NONE)
        .withIncidentEv(9000);
  }

  /// Patterns and whole spectra in one file: each is read by its own verb, and areas come back to
  /// the patterns they belong to.
  @Test
  void spectraLieBesideThePatterns() {
    Path file = folder.resolve("spectra.h5");
    StructuredScanWriter.write(file, scan().withSignals(List.of()), Optional.of(spectra(COUNT)));
    var bare = read(file);
    bare.patterns().close();
    assertThat(bare.signals()).isEmpty();
    assertThat(bare.source().notes()).anyMatch(note -> note.contains("joinPatterns"));
    var spectra = ReadSpectra.defaults().apply(new RawFile(file), Watch.SILENT);
    assertThat(spectra.count()).isEqualTo(COUNT);
    assertThat(spectra.incidentEv()).hasValue(9000);
    assertThat(spectra.exposure().liveShare(5)).isEqualTo(0.95);
    spectra.counts().close();
    var areas = areas(COUNT, spectra);
    var joined = new JoinPatterns(Optional.empty()).apply(areas, Watch.SILENT);
    try (var patterns = joined.patterns()) {
      assertThat(joined.signals()).extracting(BucketSignal::name).containsExactly("Mn K");
      assertThat(joined.signals().getFirst().values()).isEqualTo(numbers(COUNT, 50));
      assertThat(joined.exposure().liveShare(5)).isEqualTo(0.95);
      assertThat(joined.guide()).isPresent();
    }
    assertThatThrownBy(
            () ->
                new JoinPatterns(Optional.of(file))
                    .apply(areas(COUNT - 1, spectra(COUNT - 1)), Watch.SILENT))
        .hasMessageContaining("the signal Mn K is 11 long for 12 patterns");
    StructuredScanWriter.write(
        file, scan().withSignals(List.of()), Optional.of(spectra(COUNT + 1)));
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("the number of spectra is 13 for 12 patterns");
  }

  private static LineAreas areas(int count, FluorescenceSpectra spectra) {
    double[] sigma = new double[count];
    java.util.Arrays.fill(sigma, 3);
    var areas =
        LineAreas.of(
            List.of(LineGroup.of("Mn K")),
            new double[][] {numbers(count, 50)},
            new double[][] {sigma},
            spectra.source());
    return new LineAreas(
        areas.groups(),
        areas.areas(),
        areas.sigma(),
        areas.covariance(),
        spectra.exposure(),
        areas.incidentEv(),
        areas.grid(),
        areas.names(),
        areas.amounts(),
        areas.fits(),
        areas.quality(),
        areas.source());
  }
}
