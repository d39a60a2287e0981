package argand.run;

import argand.array.InvalidInput;
import argand.file.FileTrouble;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// A run on disk. Whoever can see the folder can watch, stop and resume the run.
///
/// @param path of the folder itself
public record RunFolder(Path path) {
  /// `runs/<date>-<title>`, with a number behind it when that is taken.
  public static RunFolder fresh(Path runs, LocalDate date, String title) {
    String name = date + "-" + slug(title);
    Path path = runs.resolve(name);
    for (int i = 2; Files.exists(path); i++) {
      path = runs.resolve(name + "-" + i);
    }
    return new RunFolder(path);
  }

  /// The youngest run of this title.
  ///
  /// @throws FileTrouble when there is none
  public static RunFolder latest(Path runs, String title) {
    String ending = "-" + slug(title);
    try (Stream<Path> all = Files.isDirectory(runs) ? Files.list(runs) : Stream.empty()) {
      return new RunFolder(
          all.filter(p -> p.getFileName().toString().replaceFirst("-\\d+$", "").endsWith(ending))
              .filter(p -> Files.exists(p.resolve("plan.json")))
              .max(java.util.Comparator.comparing(RunFolder::modified))
              .orElseThrow(
                  () -> new FileTrouble(runs, "holds no run of “" + title + "” to resume")));
    } catch (IOException e) {
      throw new FileTrouble(runs, "cannot be searched (" + why(e) + ")", e);
    }
  }

  private static java.time.Instant modified(Path run) {
    try {
      return Files.getLastModifiedTime(run.resolve("plan.json")).toInstant();
    } catch (IOException e) {
      return java.time.Instant.EPOCH;
    }
  }

  /// An existing run.
  ///
  /// @throws FileTrouble when the folder is none
  public static RunFolder open(Path path) {
    var folder = new RunFolder(path);
    if (!Files.isDirectory(path)) {
      throw new FileTrouble(path, "there is no such run folder");
    }
    if (!Files.exists(folder.plan())) {
      throw new FileTrouble(path, "is no run folder (it holds no plan.json)");
    }
    return folder;
  }

  /// Letters and digits of a title, fit for a file name.
  static String slug(String title) {
    String plain =
        title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return plain.isEmpty() ? "run" : plain.substring(0, Math.min(60, plain.length()));
  }

  /// Makes the folder for a new run.
  ///
  /// @throws InvalidInput when it already holds something
  /// @throws FileTrouble when it cannot be made or written
  void create() {
    if (Files.exists(plan())) {
      throw new InvalidInput(
          "the run folder " + path, "in use by an earlier run", "a new folder", "or --resume");
    }
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new FileTrouble(path, "is a file; the run needs a folder");
      }
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          if (inside.findAny().isPresent()) {
            throw new InvalidInput(
                "the run folder " + path, "not empty", "a new or empty folder", "");
          }
        }
      }
      Files.createDirectories(path);
      Files.createDirectories(path.resolve("tasks"));
      if (!Files.isWritable(path)) {
        throw new FileTrouble(path, "cannot be written");
      }
    } catch (IOException e) {
      throw new FileTrouble(path, "cannot be written (" + why(e) + ")", e);
    }
  }

  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /// The recipe with the folder and the settings it was run with.
  public RecipeFile recipeFile() {
    var plan = JsonMapper.shared().readTree(read(plan())).path("recipe");
    var settings = new ArrayList<String>();
    plan.path("settings").forEach(setting -> settings.add(setting.asString()));
    return new RecipeFile(
        plan.path("name").asString("recipe.yaml"),
        read(recipe()).getBytes(StandardCharsets.UTF_8),
        Path.of(plan.path("folder").asString(".")),
        settings);
  }

  public Path plan() {
    return path.resolve("plan.json");
  }

  public Path events() {
    return path.resolve("events.jsonl");
  }

  public Path log() {
    return path.resolve("log.txt");
  }

  public Path result() {
    return path.resolve("result.h5");
  }

  public Path report() {
    return path.resolve("report.html");
  }

  public Path citations() {
    return path.resolve("CITE.bib");
  }

  public Path then() {
    return path.resolve("then");
  }

  /// A file of this name stops the run at the next iteration.
  public Path stop() {
    return path.resolve("stop");
  }

  public Path task(Task task) {
    return path.resolve("tasks").resolve(String.format(Locale.ROOT, "%04d", task.number()));
  }

  /// Where the input of a task lies.
  public Path input(Task task) {
    return task.simulated() ? path.resolve(task.input()) : task.input();
  }

  /// Asks the run to stop.
  public void requestStop() {
    write(stop(), "");
  }

  public boolean stopRequested() {
    return Files.exists(stop());
  }

  void clearStop() {
    try {
      Files.deleteIfExists(stop());
    } catch (IOException e) {
      throw new FileTrouble(stop(), "cannot be removed (" + why(e) + ")", e);
    }
  }

  /// @throws FileTrouble when it cannot be made
  static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileTrouble(folder, "cannot be written (" + why(e) + ")", e);
    }
  }

  /// Writes beside and renames over, so that a reader never sees half a file.
  static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(Path file, byte[] bytes) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(part, bytes);
      rename(part, file);
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + why(e) + ")", e);
    }
  }

  static void rename(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be read (" + why(e) + ")", e);
    }
  }

  /// The system's reason, in words.
  static String why(IOException trouble) {
    return switch (trouble) {
      case AccessDeniedException _ -> "no permission";
      case NoSuchFileException _ -> "there is no such file or folder";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> trouble.toString();
    };
  }
}
