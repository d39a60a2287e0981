package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Chunks decoded by us, on several threads, against numbers known from their index, for every
/// filter that h5py and detectors write; and against libhdf5 reading the same through our filters.
class StoredFramesTest {
  private static final String DATA = "/entry_1/instrument_1/detector_1/data";

  @TempDir Path folder;

  /// Files that `bitshuffled.py` wrote with the original C code of bitshuffle, which is seldom
  /// installed.
  private static final List<String> BITSHUFFLED =
      List.of("u1", "u2", "Bu2", "u4", "f4", "u8", "blocks", "bare");

  private static float expected(int j, int r, int c) {
    return (j * 7919 + r * 31 + c * 7) % 251;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".cxi")).sorted().toList();
    }
  }

  @Test
  void bitshuffleIsUndone() throws Exception {
    var files = new ArrayList<Path>();
    for (String name : BITSHUFFLED) {
      var resource =
          Objects.requireNonNull(getClass().getResource("bitshuffle_" + name + ".cxi"), name);
      files.add(Path.of(resource.toURI()));
    }
    same(files);
  }

  @Test
  void everyFilterIsUndone() throws IOException {
    Python.run("compressed.py", folder);
    assertThat(files()).hasSizeGreaterThanOrEqualTo(7);
    same(files());
  }

  private static void same(List<Path> files) {
    for (Path file : files) {
      var grid = Grid.square(19, 21, 75e-6);
      var h5 = Hdf5.open(file);
      float[] libhdf5 = h5.floats(DATA);
      try (var frames = new StoredFrames(h5, FrameAxes.usual(file, DATA, h5.shape(DATA)), grid);
          var workers = new Workers(3)) {
        workers.forEach(
            5,
            (j, worker) -> {
              var field = new RealField(grid);
              frames.read(j, field);
              for (int r = 0; r < 19; r++) {
                for (int c = 0; c < 21; c++) {
                  float value = expected(j, r, c);
                  assertThat(field.at(r, c)).as("%s %d %d %d", file, j, r, c).isEqualTo(value);
                  assertThat(libhdf5[(j * 19 + r) * 21 + c]).as("%s", file).isEqualTo(value);
                }
              }
            });
      }
    }
  }

  /// Chunks of several frames whose axis stands first, in the middle or last: each frame is itself,
  /// in whatever order they are asked for, and the frames of a chunk are said to come together.
  @Test
  void framesOfAChunkAreReadTogetherWhicheverAxisCountsThem() {
    for (int axis = 0; axis < 3; axis++) {
      int[] pixels = {5, 7};
      long[] shape = new long[3];
      long[] chunk = new long[3];
      for (int k = 0, p = 0; k < 3; k++) {
        shape[k] = k == axis ? 10 : pixels[p++];
        chunk[k] = k == axis ? 4 : shape[k];
      }
      float[] values = new float[10 * 5 * 7];
      for (int i = 0; i < values.length; i++) {
        long[] at = {i / (shape[1] * shape[2]), i / shape[2] % shape[1], i % shape[2]};
        int row = axis == 0 ? 1 : 0;
        int column = axis == 2 ? 1 : 2;
        values[i] = at[axis] * 100 + at[row] * 10 + at[column];
      }
      Path file = folder.resolve("axis" + axis + ".h5");
      try (var out = Hdf5Writer.create(file)) {
        out.write("/data", values, Hdf5Storage.chunked(chunk).deflated(4), shape);
        out.commit();
      }
      int row = axis == 0 ? 1 : 0;
      int column = axis == 2 ? 1 : 2;
      var axes = new FrameAxes("/data", shape, row, column, false);
      try (var frames = new StoredFrames(Hdf5.open(file), axes, new Grid(5, 7, 1e-5, 1e-5))) {
        assertThat(frames.together()).isEqualTo(4);
        for (int j : new int[] {9, 0, 3, 4, 8, 1, 7, 2, 9}) {
          var frame = new RealField(frames.grid());
          frames.read(j, frame);
          for (int r = 0; r < 5; r++) {
            for (int c = 0; c < 7; c++) {
              assertThat(frame.at(r, c)).as("%d %d %d", j, r, c).isEqualTo(100 * j + 10 * r + c);
            }
          }
        }
      }
    }
  }

  @Test
  void damagedChunksAreNamed() throws IOException {
    Python.run("compressed.py", folder);
    Path file = folder.resolve("gzip.cxi");
    byte[] bytes = Files.readAllBytes(file);
    int chunk = -1;
    for (int i = 0; i < bytes.length - 1 && chunk < 0; i++) {
      // a zlib stream of level 4 begins with 78 5e
      chunk = bytes[i] == 0x78 && bytes[i + 1] == 0x5e ? i : -1;
    }
    assertThat(chunk).isPositive();
    for (int i = 4; i < 40; i++) {
      bytes[chunk + i] ^= 0x5a;
    }
    Files.write(file, bytes);
    assertThatThrownBy(
            () -> Read.defaults().apply(new argand.data.RawFile(file), argand.flow.Watch.SILENT))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("the chunk at frame")
        .hasMessageContaining("damaged");
  }

  @Test
  void noDamageToAChunkEscapesAsAnotherError() {
    var random = new SplittableRandom(11);
    var filters =
        List.of(
            new Filter(Filter.DEFLATE, new int[0]),
            new Filter(Filter.LZF, new int[] {4, 0, 300}),
            new Filter(Filter.LZ4, new int[0]),
            new Filter(Filter.BITSHUFFLE, new int[] {0, 0, 2, 0, 2}));
    int refused = 0;
    for (int k = 0; k < 4000; k++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 12 && k % 2 == 0) {
        java.util.Arrays.fill(noise, 0, 6, (byte) 0); // a header that can be believed
      }
      try {
        filters.get(k % 4).decode(noise);
      } catch (IllegalArgumentException damaged) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2000);
  }
}
