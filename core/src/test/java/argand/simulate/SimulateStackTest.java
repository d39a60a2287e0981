package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import argand.data.EnergyStack;
import argand.flow.Maker.MadeStack;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.phantom.CathodeParticle;
import argand.phantom.ChemicalSample;
import argand.phantom.CompositeCathode;
import org.junit.jupiter.api.Test;

class SimulateStackTest {
  private static final CathodeParticle NCA = new CathodeParticle(1, 0.47, 0.58, 0.68);

  private static MadeStack made(
      ChemicalSample sample, FieldMotion motion, TransmissionCamera camera, Watch watch) {
    return new SimulateStack(
            sample, new EnergyScan(8230, 8600, 8342, 24), 96, 96, 30e-9, motion, camera, 2, 5)
        .make(0, watch);
  }

  private static final FieldMotion STILL = new FieldMotion(0, 0, 0);

  /// rms over the field of −ln(I/I₀) less the truth's optical density at energy `e`.
  private static double misfit(EnergyStack measured, EnergyStack truth, int e) {
    var beam = measured.emptyBeam().orElseThrow();
    float[] image = measured.images().plane(e).values();
    float[] flat = beam.flats().plane(e).values();
    float dark = beam.dark().orElseThrow().values()[0];
    float[] density = truth.images().plane(e).values();
    double sum = 0;
    for (int i = 0; i < image.length; i++) {
      double found = -Math.log((image[i] - dark) / (flat[i] - dark));
      sum += (found - density[i]) * (found - density[i]);
    }
    return Math.sqrt(sum / image.length);
  }

  @Test
  void countsHoldTheTruthAndNothingButShotNoise() {
    var made = made(NCA, STILL, new TransmissionCamera(60_000, 0.05, 100, 100, 0, 0), Watch.SILENT);
    for (int e : new int[] {0, 12, 23}) {
      // 1/√60000 and more where the sample is thick; the mean of the transmission over the rim's
      // pixels is not that of the mean amount
      assertThat(misfit(made.stack(), made.truth(), e)).isBetween(0.004, 0.012);
    }
    // the negative control: of another energy it is far off
    assertThat(misfit(made.stack(), reversed(made.truth()), 0)).isGreaterThan(0.1);
  }

  private static EnergyStack reversed(EnergyStack truth) {
    int[] order = java.util.stream.IntStream.range(0, 24).map(e -> 23 - e).toArray();
    return truth.withImages(
        truth.images().select(order), java.util.Optional.empty(), truth.quantity());
  }

  @Test
  void theImageMovesAsTheTruthSays() {
    var camera = new TransmissionCamera(60_000, 0, 100, 100, 0, 0);
    var made = made(NCA, new FieldMotion(3, 0.3, 0.02), camera, Watch.SILENT);
    var moved = made.truth().findings().transforms().orElseThrow();
    for (int e : new int[] {2, 20}) {
      var place = moved.of().get(e);
      double[] found = centre(made.stack(), e);
      double[] still = centreOfTruth(made.truth(), e);
      // the centre of what is missing from the beam moves with the image, and grows with it
      assertThat(found[0]).isCloseTo(still[0] * place.m00() + place.row0(), within(0.1));
      assertThat(found[1]).isCloseTo(still[1] * place.m11() + place.column0(), within(0.1));
      assertThat(Math.hypot(place.row0(), place.column0())).isGreaterThan(0.5);
    }
    assertThat(moved.of().getLast().m00() / moved.of().getFirst().m00())
        .isCloseTo(1.02, within(1e-3));
  }

  private static double[] centre(EnergyStack stack, int e) {
    var beam = stack.emptyBeam().orElseThrow();
    float[] image = stack.images().plane(e).values();
    float[] flat = beam.flats().plane(e).values();
    double[] density = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      density[i] = -Math.log((image[i] - 100.0) / (flat[i] - 100.0));
    }
    return centre(density);
  }

  private static double[] centreOfTruth(EnergyStack truth, int e) {
    float[] plane = truth.images().plane(e).values();
    double[] density = new double[plane.length];
    for (int i = 0; i < density.length; i++) {
      density[i] = plane[i];
    }
    return centre(density);
  }

  /// Of all that is denser than the empty field, from the middle of the image.
  private static double[] centre(double[] density) {
    double row = 0;
    double column = 0;
    double weight = 0;
    for (int i = 0; i < density.length; i++) {
      double above = density[i] > 0.15 ? density[i] - 0.04 : 0;
      row += above * (i / 96 - 47.5);
      column += above * (i % 96 - 47.5);
      weight += above;
    }
    return new double[] {row / weight, column / weight};
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
    var camera = new TransmissionCamera(2500, 0.05, 100, 10, 0, 4);
    var motion = new FieldMotion(3, 0.3, 0);
    try (var two = new Workers(2)) {
      var onTwo =
          new QuietWatch() {
            @Override
            public Workers workers() {
              return two;
            }
          };
      var a = made(NCA, motion, camera, Watch.SILENT).stack();
      var b = made(NCA, motion, camera, onTwo).stack();
      for (int e = 0; e < a.count(); e++) {
        assertThat(b.images().plane(e).values()).isEqualTo(a.images().plane(e).values());
      }
    }
  }

  @Test
  void aCompositeCathodeHasAllItsRegions() {
    var sample = new CompositeCathode(0.6, 0.2, 0.01, 300, 1);
    var camera = new TransmissionCamera(2500, 0.05, 100, 10, 0, 0);
    var truth = made(sample, STILL, camera, Watch.SILENT).truth();
    var clusters = truth.findings().clusters().orElseThrow();
    assertThat(clusters.count()).isEqualTo(4);
    for (int k = 0; k < 4; k++) {
      assertThat(clusters.pixels(k)).as(clusters.means().get(k).name()).isGreaterThan(150);
    }
  }

  @Test
  void valencesDifferWhereTheyShould() {
    var three = CathodeParticle.NI_III;
    var four = CathodeParticle.NI_IV;
    assertThat(three.normalized(8342)).isGreaterThan(four.normalized(8342) + 0.1);
    assertThat(three.normalized(8300)).isCloseTo(0, within(0.03));
    assertThat(three.normalized(8590)).isCloseTo(1, within(0.03));
  }
}
