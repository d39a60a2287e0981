package argand.file;

import argand.Paper;
import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// PtychoShelves' HDF5 files: its prepared data (`/measurement/n0`, format 2), and its
/// reconstructions, which link to those and hold energy, distances, positions and probes under
/// `/reconstruction/p`.
///
/// Frames are counts with zero frequency at pixel [0, 0]; positions are pixels of the sample, those
/// of the probe, row first; energies keV, lengths metres. In prepared data positions are rounded to
/// whole pixels; those of a reconstruction are not.
@Paper(
    value = "K. Wakonig et al., J. Appl. Cryst. 53, 574–586 (2020)",
    doi = "10.1107/S1600576720001776")
public final class PtychoShelvesReader implements Reader {
  private static final String P = "/reconstruction/p";
  private static final String LINK = "/measurement/data";

  @Override
  public String name() {
    return "ptychoshelves";
  }

  @Override
  public String title() {
    return "PtychoShelves";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return !scans(h5, "").isEmpty()
          || (h5.isGroup(P + "/probes") || h5.isGroup(P + "/objects")) && h5.has(P + "/energy");
    }
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      String root = !scans(h5, "").isEmpty() ? "" : LINK;
      List<String> scans = scans(h5, root);
      if (scans.isEmpty()) {
        if (!h5.target(LINK).isEmpty() && !h5.isGroup(LINK)) {
          throw new FileTrouble(
              file, "the prepared data to which it links are not there: " + h5.target(LINK));
        }
        throw new InvalidInput(
                "the frames",
                "missing: this reconstruction was saved without its prepared data",
                "/measurement/n0/data, or a link " + LINK + " to such a file",
                "read the prepared data themselves")
            .at(file.toString());
      }
      var frames = new JoinedFrames.Store(h5, scans.stream().map(scan -> scan + "/data").toList());
      return new ScanAssembly(file, raw(h5, frames, scans), how).scan(frames, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  /// The scans of the object of the first one, in the order of their numbers.
  private static List<String> scans(Hdf5 h5, String root) {
    String group = root + "/measurement";
    if (!h5.isGroup(group)) {
      return List.of();
    }
    var all =
        h5.list(group).stream()
            .filter(name -> name.matches("n\\d{1,9}"))
            .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(1))))
            .map(name -> group + "/" + name)
            .filter(scan -> h5.isDataset(scan + "/data") && h5.isDataset(scan + "/positions"))
            .toList();
    return all.stream().filter(scan -> object(h5, scan) == object(h5, all.getFirst())).toList();
  }

  private static double object(Hdf5 h5, String scan) {
    var attributes = h5.attributes(scan);
    return attributes.has("object") ? attributes.doubles("object")[0] : 0;
  }

  private static RawScan raw(Hdf5 h5, JoinedFrames.Store frames, List<String> scans) {
    var stated = new StatedQuantities(h5);
    var notes = new ArrayList<String>();
    var usual =
        frames.axes(scans.size() == 1 ? scans.getFirst() + "/data" : "/measurement/n*/data");
    var axes = new FrameAxes(usual.path(), usual.shape(), usual.row(), usual.column(), true);
    int others = everyScan(h5, scans) - scans.size();
    if (others > 0) {
      notes.add(others + " scans of other objects in this file are left out");
    }
    OptionalDouble wavelength = stated.energyOfWavelength(1, P + "/lambda");
    OptionalDouble energy = stated.energyEv(1e3, P + "/energy");
    return new RawScan(
        axes,
        Optional.of(good(h5, scans, axes)),
        positions(h5, scans, axes, notes),
        energy.isPresent() ? energy : wavelength,
        false,
        stated.length(1, P + "/z"),
        stated.length(1, P + "/ds"),
        stated.length(1, P + "/ds"),
        OptionalDouble.empty(),
        near(h5),
        probe(h5, scans),
        new RawScan.Lacking(
            P + "/energy [keV], in a reconstruction only",
            P + "/z [m], in a reconstruction only",
            P + "/ds [m], in a reconstruction only"),
        notes);
  }

  private static int everyScan(Hdf5 h5, List<String> scans) {
    String first = scans.getFirst();
    return (int)
        h5.list(first.substring(0, first.lastIndexOf('/'))).stream()
            .filter(name -> name.matches("n\\d+"))
            .count();
  }

  private static Optional<Boolean> near(Hdf5 h5) {
    String path = P + "/prop_regime";
    return h5.isDataset(path) && h5.type(path).kind() == Hdf5Type.Kind.TEXT
        ? Optional.of(h5.text(path).contains("near"))
        : Optional.empty();
  }

  /// Of the reconstruction where it knows one for each frame, else the rounded ones.
  private static RawScan.Positions positions(
      Hdf5 h5, List<String> scans, FrameAxes axes, List<String> notes) {
    String fine = P + "/positions";
    if (h5.isDataset(fine) && Arrays.equals(h5.shape(fine), new long[] {axes.count(), 2})) {
      return pairs(fine, h5.doubles(fine));
    }
    var all = new ArrayList<double[]>();
    for (String scan : scans) {
      String path = scan + "/positions";
      long[] shape = h5.shape(path);
      if (shape.length != 2 || shape[1] != 2) {
        throw new InvalidInput(path, "of shape " + Arrays.toString(shape), "(frames, 2)", "")
            .at(h5.file().toString());
      }
      all.add(h5.doubles(path));
    }
    notes.add(
        "the positions of prepared data are rounded to whole pixels of the sample: refine them, or"
            + " read the reconstruction, which keeps them as they were");
    double[] values = all.stream().flatMapToDouble(Arrays::stream).toArray();
    return pairs(scans.getFirst() + "/positions", values);
  }

  private static RawScan.Positions pairs(String path, double[] values) {
    double[] y = new double[values.length / 2];
    double[] x = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = values[2 * j];
      x[j] = values[2 * j + 1];
    }
    return new RawScan.Positions(path, y, x, true);
  }

  /// Pixels on a module, and bad in no frame.
  private static boolean[] good(Hdf5 h5, List<String> scans, FrameAxes axes) {
    boolean[] good = new boolean[axes.rows() * axes.columns()];
    Arrays.fill(good, true);
    for (String scan : scans) {
      int cut = scan.lastIndexOf("/measurement/");
      var attributes = h5.attributes(scan);
      String number =
          attributes.has("detector")
              ? "n" + (long) attributes.doubles("detector")[0]
              : scan.substring(scan.lastIndexOf('/') + 1);
      String detector = scan.substring(0, cut) + "/detector/" + number;
      onModules(h5, detector + "/modules", axes, good);
      for (String path : List.of(detector + "/bad_pixels", scan + "/bad_pixels")) {
        for (long[] pixel : rows(h5, path, 2)) {
          good[inside(h5, path, pixel[0], pixel[1], axes)] = false;
        }
      }
    }
    return good;
  }

  private static void onModules(Hdf5 h5, String path, FrameAxes axes, boolean[] good) {
    List<long[]> modules = rows(h5, path, 4);
    if (modules.isEmpty()) {
      return;
    }
    boolean[] covered = new boolean[good.length];
    for (long[] module : modules) { // rows, columns, first row, first column
      for (long r = 0; r < module[0]; r++) {
        for (long c = 0; c < module[1]; c++) {
          covered[inside(h5, path, module[2] + r, module[3] + c, axes)] = true;
        }
      }
    }
    for (int i = 0; i < good.length; i++) {
      good[i] &= covered[i];
    }
  }

  private static List<long[]> rows(Hdf5 h5, String path, int wide) {
    if (!h5.isDataset(path) || Hdf5Slabs.product(h5.shape(path)) == 0) {
      return List.of();
    }
    long[] shape = h5.shape(path);
    double[] values = h5.doubles(path);
    if (shape[shape.length - 1] != wide) {
      throw new InvalidInput(
              path, "of shape " + Arrays.toString(shape), wide + " numbers a row", "")
          .at(h5.file().toString());
    }
    var rows = new ArrayList<long[]>();
    for (int k = 0; k < values.length; k += wide) {
      long[] row = new long[wide];
      for (int i = 0; i < wide; i++) {
        row[i] = (long) values[k + i];
      }
      rows.add(row);
    }
    return rows;
  }

  private static int inside(Hdf5 h5, String path, long row, long column, FrameAxes axes) {
    if (row < 0 || row >= axes.rows() || column < 0 || column >= axes.columns()) {
      throw new InvalidInput(
              path,
              "with a pixel at row " + row + ", column " + column,
              "inside of " + axes.rows() + " × " + axes.columns(),
              "")
          .at(h5.file().toString());
    }
    return (int) (row * axes.columns() + column);
  }

  /// The probe of the first scan, (modes, rows, columns).
  private static Optional<RawScan.StartProbe> probe(Hdf5 h5, List<String> scans) {
    var attributes = h5.attributes(scans.getFirst());
    long number = attributes.has("probe") ? (long) attributes.doubles("probe")[0] : 0;
    String path = P + "/probes/probe_" + number;
    if (!h5.isDataset(path) || h5.type(path).kind() != Hdf5Type.Kind.COMPLEX) {
      return Optional.empty();
    }
    long[] shape = h5.shape(path);
    int last = shape.length - 1;
    return last < 1 || last > 2
        ? Optional.empty()
        : Optional.of(
            new RawScan.StartProbe(
                h5.complex(path),
                last == 1 ? 1 : (int) shape[0],
                (int) shape[last - 1],
                (int) shape[last],
                false));
  }
}
