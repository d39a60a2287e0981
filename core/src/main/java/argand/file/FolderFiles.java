package argand.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The files of a folder, hidden ones left out, in the order of their names; numbers in names count
/// as numbers (`a2` before `a10`).
public final class FolderFiles {
  private FolderFiles() {}

  /// @throws FileTrouble when the folder cannot be listed
  public static List<Path> inOrder(Path folder, Predicate<String> named) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !name(file).startsWith("."))
          .filter(file -> named.test(name(file)))
          .sorted(Comparator.comparing(FolderFiles::name, FolderFiles::compare))
          .toList();
    } catch (IOException | UncheckedIOException trouble) {
      throw new FileTrouble(folder, "cannot be listed: " + trouble.getMessage(), trouble);
    }
  }

  /// What a measurement in a folder consists of: its files, or where it has none the folders in it.
  public static List<Path> parts(Path folder) {
    var files = inOrder(folder, _ -> true);
    return files.isEmpty() ? folders(folder) : files;
  }

  /// The folders in a folder.
  static List<Path> folders(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .filter(file -> !name(file).startsWith("."))
          .sorted(Comparator.comparing(FolderFiles::name, FolderFiles::compare))
          .toList();
    } catch (IOException | UncheckedIOException trouble) {
      throw new FileTrouble(folder, "cannot be listed: " + trouble.getMessage(), trouble);
    }
  }

  static boolean any(Path folder, Predicate<String> named) {
    return !inOrder(folder, named).isEmpty();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static int compare(String a, String b) {
    String[] left = a.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
    String[] right = b.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      boolean numbers = left[i].matches("\\d{1,18}") && right[i].matches("\\d{1,18}");
      int order =
          numbers
              ? Long.compare(Long.parseLong(left[i]), Long.parseLong(right[i]))
              : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    int shorter = Integer.compare(left.length, right.length);
    return shorter != 0 ? shorter : a.compareTo(b);
  }
}
