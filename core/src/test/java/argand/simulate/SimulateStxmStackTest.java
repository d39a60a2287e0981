package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Maker;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.metric.SeriesComparison;
import argand.phantom.OxideParticles;
import argand.phantom.PhosphatePlatelet;
import argand.phantom.SpectralSample;
import argand.physics.ZonePlate;
import argand.register.PhaseCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulateStxmStackTest {
  private static final OxideParticles PARTICLES = new OxideParticles(40, 30e-9, 0.08, 400e-9, 1);
  private static final FieldMotion STILL = new FieldMotion(0, 0, 0);

  private static SimulateStxmStack stxm(
      SpectralSample sample, int side, double pixel, double outerZone, double leak, double counts) {
    return stxm(
        sample, side, pixel, new ZonePlate(240e-6, outerZone, 95e-6, 0, 0, 0), leak, counts);
  }

  private static SimulateStxmStack stxm(
      SpectralSample sample, int side, double pixel, ZonePlate plate, double leak, double counts) {
    return new SimulateStxmStack(
        sample,
        List.of(704.0, 709.8, 716.0),
        side,
        side,
        pixel,
        plate,
        counts,
        0,
        leak,
        STILL,
        0,
        4,
        1);
  }

  /// Optical density of the counts, by those without a sample.
  private static EnergyStack density(Maker.MadeStack made, double counts) {
    var planes = new ArrayList<RealField>();
    for (int e = 0; e < made.stack().count(); e++) {
      var plane = made.stack().images().plane(e);
      for (int i = 0; i < plane.values().length; i++) {
        plane.values()[i] = (float) -Math.log(plane.values()[i] / counts);
      }
      planes.add(plane);
    }
    return EnergyStack.of(
        made.stack().energyEv(), Planes.of(planes), Quantity.OPTICAL_DENSITY, Source.NONE);
  }

  private static double metric(Quality quality, String name) {
    return quality.metrics().getOrDefault(name, Double.NaN);
  }

  @Test
  void aSpotOfTheSizeOfAParticleDilutesItsPeak() {
    // so many counts that noise does not matter
    var coarse = stxm(PARTICLES, 100, 10e-9, 29e-9, 0, 1e7).make(0, Watch.SILENT);
    var wide = SeriesComparison.between(density(coarse, 1e7), coarse.truth());
    assertThat(metric(wide, "registeredTo")).isGreaterThan(0.85);
    assertThat(metric(wide, "peakHeightError")).isLessThan(-0.15);
    // the control: through a spot much smaller than the particles, without rings, it is there
    var sharp = new ZonePlate(240e-6, 3e-9, 0, 0, 0, 0);
    var fine = stxm(PARTICLES, 100, 10e-9, sharp, 0, 1e7).make(0, Watch.SILENT);
    var narrow = SeriesComparison.between(density(fine, 1e7), fine.truth());
    assertThat(metric(narrow, "peakHeightError")).isBetween(-0.1, 0.02);
  }

  @Test
  void withoutSampleThereAreAllCountsAndALeakFillsADarkPixel() {
    var thick = new PhosphatePlatelet(1e-6, 3e-6, 3e-6, 10e-9, 10e-9, 0.3);
    var made = stxm(thick, 64, 25e-9, 35e-9, 0.02, 1e4).make(0, Watch.SILENT);
    var tight = stxm(thick, 64, 25e-9, 35e-9, 0, 1e4).make(0, Watch.SILENT);
    var image = made.stack().images().plane(1);
    double sum = 0;
    for (int r = 0; r < 64; r++) {
      sum += image.at(r, 1);
    }
    // shot noise of 64 pixels of 10⁴ counts: 0.13 %
    assertThat(sum / 64).isCloseTo(1e4, within(60.0));
    // 3 µm at the peak let nothing through: what is left beside the rings are 2 % of the light
    assertThat(image.at(32, 32) - tight.stack().images().plane(1).at(32, 32))
        .isCloseTo(200, within(80f));
    assertThat(made.stack().emptyBeam()).isEmpty();
  }

  @Test
  void theImageLiesWhereTheTruthHasIt() {
    var even = new PhosphatePlatelet(2e-6, 100e-9, 100e-9, 10e-9, 10e-9, 0.3);
    var made = stxm(even, 120, 20e-9, 25e-9, 0, 1e6).make(0, Watch.SILENT);
    var found = density(made, 1e6);
    var quality = SeriesComparison.between(found, made.truth());
    assertThat(metric(quality, "registeredTo")).isGreaterThan(0.99);
    var away =
        PhaseCorrelation.PLAIN.between(made.truth().images().plane(0), found.images().plane(0));
    // before the edge both ends absorb alike; a point of the computed field would be 0.25
    assertThat(away.rowsPx()).isCloseTo(0, within(0.05));
    assertThat(away.columnsPx()).isCloseTo(0, within(0.05));
  }

  @Test
  void sameSeedSameBitsWhateverTheThreads() {
    var three = new Workers(3);
    var one = stxm(PARTICLES, 32, 20e-9, 25e-9, 0, 1e4).make(0, Watch.SILENT);
    var same =
        stxm(PARTICLES, 32, 20e-9, 25e-9, 0, 1e4)
            .make(
                0,
                new QuietWatch() {
                  @Override
                  public Workers workers() {
                    return three;
                  }
                });
    for (int e = 0; e < 3; e++) {
      assertThat(same.stack().images().plane(e).values())
          .isEqualTo(one.stack().images().plane(e).values());
    }
  }

  @Test
  void allLightCannotLeak() {
    assertThatThrownBy(() -> stxm(PARTICLES, 32, 20e-9, 25e-9, 1, 1e4))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("less than 1 together");
    assertThat(Optional.of(PARTICLES.regions())).contains(List.of("particles"));
  }
}
