package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.RawFile;
import argand.flow.Watch;
import argand.physics.DetectorElement;
import argand.simulate.Deposit;
import argand.simulate.PulseDetector;
import argand.simulate.SimulateSpectra;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `inspect` says of HDF5 files with fluorescence spectra: two that others wrote, and those of
/// layouts written here as their programs write them.
class SpectraInspectionTest {
  @TempDir Path folder;

  private static String first(Inspection inspection) {
    return inspection.sentences().getFirst();
  }

  @Test
  void aFileOfMapsLacksItsCalibration() {
    var maps = Inspection.of(SharedData.file("xrf-aps-2ide/2xfm_0011_2xfm3__0.h5"));
    assertThat(maps.kind()).isEqualTo("fluorescence");
    assertThat(maps.readable()).isFalse();
    assertThat(first(maps))
        .contains("the energy of the channels is not in the file", "readSpectra: {zero:");
    assertThat(maps.sentences().get(1))
        .contains("fluorescence spectra (MAPS): 99 of 2048 channels", "a map of 11 × 9", "known");
  }

  @Test
  void aFileOfDiamondIsComplete() {
    var fluo = Inspection.of(SharedData.file("xrf-stxm-tomo-i18/testfluo2.nxs"));
    assertThat(fluo.readable()).isTrue();
    assertThat(first(fluo))
        .contains("(NXfluo): 324 of 512 channels", "beam of 11000 eV", "dead time not in the file");
  }

  /// Points × elements × channels.
  @Test
  void elementsOfXspress3AreNoImage() {
    Path file = folder.resolve("xspress3.hdf5");
    try (var out = Hdf5Writer.create(file)) {
      out.write(
          "/entry/instrument/detector/data",
          new float[6 * 4 * 1024],
          Hdf5Storage.CONTIGUOUS,
          6,
          4,
          1024);
      out.commit();
    }
    var found = Inspection.of(file);
    assertThat(found.kind()).isEqualTo("fluorescence");
    assertThat(found.sentences().get(1)).contains("(Xspress3): 6 of 1024 channels");
    // the control: as many rows as an image has
    Path image = folder.resolve("image.h5");
    try (var out = Hdf5Writer.create(image)) {
      out.write(
          "/entry/instrument/detector/data",
          new float[6 * 128 * 1024],
          Hdf5Storage.CONTIGUOUS,
          6,
          128,
          1024);
      out.commit();
    }
    assertThat(Inspection.of(image).kind()).isNotEqualTo("fluorescence");
  }

  @Test
  void aMapOfPyxrfHasRowsAndColumns() {
    Path file = folder.resolve("scan2D.h5");
    try (var out = Hdf5Writer.create(file)) {
      out.write("/xrfmap/detsum/counts", new float[3 * 5 * 512], Hdf5Storage.CONTIGUOUS, 3, 5, 512);
      out.commit();
    }
    assertThat(Inspection.of(file).sentences().get(1))
        .contains("(PyXRF): 15 of 512 channels", "a map of 3 × 5 pixels");
  }

  /// Simulated spectra are read back, and what is given overrides the file.
  @Test
  void spectraOfOurOwn() {
    var detector =
        new PulseDetector(
            DetectorElement.SILICON,
            500e-6,
            0,
            0,
            0.1,
            1.5,
            90,
            0.118,
            1e-7,
            0,
            0,
            1e-6,
            1024,
            0,
            10,
            0,
            10,
            500);
    var made =
        new SimulateSpectra(
                List.of(new Deposit("Fe", 1e-5, Deposit.Form.EVEN)),
                10_000,
                1e9,
                0.1,
                2,
                3,
                2e-6,
                "C",
                1e-4,
                detector,
                1)
            .make(0, Watch.SILENT);
    Path file = folder.resolve("own.h5");
    ResultWriter.write(file, made.spectra(), "", "{}");
    assertThat(first(Inspection.of(file)))
        .contains("(Argand): 6 of 1024 channels", "a map of 2 × 3 pixels of 2 µm", "10000 eV");
    var how =
        new ReadSpectra(
            OptionalDouble.of(9000),
            OptionalDouble.empty(),
            OptionalDouble.of(10.1),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "auto");
    var again = how.apply(new RawFile(file), Watch.SILENT);
    try (var rows = again.counts()) {
      assertThat(rows.sum()).isEqualTo(made.spectra().counts().sum());
      assertThat(again.incidentEv().orElseThrow()).isEqualTo(9000);
      assertThat(again.calibration().gainEv()).isEqualTo(10.1);
      assertThat(again.exposure().liveShare(4)).isEqualTo(made.spectra().exposure().liveShare(4));
    }
    Path truth = folder.resolve("own.truth.h5");
    ResultWriter.write(truth, made.truth(), "", "{}");
    assertThat(first(Inspection.of(truth))).contains("areas of Fe K");
  }
}
