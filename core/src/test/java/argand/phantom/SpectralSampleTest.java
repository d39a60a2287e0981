package argand.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.physics.Beam;
import argand.physics.Polarization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpectralSampleTest {
  private static Beam circular(double energyEv, double degree) {
    return new Beam.XRays(energyEv, Optional.of(new Polarization.Circular(degree)));
  }

  @Test
  void whatIsBehindMatterFollowsFromItsIndex() {
    var platelet = PhosphatePlatelet.plain();
    var beam = new Beam.XRays(710.2);
    var drawn = platelet.draw(Grid.square(300, 300, 8e-9), beam);
    double[] thickness = new double[2];
    assertThat(platelet.field().thickness(0, 0, thickness)).isTrue();
    assertThat(thickness[0] + thickness[1]).isCloseTo(105e-9, within(1e-10));
    double density = 0;
    double phase = 0;
    for (int k = 0; k < 2; k++) {
      var index = platelet.matter().get(k).index(beam);
      density += index.attenuation(beam) * thickness[k];
      phase -= index.phaseLag(beam) * thickness[k];
    }
    double re = drawn.re(150, 150);
    double im = drawn.im(150, 150);
    assertThat(-Math.log(re * re + im * im)).isCloseTo(density, within(1e-3));
    assertThat(Math.atan2(im, re)).isCloseTo(phase, within(1e-3));
    assertThat(drawn.re(3, 3)).isEqualTo(1);
    assertThat(platelet.field().region(2e-6, 0)).isEqualTo(-1);
  }

  @Test
  void particlesAreSpheresBesideEachOther() {
    var particles = new OxideParticles(40, 30e-9, 0.08, 400e-9, 1);
    var grid = Grid.square(500, 500, 2e-9);
    var field = particles.field();
    double[] into = new double[1];
    double volume = 0;
    double most = 0;
    for (int i = 0; i < grid.size(); i++) {
      field.thickness((i / 500 - 250) * 2e-9, (i % 500 - 250) * 2e-9, into);
      volume += into[0] * 4e-18;
      most = Math.max(most, into[0]);
    }
    // 40 spheres, ⟨d³⟩ = d³ exp(4.5 · 0.08²), drawn from a distribution: 15 %
    assertThat(volume).isCloseTo(40 * Math.PI / 6 * 2.7e-23, within(0.15 * 40 * 1.41e-23));
    assertThat(most).isBetween(30e-9, 40e-9);
    assertThatThrownBy(() -> new OxideParticles(4000, 30e-9, 0.08, 400e-9, 1).field())
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("enlarge radius");
  }

  @Test
  void domainsTellHelicitiesApartAndSwapWithThem() {
    for (double e : new double[] {7242.5, 7247.5}) {
      var plus = MagneticStripes.UP.index(circular(e, 0.95));
      var minus = MagneticStripes.UP.index(circular(e, -0.95));
      var other = MagneticStripes.DOWN.index(circular(e, -0.95));
      assertThat(other.beta()).isCloseTo(plus.beta(), within(1e-15));
      assertThat(other.delta()).isCloseTo(plus.delta(), within(1e-15));
      double share = Math.abs(plus.beta() - minus.beta()) / (plus.beta() + minus.beta());
      assertThat(share).isBetween(0.004, 0.03);
    }
    // half the polarization, half the dichroism; none without
    var half = MagneticStripes.UP.index(circular(7242.5, 0.475));
    var full = MagneticStripes.UP.index(circular(7242.5, 0.95));
    var none = MagneticStripes.UP.index(new Beam.XRays(7242.5));
    assertThat(half.beta() - none.beta())
        .isCloseTo(0.5 * (full.beta() - none.beta()), within(1e-14));
    // far from the edge there is next to none
    double far =
        MagneticStripes.UP.index(circular(7000, 1)).beta()
            / MagneticStripes.UP.index(circular(7000, -1)).beta();
    assertThat(far).isCloseTo(1, within(1e-3));
  }

  @Test
  void stripesHaveTheirPeriodAndFollowTheField() {
    for (double m : new double[] {0, 0.5}) {
      var film = new MagneticStripes(2e-6, 400e-9, 1.5e-6, 30e-9, m);
      var field = film.field();
      double[] into = new double[2];
      double up = 0;
      double all = 0;
      int walls = 0;
      int before = field.region(0, -1.2e-6);
      for (int c = 0; c < 2400; c++) {
        double x = (c - 1200) * 1e-9;
        field.thickness(0, x, into);
        up += into[0];
        all += into[0] + into[1];
        int here = field.region(0, x);
        walls += here == before ? 0 : 1;
        before = here;
      }
      assertThat(walls).isEqualTo(12); // 2.4 µm are six periods
      assertThat(2 * up / all - 1).isCloseTo(m, within(0.03));
    }
  }

  /// Henke, Gullikson & Davis (1993), files of CXRO: Gd at 7156.4 eV and at 7578.2 eV.
  @Test
  void gadoliniumIsThatOfTheTables() {
    var atom = Atoms.GADOLINIUM.with(List.of());
    assertThat(atom.f1(7156.42)).isCloseTo(50.96, within(0.5));
    assertThat(atom.f2(7156.42)).isCloseTo(4.150, within(0.1));
    assertThat(atom.f1(7578.23)).isCloseTo(53.88, within(0.5));
    assertThat(atom.f2(7578.23)).isCloseTo(10.61, within(0.2));
  }
}
