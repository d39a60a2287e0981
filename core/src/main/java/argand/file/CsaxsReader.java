package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Raw HDF5 files of cSAXS at the Swiss Light Source: frames of an Eiger under
/// `/entry/instrument/eiger_4` (older ones `/entry/data/eiger_4`), positions in a text of their
/// own.
///
/// Without a `units` attribute pixel sizes are µm, the distance, which stands at the monochromator,
/// mm, the energy keV.
public final class CsaxsReader implements Reader {
  private static final String INSTRUMENT = "/entry/instrument";
  private static final String DETECTOR = INSTRUMENT + "/eiger_4";
  private static final String OLD = "/entry/data/eiger_4";
  private static final String LIGHT = INSTRUMENT + "/monochromator";

  @Override
  public String name() {
    return "csaxs";
  }

  @Override
  public String title() {
    return "SLS cSAXS";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return frames(h5).isPresent();
    }
  }

  private static Optional<String> frames(Hdf5 h5) {
    return List.of(DETECTOR + "/data", OLD).stream().filter(h5::isDataset).findFirst();
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      return new ScanAssembly(file, raw(h5, how), how).scan(h5, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  private static RawScan raw(Hdf5 h5, Read how) {
    String frames =
        frames(h5)
            .orElseThrow(
                () ->
                    new InvalidInput(
                            "the layout of this HDF5 file", "not cSAXS", DETECTOR + "/data", "")
                        .at(h5.file().toString()));
    var axes = FrameAxes.usual(h5.file(), frames, h5.shape(frames));
    if (how.positions().isEmpty()) {
      throw new InvalidInput(
              "the scan positions",
              "not in this file",
              "a table with one line for each of " + axes.count() + " frames",
              "give read: {positions: scan_00042.dat}, the text that the scan wrote")
          .at(h5.file().toString());
    }
    var stated = new StatedQuantities(h5);
    var notes = new ArrayList<String>();
    notes.add(
        "the detector's own orientation is not applied: read: {transposeFrames: true} is usual at"
            + " cSAXS, and checkOrientation tells");
    return new RawScan(
        axes,
        new FrameMask(h5, axes).good(DETECTOR + "/pixel_mask", DETECTOR + "/mask"),
        RawScan.Positions.ELSEWHERE,
        stated.energyEv(1e3, LIGHT + "/energy"),
        false,
        distance(stated),
        stated.length(1e-6, DETECTOR + "/y_pixel_size"),
        stated.length(1e-6, DETECTOR + "/x_pixel_size"),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        new RawScan.Lacking(
            LIGHT + "/energy [keV]",
            LIGHT + "/distance or " + DETECTOR + "/distance [mm]",
            DETECTOR + "/x_pixel_size and y_pixel_size [µm]"),
        notes);
  }

  private static OptionalDouble distance(StatedQuantities stated) {
    OptionalDouble found = stated.length(1e-3, DETECTOR + "/distance", LIGHT + "/distance");
    return found.isPresent() ? OptionalDouble.of(Math.abs(found.getAsDouble())) : found;
  }
}
