package argand.file;

import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import argand.data.RawFile;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Reads complex images over energy that another program has reconstructed, from an HDF5 or NumPy
/// file, or an object stack of ours: where spectroptychography begins that was not reconstructed
/// here.
///
/// What is not given is looked for: the only array of complex numbers with as many images as there
/// are energies, a list whose name begins with `energ`, sizes of a pixel. Axes before those of
/// energy, row and column (a time, say) must have one element, or `index` chooses.
///
/// Such files do not say how many photons made them: without `photons` the light is nominal, and
/// errors come from the scatter in an empty region alone (`fixGauge`). Nor do they say the sign of
/// the phase: here matter delays, which makes it more negative; `conjugate` turns images of the
/// other
/// sign.
public record ReadObjects(
    @Param("array of the complex images; found where there is only one") Optional<String> dataset,
    @Param(value = "energies, one for each image", unit = "eV", byDefault = "[]")
        List<Double> energiesEv,
    @Param("array of the energies [eV]; found by its name where it is not given")
        Optional<String> energyDataset,
    @Param(value = "edge of a square pixel; overrides the file", unit = "m")
        OptionalDouble pixelSize,
    @Param(value = "which of the leading axis, such as a time, from 0", byDefault = "0") int index,
    @Param(value = "turn the sign of all phases", byDefault = "false") boolean conjugate,
    @Param("photons that fell on each pixel; nominal where it is not given") OptionalDouble photons)
    implements Step.One<RawFile, ObjectStack> {
  /// So many that what they would scatter is nothing.
  private static final double NOMINAL_PHOTONS = 1e9;

  private static final double NOMINAL_PIXEL = 1e-6;

  public ReadObjects {
    energiesEv = List.copyOf(energiesEv);
    energiesEv.forEach(ev -> Check.within("energies", ev, 1, 1e6, "eV"));
    if (!energiesEv.isEmpty() && energyDataset.isPresent()) {
      throw new InvalidInput("energyDataset", "given beside energies", "one of the two", "");
    }
    pixelSize.ifPresent(size -> Check.within("pixelSize", size, 1e-12, 1, "m"));
    Check.atLeast("index", index, 0);
    photons.ifPresent(n -> Check.within("photons", n, 1e-3, 1e15, ""));
  }

  /// As an empty `readObjects: {}` of a recipe.
  public static ReadObjects defaults() {
    return new ReadObjects(
        Optional.empty(),
        List.of(),
        Optional.empty(),
        OptionalDouble.empty(),
        0,
        false,
        OptionalDouble.empty());
  }

  @Override
  public Class<RawFile> takes() {
    return RawFile.class;
  }

  @Override
  public Class<ObjectStack> gives() {
    return ObjectStack.class;
  }

  @Override
  public ObjectStack apply(RawFile input, Watch watch) {
    Path file = input.path();
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(
          file, Files.isDirectory(file) ? "this is a folder, not a file" : "there is no such file");
    }
    FirstOpening.check(List.of(file));
    try {
      if (equals(defaults()) && Hdf5.looksLikeHdf5(file) && isResult(file)) {
        return (ObjectStack) ResultReader.product(file);
      }
      var arrays = Datasets.open(file);
      try {
        var stack = read(arrays, file);
        stack.source().notes().forEach(note -> watch.tell(new Progress.Noted(note)));
        return stack;
      } finally {
        arrays.close();
      }
    } catch (InvalidInput wrong) {
      throw wrong.what().startsWith(file.toString()) ? wrong : wrong.at(file.toString());
    }
  }

  private static boolean isResult(Path file) {
    try (var h5 = Hdf5.open(file)) {
      return ObjectStackKept.claims(h5);
    }
  }

  private ObjectStack read(Datasets arrays, Path file) {
    var notes = new ArrayList<String>();
    String images = dataset.orElseGet(() -> only(arrays));
    long[] shape = shape(arrays, images);
    int count = Math.toIntExact(shape[shape.length - 3]);
    double[] energies = energies(arrays, count, notes);
    int rows = Math.toIntExact(shape[shape.length - 2]);
    int columns = Math.toIntExact(shape[shape.length - 1]);
    double pixel = pixel(arrays, notes);
    Grid grid = Grid.square(rows, columns, pixel);
    notes.add(images + " is taken as complex images of " + count + " energies");
    if (photons.isEmpty()) {
      notes.add(
          "the file does not say how many photons made the images: their light is nominal, and"
              + " errors are those seen in an empty region");
    }
    var values = arrays.complex(images);
    var views = new ArrayList<View>();
    boolean[] good = new boolean[grid.size()];
    Arrays.fill(good, true);
    var light = new RealField(grid);
    Arrays.fill(light.values(), (float) photons.orElse(NOMINAL_PHOTONS));
    for (int e = 0; e < count; e++) {
      var object = new ComplexField(grid);
      int from = Math.multiplyExact(index * count + e, grid.size());
      for (int i = 0; i < grid.size(); i++) {
        float re = values.re()[from + i];
        float im = values.im()[from + i];
        good[i] &= Float.isFinite(re) && Float.isFinite(im) && (re != 0 || im != 0);
        object.set(i / columns, i % columns, re, conjugate ? -im : im);
      }
      views.add(
          new View(
              energies[e],
              Optional.empty(),
              object,
              light,
              file.getFileName() + " (" + ObjectStack.ev(energies[e]) + ")"));
    }
    views.sort(Comparator.comparingDouble(View::energyEv));
    var source =
        new Source(
            List.of(file.toString()),
            List.of(conjugate ? "readObjects, conjugate" : "readObjects"),
            notes);
    return new ObjectStack(
        views,
        new Mask(grid, good),
        new Reconstruction.Origin(0, 0),
        Optional.empty(),
        Findings.NONE,
        source);
  }

  private static List<String> names(Datasets arrays) {
    return switch (arrays) {
      case Hdf5 h5 -> Hdf5Tour.datasets(h5);
      case NumpyFile numpy -> numpy.names();
      default -> List.of();
    };
  }

  private static boolean isComplex(Datasets arrays, String name) {
    return switch (arrays) {
      case Hdf5 h5 -> h5.type(name).kind() == Hdf5Type.Kind.COMPLEX;
      case NumpyFile numpy -> numpy.header(name).type().kind() == Hdf5Type.Kind.COMPLEX;
      default -> true;
    };
  }

  private static String only(Datasets arrays) {
    var found =
        names(arrays).stream()
            .filter(name -> arrays.shape(name).length >= 3 && isComplex(arrays, name))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new InvalidInput(
        "dataset",
        "not given",
        found.isEmpty()
            ? "a file with complex images (energy, row, column)"
            : "one of " + String.join(", ", found),
        found.isEmpty() ? "it holds none" : "");
  }

  private long[] shape(Datasets arrays, String name) {
    if (!arrays.isDataset(name)) {
      throw new InvalidInput("dataset", "'" + name + "', which is not there", "an array", "");
    }
    long[] shape = arrays.shape(name);
    int n = shape.length;
    if (n < 3 || !isComplex(arrays, name)) {
      throw new InvalidInput(
          "dataset " + name,
          Arrays.toString(shape) + (isComplex(arrays, name) ? "" : " of real numbers"),
          "complex numbers (energy, row, column)",
          "");
    }
    long leading = 1;
    for (int k = 0; k < n - 3; k++) {
      leading *= shape[k];
    }
    if (index >= leading) {
      throw new InvalidInput("index", index, "less than the " + leading + " sets of images", "");
    }
    return shape;
  }

  private double[] energies(Datasets arrays, int count, List<String> notes) {
    if (!energiesEv.isEmpty()) {
      Check.same("energies", energiesEv.size(), count);
      return energiesEv.stream().mapToDouble(Double::doubleValue).toArray();
    }
    String name =
        energyDataset.orElseGet(
            () ->
                names(arrays).stream()
                    .filter(
                        path -> last(path).toLowerCase(java.util.Locale.ROOT).startsWith("energ"))
                    .filter(path -> Hdf5Slabs.product(arrays.shape(path)) % count == 0)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new InvalidInput(
                                "the energies",
                                "nowhere in the file",
                                "one for each of " + count + " images",
                                "readObjects: {energies: [843.9 eV, …]}")));
    double[] all = arrays.doubles(name);
    if (all.length < (index + 1) * count) {
      throw new InvalidInput(
          "the energies of " + name, all.length, count + ", one for each image", "");
    }
    double unit =
        arrays.units(name).map(FileUnits::electronvolts).orElse(OptionalDouble.empty()).orElse(1);
    int from = all.length == count ? 0 : index * count;
    double[] energies = new double[count];
    for (int e = 0; e < count; e++) {
      // single precision holds seven digits: 843.907 comes as 843.9069824
      energies[e] = Math.rint(all[from + e] * unit * 1e4) / 1e4;
    }
    notes.add("energies are those of " + name);
    return energies;
  }

  private double pixel(Datasets arrays, List<String> notes) {
    if (pixelSize.isPresent()) {
      return pixelSize.getAsDouble();
    }
    for (String name : names(arrays)) {
      String last = last(name).toLowerCase(java.util.Locale.ROOT);
      if (last.startsWith("pixel_size") || last.startsWith("pixelsize")) {
        double[] sizes = arrays.doubles(name);
        double unit =
            arrays.units(name).map(FileUnits::metres).orElse(OptionalDouble.empty()).orElse(1);
        double least = Arrays.stream(sizes).min().orElse(0);
        double most = Arrays.stream(sizes).max().orElse(0);
        if (!(least > 0) || most > least * (1 + 1e-4)) {
          throw new InvalidInput(
              "the sizes of the pixels in " + name,
              FileUnits.length(least * unit) + " … " + FileUnits.length(most * unit),
              "one for all energies",
              "resample the images first, or give pixelSize");
        }
        return sizes[0] * unit;
      }
    }
    notes.add("the size of a pixel is nowhere stated: 1 µm is nominal");
    return NOMINAL_PIXEL;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
