package argand.bench;

import java.util.List;

/// Which part of a benchmark to run.
///
/// @param cases by name; empty for all
/// @param seeds of simulated cases
public record Selection(List<String> cases, List<Long> seeds) {
  /// Everything, seed 1.
  public static final Selection ALL = new Selection(List.of(), List.of(1L));

  public Selection {
    cases = List.copyOf(cases);
    seeds = List.copyOf(seeds);
  }

  boolean wants(String name) {
    return cases.isEmpty() || cases.contains(name);
  }
}
