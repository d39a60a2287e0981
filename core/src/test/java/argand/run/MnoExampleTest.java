package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two grains of MnO from raw frames at 139 energies to the distances of their neighbours.
@Tag("slow")
class MnoExampleTest {
  @TempDir Path folder;

  private ExampleRun run() {
    return new ExampleRun("mno.yaml", folder);
  }

  @Test
  void mnoMeetsItsTargets() {
    var outcome = run().outcome(run().example());
    assertThat(run().missed(outcome)).isEmpty();
  }

  @Test
  void theFirstImpressionMeetsItsTargets() {
    var outcome = run().outcome(run().example().quick());
    assertThat(run().missed(outcome)).isEmpty();
  }

  /// The control: where both lattices are the same, their order is not told, and what the example
  /// promises of the larger one is missed.
  @Test
  void equalLatticesMissTheirTargets() {
    var equal =
        run()
            .example()
            .quick()
            .with(List.of("of.simulateEnergySeries.sample={manganeseOxideGrains: {strain: 0}}"));
    var outcome = run().outcome(equal);
    assertThat(run().missed(outcome))
        .contains("sigmasLongerOfMnMnInRight", "distanceOfMnMnInRight");
    assertThat(outcome.metrics().getOrDefault("sigmasLongerOfMnMnInRight", Double.NaN))
        .isBetween(-3.0, 3.0);
  }
}
