package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.RawFile;
import argand.flow.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TIFF stacks written byte by byte by a script: of many pages, numbered files, every compression.
class TiffStackTest {
  @TempDir Path folder;

  private static ReadStack with(Double... energies) {
    return with(Optional.empty(), energies);
  }

  private static ReadStack with(Optional<Path> flats, Double... energies) {
    var d = ReadStack.defaults();
    return new ReadStack(
        d.images(),
        List.of(energies),
        d.energyRanges(),
        d.energyFile(),
        d.energyDataset(),
        d.energyUnit(),
        d.unordered(),
        d.duplicates(),
        d.flats(),
        d.darks(),
        flats,
        Optional.empty(),
        OptionalDouble.empty(),
        ReadStack.Meaning.COUNTS,
        OptionalDouble.of(30e-9),
        d.energyAxis(),
        d.transpose(),
        d.volume(),
        d.ringCurrent(),
        d.format());
  }

  private static EnergyStack read(Path file, Watch watch, Double... energies) {
    return with(energies).apply(new RawFile(file), watch);
  }

  @Test
  void everyTypeByteOrderAndCompressionFromMemoryAndFromTheFile() throws IOException {
    Python.run("tiffs.py", folder);
    Python.run("packed_tiffs.py", folder);
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".tif")).sorted().toList();
    }
    assertThat(files).hasSize(16 + 12);
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      for (long memory : new long[] {1 << 30, 1000}) {
        var stack = read(file, Watch.silent(memory), 700.0, 710.0, 720.0);
        try (var images = stack.images()) {
          boolean inFile = images.memoryBytes() == 0;
          assertThat(inFile).as(name).isEqualTo(memory == 1000 && images.grid().size() > 41);
          for (int p = 0; p < 3; p++) {
            float[] plane = images.plane(p).values();
            int columns = images.grid().columns();
            for (int i = 0; i < plane.length; i++) {
              double value =
                  (name.startsWith("u8") ? 50 : 100) * p
                      + 10 * (i / columns)
                      + i % columns
                      + (name.startsWith("u32") ? 3e9 : 0)
                      - (name.startsWith("signed") ? 150 * (i % columns % 2) : 0);
              assertThat(plane[i]).as(name).isEqualTo((float) value);
            }
          }
        }
      }
    }
  }

  private Path pages(Path file, float... levels) throws IOException {
    Files.createDirectories(file.getParent());
    TiffWriter.write(
        file,
        3,
        4,
        levels.length,
        k -> {
          float[] page = new float[12];
          java.util.Arrays.fill(page, levels[k]);
          return page;
        });
    return file;
  }

  @Test
  void numberedFilesOfAFolder() throws IOException {
    Path raw = folder.resolve("raw");
    pages(raw.resolve("img_2.tif"), 2);
    pages(raw.resolve("img_10.tif"), 10);
    pages(raw.resolve("img_1.tif"), 1);
    Files.writeString(raw.resolve("notes.txt"), "not an image");
    var stack = read(raw, Watch.SILENT, 700.0, 705.0, 710.0);
    assertThat(stack.images().plane(1).values()[0]).isEqualTo(2);
    assertThat(stack.images().plane(2).values()[0]).isEqualTo(10);
    assertThat(stack.quantity()).isEqualTo(Quantity.COUNTS);
    assertThat(stack.grid().pixelY()).isEqualTo(30e-9);
  }

  /// A flat for each of more than a hundred energies belongs to its own image.
  @Test
  void manyFlatsOfAnotherFile() throws IOException {
    float[] levels = new float[120];
    Double[] energies = new Double[120];
    for (int e = 0; e < 120; e++) {
      levels[e] = 1000 + e;
      energies[e] = 8300.0 + e;
    }
    Path images = pages(folder.resolve("i/images.tif"), levels);
    Path flats = pages(folder.resolve("f/flats.tif"), levels);
    for (Path file : List.of(flats, java.util.Objects.requireNonNull(flats.getParent()))) {
      var beam =
          with(Optional.of(file), energies)
              .apply(new RawFile(images), Watch.SILENT)
              .emptyBeam()
              .orElseThrow();
      assertThat(beam.flats().count()).isEqualTo(120);
      assertThat(beam.flats().plane(117).values()[3]).isEqualTo(1117);
    }
    Path other = folder.resolve("other.tif");
    TiffWriter.write(other, new TiffStack(2, 2, List.of(new float[4])));
    assertThatThrownBy(
            () -> with(Optional.of(other), energies).apply(new RawFile(images), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("an image of the empty beam is 2 × 2 pixels; expected 3 × 4");
  }

  @Test
  void energiesAreTakenFromNames() throws IOException {
    Path raw = folder.resolve("raw");
    pages(raw.resolve("s_8.335keV.tif"), 2);
    pages(raw.resolve("s_8.330keV.tif"), 1);
    var stack = read(raw, Watch.SILENT);
    assertThat(stack.energyEv()).containsExactly(8330, 8335);
    assertThat(stack.images().plane(1).values()[5]).isEqualTo(2);
    pages(raw.resolve("s_last.tif"), 3);
    assertThatThrownBy(() -> read(raw, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("s_last.tif is without an energy, though s_8.335keV.tif has one");
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path raw = folder.resolve("raw");
    pages(raw.resolve("a1.tif"), 1);
    TiffWriter.write(raw.resolve("a2.tif"), new TiffStack(2, 2, List.of(new float[4])));
    assertThatThrownBy(() -> read(raw, Watch.SILENT, 1.0, 2.0))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("page 0 has 2 × 2 pixels; expected 3 × 4 as the first page");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> read(empty, Watch.SILENT, 1.0))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("no images in this folder");
    Path cut = pages(folder.resolve("x/cut.tif"), 1, 2, 3);
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 300));
    assertThatThrownBy(() -> read(cut, Watch.SILENT, 1.0, 2.0, 3.0))
        .isInstanceOfAny(FileTrouble.class, InvalidInput.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
