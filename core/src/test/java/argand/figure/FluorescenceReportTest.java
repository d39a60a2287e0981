package argand.figure;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FluorescenceReportTest {
  private static String page(argand.data.Product product) {
    return new Report(
            "Fluorescence",
            "recipe",
            List.of(new Report.Result("one", product)),
            new LinkedHashMap<>(),
            List.of(),
            List.of())
        .text();
  }

  @Test
  void aFitIsShownWithItsGroupsItsResidualAndItsMaps() {
    double[] ev = {5000, 5010, 5020, 5030};
    double[] counts = {10, 100, 90, 12};
    var fit =
        new FittedSpectrum(
            "sum",
            ev,
            counts,
            counts,
            new double[] {9, 9, 9, 9},
            List.of("V K"),
            List.of(new double[] {1, 91, 81, 3}));
    var areas =
        new LineAreas(
            List.of(LineGroup.of("V K")),
            new double[][] {{1, 2, 3, 4}},
            new double[][] {{1, 1, 1, 1}},
            Optional.empty(),
            Exposure.UNKNOWN,
            OptionalDouble.empty(),
            Optional.of(Grid.square(2, 2, 1e-6)),
            List.of(),
            List.of(
                new LineAreas.Amount(
                    "V K", "areal density", "µg/cm²", new double[] {1, 2, 3, 4}, Optional.empty())),
            List.of(fit),
            Quality.NONE.withMetric("area.VK", 10),
            Source.NONE);
    assertThat(page(areas))
        .contains(
            "Spectrum, sum", "Groups of lines", "Residual", "V K, areal density", "10 ± 2 counts")
        .doesNotContain("Area.vk");
  }

  @Test
  void spectraAreShownByTheirSum() {
    var spectra =
        FluorescenceSpectra.of(
            SpectrumRows.of(3, new float[] {1, 2, 3, 4, 5, 6}),
            new EnergyCalibration(0, 10),
            Source.NONE);
    assertThat(page(spectra)).contains("Sum of the spectra");
  }
}
