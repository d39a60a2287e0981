package argand.cli;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Product;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.figure.Panels;
import argand.figure.Show;
import argand.file.CxiWriter;
import argand.file.Inspection;
import argand.file.Read;
import argand.file.ResultReader;
import argand.file.TiffStack;
import argand.file.TiffWriter;
import argand.flow.Step;
import argand.flow.Watch;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `argand convert`: a result to pictures or TIFF, a measurement to CXI or TIFF.
@Command(
    name = "convert",
    description = {
      "Convert between formats; the ending of OUT says what is wanted.",
      "A result: .tif (float32, amplitude and phase as pages), .png (phase on a hue wheel), or a"
          + " folder for all its pictures. A measurement: .cxi, .tif (frames as pages), read as"
          + " --read says, or conditioned by the first steps of a recipe."
    },
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = "A result or a measurement.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "A file, or a folder for pictures.")
  private Path out = Path.of("");

  @Option(
      names = "--read",
      paramLabel = "PARAMETERS",
      description =
          "How to read a measurement, as read of a recipe: '{profile: my.yaml, transposeFrames:"
              + " true}'.")
  private String read = "";

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description =
          "Read a measurement as this recipe does, and apply its steps as long as they give a"
              + " measurement (calibrate, crop, ...).")
  private @Nullable Path recipe;

  private final Terminal terminal;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (Inspection.of(in).kind().equals("result")) {
      if (recipe != null || !read.isEmpty()) {
        throw new InvalidInput(
            "IN", "'" + in + "'", "a measurement, which --read and --recipe are for", "");
      }
      result(ResultReader.read(in));
    } else {
      measurement(measured());
    }
    terminal.out().println(out);
    return 0;
  }

  private DiffractionScan measured() {
    Product made = new RawFile(in);
    for (var step : steps()) {
      if (!step.takes().isInstance(made) || step.gives() != DiffractionScan.class) {
        break;
      }
      made = applied(step, made);
    }
    if (made instanceof DiffractionScan scan) {
      return scan;
    }
    throw new InvalidInput(
        String.valueOf(recipe), "no step of each gives a measurement", "read first", "");
  }

  private static <I extends Product> Product applied(Step<I, ?> step, Product input) {
    return switch (step) {
      case Step.One<I, ?> one -> one.apply(step.takes().cast(input), Watch.SILENT);
      case Step.All<I, ?> all -> all.gather(List.of(step.takes().cast(input)), Watch.SILENT);
    };
  }

  private List<Step<?, ?>> steps() {
    if (recipe != null && !read.isEmpty()) {
      throw new InvalidInput(
          "--read", read, "--read or --recipe, not both", "write it into the recipe");
    }
    if (recipe != null) {
      return List.copyOf(RecipeFile.read(recipe).bind(Catalog.ARGAND).each());
    }
    if (read.isEmpty()) {
      return List.of(Read.defaults());
    }
    String text = "argand: 1\nof: any\neach:\n  - read: " + read.strip() + "\n";
    return List.copyOf(
        new RecipeFile("--read", text.getBytes(StandardCharsets.UTF_8), Path.of(""), List.of())
            .bind(Catalog.ARGAND)
            .each());
  }

  private void result(Reconstruction picture) {
    RealField amplitude = picture.object().amplitude();
    RealField phase = picture.object().phase();
    switch (ending()) {
      case "tif", "tiff" ->
          TiffWriter.write(
              out,
              new TiffStack(
                  amplitude.grid().rows(),
                  amplitude.grid().columns(),
                  List.of(amplitude.values(), phase.values())));
      case "png" -> Show.write("phase", phase, out);
      case "" -> Panels.of(picture, out);
      default -> throw unknown("a result", ".tif, .png, or a folder");
    }
  }

  private void measurement(DiffractionScan scan) {
    switch (ending()) {
      case "cxi" -> CxiWriter.write(out, scan);
      case "tif", "tiff" -> {
        var frame = new RealField(scan.frames().grid());
        TiffWriter.write(
            out,
            frame.grid().rows(),
            frame.grid().columns(),
            scan.frames().count(),
            page -> {
              scan.frames().read(page, frame);
              return frame.values();
            });
      }
      default -> throw unknown("a measurement", ".cxi or .tif");
    }
  }

  private InvalidInput unknown(String what, String endings) {
    return new InvalidInput("OUT", "'" + out + "'", endings + " for " + what, "");
  }

  private String ending() {
    String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
