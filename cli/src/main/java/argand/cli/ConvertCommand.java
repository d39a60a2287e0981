package argand.cli;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
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
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `argand convert`: a result to pictures or TIFF, a measurement to CXI or TIFF.
@Command(
    name = "convert",
    description = {
      "Convert between formats; the ending of OUT says what is wanted.",
      "A result: .tif (float32, amplitude and phase as pages), .png (phase on a hue wheel), or a"
          + " folder for all its pictures. A measurement: .cxi, .tif (frames as pages)."
    },
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = "A result or a measurement.")
  private Path in = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "A file, or a folder for pictures.")
  private Path out = Path.of("");

  private final Terminal terminal;

  ConvertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (Inspection.of(in).kind().equals("result")) {
      result(ResultReader.read(in));
    } else {
      measurement(Read.defaults().apply(new RawFile(in), Watch.SILENT));
    }
    terminal.out().println(out);
    return 0;
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
