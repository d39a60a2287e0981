package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.FittedSpectrum;
import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.Quality;
import argand.data.Source;
import argand.data.SpectrumRows;
import argand.physics.LineGroup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FluorescenceKeptTest {
  private static final Grid GRID = new Grid(2, 3, 1e-6, 2e-6);

  @TempDir Path folder;

  @Test
  void spectraComeBackFromTheFile() {
    int channels = 700;
    float[] counts = new float[6 * channels];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = i;
    }
    var kept =
        FluorescenceSpectra.of(
                SpectrumRows.of(channels, counts),
                new EnergyCalibration(-4.2, 9.52, 1e-5),
                Source.file("map.mda"))
            .withExposure(
                Exposure.ofTimes(new double[] {1, 1, 1, 1, 1, 2}, new double[] {.9, .8, 1, 1, 1, 1})
                    .withIncident(new double[] {1, 2, 3, 4, 5, 6}, false))
            .withIncidentEv(10e3)
            .withGrid(GRID);
    Path file = folder.resolve("spectra.h5");
    ResultWriter.write(file, kept, "recipe", "plan");
    var back = (FluorescenceSpectra) ResultReader.product(file);
    try (var rows = back.counts()) {
      float[] some = new float[3 * channels + 5];
      rows.read(2, 3, some, 5);
      assertThat(some[5]).isEqualTo(2 * channels);
      assertThat(some[some.length - 1]).isEqualTo(5 * channels - 1);
      assertThat(rows.sum()).isEqualTo(kept.counts().sum());
      assertThat(back.calibration()).isEqualTo(kept.calibration());
      assertThat(back.grid()).contains(GRID);
      assertThat(back.incidentEv()).hasValue(10e3);
      assertThat(back.exposure().liveShare(5)).isEqualTo(0.5);
      assertThat(back.exposure().photons()).isFalse();
      assertThat(back.exposure().incident().orElseThrow()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(back.source().files()).containsExactly("map.mda");
    }
  }

  @Test
  void areasComeBackWithAmountsFitsAndMaps() {
    double[][] areas = {{1, 2, 3, 4, 5, 6}, {0, 0, 1, 1, 2, Double.NaN}};
    double[][] sigma = {{.1, .2, .3, .4, .5, .6}, {1, 1, 1, 1, 1, Double.NaN}};
    double[][] covariance = new double[6][3];
    covariance[4][1] = -0.25;
    var ev = new double[] {100, 110};
    var kept =
        new LineAreas(
            List.of(LineGroup.of("Mn K"), LineGroup.ELASTIC),
            areas,
            sigma,
            Optional.of(covariance),
            Exposure.UNKNOWN,
            OptionalDouble.of(9000),
            Optional.of(GRID),
            List.of(),
            List.of(
                new LineAreas.Amount(
                    "Mn", "areal density", "kg/m2", areas[0], Optional.of(sigma[0]))),
            List.of(
                new FittedSpectrum(
                    "sum", ev, ev, ev, ev, List.of("Mn K"), List.of(new double[] {7, 8}))),
            Quality.NONE.withMetric("reducedChiSquare", 1.2),
            Source.NONE);
    Path file = folder.resolve("areas.h5");
    ResultWriter.write(file, kept, "recipe", "plan");
    var back = (LineAreas) ResultReader.product(file);
    assertThat(back.groups()).isEqualTo(kept.groups());
    assertThat(Arrays.deepEquals(back.areas(), areas)).isTrue();
    assertThat(Arrays.deepEquals(back.sigma(), sigma)).isTrue();
    assertThat(back.covariance(4, 0, 1)).hasValue(-0.25);
    assertThat(back.covariance(4, 1, 0)).hasValue(-0.25);
    assertThat(back.amounts().getFirst().values()).containsExactly(areas[0]);
    assertThat(back.fits().getFirst().parts().getFirst()).containsExactly(7, 8);
    assertThat(back.quality().metrics()).containsEntry("reducedChiSquare", 1.2);
    assertThat(back.maps().stream().map(m -> m.name()))
        .containsExactly("Mn K", "elastic", "Mn, areal density");
    try (var h5 = Hdf5.open(file)) {
      assertThat(h5.floats("/entry/found/maps/map_002/data")).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }
}
