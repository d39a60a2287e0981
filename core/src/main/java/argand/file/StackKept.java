package argand.file;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Clusters;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.PhaseImages;
import argand.data.PlaneTransforms;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads back what {@link StackWriter} wrote; the planes stay in the file until they are asked for.
final class StackKept {
  private StackKept() {}

  /// @param h5 of the file; not kept
  static EnergyStack read(Hdf5 h5, Quality quality, Source source) {
    long[] shape = h5.shape("/entry/stack/data");
    int slices = shape.length == 4 ? Math.toIntExact(shape[1]) : 1;
    Grid grid = tall(ResultReader.grid(h5, "/entry/stack"), slices);
    double[] good = h5.doubles("/entry/stack/mask");
    boolean[] flags = new boolean[grid.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = good[i] > 0;
    }
    return new EnergyStack(
        h5.doubles("/entry/stack/energy"),
        stored(h5, "/entry/stack/data", grid),
        h5.has("/entry/stack/variance")
            ? Optional.of(stored(h5, "/entry/stack/variance", grid))
            : Optional.empty(),
        quantity(h5, "/entry/stack"),
        beam(h5, grid),
        new Mask(grid, flags),
        h5.number("/entry/stack/angle"),
        slices,
        new Findings(
            maps(h5),
            spectra(h5, "/entry/found/spectra"),
            clusters(h5),
            DrawnKept.regions(h5),
            DrawnKept.mixes(h5),
            DrawnKept.bands(h5),
            transforms(h5),
            Optional.empty(),
            quality),
        source,
        phase(h5, grid));
  }

  private static Optional<PhaseImages> phase(Hdf5 h5, Grid grid) {
    return h5.has("/entry/stack/phase")
        ? Optional.of(
            new PhaseImages(
                stored(h5, "/entry/stack/phase", grid),
                h5.has("/entry/stack/phase_variance")
                    ? Optional.of(stored(h5, "/entry/stack/phase_variance", grid))
                    : Optional.empty()))
        : Optional.empty();
  }

  /// Slices one below the other.
  private static Grid tall(Grid slice, int slices) {
    return slice.resized(slices * slice.rows(), slice.columns());
  }

  private static Optional<EmptyBeam> beam(Hdf5 h5, Grid grid) {
    if (!h5.has("/entry/stack/flats")) {
      return Optional.empty();
    }
    return Optional.of(
        new EmptyBeam(
            stored(h5, "/entry/stack/flats", grid),
            h5.has("/entry/stack/dark")
                ? Optional.of(new RealField(grid, h5.floats("/entry/stack/dark")))
                : Optional.empty(),
            (int) h5.number("/entry/stack/flat_frames"),
            h5.number("/entry/stack/exposure_ratio")));
  }

  private static Quantity quantity(Hdf5 h5, String path) {
    String name = h5.attributes(path).text("quantity").orElse("");
    try {
      return Quantity.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new FileTrouble(h5.file(), path + " has the unknown quantity “" + name + "”", unknown);
    }
  }

  static List<Findings.FoundMap> maps(Hdf5 h5) {
    var maps = new ArrayList<Findings.FoundMap>();
    for (String name : h5.list("/entry/found/maps")) {
      String path = "/entry/found/maps/" + name;
      long[] shape = h5.shape(path + "/data");
      int slices = shape.length == 3 ? Math.toIntExact(shape[0]) : 1;
      Grid grid = tall(ResultReader.grid(h5, path), slices);
      maps.add(
          new Findings.FoundMap(
              h5.attributes(path).text("title").orElse(name),
              h5.attributes(path + "/data").text("units").orElse(""),
              new RealField(grid, h5.floats(path + "/data")),
              h5.has(path + "/errors")
                  ? Optional.of(new RealField(grid, h5.floats(path + "/errors")))
                  : Optional.empty()));
    }
    return maps;
  }

  private static List<Spectrum> spectra(Hdf5 h5, String group) {
    var spectra = new ArrayList<Spectrum>();
    for (String name : h5.list(group)) {
      String path = group + "/" + name;
      spectra.add(
          new Spectrum(
              h5.attributes(path).text("title").orElse(name),
              h5.doubles(path + "/energy"),
              h5.doubles(path + "/values"),
              h5.has(path + "/errors")
                  ? Optional.of(h5.doubles(path + "/errors"))
                  : Optional.empty(),
              quantity(h5, path)));
    }
    return spectra;
  }

  private static Optional<Clusters> clusters(Hdf5 h5) {
    String path = "/entry/found/clusters";
    if (!h5.has(path)) {
      return Optional.empty();
    }
    long[] shape = h5.shape(path + "/label");
    double[] pixel = h5.doubles(path + "/pixel_size");
    int columns = Math.toIntExact(shape[shape.length - 1]);
    int rows = Math.toIntExact(Hdf5Slabs.product(shape) / columns);
    var grid = new Grid(rows, columns, pixel[0], pixel[1]);
    long[] label = h5.longs(path + "/label");
    int[] labels = new int[label.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) label[i];
    }
    var compositions = new ArrayList<Clusters.Composition>();
    if (h5.has(path + "/compositions")) {
      for (String name : h5.list(path + "/compositions")) {
        String one = path + "/compositions/" + name;
        compositions.add(
            new Clusters.Composition(
                h5.texts(one + "/references"),
                h5.doubles(one + "/fractions"),
                h5.doubles(one + "/errors"),
                h5.number(one + "/r_factor"),
                h5.number(one + "/chi_square")));
      }
    }
    return Optional.of(new Clusters(grid, labels, spectra(h5, path + "/means"), compositions));
  }

  private static Optional<PlaneTransforms> transforms(Hdf5 h5) {
    String path = "/entry/found/transforms";
    if (!h5.has(path)) {
      return Optional.empty();
    }
    double[] all = h5.doubles(path);
    var moved = new ArrayList<PlaneTransforms.Affine>();
    for (int i = 0; i + 5 < all.length; i += 6) {
      moved.add(
          new PlaneTransforms.Affine(
              all[i], all[i + 1], all[i + 2], all[i + 3], all[i + 4], all[i + 5]));
    }
    String along = "/entry/found/slice_displacements";
    List<Double> slices =
        h5.has(along) ? Arrays.stream(h5.doubles(along)).boxed().toList() : List.of();
    return Optional.of(new PlaneTransforms(moved, slices));
  }

  /// Planes of one dataset; the file stays open until they are closed.
  static Planes stored(Hdf5 h5, String path, Grid grid) {
    var own = Hdf5.open(h5.file());
    try {
      var axes = StackAxes.planesFirst(h5.file(), path, own.shape(path));
      return BandPlanes.inFile(new Hdf5Rows(own, axes, grid));
    } catch (RuntimeException damaged) {
      own.close();
      throw damaged;
    }
  }
}
