package argand.data;

import argand.array.Check;
import argand.array.Grid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// X-ray fluorescence spectra of one energy-dispersive detector: of the pixels of a map, of a
/// series of illumination patterns, or a single one.
///
/// @param counts spectra × channels, as counted: not corrected for dead time
/// @param calibration energy of the channels
/// @param exposure times and incident beam of each spectrum, as far as they are known
/// @param incidentEv energy of the exciting beam [eV]; empty where it is not known
/// @param grid whose pixels the spectra are, row by row; empty where they are of no map
/// @param names of the spectra; empty where they have none
public record FluorescenceSpectra(
    SpectrumRows counts,
    EnergyCalibration calibration,
    Exposure exposure,
    OptionalDouble incidentEv,
    Optional<Grid> grid,
    List<String> names,
    Quality quality,
    Source source)
    implements Product {
  public FluorescenceSpectra {
    names = List.copyOf(names);
    exposure.mustBeOf(counts.count());
    incidentEv.ifPresent(ev -> Check.within("energy of the beam", ev, 100, 1e6, "eV"));
    grid.ifPresent(g -> Check.same("pixels of the map", g.size(), counts.count()));
    if (!names.isEmpty()) {
      Check.same("number of names", names.size(), counts.count());
    }
  }

  /// Nothing known but their calibration.
  public static FluorescenceSpectra of(
      SpectrumRows counts, EnergyCalibration calibration, Source source) {
    return new FluorescenceSpectra(
        counts,
        calibration,
        Exposure.UNKNOWN,
        OptionalDouble.empty(),
        Optional.empty(),
        List.of(),
        Quality.NONE,
        source);
  }

  /// Number of spectra.
  public int count() {
    return counts.count();
  }

  public int channels() {
    return counts.channels();
  }

  /// The name of a spectrum, or its number from 1.
  public String name(int index) {
    return names.isEmpty() ? "spectrum " + (index + 1) : names.get(index);
  }

  public FluorescenceSpectra withCounts(SpectrumRows other) {
    return new FluorescenceSpectra(
        other, calibration, exposure, incidentEv, grid, names, quality, source);
  }

  public FluorescenceSpectra withCalibration(EnergyCalibration other) {
    return new FluorescenceSpectra(
        counts, other, exposure, incidentEv, grid, names, quality, source);
  }

  public FluorescenceSpectra withExposure(Exposure other) {
    return new FluorescenceSpectra(
        counts, calibration, other, incidentEv, grid, names, quality, source);
  }

  public FluorescenceSpectra withIncidentEv(double ev) {
    return new FluorescenceSpectra(
        counts, calibration, exposure, OptionalDouble.of(ev), grid, names, quality, source);
  }

  public FluorescenceSpectra withGrid(Grid of) {
    return new FluorescenceSpectra(
        counts, calibration, exposure, incidentEv, Optional.of(of), names, quality, source);
  }

  public FluorescenceSpectra withQuality(Quality other) {
    return new FluorescenceSpectra(
        counts, calibration, exposure, incidentEv, grid, names, other, source);
  }

  public FluorescenceSpectra withSource(Source other) {
    return new FluorescenceSpectra(
        counts, calibration, exposure, incidentEv, grid, names, quality, other);
  }

  /// With one more line in the history of its source.
  public FluorescenceSpectra withStep(String step) {
    return withSource(source.withStep(step));
  }
}
