package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.Clusters;
import argand.data.EnergyStack;
import argand.data.Shape;
import argand.data.Spectrum;
import argand.flow.Watch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskTruthTest {
  private static final NcaParticle NCA = new NcaParticle(160);
  private static final EnergyStack FITTED = NCA.fitted(NCA.measured(20_000, 3));

  private static MaskBy above(String map, String limit) {
    return new MaskBy(map, Optional.of(limit), Optional.empty());
  }

  private static MaskBy below(String map, String limit) {
    return new MaskBy(map, Optional.empty(), Optional.of(limit));
  }

  private static double overlap(Mask a, Mask b) {
    int both = 0;
    int any = 0;
    for (int i = 0; i < a.good().length; i++) {
      both += a.good()[i] && b.good()[i] ? 1 : 0;
      any += a.good()[i] || b.good()[i] ? 1 : 0;
    }
    return (double) both / any;
  }

  private static double defectsLeft(Mask mask) {
    int left = 0;
    int all = 0;
    for (int i = 0; i < NCA.defect.length; i++) {
      all += NCA.defect[i] ? 1 : 0;
      left += NCA.defect[i] && mask.good()[i] ? 1 : 0;
    }
    return (double) left / all;
  }

  /// Figure 4 of Ge & Lee 2020: the thickness removes the surroundings and the small particles, the
  /// fitting error the stripe; either alone does not.
  @Test
  void thicknessAndErrorOneAfterTheOtherRemoveAllDefects() {
    var thick = above("thickness", "0.2").apply(FITTED, Watch.SILENT);
    var both = below("fitting error", "1").apply(thick, Watch.SILENT);
    assertThat(defectsLeft(both.mask())).isZero();
    assertThat(overlap(both.mask(), NCA.particle())).isGreaterThan(0.95);
    assertThat(both.source().steps()).hasSize(2);
    assertThat(both.source().steps().getLast()).startsWith("maskBy “fitting error” below 1 leaves");
    float[] error = FITTED.findings().map("fitting error").orElseThrow().values().values();
    float[] thickness = FITTED.findings().map("thickness").orElseThrow().values().values();
    for (int i = 0; i < error.length; i++) {
      assertThat(both.mask().good()[i]).isEqualTo(thickness[i] >= 0.2f && error[i] <= 1);
    }
    // The control: the thickness by itself.
    assertThat(defectsLeft(thick.mask())).isGreaterThan(0.5);
  }

  @Test
  void theParticleIsFoundByItself() {
    var found = AutoMask.defaults().apply(FITTED, Watch.SILENT);
    assertThat(overlap(found.mask(), NCA.particle())).isGreaterThan(0.95);
    assertThat(defectsLeft(found.mask())).isLessThan(0.02);
    // The control: the stripe is as thick as the particle, and stays.
    var plain = new MaskOtsu("thickness", MaskOtsu.Side.ABOVE).apply(FITTED, Watch.SILENT);
    assertThat(defectsLeft(plain.mask())).isGreaterThan(0.5);
  }

  @Test
  void anImageOfTheStackMayDecide() {
    var density = NCA.measured(20_000, 3);
    var white = above("8.355 keV", "0.3").apply(density, Watch.SILENT);
    float[] plane = density.images().inMemory(42).orElseThrow();
    assertThat(density.energyEv()[42]).isEqualTo(8355);
    for (int i = 0; i < plane.length; i++) {
      assertThat(white.mask().good()[i]).isEqualTo(plane[i] >= 0.3f);
    }
  }

  @Test
  void shapesClustersAndForms() {
    var box = new Shape.Rectangle(10, 20, 30, 40);
    var inside = new MaskShape(box, MaskShape.Side.INSIDE).apply(FITTED, Watch.SILENT);
    assertThat(inside.mask().count()).isEqualTo(1200);
    var hole =
        new MaskShape(new Shape.Ellipse(25, 40, 5, 5), MaskShape.Side.OUTSIDE)
            .apply(inside, Watch.SILENT);
    assertThat(hole.mask().count()).isEqualTo(1200 - 81);
    var filled = new MaskForm(0, 0, true, 0, 0).apply(hole, Watch.SILENT);
    assertThat(filled.mask().count()).isEqualTo(1200);
    var eroded = new MaskForm(0, 0, false, 0, 1).apply(filled, Watch.SILENT);
    assertThat(eroded.mask().count()).isEqualTo(28 * 38);
    var triangle =
        new Shape.Polygon(
            List.of(
                new Shape.Polygon.Corner(-0.5, -0.5),
                new Shape.Polygon.Corner(9.5, -0.5),
                new Shape.Polygon.Corner(-0.5, 9.5)));
    // Half of 10 × 10, of the diagonal's pixels none lies inside.
    assertThat(triangle.mask(NCA.grid).count()).isEqualTo(45);
    int[] label = NCA.region;
    var means =
        List.of("a", "b", "c").stream()
            .map(
                name ->
                    Spectrum.of(
                        name, FITTED.energyEv(), new double[FITTED.count()], FITTED.quantity()))
            .toList();
    var clustered =
        FITTED.withFindings(FITTED.findings().with(new Clusters(NCA.grid, label, means)));
    var kept = new MaskCluster(List.of(1, 3), List.of()).apply(clustered, Watch.SILENT);
    var dropped = new MaskCluster(List.of(), List.of(2)).apply(clustered, Watch.SILENT);
    assertThat(kept.mask().good()).isEqualTo(dropped.mask().good());
    for (int i = 0; i < label.length; i++) {
      assertThat(kept.mask().good()[i]).isEqualTo(label[i] == 0 || label[i] == 2);
    }
  }

  @Test
  void whatCannotBeIsSaidInOneSentence() {
    assertThatThrownBy(() -> above("Ni5+", "1").apply(FITTED, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("'Ni5+', which no step before has found")
        .hasMessageContaining("one of thickness, Ni3+, Ni4+, fitting error")
        .hasMessageContaining("mean, or an energy such as");
    assertThatThrownBy(() -> above("thickness", "9").apply(FITTED, Watch.SILENT))
        .hasMessageContaining(
            "maskBy “thickness” above 9 is masking all 25600 pixels that were good before");
    assertThatThrownBy(() -> above("thickness", "0.2 µm").apply(FITTED, Watch.SILENT))
        .hasMessageContaining("a number without unit");
    assertThatThrownBy(() -> above("thickness", "much").apply(FITTED, Watch.SILENT))
        .hasMessageContaining("'much'; expected a number");
    assertThatThrownBy(() -> above("7000 eV", "1").apply(FITTED, Watch.SILENT))
        .hasMessageContaining("expected 8230.0 … ");
    assertThatThrownBy(() -> new MaskBy("thickness", Optional.empty(), Optional.empty()))
        .hasMessageContaining("above, below or both");
    assertThatThrownBy(() -> new MaskCluster(List.of(1), List.of()).apply(FITTED, Watch.SILENT))
        .hasMessageContaining("a step cluster before it");
  }
}
