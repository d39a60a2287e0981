package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.ChildJava;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.RawFile;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.file.CxiWriter;
import argand.file.Read;
import argand.file.ResultReader;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file more than four times larger than what a run may hold, in a process whose heap could not
/// hold it: the same bits as in memory. The frames are noise, which no compression shrinks; as
/// floats they take nine times the limit.
class LargerThanMemoryTest {
  private static final int N = 128;
  private static final int VIEWS = 1200;
  private static final long MEMORY = 8 << 20;
  private static final String HEAP = "-Xmx48m";

  @TempDir static Path folder;

  /// Frames that are made when they are read.
  private record Noise(Grid grid) implements Frames {
    @Override
    public int count() {
      return VIEWS;
    }

    @Override
    public void read(int index, RealField into) {
      var random = new SplittableRandom(index);
      for (int i = 0; i < into.values().length; i++) {
        into.values()[i] = random.nextInt(1 << 15);
      }
    }
  }

  @BeforeAll
  static void write() throws IOException {
    var geometry = Geometry.farField(new Beam.XRays(8000), 5, Grid.square(N, N, 75e-6));
    double pixel = geometry.sample().pixelY();
    var random = new SplittableRandom(1);
    double[] y = new double[VIEWS];
    double[] x = new double[VIEWS];
    for (int j = 0; j < VIEWS; j++) {
      y[j] = (4 * (j / 35) + random.nextDouble()) * pixel;
      x[j] = (4 * (j % 35) + random.nextDouble()) * pixel;
    }
    CxiWriter.write(
        file(),
        new DiffractionScan(
            geometry,
            new ScanPositions(y, x),
            new Noise(geometry.detector()),
            Optional.empty(),
            Optional.empty(),
            Source.NONE));
    assertThat(Files.size(file())).isGreaterThan(4 * MEMORY);
  }

  private static Path file() {
    return folder.resolve("scan.cxi");
  }

  @Test
  void theSameBitsInAHeapThatCouldNotHoldTheFrames() throws Exception {
    List<String> said = run("rpie", "streamed");
    assertThat(said).contains("code 0");
    long heap = number(said, "heap ");
    var streamed = ResultReader.read(folder.resolve("streamed").resolve("result.h5"));
    var verb = Ptychography.of(Rpie.DEFAULT, 2);
    var inMemory =
        verb.apply(Read.defaults().apply(new RawFile(file()), Watch.SILENT), Watch.SILENT);
    boolean same = Arrays.equals(pixels(streamed.object()), pixels(inMemory.object()));
    assertThat(same).as("same bits").isTrue();
    assertThat(streamed.residuals()).isEqualTo(inMemory.residuals());
    assertThat(heap).isLessThanOrEqualTo(48 << 20);
    assertThat(4L * N * N * VIEWS).as("bytes of the frames alone").isGreaterThan(heap * 3 / 2);
    String plan = Files.readString(folder.resolve("streamed").resolve("plan.json"));
    assertThat(plan).contains("\"streams\" : true", "\"limitBytes\" : " + MEMORY);
  }

  @Test
  void whatKeepsExitWavesIsRefusedWithTheRemedy() throws Exception {
    assertThat(run("raar", "refused"))
        .anyMatch(
            line ->
                line.contains("--memory is 8.0 MiB; expected at least")
                    && line.contains("take method: lsqMl or method: rpie"));
  }

  /// Without what pads the rows.
  private static float[] pixels(ComplexField field) {
    var grid = field.grid();
    float[] pixels = new float[2 * grid.size()];
    for (int i = 0; i < grid.size(); i++) {
      pixels[2 * i] = field.re(i / grid.columns(), i % grid.columns());
      pixels[2 * i + 1] = field.im(i / grid.columns(), i % grid.columns());
    }
    return pixels;
  }

  private static long number(List<String> lines, String before) {
    return lines.stream()
        .filter(line -> line.startsWith(before))
        .mapToLong(line -> Long.parseLong(line.substring(before.length())))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> run(String method, String name) throws Exception {
    Path recipe = folder.resolve(method + ".yaml");
    Files.writeString(
        recipe,
        """
        argand: 1
        title: larger than memory
        of: %s
        each:
          - read: {}
          - ptychography: {method: %s, iterations: 2}
        """
            .formatted(file(), method));
    var command = new ArrayList<String>();
    command.add(ChildJava.java());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:ObjectAlignmentInBytes=64"));
    command.addAll(List.of("-XX:+UseSerialGC", HEAP, "-Djava.awt.headless=true", "-cp"));
    command.add(ChildJava.classPath());
    command.add(LargerThanMemoryTest.class.getName());
    command.addAll(List.of(recipe.toString(), folder.resolve(name).toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    process.waitFor();
    return lines;
  }

  /// The child: carries out a recipe in a folder and says how it ended and what it held.
  public static void main(String[] arguments) {
    try {
      var plan = Plan.of(RecipeFile.read(Path.of(arguments[0])), Catalog.ARGAND, 2, MEMORY);
      var outcome =
          new Runner(plan, new RunFolder(Path.of(arguments[1])), (task, step, progress) -> {})
              .start();
      outcome.failures().forEach(failure -> System.out.println(failure.cause()));
      System.out.println("code " + outcome.exitCode());
      System.out.println("resident " + outcome.peakMemoryBytes());
      System.out.println("heap " + heap());
    } catch (RuntimeException refused) {
      System.out.println(refused.getMessage());
    }
  }

  /// The most that ever stood in the heap, garbage included: the sum over its parts, whose sizes
  /// this
  /// collector keeps, so that it is an upper bound.
  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
