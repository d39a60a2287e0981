package argand.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbsorptionEdgeTest {
  /// The files under examples/references carry noise of 0.0005: 470 points, none beyond 4.5 σ.
  @Test
  void theReferencesOfTheExamplesAreThoseOfTheParticle() throws IOException {
    assertThat(worst("NiIII", CathodeParticle.NI_III)).isBetween(1e-4, 0.00225);
    assertThat(worst("NiIV", CathodeParticle.NI_IV)).isBetween(1e-4, 0.00225);
    assertThat(worst("NiIV", CathodeParticle.NI_III)).isGreaterThan(0.1); // the negative control
  }

  private static double worst(String name, AbsorptionEdge edge) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../examples/references", name + ".txt"));
    double worst = 0;
    int rows = 0;
    for (String line : lines) {
      if (!line.startsWith("#")) {
        String[] words = line.strip().split(" +");
        double away = Double.parseDouble(words[1]) - edge.reference(Double.parseDouble(words[0]));
        worst = Math.max(worst, Math.abs(away));
        rows++;
      }
    }
    assertThat(rows).isGreaterThan(300);
    return worst;
  }

  @Test
  void theEdgeJumpsAboutEightfold() {
    var edge = CathodeParticle.NI_III;
    // 1.135/0.135 = 8.4, less the fall by 8 % over 260 eV, give or take the oscillation
    assertThat(edge.at(8560) / edge.at(8300)).isBetween(7.0, 8.4);
  }
}
