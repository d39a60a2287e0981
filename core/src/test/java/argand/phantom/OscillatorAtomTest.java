package argand.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.physics.Beam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OscillatorAtomTest {
  /// Fine where white lines are, logarithmic elsewhere.
  private static final double[] GRID =
      Stream.of(
              IntStream.range(0, 20_000)
                  .mapToDouble(k -> 0.01 * Math.pow(600 / 0.01, k / 20_000.0)),
              IntStream.range(0, 40_000).mapToDouble(k -> 600 + 0.005 * k),
              IntStream.range(0, 20_000).mapToDouble(k -> 800 * Math.pow(1e5, k / 20_000.0)))
          .flatMapToDouble(d -> d)
          .toArray();

  private static double electrons(OscillatorAtom atom) {
    return atom.free()
        + atom.shells().stream().mapToDouble(OscillatorAtom.Shell::strength).sum()
        + atom.lines().stream().mapToDouble(OscillatorAtom.Line::strength).sum();
  }

  /// f₁(E) = f₁(∞) − (2/π) P∫ x f₂(x)/(x² − E²) dx, the singularity taken off by
  /// P∫ dx/(x² − E²) = 0.
  private static double f1ByIntegral(OscillatorAtom atom, double[] f2, double energyEv) {
    double here = energyEv * atom.f2(energyEv);
    double[] of = new double[GRID.length];
    for (int k = 0; k < of.length; k++) {
      double square = GRID[k] * GRID[k] - energyEv * energyEv;
      of[k] = Math.abs(square) < 1e-6 ? Double.NaN : (GRID[k] * f2[k] - here) / square;
    }
    double sum = 0;
    for (int k = 1; k < of.length; k++) {
      double a = Double.isNaN(of[k - 1]) ? of[k] : of[k - 1];
      double b = Double.isNaN(of[k]) ? of[k - 1] : of[k];
      sum += 0.5 * (a + b) * (GRID[k] - GRID[k - 1]);
    }
    // what lies beyond the grid: −here ∫ dx/x², as f₂ falls as fast as 1/E at least
    sum += -here / GRID[GRID.length - 1];
    return electrons(atom) - 2 / Math.PI * sum;
  }

  @Test
  void realAndImaginaryPartObeyKramersAndKronig() {
    for (var atom : List.of(Atoms.IRON_II, Atoms.IRON_III, Atoms.OXYGEN)) {
      double[] f2 = Arrays.stream(GRID).map(atom::f2).toArray();
      for (double e : new double[] {650.0012, 700.0012, 707.0012, 708.3012, 710.2012, 730.0012}) {
        // of a range of some 80 electrons across the edge; the rest is the trapezoidal rule
        assertThat(f1ByIntegral(atom, f2, e)).isCloseTo(atom.f1(e), within(0.02));
      }
    }
  }

  @Test
  void theIntegralWouldSeeALineThatIsMissing() {
    double[] f2 = Arrays.stream(GRID).map(Atoms.IRON_II::f2).toArray();
    var other = Atoms.IRON_II.with(Atoms.IRON_II.lines().subList(0, 4));
    double[] without = Arrays.stream(GRID).map(other::f2).toArray();
    double e = 722.5012;
    assertThat(Math.abs(f1ByIntegral(Atoms.IRON_II, f2, e) - other.f1(e))).isGreaterThan(1);
    assertThat(Math.abs(f1ByIntegral(other, without, e) - Atoms.IRON_II.f1(e))).isGreaterThan(1);
  }

  /// Henke, Gullikson & Davis, At. Data Nucl. Data Tables 54, 181 (1993), files of CXRO.
  @Test
  void awayFromTheEdgesAtomsAreThoseOfTheTables() {
    // without the white lines, which free atoms do not have: 0.3 electrons more behind the edge
    table(Atoms.IRON_III.with(List.of()), 648.23, 11.19, 2.21);
    table(Atoms.IRON_II.with(List.of()), 773.35, 14.01, 15.05);
    table(Atoms.PHOSPHORUS, 713.73, 14.38, 2.55);
    table(Atoms.LITHIUM, 713.73, 3.10, 0.0743);
    table(Atoms.OXYGEN, 713.73, 7.356, 2.973);
    table(Atoms.CARBON, 713.73, 6.328, 1.140);
  }

  private static void table(OscillatorAtom atom, double energyEv, double f1, double f2) {
    // what a fit of one continuum to the edges of the table leaves: 6 % of f₁, a tenth of f₂
    assertThat(atom.f1(energyEv)).isCloseTo(f1, within(0.06 * f1));
    assertThat(atom.f2(energyEv)).isCloseTo(f2, within(0.1 * f2 + 0.02));
  }

  @Test
  void mainLinesLieWhereTheValencesHaveThem() {
    assertThat(peak(Atoms.IRON_II)).isCloseTo(708.2, within(0.1));
    assertThat(peak(Atoms.IRON_III)).isCloseTo(710.2, within(0.1));
  }

  private static double peak(OscillatorAtom atom) {
    return IntStream.range(0, 3000)
        .mapToDouble(k -> 700 + 0.01 * k)
        .boxed()
        .max(java.util.Comparator.comparingDouble(atom::f2))
        .orElseThrow();
  }

  /// The files under examples/references carry noise of 0.02 per µm: 245 points, none beyond 4.5 σ
  /// and what rounding adds.
  @Test
  void theReferencesOfTheExampleAreThoseOfThePlatelet() throws IOException {
    assertThat(worst("LiFePO4", PhosphatePlatelet.LITHIATED)).isBetween(0.02, 0.0901);
    assertThat(worst("FePO4", PhosphatePlatelet.DELITHIATED)).isBetween(0.02, 0.0901);
    assertThat(worst("FePO4", PhosphatePlatelet.LITHIATED)).isGreaterThan(5);
  }

  private static double worst(String name, SpectralMatter matter) throws IOException {
    double worst = 0;
    int rows = 0;
    for (String line : Files.readAllLines(Path.of("../examples/references", name + ".txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.strip().split(" +");
        var beam = new Beam.XRays(Double.parseDouble(words[0]));
        double mu = 1e-6 * matter.index(beam).attenuation(beam);
        worst = Math.max(worst, Math.abs(Double.parseDouble(words[1]) - mu));
        rows++;
      }
    }
    assertThat(rows).isGreaterThan(200);
    return worst;
  }
}
