package argand.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.physics.Beam;
import argand.physics.ScatteringFactors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FineStructureTest {
  private static final FineStructure ROOM = new FineStructure(6544, 4.445e-10, 1);

  /// f₂ of the row of lines against the curve that it stands for; the lines' own width folds a few
  /// percent of the oscillation away, which is itself 10 % of the step at 30 eV and 1 % at 300 eV.
  @Test
  void theAtomHasTheOscillationsOfTheCurve() {
    var atom = ROOM.manganese();
    double worst = 0;
    double size = 0;
    for (double e = 6575; e < 7150; e += 3.7) {
      double smooth = Math.pow(6544 / e, 2);
      double others = 0.471 * Math.pow(6540 / e, 2);
      double found = (atom.f2(e) - others) / (3.47 * smooth);
      worst = Math.max(worst, Math.abs(found - ROOM.normalized(e)));
      size = Math.max(size, Math.abs(ROOM.normalized(e) - 1));
    }
    assertThat(worst).isLessThan(0.03);
    assertThat(size).isGreaterThan(0.08);
  }

  /// Away from the edge, f₁ within 2.5 % and f₂ within 3 % of Henke's tables, whose edge stands at
  /// 6539 eV and is sharp.
  @Test
  void theAtomFollowsTheTables() {
    var atom = ROOM.manganese();
    var table = ScatteringFactors.of("Mn");
    for (double e : new double[] {6400, 6440, 6700, 6800, 6900, 7000, 7100}) {
      assertThat(atom.f1(e) / table.f1(e)).as("f1 at %s", e).isCloseTo(1, within(0.025));
      assertThat(atom.f2(e) / table.f2(e)).as("f2 at %s", e).isCloseTo(1, within(0.03));
    }
  }

  /// The dispersion integral over what the fine structure adds to f₂, by midpoints of 0.1 eV around
  /// each place, against what it adds to f₁. The range cuts off less than 0.01 electrons.
  @Test
  void theOscillationsOfBothPartsBelongTogether() {
    var with = ROOM.manganese();
    var without = with.with(List.of());
    double step = 0.1;
    double largest = 0;
    for (double e : new double[] {6550, 6590, 6660, 6800}) {
      double sum = 0;
      for (int i = -20_000; i < 20_000; i++) {
        double x = e + (i + 0.5) * step;
        double f2 = with.f2(x) - without.f2(x);
        sum += x * f2 / (x * x - e * e) * step;
      }
      double found = with.f1(e) - without.f1(e);
      assertThat(found).as("at %s", e).isCloseTo(-2 / Math.PI * sum, within(0.02));
      largest = Math.max(largest, Math.abs(found));
    }
    // so that a wrong sign or none would be seen
    assertThat(largest).isGreaterThan(0.1);
  }

  /// A lattice larger by 1 % turns the nearest manganese by 2k · 0.031 Å.
  @Test
  void aLargerLatticeOscillatesFaster() {
    var larger = new FineStructure(6544, 1.01 * 4.445e-10, 1);
    double most = 0;
    for (double k = 3; k < 11; k += 0.1) {
      most = Math.max(most, Math.abs(k * k * (larger.oscillation(k) - ROOM.oscillation(k))));
    }
    assertThat(most).isBetween(0.1, 1.5);
  }

  /// The file under examples/references carries noise of 0.00006 per µm: 313 points, none beyond
  /// 4.5 σ.
  @Test
  void theStandardIsThatOfAColderCrystal() throws IOException {
    var oxide = ManganeseOxideGrains.oxide("MnO", new FineStructure(6544.4, 4.445e-10, 0.7));
    int points = 0;
    for (String line : Files.readAllLines(Path.of("../examples/references/MnO.txt"))) {
      if (!line.startsWith("#")) {
        String[] cells = line.strip().split("\\s+");
        var light = new Beam.XRays(Double.parseDouble(cells[0]));
        double perMicrometre = oxide.index(light).attenuation(light) * 1e-6;
        assertThat(Double.parseDouble(cells[1]))
            .as(line)
            .isCloseTo(perMicrometre, within(4.5 * 6e-5));
        points++;
      }
    }
    assertThat(points).isEqualTo(313);
  }

  @Test
  void grainsAreWhereTheyShouldBe() {
    var grains = new ManganeseOxideGrains(4.445e-10, 0.01, 6544, 1.4e-6, 2e-6, 1.8e-6, 2e-7, 6e-8);
    var field = grains.field();
    double[] thickness = new double[2];
    assertThat(field.region(0, -0.8e-6)).isEqualTo(0);
    assertThat(field.region(0, 0.8e-6)).isEqualTo(1);
    assertThat(field.region(0, 0)).isEqualTo(-1);
    assertThat(field.thickness(0, -0.8e-6, thickness)).isTrue();
    assertThat(thickness[0]).isCloseTo(1.8e-6, within(1e-9));
    assertThat(thickness[1]).isZero();
    var light = new Beam.XRays(7000);
    double left = grains.matter().get(0).index(light).beta();
    double right = grains.matter().get(1).index(light).beta();
    assertThat(right / left).isCloseTo(Math.pow(1.01, -3), within(0.002));
  }
}
