package argand.recipe;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a recipe promises of its result: a metric and the range it must lie in. Examples carry
/// them,
/// and a run says which were met.
///
/// @param metric its name as in `--json`
/// @param text as the recipe writes it: `rmse <= 0.03`, `iou >= 0.95`, `mean = 0.47 +- 0.02`
public record Target(String metric, double low, double high, String text) {
  private static final String NUMBER = "([-+0-9.eE]+)";
  private static final Pattern BOUND = Pattern.compile("([\\w.]+) *(<=|>=) *" + NUMBER);
  private static final Pattern ABOUT =
      Pattern.compile("([\\w.]+) *= *" + NUMBER + " *\\+- *" + NUMBER);

  /// Empty where the text is no target.
  static Optional<Target> parse(String text) {
    var bound = BOUND.matcher(text.strip());
    var about = ABOUT.matcher(text.strip());
    try {
      if (bound.matches()) {
        double value = Double.parseDouble(bound.group(3));
        return Optional.of(
            bound.group(2).equals("<=")
                ? new Target(bound.group(1), Double.NEGATIVE_INFINITY, value, text.strip())
                : new Target(bound.group(1), value, Double.POSITIVE_INFINITY, text.strip()));
      }
      if (about.matches()) {
        double value = Double.parseDouble(about.group(2));
        double room = Double.parseDouble(about.group(3));
        return Optional.of(new Target(about.group(1), value - room, value + room, text.strip()));
      }
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /// Whether the metrics meet it; a metric that is missing or NaN does not.
  public boolean isMetBy(Map<String, Double> metrics) {
    double value = metrics.getOrDefault(metric, Double.NaN);
    return value >= low && value <= high;
  }

  /// One sentence.
  public String judged(Map<String, Double> metrics) {
    Double value = metrics.get(metric);
    String found = value == null ? "not measured" : String.format(Locale.ROOT, "%.4g", value);
    return "Target " + (isMetBy(metrics) ? "met" : "MISSED") + ": " + text + " (" + found + ").";
  }
}
