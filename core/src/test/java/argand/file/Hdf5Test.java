package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading what h5py wrote; every number is known from its index.
class Hdf5Test {
  @TempDir Path folder;

  @Test
  void readsEveryNumericTypeOfEitherByteOrder() {
    Python.run("foreign.py", folder);
    try (var h5 = Hdf5.open(folder.resolve("types.h5"))) {
      int numeric = 0;
      for (String name : h5.list("/")) {
        if (!name.startsWith("n") || name.equals("nothing")) {
          continue;
        }
        numeric++;
        double[] whole = h5.doubles("/" + name);
        assertThat(whole).as(name).hasSize(24).startsWith(0, 1, 2).endsWith(22, 23);
        float[] slab = h5.floats("/" + name, new long[] {1, 0, 1}, new long[] {1, 2, 2});
        assertThat(slab).as(name).containsExactly(13, 14, 17, 18);
        if (h5.type("/" + name).isInteger()) {
          assertThat(h5.longs("/" + name)).as(name).endsWith(22L, 23L);
        }
      }
      assertThat(numeric).isEqualTo(20);
      assertThat(h5.type("/nBu2")).hasToString("uint16");
      assertThat(h5.type("/nBu2").bigEndian()).isTrue();
      assertThat(h5.type("/nLf2")).hasToString("float16");
      assertThat(h5.longs("/bool")).startsWith(1, 0, 1, 0);
      assertThat(h5.shape("/bool")).containsExactly(2, 3, 4);
      assertThat(h5.number("/scalar")).isEqualTo(2.5);
      assertThat(h5.shape("/scalar")).isEmpty();
      assertThat(h5.floats("/empty")).isEmpty();
      assertThat(h5.floats("/nothing")).isEmpty();
    }
  }

  @Test
  void readsComplexTextAttributesAndLinks() {
    Python.run("foreign.py", folder);
    try (var h5 = Hdf5.open(folder.resolve("types.h5"))) {
      for (String name : new String[] {"/c8", "/c16"}) {
        var complex = h5.complex(name);
        assertThat(complex.re()).endsWith(22, 23);
        assertThat(complex.im()).endsWith(-22, -23);
        var slab = h5.complex(name, new long[] {1, 2, 3}, new long[] {1, 1, 1});
        assertThat(slab.re()).containsExactly(23);
      }
      assertThat(h5.text("/text")).isEqualTo("Größe in µm");
      assertThat(h5.text("/bytes")).isEqualTo("fixed");
      assertThat(h5.texts("/texts")).containsExactly("eins", "zwei", "");
      assertThat(h5.texts("/fixedtexts")).containsExactly("ab", "abc");
      var attributes = h5.attributes("/bytes");
      assertThat(attributes.text("unit")).contains("µm");
      assertThat(attributes.text("old")).contains("nm");
      assertThat(attributes.text("absent")).isEmpty();
      assertThat(attributes.doubles("numbers")).containsExactly(1.5, 2.5);
      assertThat(h5.number("/soft")).isEqualTo(2.5);
      assertThat(h5.doubles("/external")).containsExactly(0, 1, 2, 3, 4);
      assertThat(h5.target("/external")).isEqualTo("other.h5:/data");
      assertThat(h5.isGroup("/group/inner")).isTrue();
      assertThat(h5.has("/group/outer/x")).isFalse();
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    Python.run("foreign.py", folder);
    try (var h5 = Hdf5.open(folder.resolve("types.h5"))) {
      assertThatThrownBy(() -> h5.doubles("/group/outer"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("there is no /group/outer; /group holds inner");
      assertThatThrownBy(() -> h5.doubles("/dangling"))
          .hasMessageContaining("/dangling is a link to /nowhere, which is not there");
      assertThatThrownBy(() -> h5.doubles("/lost"))
          .hasMessageContaining("/lost is a link to lost.h5:/data, which is not there");
      assertThatThrownBy(() -> h5.doubles("/text"))
          .hasMessageContaining("/text holds text; expected numbers");
      assertThatThrownBy(() -> h5.floats("/bool", new long[] {0, 0, 0}, new long[] {3, 1, 1}))
          .hasMessageContaining("[2, 3, 4]");
      assertThatThrownBy(() -> h5.longs("/scalar")).hasMessageContaining("whole numbers");
    }
  }

  @Test
  void virtualDatasetsAreWholeOrRefusedByName() {
    Python.run("foreign.py", folder);
    try (var h5 = Hdf5.open(folder.resolve("virtual.h5"))) {
      // frame 7 is frame 0 of source1, which is 37 k mod 251 + 1
      float[] row = h5.floats("/data", new long[] {7, 0, 0}, new long[] {1, 1, 4});
      assertThat(row).containsExactly(1, 38, 75, 112);
      float[] inner = h5.floats("/inner", new long[] {2, 0, 0}, new long[] {1, 1, 4});
      assertThat(inner).containsExactly(1, 38, 75, 112);
    }
    try (var h5 = Hdf5.open(folder.resolve("broken.h5"))) {
      assertThatThrownBy(() -> h5.floats("/file"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("the virtual dataset /file needs the file gone.h5");
      assertThatThrownBy(() -> h5.floats("/dataset"))
          .hasMessageContaining("needs entry/absent in source0.h5");
      assertThat(h5.number("/healthy")).isEqualTo(1);
    }
  }
}
