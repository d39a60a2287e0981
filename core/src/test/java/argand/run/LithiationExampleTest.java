package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.file.CxiWriter;
import argand.file.Read;
import argand.flow.Watch;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The headline example from raw frames to the map, small: seven energies, pixels of 16 nm.
class LithiationExampleTest {
  @TempDir Path folder;

  @Test
  void fromRawFramesToTheMap_andWithoutADamagedEnergyAsWell() throws IOException {
    var example = new ExampleRun("lifepo4.yaml", folder);
    var outcome = example.outcome(example.example().quick());
    assertThat(outcome.metrics().get("pixelClassAccuracy")).isGreaterThan(0.97);
    assertThat(outcome.metrics().get("fractionOfFePO4Rmse")).isLessThan(0.08);
    assertThat(outcome.metrics().get("opticalDensityRms")).isLessThan(0.03);
    // each border is known to a pixel of 16 nm at best
    assertThat(outcome.metrics().get("boundaryWidth")).isLessThan(60e-9);

    // killed after the fifth energy: what is left of the run leads to the same numbers
    var whole = Plan.of(example.example().quick(), Catalog.ARGAND, 2, 0);
    for (String task : new String[] {"0006", "0007"}) {
      Files.delete(folder.resolve("run/tasks/" + task + "/product.h5"));
      Files.delete(folder.resolve("run/tasks/" + task + "/status.json"));
    }
    Files.delete(folder.resolve("run/result.h5"));
    var resumed = new Runner(whole, new RunFolder(folder.resolve("run")), Listener.NONE).resume();
    assertThat(resumed.metrics()).isEqualTo(outcome.metrics());

    // the same frames as files of a beamline; at one energy the stage ran backwards unnoticed
    Path raw = Files.createDirectory(folder.resolve("raw"));
    try (Stream<Path> files = Files.list(folder.resolve("run/inputs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".cxi")).toList()) {
        Files.copy(file, raw.resolve(file.getFileName()));
      }
    }
    Path damaged = raw.resolve("004-709.00eV.cxi");
    var scan = Read.defaults().apply(new RawFile(damaged), Watch.SILENT);
    int count = scan.positions().count();
    int[] backwards = IntStream.range(0, count).map(k -> count - 1 - k).toArray();
    Path turned = folder.resolve("turned.cxi");
    CxiWriter.write(
        turned,
        new DiffractionScan(
            scan.geometry(),
            scan.positions().select(backwards),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source()));
    Files.move(turned, damaged, StandardCopyOption.REPLACE_EXISTING);
    String text = Files.readString(Path.of("../examples/lifepo4.yaml"));
    int of = text.indexOf("of:");
    int each = text.indexOf("each:");
    int targets = text.indexOf("targets:");
    String references = Path.of("../examples/references").toRealPath().toString();
    Path recipe = folder.resolve("measured.yaml");
    Files.writeString(
        recipe,
        text.substring(0, of)
            + "of: raw/*.cxi\n"
            + text.substring(each, targets).replace("references/", references + "/"));
    var plan = Plan.of(RecipeFile.read(recipe), Catalog.ARGAND, 2, 0);
    var again = new Runner(plan, new RunFolder(folder.resolve("again")), Listener.NONE).start();
    assertThat(again.failures()).isEmpty();
    assertThat(again.verdict())
        .anyMatch(line -> line.contains("709 eV") && line.contains("left out"));
    assertThat(again.metrics().get("energies")).isEqualTo(6);
    double difference =
        Objects.requireNonNull(again.metrics().get("fraction.FePO4"))
            - Objects.requireNonNull(outcome.metrics().get("fraction.FePO4"));
    assertThat(Math.abs(difference)).isLessThan(0.02);
  }
}
