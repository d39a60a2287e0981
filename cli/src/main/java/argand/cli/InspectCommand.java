package argand.cli;

import argand.array.InvalidInput;
import argand.data.RawFile;
import argand.file.Inspection;
import argand.file.Read;
import argand.flow.Watch;
import argand.ptycho.CheckOrientation;
import argand.sampling.AbsorbedDose;
import argand.sampling.Absorber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `argand inspect`.
@Command(
    name = "inspect",
    description = "What a file is: shapes, units, and what Argand would make of it.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Any file.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON object as the last line of stdout.")
  private boolean json;

  @Option(
      names = "--mass-attenuation",
      paramLabel = "M2/KG",
      description = "Mass attenuation coefficient of the sample in m2/kg: tells the dose.")
  private double massAttenuation = Double.NaN;

  @Option(
      names = "--formula",
      paramLabel = "FORMULA",
      description =
          "Chemical formula of the sample, such as LiFePO4: tells the dose from tables at the"
              + " beam's energy.")
  private String formula = "";

  @Option(
      names = "--quantum-efficiency",
      paramLabel = "SHARE",
      description = "Counts for each photon that meets the detector; for the dose. Default: 1.")
  private double quantumEfficiency = 1;

  @Option(
      names = "--orientation",
      description =
          "Also try in which of eight ways frames and scan axes fit together (some seconds).")
  private boolean orientation;

  private final Terminal terminal;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Inspection found =
        Inspection.of(
            file, absorber().map(sample -> new AbsorbedDose(sample, quantumEfficiency, 1)));
    List<String> sentences = new ArrayList<>(found.sentences());
    boolean scan =
        found.readable() && !List.of("result", "stack", "spectra").contains(found.kind());
    if (orientation && scan) {
      sentences.addAll(0, ways(file, found));
    }
    if (json) {
      var map = new LinkedHashMap<String, Object>();
      map.put("file", file.toString());
      map.put("kind", found.kind());
      map.put("readable", found.readable());
      map.put("facts", found.facts());
      map.put("verdict", sentences);
      terminal.out().println(JsonMapper.shared().writeValueAsString(map));
    } else {
      terminal.out().println(file + ": " + found.kind());
      sentences.forEach(terminal.out()::println);
      if (scan && !orientation) {
        terminal.out().println("whether frames and scan axes fit together: --orientation");
      }
    }
    return 0;
  }

  private Optional<Absorber> absorber() {
    boolean number = !Double.isNaN(massAttenuation);
    if (number && !formula.isEmpty()) {
      throw new InvalidInput(
          "--formula",
          formula,
          "a formula or --mass-attenuation, not both",
          "leave out the one that is less well known");
    }
    if (number) {
      return Optional.of(new Absorber.Coefficient(massAttenuation));
    }
    return formula.isEmpty() ? Optional.empty() : Optional.of(new Absorber.Compound(formula));
  }

  private static List<String> ways(Path file, Inspection found) {
    var how =
        found.facts().get("profile") instanceof String name
            ? Read.byProfile(name)
            : Read.defaults();
    var scan = how.apply(new RawFile(file), Watch.SILENT);
    return CheckOrientation.defaults().look(scan, Watch.SILENT).sentences();
  }
}
