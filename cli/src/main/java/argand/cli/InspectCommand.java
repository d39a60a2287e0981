package argand.cli;

import argand.file.Inspection;
import argand.sampling.AbsorbedDose;
import argand.sampling.Absorber;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
      names = "--quantum-efficiency",
      paramLabel = "SHARE",
      description = "Counts for each photon that meets the detector; for the dose. Default: 1.")
  private double quantumEfficiency = 1;

  private final Terminal terminal;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<AbsorbedDose> dose =
        Double.isNaN(massAttenuation)
            ? Optional.empty()
            : Optional.of(
                new AbsorbedDose(new Absorber.Coefficient(massAttenuation), quantumEfficiency, 1));
    Inspection found = Inspection.of(file, dose);
    if (json) {
      var map = new LinkedHashMap<String, Object>();
      map.put("file", file.toString());
      map.put("kind", found.kind());
      map.put("readable", found.readable());
      map.put("facts", found.facts());
      map.put("verdict", found.sentences());
      terminal.out().println(JsonMapper.shared().writeValueAsString(map));
    } else {
      terminal.out().println(file + ": " + found.kind());
      found.sentences().forEach(terminal.out()::println);
    }
    return 0;
  }
}
