package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Master files of Dectris detectors (Eiger, Pilatus 4): frames behind the links `data_000001` … or
/// a virtual dataset, geometry in the master itself, positions in a file of their own.
///
/// A pixel whose `pixel_mask` is not 0 is bad. Where the file gives the wavelength it is in Å, the
/// energy in eV, lengths in metres.
///
/// @see <a href="https://www.dectris.com/support/manuals-docs/">Dectris, SIMPLON API reference,
///      section on the HDF5 file format</a>
public final class EigerReader implements Reader {
  private static final String DATA = "/entry/data";
  private static final String DETECTOR = "/entry/instrument/detector";
  private static final String SPECIFIC = DETECTOR + "/detectorSpecific";
  private static final String BEAM = "/entry/instrument/beam";

  @Override
  public String name() {
    return "eiger";
  }

  @Override
  public String title() {
    return "Dectris master";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return h5.isGroup(SPECIFIC) && !links(h5).isEmpty();
    }
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      List<String> links = links(h5);
      if (links.isEmpty()) {
        throw new InvalidInput(
                "the layout of this HDF5 file", "not a Dectris master", DATA + "/data_000001", "")
            .at(file.toString());
      }
      // a link to a file that is not there is refused by name when it is opened
      var frames = new JoinedFrames.Store(h5, links);
      return new ScanAssembly(file, raw(h5, frames, how), how).scan(frames, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  /// In the order of their numbers, or the one virtual dataset.
  private static List<String> links(Hdf5 h5) {
    if (!h5.isGroup(DATA)) {
      return List.of();
    }
    var numbered =
        h5.list(DATA).stream()
            .filter(name -> name.matches("data_\\d+"))
            .map(name -> DATA + "/" + name)
            .toList();
    return numbered.isEmpty() && h5.has(DATA + "/data") ? List.of(DATA + "/data") : numbered;
  }

  private static RawScan raw(Hdf5 h5, JoinedFrames.Store frames, Read how) {
    var stated = new StatedQuantities(h5);
    var notes = new ArrayList<String>();
    var axes =
        frames.axes(frames.paths().size() == 1 ? frames.paths().getFirst() : DATA + "/data_*");
    if (how.positions().isEmpty()) {
      throw new InvalidInput(
              "the scan positions",
              "in no file of the detector",
              "a table of (row, column) for each of " + axes.count() + " frames",
              "give read: {positions: positions.txt, positionUnit: micrometre}")
          .at(h5.file().toString());
    }
    centre(h5, axes).ifPresent(notes::add);
    OptionalDouble energy = stated.energyEv(1, SPECIFIC + "/photon_energy", BEAM + "/energy");
    OptionalDouble wavelength =
        stated.energyOfWavelength(1e-10, BEAM + "/incident_wavelength", BEAM + "/wavelength");
    return new RawScan(
        axes,
        new FrameMask(h5, axes).good(DETECTOR + "/pixel_mask", SPECIFIC + "/pixel_mask"),
        RawScan.Positions.ELSEWHERE,
        wavelength.isPresent() ? wavelength : energy,
        false,
        stated.length(1, DETECTOR + "/detector_distance", DETECTOR + "/distance"),
        stated.length(1, DETECTOR + "/y_pixel_size"),
        stated.length(1, DETECTOR + "/x_pixel_size"),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        new RawScan.Lacking(
            BEAM + "/incident_wavelength [Å] or " + SPECIFIC + "/photon_energy [eV]",
            DETECTOR + "/detector_distance [m]",
            DETECTOR + "/x_pixel_size and y_pixel_size [m]"),
        notes);
  }

  private static Optional<String> centre(Hdf5 h5, FrameAxes axes) {
    String y = DETECTOR + "/beam_center_y";
    String x = DETECTOR + "/beam_center_x";
    if (!h5.isDataset(y) || !h5.isDataset(x) || !(h5.number(y) > 0) || !(h5.number(x) > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        "the file puts the beam at row "
            + FileUnits.number(h5.number(y))
            + ", column "
            + FileUnits.number(h5.number(x))
            + " of "
            + axes.rows()
            + " × "
            + axes.columns()
            + ": crop around it");
  }
}
