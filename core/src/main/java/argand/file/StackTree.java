package argand.file;

import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What in an HDF5 file could be images over energy, energies, flats and darks.
///
/// @param shapes of every dataset of numbers, by its path
record StackTree(Hdf5 h5, Map<String, long[]> shapes) {
  private static final List<String> FLATS =
      List.of("flat", "white", "bkg", "img_bkg", "i0", "reference", "empty");
  private static final List<String> DARKS = List.of("dark");

  static StackTree of(Hdf5 h5) {
    var shapes = new LinkedHashMap<String, long[]>();
    for (String path : Hdf5Tour.datasets(h5)) {
      if (h5.type(path).isNumber()) {
        shapes.put(path, h5.shape(path));
      }
    }
    return new StackTree(h5, shapes);
  }

  /// Lists of numbers that are called energies or could be some.
  List<String> energies() {
    var named = new ArrayList<String>();
    for (var entry : shapes.entrySet()) {
      if (length(entry.getValue()) >= 1 && isEnergy(name(entry.getKey()))) {
        named.add(entry.getKey());
      }
    }
    return named;
  }

  /// The energies that the recipe names, or the first that the file holds, fit they or not.
  Optional<String> anyEnergies(ReadStack how) {
    return given("energyDataset", how.energyDataset()).or(() -> energies().stream().findFirst());
  }

  /// A single number that the recipe names or that is called an energy.
  Optional<String> oneEnergy(ReadStack how) {
    return given("energyDataset", how.energyDataset())
        .or(
            () ->
                shapes.entrySet().stream()
                    .filter(entry -> isEnergy(name(entry.getKey())))
                    .filter(entry -> Hdf5Slabs.product(entry.getValue()) == 1)
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  private static boolean isEnergy(String name) {
    return name.contains("energ")
        || name.contains("x_eng")
        || name.equals("eng")
        || name.equals("ev")
        || name.equals("eng_list");
  }

  /// Numbers of a list, whether it is (n) or (n, 1) or (1, n); 0 where it is no list.
  private static long length(long[] shape) {
    long longest = Arrays.stream(shape).max().orElse(0);
    return shape.length >= 1 && Hdf5Slabs.product(shape) == longest ? longest : 0;
  }

  /// The dataset that the recipe names.
  Optional<String> given(String what, Optional<String> path) {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String absolute = path.get().startsWith("/") ? path.get() : "/" + path.get();
    if (!h5.isDataset(absolute)) {
      throw new InvalidInput(
          what, "absent: there is no dataset " + absolute, "one of " + some(shapes.keySet()), "");
    }
    return Optional.of(absolute);
  }

  private static String some(java.util.Collection<String> paths) {
    return paths.isEmpty()
        ? "none: the file holds no numbers"
        : String.join(", ", paths.stream().limit(8).toList()) + (paths.size() > 8 ? ", …" : "");
  }

  /// Images and their energies.
  ///
  /// @param energies absent where none fit
  record Found(StackAxes axes, Optional<String> energies) {}

  /// The images that the recipe names or that the file holds, and the energies that fit them.
  ///
  /// @param expected how many energies the recipe gives; 0 for any number, −1 where images of the
  /// beam are
  ///     wanted
  /// @throws InvalidInput when there are none, or several
  Found images(ReadStack how, int expected) {
    var named = given("images", how.images());
    var lists =
        given(
                "energyDataset",
                how.energyFile().isPresent() ? Optional.empty() : how.energyDataset())
            .map(List::of)
            .orElseGet(this::energies);
    if (named.isPresent()) {
      return fitted(named.get(), lists, how, expected);
    }
    var fitting = new ArrayList<Found>();
    var others = new ArrayList<Found>();
    for (var entry : shapes.entrySet()) {
      String path = entry.getKey();
      if (isImages(entry.getValue()) && (!isBeam(path) || expected < 0)) {
        var found = fitted(path, lists, how, expected);
        (found.energies().isPresent() || found.axes().planes() == expected ? fitting : others)
            .add(found);
      }
    }
    List<Found> chosen = fitting.isEmpty() ? others : fitting;
    if (chosen.isEmpty()) {
      throw new InvalidInput(
          "images",
          "not given, and there is no array of images",
          "a dataset (energies, rows, columns); there are " + some(shapes.keySet()),
          "");
    }
    if (chosen.size() > 1) {
      chosen = preferred(chosen);
    }
    if (chosen.size() > 1) {
      throw new InvalidInput(
          "images",
          "not given, and several datasets could be them",
          "one of "
              + some(chosen.stream().map(f -> f.axes().path() + shape(f.axes().path())).toList()),
          "");
    }
    return chosen.getFirst();
  }

  /// Those whose names say images, else those that are largest.
  private List<Found> preferred(List<Found> chosen) {
    for (String word : List.of("img_xanes", "images", "image", "data", "counts", "stack", "img")) {
      var said = new ArrayList<Found>();
      for (var found : chosen) {
        if (name(found.axes().path()).equals(word)) {
          said.add(found);
        }
      }
      if (said.size() == 1) {
        return said;
      }
    }
    return chosen;
  }

  private String shape(String path) {
    return " " + Arrays.toString(shapes.get(path));
  }

  private static boolean isImages(long[] shape) {
    return (shape.length == 3 || shape.length == 4)
        && Arrays.stream(shape).filter(n -> n > 1).count() >= 2;
  }

  private static boolean isBeam(String path) {
    String name = name(path);
    return FLATS.stream().anyMatch(name::contains) || DARKS.stream().anyMatch(name::contains);
  }

  /// Which axis of the dataset the energies count.
  private Found fitted(String path, List<String> lists, ReadStack how, int expected) {
    long[] shape = h5.shape(path);
    if (shape.length < 2 || shape.length > 4 || !h5.type(path).isNumber()) {
      throw new InvalidInput(
          "images",
          path + " of " + h5.type(path) + " " + Arrays.toString(shape),
          "numbers (energies, rows, columns)",
          "");
    }
    boolean transposed = how.transpose();
    if (shape.length == 2) {
      var axes = StackAxes.planesFirst(h5.file(), path, shape);
      return new Found(transposed ? axes.transposed() : axes, single(lists, 1));
    }
    var first = single(near(path, lists), Math.toIntExact(shape[0]));
    int last = shape.length - 1;
    var behind =
        shape.length == 3 ? single(near(path, lists), Math.toIntExact(shape[last])) : first;
    boolean atEnd =
        switch (how.energyAxis()) {
          case FIRST -> false;
          case LAST -> true;
          case AUTO ->
              shape.length == 3
                  && (first.isEmpty() && shape[0] != expected)
                  && (behind.isPresent() || shape[last] == expected);
        };
    if (atEnd && shape.length != 3) {
      throw new InvalidInput("energyAxis", "last", "first for an array of four axes", "");
    }
    if (atEnd) {
      return new Found(StackAxes.planesLast(path, shape, transposed), behind);
    }
    var axes = StackAxes.planesFirst(h5.file(), path, shape);
    return new Found(transposed ? axes.transposed() : axes, first);
  }

  /// The lists of the same group before others.
  private List<String> near(String path, List<String> lists) {
    String group = path.substring(0, path.lastIndexOf('/') + 1);
    var own = lists.stream().filter(list -> list.startsWith(group)).toList();
    var sorted = new ArrayList<>(own);
    lists.stream().filter(list -> !own.contains(list)).forEach(sorted::add);
    return sorted;
  }

  private Optional<String> single(List<String> lists, int count) {
    return lists.stream().filter(list -> length(h5.shape(list)) == count).findFirst();
  }

  /// The flats beside the images: the dataset that the recipe names, else one whose name says so
  /// and whose images have the right size.
  Optional<StackAxes> flats(ReadStack how, StackAxes images) {
    return beside("flats", how.flats(), FLATS, images);
  }

  /// A sentence for each dataset that is called like flats but whose images have another size.
  List<String> unlikeFlats(StackAxes images) {
    var sentences = new ArrayList<String>();
    for (var entry : shapes.entrySet()) {
      String path = entry.getKey();
      boolean called = FLATS.stream().anyMatch(name(path)::contains);
      if (called && isImages(entry.getValue()) && !path.equals(images.path())) {
        sentences.add(
            path
                + shape(path)
                + " is not taken as the empty beam: its images are not "
                + images.height()
                + " × "
                + images.width());
      }
    }
    return sentences;
  }

  /// The darks beside the images.
  Optional<StackAxes> darks(ReadStack how, StackAxes images) {
    return beside("darks", how.darks(), DARKS, images);
  }

  private Optional<StackAxes> beside(
      String what, Optional<String> path, List<String> words, StackAxes images) {
    if (path.isPresent() && path.get().equals("none")) {
      return Optional.empty();
    }
    var named = given(what, path);
    if (named.isPresent()) {
      return Optional.of(
          like(named.get(), images)
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          what,
                          named.get() + shape(named.get()),
                          "images of " + images.height() + " × " + images.width(),
                          "")));
    }
    var found = new ArrayList<StackAxes>();
    for (String candidate : shapes.keySet()) {
      String name = name(candidate);
      if (!candidate.equals(images.path()) && words.stream().anyMatch(name::contains)) {
        like(candidate, images).ifPresent(found::add);
      }
    }
    if (found.size() > 1) {
      throw new InvalidInput(
          what,
          "not given, and several datasets could be them",
          "one of " + some(found.stream().map(axes -> axes.path() + shape(axes.path())).toList()),
          "");
    }
    return found.stream().findFirst();
  }

  /// The axes of a dataset that lies as the images do; empty where its images have another size.
  private Optional<StackAxes> like(String path, StackAxes images) {
    long[] shape = h5.shape(path);
    if (shape.length == 4 && images.inOrder() && h5.type(path).isNumber()) {
      var repeated = StackAxes.planesFirst(h5.file(), path, shape); // several frames a plane
      return shape[2] == images.height() && shape[3] == images.width()
          ? Optional.of(repeated)
          : Optional.empty();
    }
    if (!h5.type(path).isNumber() || shape.length < 2 || shape.length > 3) {
      return Optional.empty();
    }
    StackAxes axes;
    if (shape.length == 2) {
      axes = StackAxes.planesFirst(h5.file(), path, shape);
      axes = images.rows()[0] > images.column() ? axes.transposed() : axes;
    } else if (images.plane() == 2) {
      axes = StackAxes.planesLast(path, shape, images.column() == 0);
    } else {
      axes = StackAxes.planesFirst(h5.file(), path, shape);
      axes = images.rows()[0] > images.column() ? axes.transposed() : axes;
    }
    return axes.height() == images.height() && axes.width() == images.width()
        ? Optional.of(axes)
        : Optional.empty();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
