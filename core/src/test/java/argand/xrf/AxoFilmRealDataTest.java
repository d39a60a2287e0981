package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.RawFile;
import argand.file.ReadSpectra;
import argand.flow.Watch;
import argand.physics.DetectorElement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The thin-film standard of AXO at 2-ID-E of the Advanced Photon Source: Ca 1.931, Fe 0.504, Cu
/// 0.284 µg/cm².
class AxoFilmRealDataTest {
  private static LineAreas fitted(int element) {
    var how =
        new ReadSpectra(
            OptionalDouble.of(10_000),
            OptionalDouble.of(-4.184),
            OptionalDouble.of(9.58),
            Optional.empty(),
            Optional.of("2xfm:scaler3_cts1.B"),
            List.of(element),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "auto");
    FluorescenceSpectra spectra =
        how.apply(new RawFile(SharedData.file("xrf-aps-2ide/axo_std.mda")), Watch.SILENT);
    assertThat(spectra.grid().orElseThrow().pixelX()).isCloseTo(100e-6, within(1e-7));
    var fit =
        FitLines.of(
            List.of(
                "Si K", "Mo L", "Pb M", "Pd L", "Ar K", "Ca K", "La L", "Cr K", "Fe K", "Ni K",
                "Cu K", "Zn K", "elastic", "Compton"));
    return fit.apply(spectra, Watch.SILENT);
  }

  private static final EnergyDetector VORTEX =
      new EnergyDetector(
          DetectorElement.SILICON,
          350e-6,
          List.of(
              new Layer("Be", 8e-6, OptionalDouble.empty()),
              new Layer("air", 10e-3, OptionalDouble.empty())),
          true);

  /// Copper by iron comes within 10 % in each of the four elements (measured: 4 … 9 % high).
  ///
  /// Calcium comes 43 … 47 % above the listed density, and so does lanthanum above its nominal 1.1
  /// µg/cm². No absorption between sample and detector can explain it: with none at all the counts
  /// of
  /// calcium over those of iron could be 1.0, and they are 1.3. The list may be that of another
  /// piece.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void copperByIron(int element) {
    var areas = fitted(element);
    assertThat(areas.quality().metrics().get("reducedDeviance")).isLessThan(3);
    var found =
        Quantify.by(new Reference.Film("Fe K", 0.504e-5), VORTEX).apply(areas, Watch.SILENT);
    assertThat(found.quality().metrics().get("arealDensity.FeK")).isCloseTo(0.504, within(1e-3));
    assertThat(found.quality().metrics().get("arealDensity.CuK"))
        .isBetween(0.9 * 0.284, 1.1 * 0.284);
  }

  /// The constant of one element of the detector carries over to a later measurement.
  @Test
  void theConstantOfAFilmGivesItsDensityBack() {
    var areas = fitted(1);
    var film = Quantify.by(new Reference.Film("Fe K", 0.504e-5), VORTEX).apply(areas, Watch.SILENT);
    double constant = film.quality().metrics().getOrDefault("quantificationConstant", Double.NaN);
    var again = Quantify.by(new Reference.Constant(constant), VORTEX).apply(areas, Watch.SILENT);
    // pixels are weighted by the beam once and alike the other time
    assertThat(again.quality().metrics().get("arealDensity.FeK")).isCloseTo(0.504, within(5e-3));
    assertThat(areas.exposure().liveShare(0)).isBetween(0.8, 0.9);
  }
}
