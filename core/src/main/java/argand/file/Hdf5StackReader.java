package argand.file;

import argand.array.Grid;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Images over energy in any HDF5 file: by the names that the recipe gives, else by the shapes and
/// names of its datasets. Reads so what PyXAS and the FXI beamline of NSLS-II write (`img_xanes`,
/// `X_eng`, `img_bkg`, `img_dark`), Data Exchange (`exchange/data`, `data_white`, `data_dark`,
/// `energy`), and Mantis (`exchange/data` with columns first and energies last).
public final class Hdf5StackReader implements StackReader {
  private static final Pattern NANOMETRES = Pattern.compile("\\s*([0-9.eE+-]+)\\s*nm\\s*");

  /// Made by the service loader.
  public Hdf5StackReader() {}

  @Override
  public String name() {
    return "hdf5";
  }

  @Override
  public String title() {
    return "HDF5";
  }

  @Override
  public boolean claims(Path file) {
    return Files.isRegularFile(file) && Hdf5.looksLikeHdf5(file);
  }

  @Override
  public EnergyStack read(Path file, ReadStack how, Watch watch) {
    var notes = new ArrayList<String>();
    RawStack raw;
    try (var h5 = Hdf5.open(file)) {
      raw = found(h5, how, watch, notes);
    }
    return new StackAssembly(how, notes).stack(file, raw);
  }

  private static RawStack found(Hdf5 h5, ReadStack how, Watch watch, List<String> notes) {
    var tree = StackTree.of(h5);
    boolean mantis = isMantis(h5);
    var asked = mantis ? mantisAxes(how) : how;
    var found = tree.images(asked, how.energiesEv().size());
    StackAxes axes = how.volume() ? found.axes().oneVolume(h5.file()) : found.axes();
    OptionalDouble pixel = pixel(h5, axes);
    Grid grid = axes.grid(pixel.orElse(1), pixel.orElse(1));
    notes.add(
        axes.path()
            + " is taken as "
            + axes.planes()
            + " images of "
            + axes.height()
            + " × "
            + axes.width()
            + (axes.plane() == 2 ? ", energies along the last axis" : ""));
    if (axes.rows().length == 2) {
      notes.add(
          "images are volumes of "
              + axes.slices()
              + " slices, one below the other: a slice is "
              + axes.height() / axes.slices()
              + " rows");
    }
    long room = watch.memoryBytes();
    Planes images = planes(h5, axes, grid, watch, room);
    long left = Math.max(room / 4, room / 2 - images.memoryBytes());
    var raw =
        new RawStack(images, h5.type(axes.path()).isInteger(), pixel.isPresent())
            .withSlices(axes.slices());
    try {
      Optional<StackAxes> flats =
          how.flatFile().isPresent() ? Optional.empty() : tree.flats(asked, axes);
      Optional<StackAxes> darks =
          how.darkFile().isPresent() ? Optional.empty() : tree.darks(asked, axes);
      flats.ifPresent(f -> notes.add(f.path() + " is taken as the empty beam"));
      if (flats.isEmpty() && how.flats().isEmpty() && how.flatFile().isEmpty()) {
        notes.addAll(tree.unlikeFlats(axes));
      }
      darks.ifPresent(d -> notes.add(d.path() + " is taken as the dark level"));
      raw =
          raw.withBeam(
                  flats.map(f -> beside(h5, f, grid, watch, left)),
                  darks.map(d -> beside(h5, d, grid, watch, left)))
              .withExposure(
                  flats.map(f -> f.height() / grid.rows() * averaged(h5, f.path())).orElse(1),
                  OptionalDouble.empty());
      if (mantis && flats.isEmpty()) {
        raw = withWhiteSpectrum(h5, raw, grid, notes);
      }
      if (how.volume()) {
        return raw.withEnergies(
            tree.oneEnergy(asked)
                .map(path -> new RawStack.Energies(h5.doubles(path), h5.units(path), path))
                .or(() -> inName(h5.file())));
      }
      return raw.withEnergies(
          found
              .energies()
              .or(() -> tree.anyEnergies(asked)) // whose number is complained of
              .map(path -> new RawStack.Energies(h5.doubles(path), h5.units(path), path)));
    } catch (RuntimeException wrong) {
      raw.close();
      throw wrong;
    }
  }

  private static Optional<RawStack.Energies> inName(Path file) {
    String name = String.valueOf(file.getFileName());
    return PhotonEnergies.inName(name)
        .map(ev -> new RawStack.Energies(new double[] {ev}, Optional.of("eV"), "the name " + name));
  }

  /// How many frames a flat is the mean of, where its attribute `frames_averaged` says so.
  private static int averaged(Hdf5 h5, String path) {
    var attributes = h5.attributes(path);
    return attributes.has("frames_averaged")
        ? (int) Math.clamp(Math.round(attributes.doubles("frames_averaged")[0]), 1, 1_000_000)
        : 1;
  }

  private static Planes planes(Hdf5 h5, StackAxes axes, Grid grid, Watch watch, long memory) {
    var own = Hdf5.open(h5.file());
    try {
      return BandPlanes.of(new Hdf5Rows(own, axes, grid), watch.workers(), memory);
    } catch (RuntimeException damaged) {
      own.close();
      throw damaged;
    }
  }

  /// Flats or darks; of several frames for each plane (four axes) their mean.
  private static Planes beside(Hdf5 h5, StackAxes axes, Grid grid, Watch watch, long memory) {
    int frames = axes.height() / grid.rows();
    if (frames == 1) {
      return planes(h5, axes, grid, watch, memory);
    }
    var all = planes(h5, axes, axes.grid(grid.pixelY(), grid.pixelX()), watch, memory);
    return Planes.computed(
        all,
        all.count(),
        grid,
        (index, first, length, into, offset) -> {
          double[] sum = new double[length];
          float[] one = new float[length];
          for (int k = 0; k < frames; k++) {
            all.read(index, k * grid.size() + first, length, one, 0);
            for (int i = 0; i < length; i++) {
              sum[i] += one[i];
            }
          }
          for (int i = 0; i < length; i++) {
            into[offset + i] = (float) (sum[i] / frames);
          }
        });
  }

  private static boolean isMantis(Hdf5 h5) {
    return h5.isGroup("/spectromicroscopy") && h5.isDataset("/exchange/data");
  }

  /// Mantis: columns, rows, energies.
  private static ReadStack mantisAxes(ReadStack how) {
    return how.images().isPresent()
        ? how
        : how.of("/exchange/data", ReadStack.EnergyAxis.LAST, !how.transpose());
  }

  /// The empty beam that Mantis keeps: one number for each of its own energies, the same in every
  /// pixel.
  private static RawStack withWhiteSpectrum(Hdf5 h5, RawStack raw, Grid grid, List<String> notes) {
    String group = "/spectromicroscopy/normalization";
    if (!h5.isDataset(group + "/white_spectrum") || !h5.isDataset("/exchange/energy")) {
      return raw;
    }
    double[] white = h5.doubles(group + "/white_spectrum");
    double[] energies = h5.doubles("/exchange/energy");
    double[] at =
        h5.isDataset(group + "/white_spectrum_energy")
            ? h5.doubles(group + "/white_spectrum_energy")
            : energies;
    if (white.length != at.length || white.length == 0) {
      throw new FileTrouble(
          h5.file(),
          group
              + " has "
              + white.length
              + " values for "
              + at.length
              + " energies of the empty beam");
    }
    float[] level = new float[energies.length];
    for (int e = 0; e < level.length; e++) {
      level[e] = (float) interpolated(at, white, energies[e]);
    }
    notes.add(group + "/white_spectrum is taken as the empty beam of every pixel");
    var flats =
        Planes.computed(
            raw.images(),
            level.length,
            grid,
            (index, first, length, into, offset) ->
                java.util.Arrays.fill(into, offset, offset + length, level[index]));
    return raw.withBeam(Optional.of(flats), raw.darks());
  }

  private static double interpolated(double[] at, double[] values, double ev) {
    int next = 0;
    while (next < at.length && at[next] < ev) {
      next++;
    }
    if (next == 0 || next == at.length) {
      return values[Math.min(next, at.length - 1)];
    }
    double t = (ev - at[next - 1]) / (at[next] - at[next - 1]);
    return values[next - 1] + t * (values[next] - values[next - 1]);
  }

  /// The edge of a pixel [m]: `Pixel Size` of FXI, or the distance of positions x beside the
  /// images, in µm where no unit is stated.
  private static OptionalDouble pixel(Hdf5 h5, StackAxes axes) {
    if (h5.isDataset("/Pixel Size") && h5.type("/Pixel Size").kind() == Hdf5Type.Kind.TEXT) {
      var size = NANOMETRES.matcher(h5.text("/Pixel Size"));
      if (size.matches() && Double.parseDouble(size.group(1)) > 0) {
        return OptionalDouble.of(1e-9 * Double.parseDouble(size.group(1)));
      }
    }
    String x = axes.path().substring(0, axes.path().lastIndexOf('/')) + "/x";
    if (h5.isDataset(x) && h5.type(x).isNumber()) {
      double[] places = h5.doubles(x);
      double unit = h5.units(x).map(FileUnits::metres).orElse(OptionalDouble.empty()).orElse(1e-6);
      if (places.length == axes.width() && places.length > 1) {
        double step = Math.abs(places[places.length - 1] - places[0]) / (places.length - 1) * unit;
        return step > 0 && step < 1e-2 ? OptionalDouble.of(step) : OptionalDouble.empty();
      }
    }
    return OptionalDouble.empty();
  }
}
