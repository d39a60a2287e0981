package argand.spectro;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Spectrum;
import argand.flow.FileDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reference spectra: from files, and those that steps before found or brought.
final class References {
  private References() {}

  /// The spectra of these names among those of the files and of the stack, in this order. Where no
  /// name is given: all of the files, or where there are no files all of the stack.
  ///
  /// @param files their names may hold `*` and `?`
  static List<Spectrum> chosen(List<Path> files, List<String> names, EnergyStack stack) {
    return chosen(files, names, stack.findings().spectra());
  }

  /// The same where `found` are those that may be meant beside the files.
  static List<Spectrum> chosen(List<Path> files, List<String> names, List<Spectrum> found) {
    var read = new ArrayList<Spectrum>();
    for (var file : files) {
      for (var one : matching(file)) {
        read.addAll(FileDoor.open().spectra(one));
      }
    }
    if (names.isEmpty()) {
      return read.isEmpty() ? found : read;
    }
    read.addAll(found);
    return names.stream().map(name -> named(read, name)).toList();
  }

  /// The first of this name.
  static Spectrum named(List<Spectrum> all, String name) {
    return all.stream()
        .filter(spectrum -> spectrum.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    "the spectrum",
                    "'" + name + "'",
                    all.isEmpty()
                        ? "one of a file"
                        : "one of " + String.join(", ", all.stream().map(Spectrum::name).toList()),
                    ""));
  }

  private static List<Path> matching(Path file) {
    String last = String.valueOf(file.getFileName());
    if (!last.contains("*") && !last.contains("?")) {
      return List.of(file);
    }
    var folder = file.toAbsolutePath().getParent();
    var found = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(folder, last)) {
      all.forEach(found::add);
    } catch (IOException e) {
      throw new InvalidInput("references", file, "files in a folder that can be read", "");
    }
    if (found.isEmpty()) {
      throw new InvalidInput("references", file, "the name of a file, or a pattern of some", "");
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }
}
