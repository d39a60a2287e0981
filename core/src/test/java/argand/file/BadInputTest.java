package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.flow.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that can be wrong with a file: one sentence that names it, says what was expected,
/// and how to put it right.
class BadInputTest {
  private static final String DETECTOR = "/entry_1/instrument_1/detector_1/";
  private static final String SOURCE = "/entry_1/instrument_1/source_1/";
  private static final String TRANSLATION = "/entry_1/sample_1/geometry_1/translation";

  @TempDir Path folder;

  /// A CXI file that is right but for what is changed.
  private static final class Parts {
    int frames = 6;
    int rows = 8;
    int columns = 8;
    float[] data = counts(6 * 64);
    double[] positions = spread(6, 5e-7);
    double energy = 8000 * 1.602176634e-19;
    double distance = 2;
    double pixel = 75e-6;
    byte[] mask = new byte[64];

    static float[] counts(int length) {
      float[] counts = new float[length];
      for (int i = 0; i < length; i++) {
        counts[i] = i % 13;
      }
      return counts;
    }

    static double[] spread(int count, double step) {
      double[] t = new double[3 * count];
      for (int j = 0; j < count; j++) {
        t[3 * j] = step * (j % 3);
        t[3 * j + 1] = step * (j / 3);
      }
      return t;
    }
  }

  private Path cxi(Consumer<Parts> change) {
    var parts = new Parts();
    change.accept(parts);
    Path file = folder.resolve("bad.cxi");
    try (var out = Hdf5.create(file)) {
      var plain = Hdf5Storage.CONTIGUOUS;
      out.write(DETECTOR + "data", parts.data, plain, parts.frames, parts.rows, parts.columns);
      out.write(DETECTOR + "mask", parts.mask, plain, parts.rows, parts.columns);
      out.write(TRANSLATION, parts.positions, plain, parts.positions.length / 3, 3);
      if (parts.energy != 0) {
        out.write(SOURCE + "energy", parts.energy);
      }
      if (parts.distance != 0) {
        out.write(DETECTOR + "distance", parts.distance);
      }
      if (parts.pixel != 0) {
        out.write(DETECTOR + "x_pixel_size", parts.pixel);
        out.write(DETECTOR + "y_pixel_size", parts.pixel);
      }
      out.commit();
    }
    return file;
  }

  private static DiffractionScan read(Path file, Read how) {
    return how.apply(new RawFile(file), Watch.SILENT);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(Consumer<Parts> change) {
    Path file = cxi(change);
    return assertThatThrownBy(() -> read(file, Read.defaults()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining(file.toString());
  }

  @Test
  void theUnchangedFileIsRead() {
    assertThat(read(cxi(parts -> {}), Read.defaults()).frames().count()).isEqualTo(6);
  }

  @Test
  void missingFolderNotHdf5AndCutOff() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "not HDF5");
    Path cut = folder.resolve("cut.cxi");
    byte[] bytes = Files.readAllBytes(cxi(parts -> {}));
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    String[] sentences = {"no such file", "a folder", "not an HDF5 file", "damaged or cut off"};
    Path[] files = {folder.resolve("absent.cxi"), folder, text, cut};
    for (int i = 0; i < files.length; i++) {
      Path file = files[i];
      assertThatThrownBy(() -> read(file, Read.defaults()))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining(sentences[i])
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void missingEnergyDistanceOrPixelSizeSayHowToGiveThem() {
    refused(parts -> parts.energy = 0).hasMessageContaining("read: {energy: 8.8 keV}");
    refused(parts -> parts.distance = 0).hasMessageContaining("read: {distance: 1.2 m}");
    refused(parts -> parts.pixel = 0).hasMessageContaining("read: {pixelSize: 75 um}");
    Path file = cxi(parts -> parts.energy = 0);
    var scan = read(file, new ReadWith().energy(8000).read());
    assertThat(scan.geometry().beam().energyEv()).isEqualTo(8000);
  }

  @Test
  void energiesInOtherUnitsThanJoules() {
    refused(parts -> parts.energy = 8)
        .hasMessageContaining("joules")
        .hasMessageContaining("looks like keV")
        .hasMessageContaining("read: {energy: 8 keV}");
    refused(parts -> parts.energy = 0.7).hasMessageContaining("read: {energy: 0.7 keV}");
    refused(parts -> parts.energy = 8000).hasMessageContaining("read: {energy: 8000 eV}");
    refused(parts -> parts.energy = 8 * 1.602176634e-19).hasMessageContaining("looks like keV");
    // and when the recipe itself gives keV where eV is held
    Path file = cxi(parts -> {});
    assertThatThrownBy(() -> read(file, new ReadWith().energy(0.7).read()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("looks like keV");
    // the joules of a right file
    assertThat(read(file, Read.defaults()).geometry().beam().energyEv())
        .isCloseTo(8000, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void lengthsInOtherUnitsThanMetres() {
    refused(parts -> parts.pixel = 75).hasMessageContaining("read: {pixelSize: 75 um}");
    refused(parts -> parts.distance = 2000).hasMessageContaining("read: {distance: 2000 mm}");
    refused(parts -> parts.positions = Parts.spread(6, 0.5))
        .hasMessageContaining("500 mm × 1 m")
        .hasMessageContaining("in micrometres it would be 1 µm")
        .hasMessageContaining("{positionUnit: micrometre}");
    Path file = cxi(parts -> parts.positions = Parts.spread(6, 0.5));
    var scan = read(file, new ReadWith().unit(Read.PositionUnit.MICROMETRE).read());
    assertThat(scan.positions().extentX())
        .isCloseTo(1e-6, org.assertj.core.api.Assertions.within(1e-18));
  }

  @Test
  void positionsThatCannotBe() {
    refused(parts -> parts.positions = Parts.spread(5, 5e-7))
        .hasMessageContaining("number of positions")
        .hasMessageContaining("is 5; expected 6")
        .hasMessageContaining("{last: 4}");
    refused(parts -> parts.positions = Parts.spread(6, 0)).hasMessageContaining("for all 6 frames");
    refused(parts -> parts.positions[4] = Double.NaN).hasMessageContaining("position 1");
    refused(parts -> parts.positions = Parts.spread(6, 8e-6))
        .hasMessageContaining("overlap")
        .hasMessageContaining("focusDistance");
    Path file = cxi(parts -> parts.positions = Parts.spread(5, 5e-7));
    assertThat(read(file, new ReadWith().frames(0, 4, 2).read()).frames().count()).isEqualTo(3);
  }

  /// One frame far outside the scanned object.
  @Test
  void aFrameThatOverlapsNoOtherIsNoted() {
    Path file = cxi(parts -> parts.positions[3 * 4] = 50e-6);
    assertThat(read(file, Read.defaults()).source().notes())
        .anyMatch(note -> note.startsWith("1 of 6 frames overlap no other, the first is frame 4"));
    assertThat(read(cxi(parts -> {}), Read.defaults()).source().notes())
        .noneMatch(note -> note.contains("overlap no other"));
  }

  @Test
  void countsThatCannotBe() {
    refused(parts -> parts.data[2 * 64 + 3 * 8 + 5] = Float.NaN)
        .hasMessageContaining("frame 2, row 3, column 5")
        .hasMessageContaining("is NaN")
        .hasMessageContaining("1 such pixels in 1 of 6 frames");
    Consumer<Parts> negative =
        parts -> {
          parts.data[64 + 1] = -3;
          parts.data[128 + 7] = -2;
        };
    refused(negative)
        .hasMessageContaining("frame 1, row 0, column 1")
        .hasMessageContaining("is -3")
        .hasMessageContaining("2 such pixels in 2 of 6 frames");
    var masked = read(cxi(negative), new ReadWith().faulty(Read.Faulty.MASK).read());
    assertThat(masked.mask().orElseThrow().count()).isEqualTo(62);
    assertThat(read(cxi(negative), new ReadWith().faulty(Read.Faulty.ZERO).read()).source().notes())
        .anyMatch(note -> note.contains("2 pixels in 2 frames"));
    // where the mask says bad, anything may stand
    Path file =
        cxi(
            parts -> {
              parts.data[64 + 1] = Float.NaN;
              parts.mask[1] = 1;
            });
    assertThat(read(file, Read.defaults()).mask().orElseThrow().count()).isEqualTo(63);
  }

  @Test
  void framesAndMasksThatHoldNothing() {
    refused(parts -> parts.data = new float[6 * 64])
        .hasMessageContaining("zero in every good pixel of every frame");
    Consumer<Parts> one = parts -> java.util.Arrays.fill(parts.data, 64, 128, 0);
    refused(one).hasMessageContaining("frame 1 of").hasMessageContaining("{empty: drop}");
    var dropped = read(cxi(one), new ReadWith().empty(Read.Empty.DROP).read());
    assertThat(dropped.frames().count()).isEqualTo(5);
    assertThat(dropped.positions().count()).isEqualTo(5);
    Consumer<Parts> all = parts -> java.util.Arrays.fill(parts.mask, (byte) 1);
    refused(all)
        .hasMessageContaining("bad in all 64 pixels")
        .hasMessageContaining("{mask: inverted}");
    assertThat(
            read(cxi(all), new ReadWith().mask(Read.MaskUse.INVERTED).read())
                .mask()
                .orElseThrow()
                .count())
        .isEqualTo(64);
  }

  @Test
  void framesThatAreNotSquareAreNoted() {
    Path file =
        cxi(
            parts -> {
              parts.rows = 4;
              parts.columns = 16;
            });
    assertThat(read(file, Read.defaults()).source().notes())
        .anyMatch(note -> note.contains("not square (4 × 16)") && note.contains("crop: {size: 4}"));
  }

  @Test
  void hdf5WithoutCxiGroups() {
    Path file = folder.resolve("other.h5");
    try (var out = Hdf5.create(file)) {
      out.write("/data", Parts.counts(64), Hdf5Storage.CONTIGUOUS, 8, 8);
      out.commit();
    }
    assertThatThrownBy(() -> read(file, Read.defaults()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no /entry_1/instrument_1/detector_1/data")
        .hasMessageContaining("profile");
  }

  @Test
  void framesOfTooFewAxes() {
    Path file = folder.resolve("flat.cxi");
    try (var out = Hdf5.create(file)) {
      out.write(DETECTOR + "data", Parts.counts(64), Hdf5Storage.CONTIGUOUS, 8, 8);
      out.commit();
    }
    assertThatThrownBy(() -> read(file, Read.defaults()))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("expected frames: (frames, rows, columns)");
  }

  @Test
  void turnedDetectorsTurnThePositions() {
    // rows along +y and columns along +x: the probe's row is −t_y, its column −t_x
    Path file = cxi(parts -> {});
    try (var in = Hdf5.open(file);
        var out = Hdf5.create(folder.resolve("turned.cxi"))) {
      out.write(DETECTOR + "data", in.floats(DETECTOR + "data"), Hdf5Storage.CONTIGUOUS, 6, 8, 8);
      double[] basis = {0, 75e-6, 0, 75e-6, 0, 0};
      out.write(DETECTOR + "basis_vectors", basis, Hdf5Storage.CONTIGUOUS, 2, 3);
      out.write(TRANSLATION, in.doubles(TRANSLATION), Hdf5Storage.CONTIGUOUS, 6, 3);
      out.write(SOURCE + "energy", 8000 * 1.602176634e-19);
      out.write(DETECTOR + "distance", 2.0);
      out.commit();
    }
    var usual = read(file, Read.defaults()).positions();
    var scan = read(folder.resolve("turned.cxi"), Read.defaults());
    for (int j = 0; j < 6; j++) {
      assertThat(scan.positions().y()[j]).isEqualTo(-usual.y()[j] + 0.0);
      assertThat(scan.positions().x()[j]).isEqualTo(-usual.x()[j] + 0.0);
    }
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("do not run along −y and −x"));
    // without pixel sizes the lengths of the basis vectors are taken
    assertThat(scan.geometry().detector().pixelY()).isEqualTo(75e-6);
    var swapped = read(file, new ReadWith().turned(true, true).read()).positions();
    assertThat(swapped.x()[3]).isEqualTo(-usual.y()[3]);
  }
}
