package argand.cli;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.EnergyStack;
import argand.data.Product;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.Spectrum;
import argand.figure.Panels;
import argand.figure.Show;
import argand.file.CxiWriter;
import argand.file.Inspection;
import argand.file.Read;
import argand.file.ResultReader;
import argand.file.ResultWriter;
import argand.file.SpectrumReader;
import argand.file.SpectrumWriter;
import argand.file.TiffStack;
import argand.file.TiffWriter;
import argand.flow.Step;
import argand.flow.Watch;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.run.StackOutput;
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
          + " --read says, or conditioned by the first steps of a recipe. Images over energy: .tif"
          + " (float32, a page for each energy), .h5 (as we keep them), .csv (spectra found in"
          + " them, else the mean over all pixels), or a folder for its maps and spectra. Spectra:"
          + " .csv."
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

  @Option(
      names = "--read-stack",
      paramLabel = "PARAMETERS",
      description =
          "Images over energy, read as readStack of a recipe says: '{energyFile: energies.txt}'.")
  private @Nullable String readStack;

  private final Terminal terminal;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String kind = Inspection.of(in).kind();
    if (readStack != null || kind.equals("stack")) {
      stack(step("readStack", readStack == null ? "{}" : readStack));
    } else if (kind.equals("spectra")) {
      if (!ending().equals("csv")) {
        throw unknown("spectra", ".csv");
      }
      SpectrumWriter.csv(out, SpectrumReader.read(in, terminal.err()::println));
    } else if (kind.equals("result")) {
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
      return List.copyOf(RecipeFile.read(recipe).bind(Catalog.installed()).each());
    }
    return read.isEmpty() ? List.of(Read.defaults()) : List.of(step("read", read));
  }

  /// A step as a recipe writes it.
  private static Step<?, ?> step(String verb, String parameters) {
    String text = "argand: 1\nof: any\neach:\n  - " + verb + ": " + parameters.strip() + "\n";
    return new RecipeFile(
            "--" + verb, text.getBytes(StandardCharsets.UTF_8), Path.of(""), List.of())
        .bind(Catalog.installed())
        .each()
        .getFirst();
  }

  private void stack(Step<?, ?> step) {
    if (!(applied(step, new RawFile(in)) instanceof EnergyStack stack)) {
      throw new IllegalStateException(step + " gives a stack");
    }
    try (var images = stack.images()) {
      switch (ending()) {
        case "tif", "tiff" ->
            TiffWriter.write(
                out,
                images.grid().rows(),
                images.grid().columns(),
                images.count(),
                page -> images.plane(page).values());
        case "h5", "hdf5" -> ResultWriter.write(out, stack, "", "{}");
        case "csv" -> SpectrumWriter.csv(out, spectra(stack));
        case "" -> {
          Panels.of(stack, out);
          StackOutput.write(stack, out);
        }
        default -> throw unknown("images over energy", ".tif, .h5, .csv, or a folder");
      }
    }
  }

  /// Those that were found, else the mean over the good pixels.
  private static List<Spectrum> spectra(EnergyStack stack) {
    if (!stack.findings().spectra().isEmpty()) {
      return stack.findings().spectra();
    }
    double[] means = new double[stack.count()];
    boolean[] good = stack.mask().good();
    for (int e = 0; e < means.length; e++) {
      float[] plane = stack.images().plane(e).values();
      double sum = 0;
      int seen = 0;
      for (int i = 0; i < plane.length; i++) {
        if (good[i] && !Float.isNaN(plane[i])) {
          sum += plane[i];
          seen++;
        }
      }
      means[e] = sum / seen;
    }
    return List.of(Spectrum.of("mean", stack.energyEv(), means, stack.quantity()));
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
