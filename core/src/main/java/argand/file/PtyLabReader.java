package argand.file;

import argand.Paper;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Constants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/// PtyLab's measurements (HDF5): `ptychogram`, `encoder` and a few numbers at the root, all in SI.
///
/// The encoder holds where the probe stood on the sample, (row, column). Files that MATLAB wrote
/// have all axes reversed and are recognised by the shape of the encoder.
@Paper(
    value = "L. Loetgering et al., Opt. Express 31, 13763–13797 (2023)",
    doi = "10.1364/OE.485370")
public final class PtyLabReader implements Reader {
  private static final String FRAMES = "/ptychogram";
  private static final String POSITIONS = "/encoder";

  /// Longer wavelengths [m] are light, not X-rays.
  private static final double LIGHT = 1e-7;

  @Override
  public String name() {
    return "ptylab";
  }

  @Override
  public String title() {
    return "PtyLab";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return h5.isDataset(FRAMES);
    }
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      return new ScanAssembly(file, raw(h5), how).scan(h5, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  private static RawScan raw(Hdf5 h5) {
    if (!h5.isDataset(FRAMES) || !h5.isDataset(POSITIONS)) {
      throw new InvalidInput(
              h5.isDataset(FRAMES) ? "the scan positions" : "the frames",
              "missing",
              h5.isDataset(FRAMES) ? POSITIONS + " (frames, 2) [m]" : FRAMES,
              h5.isDataset("/zled") ? "this is Fourier ptychography, which is not read" : "")
          .at(h5.file().toString());
    }
    long[] shape = h5.shape(FRAMES);
    long[] table = h5.shape(POSITIONS);
    boolean matlab = table.length == 2 && table[0] == 2 && table[1] != 2;
    if (table.length != 2 || (!matlab && table[1] != 2)) {
      throw new InvalidInput(POSITIONS, "of shape " + Arrays.toString(table), "(frames, 2)", "")
          .at(h5.file().toString());
    }
    FrameAxes usual = FrameAxes.usual(h5.file(), FRAMES, shape);
    FrameAxes axes = matlab ? new FrameAxes(FRAMES, shape, 1, 0, false) : usual;
    var notes = new ArrayList<String>();
    if (matlab) {
      notes.add("the axes are in MATLAB's order: (columns, rows, frames)");
    }
    if (h5.isDataset("/orientation") && h5.number("/orientation") != 0) {
      notes.add(
          "the file names the orientation "
              + FileUnits.number(h5.number("/orientation"))
              + ", which is not applied: turn the frames by read: {transposeFrames, flipFramesY,"
              + " flipFramesX} or the positions by {swapAxes, flipY, flipX}");
    }
    if (h5.isDataset("/entrancePupilDiameter")) {
      double[] diameter = h5.doubles("/entrancePupilDiameter");
      if (diameter.length == 1 && diameter[0] > 0) {
        notes.add("PtyLab's first probe would be a disc of " + FileUnits.length(diameter[0]));
      }
    }
    var stated = new StatedQuantities(h5);
    OptionalDouble wavelength = stated.length(1, "/wavelength");
    return new RawScan(
        axes,
        Optional.empty(),
        positions(h5, matlab, stated.metres(POSITIONS, 1)),
        wavelength.isPresent() && wavelength.getAsDouble() > 0
            ? OptionalDouble.of(Constants.HC_EV_M / wavelength.getAsDouble())
            : OptionalDouble.empty(),
        wavelength.isPresent() && wavelength.getAsDouble() >= LIGHT,
        stated.length(1, "/zo"),
        stated.length(1, "/dxd"),
        stated.length(1, "/dxd"),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        new RawScan.Lacking("/wavelength [m]", "/zo [m]", "/dxd [m]"),
        notes);
  }

  private static RawScan.Positions positions(Hdf5 h5, boolean matlab, double metres) {
    double[] values = h5.doubles(POSITIONS);
    int count = values.length / 2;
    double[] y = new double[count];
    double[] x = new double[count];
    for (int j = 0; j < count; j++) {
      y[j] = values[matlab ? j : 2 * j] * metres;
      x[j] = values[matlab ? count + j : 2 * j + 1] * metres;
    }
    return new RawScan.Positions(POSITIONS, y, x, false);
  }
}
