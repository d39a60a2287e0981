package argand.bench;

import java.util.List;

/// The table of contents of the benchmarks.
public final class Benchmarks {
  private Benchmarks() {}

  public static final List<Benchmark> ALL =
      List.of(
          new FftBench(),
          new PtychoBench(),
          new QualityBench(),
          new StreamBench(),
          new XanesBench(),
          new XrfBench(),
          new SirenBench(),
          new AutoBench());
}
