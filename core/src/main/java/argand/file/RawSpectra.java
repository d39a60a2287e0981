package argand.file;

import argand.data.EnergyCalibration;
import argand.data.Exposure;
import argand.data.SpectrumRows;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a reader of spectra found in a file, before it is put together.
///
/// @param calibration absent where the file has none
/// @param rows of the map, 0 where the spectra are of none
/// @param columns of the map
/// @param pixel spacing of rows and of columns [m]; empty where it is not known
public record RawSpectra(
    SpectrumRows counts,
    Optional<EnergyCalibration> calibration,
    Exposure exposure,
    OptionalDouble incidentEv,
    int rows,
    int columns,
    Optional<double[]> pixel,
    List<String> names,
    List<String> notes) {
  /// Spectra of no map, of which nothing more is known.
  public static RawSpectra of(SpectrumRows counts, List<String> notes) {
    return new RawSpectra(
        counts,
        Optional.empty(),
        Exposure.UNKNOWN,
        OptionalDouble.empty(),
        0,
        0,
        Optional.empty(),
        List.of(),
        notes);
  }

  RawSpectra calibrated(Optional<EnergyCalibration> known) {
    return new RawSpectra(counts, known, exposure, incidentEv, rows, columns, pixel, names, notes);
  }

  RawSpectra exposed(Exposure known) {
    return new RawSpectra(
        counts, calibration, known, incidentEv, rows, columns, pixel, names, notes);
  }

  RawSpectra excited(OptionalDouble ev) {
    return new RawSpectra(counts, calibration, exposure, ev, rows, columns, pixel, names, notes);
  }

  RawSpectra map(int mapRows, int mapColumns, Optional<double[]> spacing) {
    return new RawSpectra(
        counts, calibration, exposure, incidentEv, mapRows, mapColumns, spacing, names, notes);
  }

  RawSpectra named(List<String> known) {
    return new RawSpectra(
        counts, calibration, exposure, incidentEv, rows, columns, pixel, known, notes);
  }
}
