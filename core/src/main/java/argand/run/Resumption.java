package argand.run;

import argand.array.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Whether a run may be resumed under a plan: everything that decides the bits must be as before,
/// only `iterations` may grow.
final class Resumption {
  private static final String ITERATIONS = "iterations";
  private static final String REMEDY =
      "only iterations may grow; start a new run for anything else";

  private Resumption() {}

  /// @param before the text of the `plan.json` of the run
  /// @throws InvalidInput naming the first difference
  static void check(String before, Plan plan) {
    var old = JsonMapper.shared().readValue(before, Map.class);
    var now = JsonMapper.shared().readValue(Plan.json(plan.essence()), Map.class);
    for (Object key : now.keySet()) {
      compare(String.valueOf(key), old.get(key), now.get(key));
    }
  }

  private static void compare(String path, @Nullable Object old, @Nullable Object now) {
    if (old instanceof Map<?, ?> a && now instanceof Map<?, ?> b) {
      var keys = new TreeSet<String>();
      a.keySet().forEach(key -> keys.add(String.valueOf(key)));
      b.keySet().forEach(key -> keys.add(String.valueOf(key)));
      keys.forEach(key -> compare(path + "." + key, a.get(key), b.get(key)));
    } else if (old instanceof List<?> a && now instanceof List<?> b && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        compare(path + "[" + i + "]", a.get(i), b.get(i));
      }
    } else if (!java.util.Objects.equals(old, now)) {
      boolean grew =
          path.endsWith("." + ITERATIONS)
              && old instanceof Number a
              && now instanceof Number b
              && b.doubleValue() >= a.doubleValue();
      if (!grew) {
        throw new InvalidInput(
            path, now == null ? "missing" : now, "as in the run to resume: " + old, REMEDY);
      }
    }
  }

  /// The same tree without any key `iterations`.
  static Object withoutIterations(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        var kept = new LinkedHashMap<Object, Object>();
        map.forEach(
            (key, value) -> {
              if (!ITERATIONS.equals(key)) {
                kept.put(key, withoutIterations(value));
              }
            });
        yield kept;
      }
      case List<?> list -> list.stream().map(Resumption::withoutIterations).toList();
      default -> tree;
    };
  }
}
