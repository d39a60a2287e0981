package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Constants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;

/// The pair of HDF5 files that Ptychodus and pty-chi exchange at the Advanced Photon Source:
/// patterns in `…dp.hdf5`, positions, probe, energy and distance in `…para.hdf5` beside it.
///
/// Positions are metres, those of the probe on the sample; rows run along y. The pixel of the
/// object
/// is stated, that of the detector follows from it: λ z / (rows · pixel).
public final class PtychodusReader implements Reader {
  private static final String FRAMES = "/dp";
  private static final String Y = "/probe_position_y_m";
  private static final String X = "/probe_position_x_m";
  private static final String OBJECT = "/object";
  private static final String PROBE = "/probe";

  @Override
  public String name() {
    return "ptychodus";
  }

  @Override
  public String title() {
    return "Ptychodus pair";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return h5.isDataset(FRAMES) && Files.isRegularFile(parameters(file));
    }
  }

  /// `scan_dp.hdf5` → `scan_para.hdf5`
  static Path parameters(Path file) {
    String name = String.valueOf(file.getFileName());
    int at = name.lastIndexOf("dp");
    return at < 0
        ? file.resolveSibling("para-" + name)
        : file.resolveSibling(name.substring(0, at) + "para" + name.substring(at + 2));
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    Path beside = parameters(file);
    if (!Files.isRegularFile(beside)) {
      throw new FileTrouble(beside, "there is no such file: it holds the positions of " + file);
    }
    var h5 = Hdf5.open(file);
    try (var para = Hdf5.open(beside)) {
      return new ScanAssembly(file, raw(h5, para, how), how).scan(h5, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  private static RawScan raw(Hdf5 h5, Hdf5 para, Read how) {
    var axes = FrameAxes.usual(h5.file(), FRAMES, h5.shape(FRAMES));
    OptionalDouble energy = attribute(para, "probe_energy_eV");
    OptionalDouble distance = attribute(para, "detector_object_distance_m");
    OptionalDouble usedEnergy = how.energyEv().isPresent() ? how.energyEv() : energy;
    OptionalDouble usedDistance = how.distance().isPresent() ? how.distance() : distance;
    OptionalDouble wavelength = how.wavelength();
    if (wavelength.isEmpty() && usedEnergy.isPresent() && usedEnergy.getAsDouble() > 0) {
      wavelength = OptionalDouble.of(Constants.HC_EV_M / usedEnergy.getAsDouble());
    }
    double reach =
        wavelength.isPresent() && usedDistance.isPresent()
            ? wavelength.getAsDouble() * usedDistance.getAsDouble()
            : Double.NaN;
    var notes = new ArrayList<String>();
    notes.add("positions and start probe are those of " + para.file());
    return new RawScan(
        axes,
        Optional.empty(),
        how.positions().isPresent() ? RawScan.Positions.ELSEWHERE : positions(para),
        positive(energy),
        false,
        positive(distance),
        detectorPixel(para, "pixel_height_m", reach / axes.rows()),
        detectorPixel(para, "pixel_width_m", reach / axes.columns()),
        OptionalDouble.empty(),
        Optional.empty(),
        probe(para),
        new RawScan.Lacking(
            "the attribute probe_energy_eV of " + para.file(),
            "the attribute detector_object_distance_m of " + para.file(),
            "the attributes pixel_height_m and pixel_width_m of " + OBJECT + " in " + para.file()),
        notes);
  }

  private static OptionalDouble attribute(Hdf5 para, String name) {
    var attributes = para.attributes("/");
    return attributes.has(name)
        ? OptionalDouble.of(attributes.doubles(name)[0])
        : OptionalDouble.empty();
  }

  /// Zero stands for unknown.
  private static OptionalDouble positive(OptionalDouble value) {
    return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
  }

  private static OptionalDouble detectorPixel(Hdf5 para, String name, double reach) {
    if (!para.isDataset(OBJECT) || !para.attributes(OBJECT).has(name) || Double.isNaN(reach)) {
      return OptionalDouble.empty();
    }
    return positive(OptionalDouble.of(reach / para.attributes(OBJECT).doubles(name)[0]));
  }

  private static RawScan.Positions positions(Hdf5 para) {
    double[] y = para.doubles(Y);
    double[] x = para.doubles(X);
    if (y.length != x.length) {
      throw new InvalidInput(X, x.length + " numbers", y.length + ", as " + Y, "")
          .at(para.file().toString());
    }
    return new RawScan.Positions(Y + " and " + X, y, x, false);
  }

  /// (modes, rows, columns), or the first of (variants, modes, rows, columns).
  private static Optional<RawScan.StartProbe> probe(Hdf5 para) {
    if (!para.isDataset(PROBE) || para.type(PROBE).kind() != Hdf5Type.Kind.COMPLEX) {
      return Optional.empty();
    }
    long[] shape = para.shape(PROBE);
    int last = shape.length - 1;
    if (last < 1) {
      return Optional.empty();
    }
    int modes = last < 2 ? 1 : (int) shape[last - 2];
    return Optional.of(
        new RawScan.StartProbe(
            para.complex(PROBE), modes, (int) shape[last - 1], (int) shape[last], false));
  }
}
