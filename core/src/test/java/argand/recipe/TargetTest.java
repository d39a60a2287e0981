package argand.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static RecipeFile recipe(String targets) {
    String text = "argand: 1\nof: a.cxi\neach: [read: {}]\ntargets: " + targets + "\n";
    return new RecipeFile("r.yaml", text.getBytes(StandardCharsets.UTF_8), Path.of("."), List.of());
  }

  @Test
  void targetsAreMetOrMissed() {
    var targets = recipe("[rmse <= 0.03, iou >= 0.95, mean = 0.47 +- 0.02]").targets();
    assertThat(targets).extracting(Target::metric).containsExactly("rmse", "iou", "mean");
    var good = Map.of("rmse", 0.02, "iou", 0.96, "mean", 0.455);
    assertThat(targets).allMatch(target -> target.isMetBy(good));
    assertThat(targets.getFirst().judged(good)).isEqualTo("Target met: rmse <= 0.03 (0.02000).");
    var bad = Map.of("rmse", 0.04, "iou", Double.NaN);
    assertThat(targets).noneMatch(target -> target.isMetBy(bad));
    assertThat(targets.get(2).judged(bad))
        .isEqualTo("Target MISSED: mean = 0.47 +- 0.02 (not measured).");
  }

  @Test
  void aChangedRecipePromisesNothing() {
    assertThat(recipe("[rmse <= 1]").with(List.of("each.read.first=2")).targets()).isEmpty();
  }

  @Test
  void whatIsNoTargetIsRefusedWithItsLine() {
    assertThatThrownBy(() -> recipe("[rmse < 0.03]").bind(Catalog.ARGAND))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("r.yaml line 4")
        .hasMessageContaining("rmse <= 0.03");
  }
}
