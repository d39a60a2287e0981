package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Constants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The pair of HDF5 files that fold_slice, the branch of PtychoShelves of the Advanced Photon
/// Source
/// and of electron microscopes, reads: patterns in `data_roi0_dp.hdf5`, positions in
/// `data_roi0_para.hdf5` beside it (`ppX`, `ppY` [m]) or in `data_position.hdf5`
/// (`probe_positions_0` [Å], x first).
///
/// Positions are those of the probe on the sample, rows along y. The pixel of the sample `dx` and
/// the wavelength `lambda` [m] are stated where the scan was measured; detector pixel and distance
/// are not, and only their combination matters: whichever the recipe gives, the other follows.
public final class FoldSliceReader implements Reader {
  private static final String FRAMES = "/dp";
  private static final String Y = "/ppY";
  private static final String X = "/ppX";
  private static final String TABLE = "/probe_positions_0";

  @Override
  public String name() {
    return "foldslice";
  }

  @Override
  public String title() {
    return "fold_slice pair";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return h5.isDataset(FRAMES) && beside(file).isPresent();
    }
  }

  /// The file of positions that goes with one of frames.
  private static Optional<Path> beside(Path file) {
    String name = String.valueOf(file.getFileName());
    int at = name.lastIndexOf("dp");
    if (at < 0) {
      return Optional.empty();
    }
    for (String other : List.of("para", "position")) {
      Path beside = file.resolveSibling(name.substring(0, at) + other + name.substring(at + 2));
      if (Files.isRegularFile(beside) && Hdf5.looksLikeHdf5(beside)) {
        try (var h5 = Hdf5.open(beside)) {
          if (h5.isDataset(X) && h5.isDataset(Y) || h5.isDataset(TABLE)) {
            return Optional.of(beside);
          }
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    Path beside =
        beside(file)
            .orElseThrow(
                () ->
                    new InvalidInput(
                            "the scan positions",
                            "missing",
                            X + " and " + Y + " in a file …para.hdf5 beside it",
                            "fold_slice keeps them there")
                        .at(file.toString()));
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
    var stated = new StatedQuantities(para);
    var notes = new ArrayList<String>();
    notes.add("positions are those of " + para.file());
    notes.add(
        "frames are taken as (frames, rows, columns); where MATLAB wrote them, rows and columns are"
            + " exchanged: read: {transposeFrames: true}");
    OptionalDouble energy = stated.energyOfWavelength(1, "/lambda");
    OptionalDouble pixel = stated.length(1, "/dx");
    var reach = reach(how, energy, pixel, axes, notes);
    return new RawScan(
        axes,
        Optional.empty(),
        how.positions().isPresent() ? RawScan.Positions.ELSEWHERE : positions(para),
        energy,
        false,
        reach.distance,
        reach.pixelY,
        reach.pixelX,
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        new RawScan.Lacking(
            "/lambda [m] in " + para.file(),
            "neither there nor by /dx and /lambda in " + para.file(),
            "neither there nor by /dx and /lambda in " + para.file()),
        notes);
  }

  /// Distance and detector pixel, of which the sample's pixel knows the ratio only.
  private record Reach(OptionalDouble distance, OptionalDouble pixelY, OptionalDouble pixelX) {}

  private static Reach reach(
      Read how, OptionalDouble found, OptionalDouble pixel, FrameAxes axes, List<String> notes) {
    OptionalDouble energy = how.energyEv().isPresent() ? how.energyEv() : found;
    double wavelength =
        how.wavelength()
            .orElse(energy.isPresent() ? Constants.HC_EV_M / energy.getAsDouble() : Double.NaN);
    if (pixel.isEmpty() || Double.isNaN(wavelength)) {
      return new Reach(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    double detectorPerMetre = wavelength / (axes.rows() * pixel.getAsDouble());
    if (how.distance().isEmpty() && how.pixelSize().isPresent()) {
      return new Reach(
          OptionalDouble.of(how.pixelSize().getAsDouble() / detectorPerMetre),
          how.pixelSize(),
          how.pixelSize());
    }
    double distance = how.distance().orElse(1);
    if (how.distance().isEmpty()) {
      notes.add(
          "the distance to the detector is nominal, 1 m: the file states the pixel of the sample, "
              + FileUnits.length(pixel.getAsDouble()));
    }
    return new Reach(
        OptionalDouble.of(distance),
        OptionalDouble.of(detectorPerMetre * distance),
        OptionalDouble.of(wavelength * distance / (axes.columns() * pixel.getAsDouble())));
  }

  private static RawScan.Positions positions(Hdf5 para) {
    if (para.isDataset(X)) {
      double[] y = para.doubles(Y);
      double[] x = para.doubles(X);
      if (y.length != x.length) {
        throw new InvalidInput(X, x.length + " numbers", y.length + ", as " + Y, "")
            .at(para.file().toString());
      }
      return new RawScan.Positions(Y + " and " + X, y, x, false);
    }
    double angstrom = 1e-10;
    double[] values = para.doubles(TABLE);
    long[] shape = para.shape(TABLE);
    boolean upright = shape.length == 2 && shape[1] == 2 && shape[0] != 2;
    if (shape.length != 2 || !upright && shape[0] != 2) {
      throw new InvalidInput(
              TABLE, "of shape " + java.util.Arrays.toString(shape), "(2, frames), x first", "")
          .at(para.file().toString());
    }
    int count = values.length / 2;
    double[] y = new double[count];
    double[] x = new double[count];
    for (int j = 0; j < count; j++) {
      x[j] = values[upright ? 2 * j : j] * angstrom;
      y[j] = values[upright ? 2 * j + 1 : count + j] * angstrom;
    }
    return new RawScan.Positions(TABLE, y, x, false);
  }
}
