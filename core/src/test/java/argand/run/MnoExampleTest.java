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

  /// The control: two halves of one grain, whose lattice is the same, are not told apart, and what
  /// the example promises of the larger lattice is missed.
  @Test
  void halvesOfOneGrainAreNotToldApart() {
    String half = "{name: %s, shape: {rectangle: {row: %d, column: 2, rows: 3, columns: 4}}}";
    String halves = half.formatted("left", 4) + ", " + half.formatted("right", 8);
    var outcome =
        run().outcome(run().example().quick().with(List.of("then.exafs.regions=[" + halves + "]")));
    assertThat(run().missed(outcome)).contains("sigmasLongerOfMnMnInRight");
    assertThat(outcome.metrics().getOrDefault("sigmasLongerOfMnMnInRight", Double.NaN))
        .isBetween(-2.0, 2.0);
  }
}
