package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import argand.recipe.Catalog;
import argand.run.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class CommandTreeTest {
  @Test
  void everyCommandHelpsItself() {
    for (String name :
        new String[] {
          "run", "demo", "inspect", "convert", "compare", "verbs", "watch", "stop", "resume",
          "cite", "bench", "doctor"
        }) {
      Captured help = Captured.run(name, "--help");
      assertThat(help.code()).isZero();
      assertThat(help.out()).startsWith("Usage: argand " + name);
    }
    assertThat(Captured.run("--version").out()).contains("argand " + Provenance.VERSION);
  }

  @Test
  void theVersionIsThatOfThePoms() throws IOException {
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains(
            "<artifactId>argand</artifactId>\n  <version>" + Provenance.VERSION + "</version>");
  }

  @Test
  void everyVerbDescribesItself() {
    Captured all = Captured.run("verbs");
    assertThat(all.code()).isZero();
    for (String name : Catalog.ARGAND.names()) {
      assertThat(all.out()).contains(name);
      Captured one = Captured.run("verbs", name);
      assertThat(one.code()).isZero();
      assertThat(one.out()).startsWith(name + ": ").doesNotContain("null");
    }
  }

  @Test
  void everyExampleCanBeBoundAlsoQuick() {
    assertThat(Examples.names()).contains(Examples.HEADLINE);
    for (String name : Examples.names()) {
      Examples.read(name).bind(Catalog.ARGAND);
      Examples.read(name).quick().bind(Catalog.ARGAND);
    }
    Captured list = Captured.run("demo", "--list");
    assertThat(list.out().lines()).hasSize(Examples.names().size());
  }

  @Test
  void theDoctorFindsWhatIsNeeded() {
    Captured doctor = Captured.run("doctor");
    assertThat(doctor.code()).isZero();
    assertThat(doctor.out()).contains("hdf5", "writes and reads", "kernels");
  }

  @Test
  void memoryIsWrittenWithUnits() {
    var size = new MemorySize();
    assertThat(size.convert("8G")).isEqualTo(8L << 30);
    assertThat(size.convert("512 MiB")).isEqualTo(512L << 20);
    assertThat(size.convert("1.5k")).isEqualTo(1536);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> size.convert("0"))
        .isInstanceOf(TypeConversionException.class);
  }

  @Test
  void timeLeftIsReadable() {
    assertThat(ProgressLine.left(41.6)).isEqualTo("42 s");
    assertThat(ProgressLine.left(181)).isEqualTo("3 min");
    assertThat(ProgressLine.left(7500)).isEqualTo("2 h 05 min");
  }
}
