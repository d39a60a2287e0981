package argand.file;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Constants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The prepared data of ptypy (`.ptyd`, HDF5): frames, positions and weights in numbered chunks,
/// geometry beside them.
///
/// Energies are keV, lengths metres, positions those of the probe on the sample along rows and
/// columns, weights above 0 good: what ptypy reconstructs from is what Argand takes, unturned.
public final class PtydReader implements Reader {
  private static final String CHUNKS = "/chunks";
  private static final List<String> GEOMETRY = List.of("/meta", "/info", "/common", "/geometry");

  @Override
  public String name() {
    return "ptyd";
  }

  @Override
  public String title() {
    return "ptypy data";
  }

  @Override
  public boolean claims(Path file) {
    if (!Hdf5.looksLikeHdf5(file)) {
      return false;
    }
    try (var h5 = Hdf5.open(file)) {
      return !chunks(h5).isEmpty();
    }
  }

  @Override
  public DiffractionScan read(Path file, Read how, Watch watch) {
    var h5 = Hdf5.open(file);
    try {
      List<String> chunks = chunks(h5);
      if (chunks.isEmpty()) {
        throw new InvalidInput(
                "the layout of this HDF5 file", "not ptypy's", CHUNKS + "/0/data", "")
            .at(file.toString());
      }
      var frames =
          new JoinedFrames.Store(h5, chunks.stream().map(chunk -> chunk + "/data").toList());
      return new ScanAssembly(file, raw(h5, frames, chunks), how).scan(frames, title(), watch);
    } catch (RuntimeException trouble) {
      h5.close();
      throw trouble;
    }
  }

  /// In the order of their numbers.
  private static List<String> chunks(Hdf5 h5) {
    if (!h5.isGroup(CHUNKS)) {
      return List.of();
    }
    return h5.list(CHUNKS).stream()
        .filter(name -> name.matches("\\d{1,9}"))
        .sorted(Comparator.comparingInt(Integer::parseInt))
        .map(name -> CHUNKS + "/" + name)
        .filter(chunk -> h5.isDataset(chunk + "/data"))
        .toList();
  }

  private static RawScan raw(Hdf5 h5, JoinedFrames.Store frames, List<String> chunks) {
    var stated = new StatedQuantities(h5);
    FrameAxes axes =
        frames.axes(chunks.size() == 1 ? chunks.getFirst() + "/data" : CHUNKS + "/*/data");
    Optional<String> psize = find(h5, "psize");
    OptionalDouble wavelength = stated.energyOfWavelength(1, places(h5, "lam"));
    OptionalDouble energy = stated.energyEv(1e3, places(h5, "energy"));
    var notes = new ArrayList<String>();
    if (energy.isEmpty() && wavelength.isPresent()) {
      notes.add("the energy is that of the wavelength in the file");
    }
    notes.add(
        "ptypy's positions are taken as the probe's on the sample [m], along the rows and columns of"
            + " the frames");
    return new RawScan(
        axes,
        good(h5, chunks, axes),
        positions(h5, chunks, axes.count()),
        energy.isPresent() ? energy : wavelength,
        isLight(energy, wavelength),
        stated.length(1, places(h5, "distance")),
        psize.map(path -> side(h5, path, 0)).orElse(OptionalDouble.empty()),
        psize.map(path -> side(h5, path, 1)).orElse(OptionalDouble.empty()),
        OptionalDouble.empty(),
        find(h5, "propagation")
            .filter(path -> h5.type(path).kind() == Hdf5Type.Kind.TEXT)
            .map(path -> h5.text(path).contains("near")),
        Optional.empty(),
        new RawScan.Lacking(
            "/meta/energy [keV] or lam [m]", "/meta/distance [m]", "/meta/psize [m]"),
        notes);
  }

  /// Longer than 100 nm, as a wavelength says; an energy of a few electronvolts alone may be keV in
  /// disguise.
  private static boolean isLight(OptionalDouble energy, OptionalDouble ofWavelength) {
    double most = Constants.HC_EV_M / 1e-7;
    return ofWavelength.isPresent()
        && ofWavelength.getAsDouble() <= most
        && Math.abs(energy.orElse(ofWavelength.getAsDouble()) / ofWavelength.getAsDouble() - 1)
            < 0.01;
  }

  private static String[] places(Hdf5 h5, String name) {
    return GEOMETRY.stream()
        .map(group -> group + "/" + name)
        .filter(path -> isStated(h5, path))
        .toArray(String[]::new);
  }

  /// Python's None is kept as a single 0 with the attribute type.
  private static boolean isStated(Hdf5 h5, String path) {
    return h5.isDataset(path) && h5.attributes(path).text("type").filter("None"::equals).isEmpty();
  }

  private static Optional<String> find(Hdf5 h5, String name) {
    return GEOMETRY.stream()
        .map(group -> group + "/" + name)
        .filter(path -> isStated(h5, path))
        .filter(path -> h5.type(path).kind() != Hdf5Type.Kind.OTHER)
        .findFirst();
  }

  /// One number for a square pixel, or (rows, columns).
  private static OptionalDouble side(Hdf5 h5, String path, int axis) {
    double[] sizes = h5.doubles(path);
    return sizes.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sizes[Math.min(axis, sizes.length - 1)]);
  }

  private static RawScan.Positions positions(Hdf5 h5, List<String> chunks, int frames) {
    boolean inChunks = isStated(h5, chunks.getFirst() + "/positions");
    Optional<String> whole =
        find(h5, "positions_scan")
            .or(() -> find(h5, "positions"))
            .or(() -> Optional.of("/positions").filter(h5::isDataset));
    if (!inChunks && whole.isEmpty()) {
      throw new InvalidInput(
              "the scan positions",
              "missing",
              chunks.getFirst() + "/positions (frames, 2) [m]",
              "ptypy saves them with the data when the scan gives them")
          .at(h5.file().toString());
    }
    List<String> paths =
        inChunks
            ? chunks.stream().map(chunk -> chunk + "/positions").toList()
            : List.of(whole.orElseThrow());
    var pairs = new ArrayList<double[]>();
    for (String path : paths) {
      long[] shape = h5.shape(path);
      if (shape.length != 2 || shape[1] != 2) {
        throw new InvalidInput(path, "of shape " + Arrays.toString(shape), "(frames, 2)", "")
            .at(h5.file().toString());
      }
      double[] values = h5.doubles(path);
      for (int j = 0; j < values.length; j += 2) {
        pairs.add(new double[] {values[j], values[j + 1]});
      }
    }
    // A whole scan's positions stand before the frames were prepared; indices say which were kept.
    int[] order = inChunks ? new int[0] : indices(h5, chunks);
    int count = order.length == frames ? frames : pairs.size();
    double[] y = new double[count];
    double[] x = new double[count];
    for (int j = 0; j < count; j++) {
      int from = order.length == frames ? order[j] : j;
      if (from < 0 || from >= pairs.size()) {
        throw new InvalidInput(
                "index " + j + " of " + chunks.getFirst() + "/indices …",
                from,
                "0 … " + (pairs.size() - 1) + ", a row of " + paths.getFirst(),
                "")
            .at(h5.file().toString());
      }
      y[j] = pairs.get(from)[0];
      x[j] = pairs.get(from)[1];
    }
    String name = inChunks && paths.size() > 1 ? CHUNKS + "/*/positions" : paths.getFirst();
    return new RawScan.Positions(name, y, x, false);
  }

  private static int[] indices(Hdf5 h5, List<String> chunks) {
    return chunks.stream()
        .map(chunk -> chunk + "/indices")
        .filter(h5::isDataset)
        .flatMapToInt(path -> Arrays.stream(h5.doubles(path)).mapToInt(k -> (int) Math.rint(k)))
        .toArray();
  }

  /// Pixels of weight above 0 in every frame.
  private static Optional<boolean[]> good(Hdf5 h5, List<String> chunks, FrameAxes axes) {
    int size = axes.rows() * axes.columns();
    var paths = new ArrayList<String>();
    find(h5, "weight2d").ifPresent(paths::add);
    chunks.stream().map(chunk -> chunk + "/weights").filter(h5::isDataset).forEach(paths::add);
    paths.removeIf(path -> Hdf5Slabs.product(h5.shape(path)) < size); // empty: all are good
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    boolean[] good = new boolean[size];
    Arrays.fill(good, true);
    for (String path : paths) {
      long[] shape = h5.shape(path);
      int last = shape.length - 1;
      if (last < 1 || last > 2 || shape[last] != axes.columns() || shape[last - 1] != axes.rows()) {
        throw new InvalidInput(
                path,
                "of shape " + Arrays.toString(shape),
                axes.rows() + " × " + axes.columns() + ", as the frames",
                "give read: {mask: none} to leave it out")
            .at(h5.file().toString());
      }
      long frames = last == 2 ? shape[0] : 1;
      for (long j = 0; j < frames; j++) {
        long[] start = last == 2 ? new long[] {j, 0, 0} : new long[2];
        long[] count = last == 2 ? new long[] {1, shape[1], shape[2]} : shape;
        float[] weights = h5.floats(path, start, count);
        for (int i = 0; i < size; i++) {
          good[i] &= weights[i] > 0;
        }
      }
    }
    return Optional.of(good);
  }
}
