package argand.acquire;

import argand.acquire.PlannedExposure.Kind;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.file.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All exposures of a measurement, in the order in which they are to be made.
///
/// As a file it is a table with one line for each exposure, columns parted by tabs: `pattern`,
/// `kind` (`with` or `without` the sample), `seconds`, and one column for each motor [m].
public record ExposurePlan(List<PlannedExposure> exposures) {
  private static final List<String> FIXED = List.of("pattern", "kind", "seconds");

  public ExposurePlan {
    exposures = List.copyOf(exposures);
    Check.atLeast("number of exposures", exposures.size(), 1);
    var motors = exposures.getFirst().motors().keySet();
    var seen = new HashSet<String>();
    for (int k = 0; k < exposures.size(); k++) {
      var one = exposures.get(k);
      if (!one.motors().keySet().equals(motors)) {
        throw new InvalidInput(
            "exposure " + (k + 1), "motors " + one.motors().keySet(), "motors " + motors, "");
      }
      if (!seen.add(one.pattern() + one.kind().word())) {
        throw new InvalidInput(
            "exposure " + (k + 1),
            "pattern " + one.pattern() + " " + one.kind().word() + " sample a second time",
            "each exposure once",
            "give repeated exposures patterns of their own");
      }
    }
  }

  /// The motors of a diffuser walk: two diffusers along two axes, and the stage that takes the
  /// sample out.
  public static final List<String> DIFFUSERS =
      List.of("diffuserAX", "diffuserAY", "diffuserBX", "diffuserBY");

  public static final String SAMPLE = "sample";

  /// In which order the exposures of a diffuser walk are made.
  public enum Order {
    /// All patterns first, without the sample; then the sample under each.
    PATTERNS_FIRST,
    /// Each pattern without and with the sample, one after the other.
    PAIRS
  }

  /// Two diffusers go to random places, each pattern from new ones; the sample is taken out for the
  /// exposure of the pattern alone.
  ///
  /// @param range diffusers move from 0 to this [m]
  /// @param out how far the sample's stage goes to take it out [m]
  /// @param seconds of each exposure
  public static ExposurePlan diffuserWalk(
      int patterns, double range, double out, double seconds, Order order, long seed) {
    Check.atLeast("patterns", patterns, 1);
    Check.within("range of the diffusers", range, 1e-9, 1, "m");
    var random = new SplittableRandom(seed);
    var without = new ArrayList<PlannedExposure>();
    var with = new ArrayList<PlannedExposure>();
    for (int p = 0; p < patterns; p++) {
      var to = new LinkedHashMap<String, Double>();
      for (String motor : DIFFUSERS) {
        // whole nanometres, so that the plan's table holds them exactly
        to.put(motor, Math.rint(random.nextDouble() * range * 1e9) * 1e-9);
      }
      to.put(SAMPLE, out);
      without.add(new PlannedExposure(p, Kind.WITHOUT_SAMPLE, to, seconds));
      to.put(SAMPLE, 0.0);
      with.add(new PlannedExposure(p, Kind.WITH_SAMPLE, to, seconds));
    }
    var all = new ArrayList<PlannedExposure>();
    switch (order) {
      case PATTERNS_FIRST -> {
        all.addAll(without);
        all.addAll(with);
      }
      case PAIRS -> {
        for (int p = 0; p < patterns; p++) {
          all.add(without.get(p));
          all.add(with.get(p));
        }
      }
    }
    return new ExposurePlan(all);
  }

  /// Names of the motors it moves.
  public List<String> motors() {
    return List.copyOf(exposures.getFirst().motors().keySet());
  }

  /// @throws InvalidInput where the beamline lacks a motor of the plan
  void mustSuit(Beamline beamline) {
    var missing = new TreeSet<>(motors());
    missing.removeAll(beamline.motors());
    if (!missing.isEmpty()) {
      throw new InvalidInput(
          "the plan's motors",
          String.join(", ", missing) + ", which " + beamline.name() + " has not",
          "some of " + String.join(", ", beamline.motors()),
          "rename the columns of the plan");
    }
  }

  /// The table.
  public String text() {
    var motors = motors();
    var text = new StringBuilder(String.join("\t", FIXED));
    motors.forEach(motor -> text.append('\t').append(motor));
    text.append('\n');
    for (var one : exposures) {
      text.append(one.pattern()).append('\t').append(one.kind().word());
      text.append('\t').append(one.seconds());
      motors.forEach(
          motor -> text.append('\t').append(one.motors().getOrDefault(motor, Double.NaN)));
      text.append('\n');
    }
    return text.toString();
  }

  /// SHA-256 of the table: what a frame belongs to.
  public String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// @throws FileTrouble where the file cannot be read
  /// @throws InvalidInput where it is no such table
  public static ExposurePlan read(Path file) {
    try {
      return parse(file.getFileName().toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new FileTrouble(file, "there is no such file", e);
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /// @param name of the file, for sentences
  static ExposurePlan parse(String name, String text) {
    var lines = text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    var head = lines.isEmpty() ? List.<String>of() : List.of(lines.getFirst().split("\t"));
    if (!head.containsAll(FIXED) || head.size() == FIXED.size()) {
      throw new InvalidInput(
          "the head of the plan " + name,
          head.isEmpty() ? "nothing" : head.stream().collect(Collectors.joining(", ")),
          "columns pattern, kind, seconds and one for each motor, parted by tabs",
          "");
    }
    var exposures = new ArrayList<PlannedExposure>();
    for (int k = 1; k < lines.size(); k++) {
      exposures.add(exposure(name + ", line " + (k + 1), head, lines.get(k).split("\t")));
    }
    if (exposures.isEmpty()) {
      throw new InvalidInput("the plan " + name, "no exposure", "one line for each", "");
    }
    return new ExposurePlan(exposures);
  }

  private static PlannedExposure exposure(String where, List<String> head, String[] cells) {
    if (cells.length != head.size()) {
      throw new InvalidInput(
          where, cells.length + " columns", head.size() + " as its head has", "part them by tabs");
    }
    Map<String, Double> motors = new LinkedHashMap<>();
    int pattern = 0;
    double seconds = 0;
    Kind kind = Kind.WITH_SAMPLE;
    for (int c = 0; c < cells.length; c++) {
      String cell = cells[c].strip();
      switch (head.get(c)) {
        case "kind" -> kind = Kind.of(cell);
        case "pattern" -> pattern = (int) number(where, head.get(c), cell);
        case "seconds" -> seconds = number(where, head.get(c), cell);
        default -> motors.put(head.get(c), number(where, head.get(c), cell));
      }
    }
    return new PlannedExposure(pattern, kind, motors, seconds);
  }

  private static double number(String where, String column, String cell) {
    double number;
    try {
      number = Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    boolean whole = !column.equals("pattern") || number == Math.rint(number);
    if (!Double.isFinite(number) || !whole) {
      throw new InvalidInput(
          where + ", " + column, "“" + cell + "”", whole ? "a number" : "a whole number", "");
    }
    return number;
  }
}
