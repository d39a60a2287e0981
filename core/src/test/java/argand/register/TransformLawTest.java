package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformLawTest {
  private static final List<Transform> ALL =
      List.of(
          new Transform.Translation(1.5, -2.25),
          new Transform.Rigid(0.3, 4, 0.1),
          new Transform.ScaledRotation(1.2, -0.2, -3, 7),
          new Transform.Affine(1.1, 0.2, -0.05, 0.9, 2, -1));
  private static final Grid GRID = Grid.square(101, 64, 1e-6);

  @Test
  void oneAfterAnotherIsTheirProduct() {
    for (var a : ALL) {
      for (var b : ALL) {
        double[] once = b.applied(GRID, 12, 50);
        double[] twice = a.applied(GRID, once[0], once[1]);
        var both = a.after(b);
        assertThat(both.applied(GRID, 12, 50)).containsExactly(twice, within(1e-10));
        assertThat(both.model())
            .isEqualTo(a.model().compareTo(b.model()) > 0 ? a.model() : b.model());
      }
    }
  }

  @Test
  void theInverseGoesBack() {
    for (var a : ALL) {
      double[] there = a.applied(GRID, 12, 50);
      assertThat(a.inverse().applied(GRID, there[0], there[1]))
          .containsExactly(new double[] {12, 50}, within(1e-10));
      assertThat(a.inverse().model()).isEqualTo(a.model());
    }
  }

  /// The centre of pixels 0 and 1 of the fine image is pixel 0 of the image binned by two.
  @Test
  void binnedPixelsMoveAlike() {
    var binned = Grid.square(50, 32, 2e-6);
    var fine = Grid.square(100, 64, 1e-6);
    for (var a : ALL) {
      double[] f = a.applied(fine, 2 * 7 + 0.5, 2 * 20 + 0.5);
      assertThat(a.binned(2).applied(binned, 7, 20))
          .containsExactly(new double[] {(f[0] - 0.5) / 2, (f[1] - 0.5) / 2}, within(1e-10));
    }
  }

  @Test
  void textKeepsEveryDigit() {
    for (var a : ALL) {
      assertThat(Transform.parse(a.text())).isEqualTo(a);
    }
    assertThat(new Transform.Translation(1.5, -2.25).text()).isEqualTo("translation 1.5 -2.25");
  }

  @Test
  void badTextIsNamed() {
    assertThatThrownBy(() -> Transform.parse("warp 1 2"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("warp")
        .hasMessageContaining("rigid");
    assertThatThrownBy(() -> Transform.parse("rigid 1 2"))
        .hasMessage("the transform rigid is 2 numbers; expected 3");
    assertThatThrownBy(() -> Transform.parse("translation 1 x")).hasMessageContaining("x");
    assertThatThrownBy(() -> new Transform.Affine(1, 1, 1, 1, 0, 0))
        .hasMessageContaining("determinant");
  }
}
