package argand.acquire;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One exposure to be made.
///
/// @param pattern number of the illumination pattern, from 0; both halves of a pair bear the same
/// @param kind with the sample or without
/// @param motors where they shall stand: motor → position [m]
/// @param seconds by the clock
public record PlannedExposure(int pattern, Kind kind, Map<String, Double> motors, double seconds) {
  /// What is in the beam.
  public enum Kind {
    /// The pattern alone.
    WITHOUT_SAMPLE("without"),
    /// The sample under the pattern; its fluorescence counts.
    WITH_SAMPLE("with");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// As it stands in a plan.
    public String word() {
      return word;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new InvalidInput("the kind of an exposure", "“" + word + "”", "with or without", "");
    }
  }

  public PlannedExposure {
    motors = Collections.unmodifiableMap(new LinkedHashMap<>(motors));
    Check.atLeast("number of a pattern", pattern, 0);
    Check.within("time of an exposure", seconds, 1e-6, 1e5, "s");
    for (var motor : motors.entrySet()) {
      if (!Double.isFinite(motor.getValue())) {
        throw new InvalidInput(
            "the position of " + motor.getKey(), motor.getValue(), "a length in metres", "");
      }
    }
  }

  /// Short and unique within a plan, fit for a file name.
  String label() {
    return String.format(java.util.Locale.ROOT, "%06d-%s", pattern, kind.word());
  }
}
