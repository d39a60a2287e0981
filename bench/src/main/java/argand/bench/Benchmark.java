package argand.bench;

import java.util.List;
import java.util.function.Consumer;

/// One family of measurements, run by `argand bench NAME`: interleaved rounds in one process,
/// medians, ratios to a reference that is measured in the same rounds.
public interface Benchmark {
  String name();

  /// One line for `argand bench --list`.
  String about();

  /// Names of the parts that can be run by themselves; none where there is only the whole.
  default List<String> cases() {
    return List.of();
  }

  /// @param selection of `cases()`; benchmarks without cases run whole
  /// @param progress receives a line for each figure as it is found
  List<Figure> run(Selection selection, Consumer<String> progress);

  /// @param name what was measured (`fft 256x256`)
  /// @param value median
  /// @param unit of value and reference (`us`)
  /// @param reference median of what it is compared with, or the goal; NaN when that is absent
  /// @param ratio median of the ratios of each round, value ÷ reference; NaN when the reference is
  ///     absent
  record Figure(String name, double value, String unit, double reference, double ratio) {}
}
