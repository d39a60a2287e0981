package argand.file;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.physics.Beam;
import argand.physics.Constants;
import argand.physics.Geometry;
import argand.physics.Polarization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Writes a measurement as CXI, so that {@link CxiReader} and other programs read it.
///
/// Whole counts are stored as unsigned 16-bit or 32-bit integers and anything else as 32-bit
/// floats, one frame a chunk, shuffled and deflated. What CXI has no place for (near field, focus
/// distance, start probe) stands beside it, see `docs/formats/cxi.md`.
public final class CxiWriter {
  private CxiWriter() {}

  private static final String ENTRY = "/entry_1";
  private static final String DETECTOR = ENTRY + "/instrument_1/detector_1";
  private static final String SOURCE = ENTRY + "/instrument_1/source_1";
  private static final String TRANSLATION = ENTRY + "/sample_1/geometry_1/translation";

  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(Path file, DiffractionScan scan) {
    write(file, scan, Map.of());
  }

  /// @param texts paths and texts to keep beside the measurement
  static void write(Path file, DiffractionScan scan, Map<String, String> texts) {
    try (var out = Hdf5.create(file)) {
      out.write("/cxi_version", 160L);
      out.write("/number_of_entries", 1L);
      out.attribute("/", "creator", "Argand");
      frames(out, DETECTOR + "/data", scan.frames());
      var calibration = scan.frames().calibration();
      calibration.darks().ifPresent(darks -> frames(out, DETECTOR + "/data_dark", darks));
      calibration.flats().ifPresent(flats -> frames(out, DETECTOR + "/data_white", flats));
      geometry(out, scan.geometry());
      positions(out, scan);
      scan.mask().ifPresent(mask -> mask(out, mask));
      scan.probe().ifPresent(probe -> probe(out, probe));
      out.softLink(ENTRY + "/data_1/data", DETECTOR + "/data");
      out.softLink(ENTRY + "/data_1/translation", TRANSLATION);
      out.write(ENTRY + "/notes", scan.source().notes());
      texts.forEach(out::write);
      out.commit();
    }
  }

  private static void frames(Hdf5Writer out, String path, Frames frames) {
    Grid grid = frames.grid();
    var field = new RealField(grid);
    boolean whole = true;
    float largest = 0;
    for (int j = 0; j < frames.count(); j++) {
      frames.read(j, field);
      for (float value : field.values()) {
        whole &= value == Math.rint(value) && value >= 0;
        largest = Math.max(largest, value);
      }
    }
    var storage = Hdf5Storage.chunked(1, grid.rows(), grid.columns()).deflated(1).growable();
    long[] none = {0, grid.rows(), grid.columns()};
    if (whole && largest < 65536) {
      out.write(path, new short[0], storage, none);
    } else if (whole && largest < 4294967296f) {
      out.writeUnsigned(path, new int[0], storage, none);
    } else {
      out.write(path, new float[0], storage, none);
    }
    for (int j = 0; j < frames.count(); j++) {
      frames.read(j, field);
      out.append(path, field.values());
    }
  }

  private static void geometry(Hdf5Writer out, Geometry geometry) {
    Beam beam = geometry.beam();
    out.write(SOURCE + "/energy", Constants.PLANCK * Constants.LIGHT_SPEED / beam.wavelength());
    out.attribute(SOURCE + "/energy", "units", "J");
    beam.polarization().ifPresent(polarization -> stokes(out, SOURCE, polarization));
    out.write(SOURCE + "/wavelength", beam.wavelength());
    out.attribute(SOURCE + "/wavelength", "units", "m");
    Grid detector = geometry.detector();
    out.write(DETECTOR + "/distance", geometry.distance());
    out.write(DETECTOR + "/x_pixel_size", detector.pixelX());
    out.write(DETECTOR + "/y_pixel_size", detector.pixelY());
    // One column for each axis of a frame: rows run along −y, columns along −x of the laboratory.
    double[] basis = {0, -detector.pixelX(), -detector.pixelY(), 0, 0, 0};
    out.write(DETECTOR + "/basis_vectors", basis, Hdf5Storage.CONTIGUOUS, 3, 2);
    boolean near = geometry.regime() == Geometry.Regime.NEAR_FIELD;
    out.write(ENTRY + "/instrument_1/propagation", near ? "near field" : "far field");
    if (Double.isFinite(geometry.focusDistance())) {
      out.write(SOURCE + "/focus_to_sample", geometry.focusDistance());
    }
  }

  private static void positions(Hdf5Writer out, DiffractionScan scan) {
    int count = scan.positions().count();
    double[] translation = new double[3 * count];
    for (int j = 0; j < count; j++) {
      translation[3 * j] = scan.positions().x()[j];
      translation[3 * j + 1] = scan.positions().y()[j];
    }
    out.write(TRANSLATION, translation, Hdf5Storage.CONTIGUOUS, count, 3);
    out.attribute(TRANSLATION, "units", "m");
  }

  private static void mask(Hdf5Writer out, Mask mask) {
    int[] bad = new int[mask.good().length];
    for (int i = 0; i < bad.length; i++) {
      bad[i] = mask.good()[i] ? 0 : 1;
    }
    out.writeUnsigned(
        DETECTOR + "/mask", bad, Hdf5Storage.CONTIGUOUS, mask.grid().rows(), mask.grid().columns());
  }

  private static void probe(Hdf5Writer out, Probe probe) {
    out.write(
        SOURCE + "/probe",
        stacked(probe.modes()),
        Hdf5Storage.CONTIGUOUS,
        probe.modes().size(),
        probe.grid().rows(),
        probe.grid().columns());
    out.attribute(SOURCE + "/probe", "units", "sqrt(counts)");
  }

  /// Fields of one grid, one after the other.
  static ComplexValues stacked(List<ComplexField> fields) {
    int size = fields.getFirst().grid().size();
    var values =
        new ComplexValues(new float[size * fields.size()], new float[size * fields.size()]);
    for (int m = 0; m < fields.size(); m++) {
      values.put(m * size, fields.get(m));
    }
    return values;
  }

  /// Named as in NXbeam: (S₀, S₁, S₂, S₃).
  static void stokes(Hdf5Writer out, String group, Polarization polarization) {
    double[] s = polarization.stokes();
    ResultWriter.list(
        out, group + "/incident_polarization_stokes", new double[] {1, s[0], s[1], s[2]});
  }
}
