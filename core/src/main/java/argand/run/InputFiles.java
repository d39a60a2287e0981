package argand.run;

import argand.file.FileTrouble;
import argand.file.FolderFiles;
import argand.recipe.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that the patterns of a recipe mean: for each pattern in the order of their names, each
/// file once.
final class InputFiles {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private InputFiles() {}

  /// @param folders whether a folder is one input, as the first step reads it
  /// @throws FileTrouble when a file is missing, or is a folder that is none, or a pattern matches
  ///     nothing
  static List<Path> find(Inputs.Files files, boolean folders) {
    var found = new LinkedHashSet<Path>();
    for (String pattern : files.patterns()) {
      Path plain = files.folder().resolve(pattern).toAbsolutePath().normalize();
      if (Files.exists(plain) || !GLOB.matcher(pattern).find()) {
        found.add(file(plain, folders));
      } else {
        found.addAll(matching(files.folder(), Path.of(pattern), folders));
      }
    }
    return List.copyOf(found);
  }

  /// The files that inputs are made of: a file itself, the files of a folder.
  static List<Path> within(List<Path> inputs) {
    var files = new ArrayList<Path>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        files.addAll(within(FolderFiles.parts(input)));
      } else {
        files.add(input);
      }
    }
    return files;
  }

  private static Path file(Path path, boolean folders) {
    if (!Files.exists(path)) {
      throw new FileTrouble(path, "there is no such file");
    }
    if (Files.isDirectory(path) && !folders) {
      throw new FileTrouble(
          path, "is a folder; name a file in it, or a pattern like " + path + "/*");
    }
    return path;
  }

  /// The words of the pattern up to the first with a wildcard are a folder; the rest is matched
  /// below
  /// it.
  private static List<Path> matching(Path folder, Path pattern, boolean folders) {
    int plain = 0;
    while (!GLOB.matcher(pattern.getName(plain).toString()).find()) {
      plain++;
    }
    Path base = pattern.isAbsolute() ? Path.of("/") : folder;
    Path root = plain == 0 ? base : base.resolve(pattern.subpath(0, plain)).normalize();
    Path rest = pattern.subpath(plain, pattern.getNameCount());
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    if (!Files.isDirectory(root)) {
      throw new FileTrouble(root, "there is no such folder");
    }
    int depth = rest.toString().contains("**") ? Integer.MAX_VALUE : rest.getNameCount();
    try (Stream<Path> walk = Files.walk(root, depth)) {
      var found =
          walk.filter(file -> Files.isRegularFile(file) || folders && Files.isDirectory(file))
              .filter(file -> !file.equals(root) && matcher.matches(root.relativize(file)))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new FileTrouble(root.resolve(rest), "no file matches this pattern");
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new FileTrouble(root, "cannot be searched (" + e.getMessage() + ")", e);
    }
  }
}
