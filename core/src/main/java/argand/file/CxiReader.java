package argand.file;

import argand.Paper;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Constants;
import argand.physics.Polarization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// CXI, the Coherent X-ray Imaging data bank's HDF5 format. Lengths are metres, energies joules,
/// mask 0 is good.
///
/// CXI stores the translation t of the sample in the laboratory, x and y across the beam, z along
/// it. The probe moves over the sample by −t; along the detector's rows, whose basis vector is b,
/// that is −t·b/|b|. With the usual basis vectors along −y and −x the probe's row is +t_y and its
/// column +t_x.
@Paper(value = "F. R. N. C. Maia, Nat. Methods 9, 854–855 (2012)", doi = "10.1038/nmeth.2110")
public final class CxiReader implements Reader {
  private static final List<String> PROBES =
      List.of(
          "instrument_1/source_1/probe",
          "instrument_1/source_1/illumination",
          "instrument_1/detector_1/probe",
          "sample_1/probe");

  @Override
  public String name() {
    return "cxi";
  }

  @Override
  public String title() {
    return "CXI";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return entry(h5).isPresent();
    }
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      var scan = new ScanAssembly(file, raw(h5, how), how).scan(h5, title(), watch);
      return scan;
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  /// The first entry that holds a detector.
  private static Optional<String> entry(Hdf5 h5) {
    return h5.list("/").stream()
        .filter(name -> name.matches("entry_\\d+"))
        .map(name -> "/" + name)
        .filter(
            entry ->
                h5.has(entry + "/instrument_1/detector_1/data") || h5.has(entry + "/data_1/data"))
        .findFirst();
  }

  /// What the file says. `how` is asked only for what makes a doubtful statement of the file
  /// unnecessary.
  static RawScan raw(Hdf5 h5, Read how) {
    String entry =
        entry(h5)
            .orElseThrow(
                () ->
                    new InvalidInput(
                            "the layout of this HDF5 file",
                            "not CXI",
                            "/entry_1/instrument_1/detector_1/data",
                            "")
                        .at(h5.file().toString()));
    var notes = new ArrayList<String>();
    String kept = entry + "/notes"; // of the file this one was made of, see CxiWriter
    if (h5.isDataset(kept) && h5.type(kept).kind() == Hdf5Type.Kind.TEXT) {
      notes.addAll(h5.texts(kept));
    }
    String detector = entry + "/instrument_1/detector_1";
    String data = h5.has(detector + "/data") ? detector + "/data" : entry + "/data_1/data";
    var axes = FrameAxes.usual(h5.file(), data, h5.shape(data));
    double[][] basis = basis(h5, detector, notes);
    var energy =
        how.energyEv().isPresent() || how.wavelength().isPresent()
            ? OptionalDouble.empty()
            : energyEv(h5, entry + "/instrument_1/source_1");
    return new RawScan(
        axes,
        new FrameMask(h5, axes, FrameMask.HAS_SIGNAL).good(detector + "/mask"),
        how.positions().isPresent() ? RawScan.Positions.ELSEWHERE : positions(h5, entry, basis),
        energy,
        isLight(h5, entry + "/instrument_1/source_1", energy),
        length(h5, detector + "/distance"),
        pixel(h5, detector + "/y_pixel_size", basis[0]),
        pixel(h5, detector + "/x_pixel_size", basis[1]),
        length(h5, entry + "/instrument_1/source_1/focus_to_sample"),
        h5.has(entry + "/instrument_1/propagation")
            ? Optional.of(h5.text(entry + "/instrument_1/propagation").equals("near field"))
            : Optional.empty(),
        probe(h5, entry),
        new RawScan.Lacking(
            entry + "/instrument_1/source_1/energy [J] or wavelength [m]",
            detector + "/distance [m]",
            detector + "/x_pixel_size and y_pixel_size [m]"),
        notes,
        polarization(h5, entry + "/instrument_1/source_1"));
  }

  /// Stokes parameters as NXbeam names them.
  static Optional<Polarization> polarization(Hdf5 h5, String group) {
    String path = group + "/incident_polarization_stokes";
    if (!h5.has(path)) {
      return Optional.empty();
    }
    double[] s = h5.doubles(path);
    if (s.length != 4 || !(s[0] > 0)) {
      throw new FileTrouble(
          h5.file(), path + " is " + Arrays.toString(s) + "; expected S0 > 0, S1, S2, S3");
    }
    return Optional.of(Polarization.of(s[1] / s[0], s[2] / s[0], s[3] / s[0]));
  }

  /// Row and column vectors of the detector in the laboratory (x, y, z) [m]; CXI files hold them as
  /// columns or as rows.
  private static double[][] basis(Hdf5 h5, String detector, List<String> notes) {
    String path = detector + "/basis_vectors";
    double[][] usual = {{0, -1, 0}, {-1, 0, 0}};
    if (!h5.has(path)) {
      notes.add(
          "no "
              + path
              + ": the detector's rows are taken to run along −y and its columns along −x");
      return usual;
    }
    long[] shape = h5.shape(path);
    double[] values = h5.doubles(path);
    if (!Arrays.equals(shape, new long[] {3, 2}) && !Arrays.equals(shape, new long[] {2, 3})) {
      throw new InvalidInput(path, "of shape " + Arrays.toString(shape), "[3, 2] or [2, 3]", "")
          .at(h5.file().toString());
    }
    double[][] basis = new double[2][3];
    for (int axis = 0; axis < 2; axis++) {
      for (int k = 0; k < 3; k++) {
        basis[axis][k] = shape[0] == 3 ? values[2 * k + axis] : values[3 * axis + k];
      }
      if (!(norm(basis[axis]) > 0)) {
        notes.add(path + " holds no directions: rows are taken along −y, columns along −x");
        return usual;
      }
    }
    if (basis[0][1] > -0.9 * norm(basis[0]) || basis[1][0] > -0.9 * norm(basis[1])) {
      notes.add(
          "the detector's rows and columns do not run along −y and −x of the laboratory ("
              + path
              + "): positions are turned into the frames' rows and columns, and the picture stands as the frames do");
    }
    return basis;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
  }

  private static RawScan.Positions positions(Hdf5 h5, String entry, double[][] basis) {
    String path = entry + "/sample_1/geometry_1/translation";
    if (!h5.has(path) && h5.has(entry + "/data_1/translation")) {
      path = entry + "/data_1/translation";
    }
    if (!h5.has(path)) {
      throw new InvalidInput(
              "the scan positions",
              "missing",
              path + " (frames, 3) [m]",
              "is this a ptychographic scan?")
          .at(h5.file().toString());
    }
    long[] shape = h5.shape(path);
    boolean turned = shape.length == 2 && shape[1] != 3 && shape[1] != 2 && shape[0] == 3;
    if (shape.length != 2 || !(shape[1] == 2 || shape[1] == 3 || turned)) {
      throw new InvalidInput(path, "of shape " + Arrays.toString(shape), "(frames, 3)", "")
          .at(h5.file().toString());
    }
    int count = (int) (turned ? shape[1] : shape[0]);
    int wide = (int) (turned ? shape[0] : shape[1]);
    double[] t = h5.doubles(path);
    double unit = unit(h5, path);
    double[][] along = new double[2][count];
    for (int axis = 0; axis < 2; axis++) {
      double norm = norm(basis[axis]);
      for (int j = 0; j < count; j++) {
        double sum = 0;
        for (int k = 0; k < wide; k++) {
          double weight = basis[axis][k] / norm;
          sum += weight == 0 ? 0 : weight * t[turned ? k * count + j : j * wide + k];
        }
        along[axis][j] = -sum * unit;
      }
    }
    return new RawScan.Positions(path, along[0], along[1], false);
  }

  private static double unit(Hdf5 h5, String path) {
    var attributes = h5.attributes(path);
    return attributes
        .text("units")
        .or(() -> attributes.text("unit"))
        .map(FileUnits::metres)
        .flatMap(m -> m.isPresent() ? Optional.of(m.getAsDouble()) : Optional.empty())
        .orElse(1.0);
  }

  private static OptionalDouble length(Hdf5 h5, String path) {
    return h5.has(path)
        ? OptionalDouble.of(Math.abs(h5.number(path)) * unit(h5, path))
        : OptionalDouble.empty();
  }

  private static OptionalDouble pixel(Hdf5 h5, String path, double[] basis) {
    OptionalDouble stated = length(h5, path);
    double norm = norm(basis);
    return stated.isPresent() || norm == 1 ? stated : OptionalDouble.of(norm);
  }

  /// CXI says joules; a `units` attribute may say otherwise.
  private static OptionalDouble energyEv(Hdf5 h5, String source) {
    String path = source + "/energy";
    if (h5.has(path)) {
      double value = h5.number(path);
      var stated =
          h5.attributes(path)
              .text("units")
              .map(FileUnits::electronvolts)
              .orElse(OptionalDouble.empty());
      double ev = value * stated.orElse(1 / Constants.CHARGE);
      if (ev > 0 && ev < 1e7) {
        return OptionalDouble.of(ev);
      }
      if (value != 0) {
        String looks = value < 100 ? "keV" : "eV";
        throw new InvalidInput(
                path,
                FileUnits.number(value),
                "joules (8 keV is 1.282e-15 J)",
                "this looks like "
                    + looks
                    + ": give read: {energy: "
                    + FileUnits.number(value)
                    + " "
                    + looks
                    + "}")
            .at(h5.file().toString());
      }
    }
    OptionalDouble wavelength = length(h5, source + "/wavelength");
    return wavelength.isPresent() && wavelength.getAsDouble() > 0
        ? OptionalDouble.of(Constants.HC_EV_M / wavelength.getAsDouble())
        : OptionalDouble.empty();
  }

  /// A few electronvolts are light only where the wavelength says the same; otherwise they are
  /// keV in disguise.
  private static boolean isLight(Hdf5 h5, String source, OptionalDouble energyEv) {
    OptionalDouble wavelength = length(h5, source + "/wavelength");
    return wavelength.isPresent()
        && wavelength.getAsDouble() >= 1e-7
        && energyEv.isPresent()
        && Math.abs(energyEv.getAsDouble() * wavelength.getAsDouble() / Constants.HC_EV_M - 1)
            < 0.01;
  }

  private static Optional<RawScan.StartProbe> probe(Hdf5 h5, String entry) {
    for (String candidate : PROBES) {
      String path = entry + "/" + candidate;
      if (h5.isDataset(path) && h5.type(path).kind() == Hdf5Type.Kind.COMPLEX) {
        long[] shape = h5.shape(path);
        if (shape.length == 2 || shape.length == 3) {
          int last = shape.length - 1;
          return Optional.of(
              new RawScan.StartProbe(
                  h5.complex(path),
                  shape.length == 3 ? (int) shape[0] : 1,
                  (int) shape[last - 1],
                  (int) shape[last],
                  h5.attributes(path)
                      .text("units")
                      .filter(u -> u.equals("sqrt(counts)"))
                      .isPresent()));
        }
      }
    }
    return Optional.empty();
  }
}
