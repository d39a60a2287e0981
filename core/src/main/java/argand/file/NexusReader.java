package argand.file;

import argand.Paper;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// NeXus, as the definitions NXcxi_ptycho and NXptycho have it, and entries of that kind that name
/// no definition: a detector, a beam or monochromator, and a sample that is moved.
///
/// Groups are found by their `NX_class`, units by the attribute `units`. Positions are translations
/// of the sample in the laboratory (x, y across the beam, z along it), as in CXI; the probe moves
/// over it the other way: with the detector's rows along −y and its columns along −x, its row is
/// +t_y and its column +t_x.
@Paper(
    value = "M. Könnecke et al., J. Appl. Cryst. 48, 301–305 (2015)",
    doi = "10.1107/S1600576714027575")
public final class NexusReader implements Reader {
  @Override
  public String name() {
    return "nexus";
  }

  @Override
  public String title() {
    return "NeXus";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return entry(h5).filter(entry -> !isCxi(h5, entry)).isPresent();
    }
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      var entry =
          entry(h5)
              .orElseThrow(
                  () ->
                      new InvalidInput(
                              "the layout of this HDF5 file",
                              "not NeXus",
                              "an NXentry with an NXdetector that holds data",
                              "")
                          .at(file.toString()));
      return new ScanAssembly(file, raw(h5, entry, how), how).scan(h5, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  /// CXI files may wear NeXus classes; theirs are joules at the source and no ptychographic
  /// definition.
  private static boolean isCxi(Hdf5 h5, Entry entry) {
    String definition = entry.path + "/definition";
    boolean ptycho =
        h5.isDataset(definition)
            && h5.type(definition).kind() == Hdf5Type.Kind.TEXT
            && h5.text(definition).matches("NX(cxi_)?ptycho.*");
    return h5.has("/cxi_version") && !ptycho;
  }

  /// What is needed of one entry.
  ///
  /// @param data the frames
  private record Entry(String path, String detector, String data) {}

  private static Optional<Entry> entry(Hdf5 h5) {
    for (String entry : groups(h5, "/", "NXentry")) {
      for (String instrument : groups(h5, entry, "NXinstrument")) {
        for (String detector : groups(h5, instrument, "NXdetector")) {
          Optional<String> data =
              isFrames(h5, detector + "/data")
                  ? Optional.of(detector + "/data")
                  : groups(h5, entry, "NXdata").stream()
                      .map(group -> group + "/data")
                      .filter(path -> isFrames(h5, path))
                      .findFirst();
          if (data.isPresent()) {
            return Optional.of(new Entry(entry, detector, data.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isFrames(Hdf5 h5, String path) {
    return h5.isDataset(path) && h5.shape(path).length >= 3;
  }

  /// The groups of this class in a group, in alphabetic order.
  static List<String> groups(Hdf5 h5, String in, String nxClass) {
    String parent = in.equals("/") ? "" : in;
    return h5.list(in).stream()
        .map(name -> parent + "/" + name)
        .filter(h5::isGroup)
        .filter(path -> h5.attributes(path).text("NX_class").filter(nxClass::equals).isPresent())
        .toList();
  }

  private static RawScan raw(Hdf5 h5, Entry entry, Read how) {
    var notes = new ArrayList<String>();
    var stated = new StatedQuantities(h5);
    var axes = FrameAxes.usual(h5.file(), entry.data, h5.shape(entry.data));
    boolean given = how.energyEv().isPresent() || how.wavelength().isPresent();
    return new RawScan(
        axes,
        new FrameMask(h5, axes).good(entry.detector + "/pixel_mask", entry.detector + "/mask"),
        how.positions().isPresent()
            ? RawScan.Positions.ELSEWHERE
            : new NexusPositions(h5, entry.path, entry.data, notes).find(axes),
        given ? OptionalDouble.empty() : energyEv(h5, stated, entry.path),
        false,
        distance(h5, stated, entry.detector),
        stated.length(1, entry.detector + "/y_pixel_size"),
        stated.length(1, entry.detector + "/x_pixel_size"),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        new RawScan.Lacking(
            "energy of the NXbeam, with its units",
            entry.detector + "/distance, with its units",
            entry.detector + "/x_pixel_size and y_pixel_size, with their units"),
        notes);
  }

  /// Photon energy or wavelength of the beam or the monochromator; that of an NXsource is the
  /// machine's. An energy without a unit is refused: both J and eV are in use.
  private static OptionalDouble energyEv(Hdf5 h5, StatedQuantities stated, String entry) {
    var places = new ArrayList<String>();
    for (String in : inAndBelow(h5, entry)) {
      places.addAll(groups(h5, in, "NXbeam"));
      places.addAll(groups(h5, in, "NXmonochromator"));
    }
    for (String place : places) {
      OptionalDouble energy =
          stated.energyEv(
              Double.NaN,
              place + "/energy",
              place + "/incident_beam_energy",
              place + "/incident_energy");
      OptionalDouble found =
          energy.isPresent()
              ? energy
              : stated.energyOfWavelength(
                  1e-10, place + "/incident_wavelength", place + "/wavelength");
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalDouble.empty();
  }

  private static List<String> inAndBelow(Hdf5 h5, String entry) {
    var groups = new ArrayList<String>();
    groups.addAll(groups(h5, entry, "NXinstrument"));
    groups.addAll(groups(h5, entry, "NXsample"));
    groups.add(entry);
    return groups;
  }

  /// Stated, or the translation of the detector along the beam.
  private static OptionalDouble distance(Hdf5 h5, StatedQuantities stated, String detector) {
    OptionalDouble plain =
        stated.length(1, detector + "/distance", detector + "/detector_distance");
    if (plain.isPresent()) {
      return plain;
    }
    for (String chain : groups(h5, detector, "NXtransformations")) {
      for (String name : h5.list(chain)) {
        String path = chain + "/" + name;
        double[] vector = NexusPositions.translation(h5, path);
        if (vector.length == 3 && Math.abs(vector[2]) > 0.99) {
          OptionalDouble along = stated.length(1, path);
          return along.isPresent() ? OptionalDouble.of(Math.abs(along.getAsDouble())) : along;
        }
      }
    }
    return OptionalDouble.empty();
  }
}
