package argand.bench;

import java.util.Arrays;

/// Runs benchmarks by name: `argand.bench.Main [NAME…]`, all of them without a name.
public final class Main {
  private Main() {}

  public static void main(String[] names) {
    for (var benchmark : Benchmarks.ALL) {
      if (names.length == 0 || Arrays.asList(names).contains(benchmark.name())) {
        System.out.println(benchmark.name() + ": " + benchmark.about());
        benchmark.run(System.out::println);
      }
    }
  }
}
