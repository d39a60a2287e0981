package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we write, others read: h5py, jHDF and we ourselves.
class Hdf5WriterTest {
  @TempDir Path folder;

  private static float[] ramp(int length) {
    float[] ramp = new float[length];
    for (int i = 0; i < length; i++) {
      ramp[i] = i;
    }
    return ramp;
  }

  private Path written() {
    Path file = folder.resolve("written.h5");
    float[] minus = ramp(6);
    for (int i = 0; i < 6; i++) {
      minus[i] = -minus[i];
    }
    try (var out = Hdf5.create(file)) {
      out.attribute("/", "NX_class", "NXroot");
      out.write("/a/b/complex", new ComplexValues(ramp(6), minus), Hdf5Storage.CONTIGUOUS, 2, 3);
      out.write("/text", "Größe µ");
      out.write("/texts", List.of("a", "ß", ""));
      out.write(
          "/counts",
          new short[] {1, 2, (short) 65535, 4},
          Hdf5Storage.chunked(1, 2).deflated(1),
          2,
          2);
      out.write("/deflated", ramp(200), Hdf5Storage.chunked(1, 50).deflated(4), 4, 50);
      out.write("/grown", ramp(4), Hdf5Storage.chunked(2, 2).growable(), 2, 2);
      out.append("/grown", new float[] {4, 5, 6, 7, 8, 9});
      out.softLink("/link", "/deflated");
      out.write("/scalar", 1.25);
      out.attribute("/scalar", "pair", 1, 2);
      out.write("/long", (1L << 53) + 1);
      assertThat(file).doesNotExist();
      out.commit();
    }
    return file;
  }

  @Test
  void weReadItBack() {
    try (var h5 = Hdf5.open(written())) {
      assertThat(h5.complex("/a/b/complex").im()).endsWith(-4, -5);
      assertThat(h5.text("/text")).isEqualTo("Größe µ");
      assertThat(h5.texts("/texts")).containsExactly("a", "ß", "");
      assertThat(h5.longs("/counts")).containsExactly(1, 2, 65535, 4);
      assertThat(h5.floats("/grown")).containsExactly(ramp(10));
      assertThat(h5.attributes("/").text("NX_class")).contains("NXroot");
      assertThat(h5.longs("/long")).containsExactly((1L << 53) + 1);
    }
  }

  @Test
  void h5pyReadsIt() {
    assertThat(Python.run("check_written.py", written())).contains("equal");
  }

  @Test
  void jhdfReadsIt() {
    try (var jhdf = new HdfFile(written())) {
      assertThat(jhdf.getDatasetByPath("/deflated").getDataFlat()).isEqualTo(ramp(200));
      assertThat(jhdf.getDatasetByPath("/text").getData()).isEqualTo("Größe µ");
      var complex = (Map<?, ?>) jhdf.getDatasetByPath("/a/b/complex").getData();
      assertThat((float[][]) complex.get("i"))
          .isDeepEqualTo(new float[][] {{0, -1, -2}, {-3, -4, -5}});
    }
  }

  @Test
  void withoutCommitNothingIsLeft() throws IOException {
    Path file = folder.resolve("kept.h5");
    Files.writeString(file, "what was here before");
    try (var out = Hdf5.create(file)) {
      out.write("/x", 1.0);
    }
    assertThat(Files.readString(file)).isEqualTo("what was here before");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void unwritablePlacesAreRefused() {
    assertThatThrownBy(() -> Hdf5.create(folder.resolve("absent/x.h5")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("there is no folder");
    assertThatThrownBy(() -> Hdf5.create(folder))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("this is a folder");
  }
}
