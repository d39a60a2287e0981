package argand.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.physics.Beam;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhantomTest {
  private static final Beam BEAM = new Beam.XRays(8000);
  private static final SiemensStar STAR =
      new SiemensStar(3e-6, 0.3e-6, 24, 1e-6, 0, 4.77e-5, 4.96e-6);
  private static final SiemensStar SLOPING =
      new SiemensStar(3e-6, 0.3e-6, 24, 1e-6, 0.1e-6, 4.77e-5, 4.96e-6);
  private static final Particles SPHERES =
      new Particles(Particles.Shape.SPHERES, 30, 0.8e-6, 0.3, 3e-6, 0.2, 4.77e-5, 4.96e-6, 7);
  private static final Particles PLATELETS =
      new Particles(Particles.Shape.PLATELETS, 30, 0.8e-6, 0.3, 3e-6, 0.2, 4.77e-5, 4.96e-6, 7);
  private static final Texture TEXTURE = new Texture(0.4e-6, 0.6, 1, 2, 7);

  static Stream<Phantom> all() {
    return Stream.of(
        STAR, SLOPING, SPHERES, PLATELETS, TEXTURE, new Layers(List.of(STAR, TEXTURE)));
  }

  /// An odd factor: the 3 × 3 fine pixels of a coarse pixel share its centre. The coarse pixel is
  /// the mean of the fine ones up to the points an edge is sampled at (8 or 9 a pixel and side: 1/8
  /// of a pixel's contrast at worst) and, for the texture, which is sampled at pixel centres, up to
  /// its curvature.
  @ParameterizedTest
  @MethodSource("all")
  void aCoarserGridShowsTheSameSample(Phantom phantom) {
    var fine = phantom.draw(Grid.square(3 * 101, 3 * 101, 20e-9), BEAM);
    var coarse = phantom.draw(Grid.square(101, 101, 60e-9), BEAM);
    double squares = 0;
    double contrast = 0;
    for (int r = 0; r < 101; r++) {
      for (int c = 0; c < 101; c++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < 9; i++) {
          re += fine.re(3 * r + i / 3, 3 * c + i % 3) / 9;
          im += fine.im(3 * r + i / 3, 3 * c + i % 3) / 9;
        }
        squares += Math.pow(coarse.re(r, c) - re, 2) + Math.pow(coarse.im(r, c) - im, 2);
        contrast += Math.pow(re - 1, 2) + im * im;
      }
    }
    assertThat(contrast).isGreaterThan(100);
    assertThat(Math.sqrt(squares / contrast)).isLessThan(0.03);
  }

  @ParameterizedTest
  @MethodSource("all")
  void denserIsDarkerAndMoreNegativeInPhase(Phantom phantom) {
    var drawn = phantom.draw(Grid.square(128, 128, 50e-9), BEAM);
    double im = 0;
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        assertThat(Math.hypot(drawn.re(r, c), drawn.im(r, c))).isLessThan(1 + 1e-6);
        im += drawn.im(r, c);
      }
    }
    assertThat(im).isNegative();
  }

  @Test
  void aStarHasVacuumMatterAndTheRightSpokes() {
    var drawn = STAR.draw(Grid.square(401, 401, 20e-9), BEAM);
    // k t with k = 2π/0.154980 nm = 4.0542e10/m and t = 1 µm: φ = −1.9338, |T| = exp(−0.20109)
    double angle = Math.PI / 48;
    assertThat(phase(drawn, 2e-6, angle)).isCloseTo(-1.9338, within(1e-3));
    assertThat(amplitude(drawn, 2e-6, angle)).isCloseTo(Math.exp(-0.20109), within(1e-4));
    int changes = 0;
    for (int k = 0; k < 4800; k++) {
      boolean here = amplitude(drawn, 2e-6, 2 * Math.PI * (k + 0.5) / 4800) < 0.9;
      boolean next = amplitude(drawn, 2e-6, 2 * Math.PI * (k + 1.5) / 4800) < 0.9;
      changes += here == next ? 0 : 1;
    }
    assertThat(changes).isEqualTo(48);
    assertThat(amplitude(drawn, 0.1e-6, angle)).isEqualTo(1);
    assertThat(amplitude(drawn, 3.2e-6, angle)).isEqualTo(1);
  }

  @Test
  void sidewallsRiseLinearlyAboutTheEdge() {
    // along the middle of a spoke over the rim at 3 µm: thickness 1, ½, 0 at −50, 0, +50 nm
    var drawn = SLOPING.draw(Grid.square(1401, 1401, 5e-9), BEAM);
    double angle = Math.PI / 48;
    double[] shares = {1, 0.75, 0.5, 0.25, 0};
    for (int k = 0; k < 5; k++) {
      double radius = 2.95e-6 + k * 0.025e-6;
      int r = 700 + (int) Math.rint(radius * Math.sin(angle) / 5e-9);
      int c = 700 + (int) Math.rint(radius * Math.cos(angle) / 5e-9);
      double found = -Math.log(Math.hypot(drawn.re(r, c), drawn.im(r, c))) / 0.20109;
      // half a pixel of 5 nm along a slope of 100 nm, and the curvature of the exponential
      assertThat(found).isCloseTo(shares[k], within(0.04));
    }
  }

  private static double amplitude(ComplexField field, double radius, double angle) {
    int r = 200 + (int) Math.rint(radius * Math.sin(angle) / 20e-9);
    int c = 200 + (int) Math.rint(radius * Math.cos(angle) / 20e-9);
    return Math.hypot(field.re(r, c), field.im(r, c));
  }

  private static double phase(ComplexField field, double radius, double angle) {
    int r = 200 + (int) Math.rint(radius * Math.sin(angle) / 20e-9);
    int c = 200 + (int) Math.rint(radius * Math.cos(angle) / 20e-9);
    return Math.atan2(field.im(r, c), field.re(r, c));
  }

  @Test
  void oneSphereHasItsVolume() {
    // A weak sphere: −Im T ≈ kδt, summed over the plane kδ·(4/3)πR³
    var sphere = new Particles(Particles.Shape.SPHERES, 1, 2e-6, 0, 1e-9, 1, 1e-7, 0, 3);
    var drawn = sphere.draw(Grid.square(128, 128, 25e-9), BEAM);
    double sum = 0;
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        sum -= drawn.im(r, c) * 25e-9 * 25e-9;
      }
    }
    double expected = 2 * Math.PI / BEAM.wavelength() * 1e-7 * 4.0 / 3 * Math.PI * 1e-18;
    // 240 points across: the rim costs 1e-4; floats near 1 another 1e-3 of a phase of 8e-3
    assertThat(sum / expected).isCloseTo(1, within(1e-3));
  }

  @Test
  void aTextureFillsItsRanges() {
    var drawn = TEXTURE.draw(Grid.square(256, 256, 60e-9), BEAM);
    var amplitude = drawn.amplitude();
    var phase = drawn.phase();
    assertThat(amplitude.min()).isBetween(0.6f, 0.65f);
    assertThat(amplitude.max()).isBetween(0.95f, 1f);
    assertThat(phase.min()).isBetween(-2f, -1.9f);
    assertThat(phase.max()).isBetween(-0.1f, 0f);
    // evenly distributed: mean 0.8 and −1; a field of 38 periods leaves 0.29·range/20 or so
    assertThat(amplitude.sum() / (256 * 256)).isCloseTo(0.8, within(0.02));
    assertThat(phase.sum() / (256 * 256)).isCloseTo(-1, within(0.1));
  }

  @Test
  void seedDecides() {
    var grid = Grid.square(64, 64, 60e-9);
    var other = new Texture(0.4e-6, 0.6, 1, 2, 8);
    assertThat(TEXTURE.draw(grid, BEAM).re()).isEqualTo(TEXTURE.draw(grid, BEAM).re());
    assertThat(TEXTURE.draw(grid, BEAM).re()).isNotEqualTo(other.draw(grid, BEAM).re());
  }

  @Test
  void nothingIsVacuum() {
    var drawn = new Layers(List.of()).draw(Grid.square(8, 8, 1e-6), BEAM);
    assertThat(drawn.power()).isEqualTo(64);
    assertThatThrownBy(() -> new Texture(1e-6, 0.9, 0.6, 2, 1)).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> new SiemensStar(1e-6, 2e-6, 8, 1e-6, 0, 0, 0))
        .isInstanceOf(InvalidInput.class);
  }
}
