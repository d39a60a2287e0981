package argand.run;

import argand.array.kernel.Simd;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a result depends on beside recipe and inputs: versions, kernels, machine.
///
/// @param kernels name and lane width; the same bits are promised on the same kernels only
/// @param threads how many the steps may use; results do not depend on it
public record Provenance(String argand, String java, String system, String kernels, int threads) {
  /// The version of Argand, as in the poms.
  public static final String VERSION = "0.1.0";

  /// This process.
  public static Provenance here(int threads) {
    return new Provenance(
        VERSION,
        System.getProperty("java.vendor") + " " + Runtime.version(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Simd.name(),
        threads);
  }

  /// Name → value, for the plan and the report.
  public SequencedMap<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("argand", argand);
    map.put("java", java);
    map.put("system", system);
    map.put("kernels", kernels);
    map.put("threads", threads);
    return map;
  }
}
