package argand.cli;

import argand.acquire.AcquiredScan;
import argand.acquire.Acquisition;
import argand.acquire.Assessment;
import argand.acquire.BeamlineDoor;
import argand.acquire.ExposurePlan;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.file.StructuredScanWriter;
import argand.flow.Progress;
import argand.flow.QuietWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `argand acquire`.
@Command(
    name = "acquire",
    description =
        "Measure a series of illumination patterns. The same command on the same folder goes on"
            + " after a stop or a kill.",
    mixinStandardHelpOptions = true)
final class AcquireCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PLAN",
      arity = "0..1",
      description = "A table of exposures; without one, the plan in the folder, or random places.")
  private @Nullable Path plan;

  @Option(names = "--out", required = true, description = "The folder of the measurement.")
  private Path out = Path.of("");

  @Option(names = "--beamline", description = "What measures: virtual[:SEED]. Default: virtual.")
  private String beamline = "virtual";

  @Option(names = "--patterns", description = "Of a random plan. Default: 200.")
  private int patterns = 200;

  @Option(names = "--range", description = "Of the diffusers' stages [m]. Default: 2.4e-6.")
  private double range = 2.4e-6;

  @Option(names = "--seconds", description = "Of each exposure. Default: 0.5.")
  private double seconds = 0.5;

  @Option(names = "--pairs", description = "Take the sample in and out for each pattern.")
  private boolean pairs;

  @Option(names = "--seed", description = "Of a random plan. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--window",
      paramLabel = "NAME=FROM..TO",
      description = "A line to look at while measuring [eV]; may be given several times.")
  private List<String> windows = new ArrayList<>();

  @Option(names = "--every", description = "Look after so many patterns. Default: 40.")
  private int every = 40;

  @Option(
      names = "--surprise",
      description =
          "Stop once two looks in a row were told wrong by less than this share of a signal's"
              + " variation. Default: 0, never.")
  private double surprise;

  @Option(
      names = "--tolerance",
      description = "How far a motor may stand from where it was sent [m]. Default: 5e-8.")
  private double tolerance = 5e-8;

  @Option(names = "--json", description = "Print one JSON object as the last line of stdout.")
  private boolean json;

  private final Terminal terminal;

  AcquireCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Assessment> assessment =
        windows.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Assessment(
                    windows.stream().map(AcquireCommand::window).toList(), every, surprise));
    var acquisition = new Acquisition(tolerance, 3, true, assessment);
    var asked = new AtomicBoolean();
    var progress = new ProgressLine(terminal);
    Acquisition.Outcome outcome;
    try (var workers = new Workers(Runtime.getRuntime().availableProcessors());
        var devices = BeamlineDoor.find(beamline);
        var _ =
            new Interrupt(
                () -> {
                  terminal.err().println("stopping after this exposure …");
                  asked.set(true);
                })) {
      outcome =
          acquisition.carryOut(
              devices,
              plan(),
              out,
              new QuietWatch() {
                @Override
                public void tell(Progress said) {
                  progress.hear("", "acquire", said);
                }

                @Override
                public boolean stopped() {
                  return asked.get();
                }

                @Override
                public Workers workers() {
                  return workers;
                }
              });
    }
    tell(outcome, written(outcome));
    return 0;
  }

  private ExposurePlan plan() {
    if (plan != null) {
      return ExposurePlan.read(plan);
    }
    Path there = out.resolve(Acquisition.PLAN);
    if (Files.exists(there)) {
      return ExposurePlan.read(there);
    }
    return ExposurePlan.diffuserWalk(
        patterns,
        range,
        2e-5,
        seconds,
        pairs ? ExposurePlan.Order.PAIRS : ExposurePlan.Order.PATTERNS_FIRST,
        seed);
  }

  private static Assessment.Window window(String text) {
    var parts = text.split("=|\\.\\.", -1);
    try {
      return new Assessment.Window(
          parts[0], Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new InvalidInput("--window", "“" + text + "”", "NAME=FROM..TO in eV", "Ni=7350..7620");
    }
  }

  /// The scan as one file, once the sample was exposed.
  private Optional<Path> written(Acquisition.Outcome outcome) {
    if (outcome.sampleExposures() == 0) {
      return Optional.empty();
    }
    var acquired = AcquiredScan.read(out);
    Path file = out.resolve("scan.h5");
    StructuredScanWriter.write(file, acquired.scan(), Optional.of(acquired.spectra()));
    return Optional.of(file);
  }

  private void tell(Acquisition.Outcome outcome, Optional<Path> file) {
    if (json) {
      var map = new LinkedHashMap<String, Object>();
      map.put("made", outcome.made());
      map.put("planned", outcome.planned());
      map.put("sampleExposures", outcome.sampleExposures());
      map.put("why", outcome.why());
      file.ifPresent(f -> map.put("scan", f.toString()));
      terminal.out().println(JsonMapper.shared().writeValueAsString(map));
      return;
    }
    terminal
        .out()
        .printf(
            "%d of %d exposures, the sample was exposed %d times: %s%n",
            outcome.made(), outcome.planned(), outcome.sampleExposures(), outcome.why());
    file.ifPresent(f -> terminal.out().println("scan " + f));
  }
}
