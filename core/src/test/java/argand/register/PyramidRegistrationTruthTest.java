package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.register.Transform.Model;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Pictures that are moved by known transforms, with noise.
class PyramidRegistrationTruthTest {
  private static final Grid GRID = Grid.square(200, 240, 1e-6);
  private static final Blobs BLOBS = new Blobs(120, 160, 2.5, 9, 11);

  private static Transform drawn(Model model, Random random) {
    double down = 16 * random.nextDouble() - 8;
    double right = 16 * random.nextDouble() - 8;
    double angle = Math.toRadians(4 * random.nextDouble() - 2);
    double scale = 1 + 0.03 * random.nextDouble() - 0.015;
    return switch (model) {
      case TRANSLATION -> new Transform.Translation(down, right);
      case RIGID -> new Transform.Rigid(angle, down, right);
      case SCALED_ROTATION -> new Transform.ScaledRotation(scale, angle, down, right);
      case AFFINE -> new Transform.Affine(scale, -angle, angle * 0.5, 2 - scale, down, right);
    };
  }

  /// ±8 px, ±2°, ±1.5 %, 1 % noise: the rms over eight draws of the places of the corners, of the
  /// angle and of the scale. What noise allows is some 0.003 px.
  @ParameterizedTest
  @EnumSource(Model.class)
  void transformsComeBack(Model model) {
    var random = new Random(model.ordinal());
    var fixed = BLOBS.seen(GRID, Transform.NONE, 0.01, 1);
    double displacement = 0;
    double angle = 0;
    double scale = 0;
    double untouched = 0;
    int draws = 8;
    for (int k = 0; k < draws; k++) {
      var truth = drawn(model, random);
      var moved = BLOBS.seen(GRID, truth, 0.01, 50 + k);
      var found = new PyramidRegistration(model, true).between(fixed, moved);
      assertThat(found.converged()).isTrue();
      assertThat(found.gain()).isCloseTo(1, within(0.02));
      var a = truth.affine();
      var b = found.transform().affine();
      displacement += square(a.rowsPx() - b.rowsPx()) + square(a.columnsPx() - b.columnsPx());
      untouched += square(a.rowsPx()) + square(a.columnsPx());
      angle += square(b.columnRow() - a.columnRow()) + square(b.rowColumn() - a.rowColumn());
      scale += square(b.rowRow() - a.rowRow()) + square(b.columnColumn() - a.columnColumn());
    }
    assertThat(Math.sqrt(displacement / draws / 2)).isLessThan(0.02);
    assertThat(Math.sqrt(angle / draws / 2)).isLessThan(Math.toRadians(0.01));
    assertThat(Math.sqrt(scale / draws / 2)).isLessThan(2e-4);
    assertThat(Math.sqrt(untouched / draws / 2)).isGreaterThan(2);
  }

  private static double square(double x) {
    return x * x;
  }

  /// A family that does not hold the motion leaves the rest; the misfit says so.
  @Test
  void aFamilyTooNarrowShowsInTheMisfit() {
    var fixed = BLOBS.seen(GRID, Transform.NONE, 0.01, 1);
    var moved = BLOBS.seen(GRID, new Transform.Rigid(Math.toRadians(2), 3, -4), 0.01, 2);
    double rigid = new PyramidRegistration(Model.RIGID, true).between(fixed, moved).misfit();
    double shift = new PyramidRegistration(Model.TRANSLATION, true).between(fixed, moved).misfit();
    assertThat(shift).isGreaterThan(10 * rigid);
  }

  /// Another contrast and brightness are found along the way; without them the place is wrong where
  /// the picture has a slope.
  @Test
  void contrastAndBrightnessDoNotMoveIt() {
    var truth = new Transform.Translation(2.3, -1.7);
    var fixed = BLOBS.seen(GRID, Transform.NONE, 0, 1);
    var moved = BLOBS.seen(GRID, truth, 0.005, 2);
    for (int i = 0; i < GRID.size(); i++) {
      moved.values()[i] = 0.4f * moved.values()[i] + 3;
    }
    var found = new PyramidRegistration(Model.TRANSLATION, true).between(fixed, moved);
    assertThat(found.gain()).isCloseTo(0.4, within(0.004));
    assertThat(found.offset()).isCloseTo(3, within(0.01));
    assertThat(off(found.transform(), truth)).isLessThan(0.02);
    var stiff = new PyramidRegistration(Model.TRANSLATION, false).between(fixed, moved);
    assertThat(off(stiff.transform(), truth)).isGreaterThan(0.1);
  }

  private static double off(Transform found, Transform truth) {
    return Math.hypot(
        found.affine().rowsPx() - truth.affine().rowsPx(),
        found.affine().columnsPx() - truth.affine().columnsPx());
  }

  /// A bright thing that does not move with the sample, and pixels that are missing in either
  /// image.
  @Test
  void whatIsMaskedDoesNotSpeak() {
    var truth = new Transform.Translation(-4.4, 6.1);
    var fixed = BLOBS.seen(GRID, Transform.NONE, 0.01, 1);
    var moved = BLOBS.seen(GRID, truth, 0.01, 2);
    boolean[] good = new boolean[GRID.size()];
    for (int r = 0; r < GRID.rows(); r++) {
      for (int c = 0; c < GRID.columns(); c++) {
        boolean still = Math.hypot(r - 90, c - 100) < 30;
        good[r * GRID.columns() + c] = Math.hypot(r - 90, c - 100) > 45;
        if (still) {
          fixed.set(r, c, 6 + (float) Math.sin(r));
          moved.set(r, c, 6 + (float) Math.sin(r));
        }
        if ((r * 7 + c * 3) % 101 == 0) {
          fixed.set(r, c, Float.NaN);
        }
        if ((r * 5 + c * 11) % 97 == 0) {
          moved.set(r, c, Float.NaN);
        }
      }
    }
    var how = new PyramidRegistration(Model.TRANSLATION, true);
    var masked = how.onto(fixed, Optional.of(new Mask(GRID, good)), Workers.ONE);
    // The moved image is only half clear of the still thing: it lies at another place of the
    // sample.
    assertThat(off(masked.find(moved, Optional.empty()).transform(), truth)).isLessThan(0.1);
    assertThat(off(how.between(fixed, moved).transform(), truth)).isGreaterThan(1);
  }

  @Test
  void threadsChangeNothing() {
    var fixed = BLOBS.seen(GRID, Transform.NONE, 0.01, 1);
    var moved = BLOBS.seen(GRID, new Transform.Rigid(0.02, 3, -4), 0.01, 2);
    var how = new PyramidRegistration(Model.AFFINE, true);
    try (var workers = new Workers(3)) {
      var several =
          how.onto(fixed, Optional.empty(), workers).find(moved, Optional.empty()).transform();
      assertThat(several).isEqualTo(how.between(fixed, moved).transform());
    }
  }

  @Test
  void nothingToSeeIsSaid() {
    var how = new PyramidRegistration(Model.TRANSLATION, true);
    var flat = new RealField(GRID);
    assertThatThrownBy(() -> how.between(BLOBS.seen(GRID, Transform.NONE, 0, 1), flat))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("flat");
    var stripes = new RealField(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      stripes.values()[i] = (float) Math.sin(0.2 * (i % GRID.columns()));
    }
    assertThatThrownBy(() -> how.between(stripes, stripes))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("without structure");
    var other = new RealField(Grid.square(100, 240, 1e-6));
    assertThatThrownBy(() -> how.between(flat, other)).hasMessageContaining("rows");
  }
}
