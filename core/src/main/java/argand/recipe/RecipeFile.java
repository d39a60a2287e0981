package argand.recipe;

import argand.array.InvalidInput;
import argand.file.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A recipe as it was written, and what the command line changes in it.
public final class RecipeFile {
  private static final long LARGEST = 1 << 20;

  private final String name;
  private final byte[] bytes;
  private final Path folder;
  private final List<String> settings;

  /// @param name for complaints
  /// @param bytes as they stand in the file, UTF-8
  /// @param folder what the paths in it are relative to
  /// @param settings changes of the form `each.ptychography.iterations=50`, in order
  public RecipeFile(String name, byte[] bytes, Path folder, List<String> settings) {
    this.name = name;
    this.bytes = bytes.clone();
    this.folder = folder.toAbsolutePath().normalize();
    this.settings = List.copyOf(settings);
  }

  /// @throws FileTrouble when it cannot be read
  /// @throws InvalidInput when it is too large to be a recipe
  public static RecipeFile read(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new FileTrouble(path, "is a folder, not a recipe");
      }
      if (Files.size(path) > LARGEST) {
        throw new InvalidInput(
            path.toString(),
            Files.size(path) + " bytes long",
            "a recipe, which is a short text",
            "to look into a data file use: argand inspect " + path);
      }
      return new RecipeFile(
          String.valueOf(path.getFileName()), Files.readAllBytes(path), parent(path), List.of());
    } catch (NoSuchFileException e) {
      throw new FileTrouble(path, "there is no such file", e);
    } catch (IOException e) {
      throw new FileTrouble(path, "cannot be read (" + e + ")", e);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /// The same recipe with more changes.
  public RecipeFile with(List<String> more) {
    var all = new ArrayList<>(settings);
    all.addAll(more);
    return new RecipeFile(name, bytes, folder, all);
  }

  /// With the changes that its own key `quick` lists, for a first impression.
  public RecipeFile quick() {
    return with(RecipeReader.quickSettings(tree()));
  }

  /// What it promises of its result; nothing once settings have changed it.
  public List<Target> targets() {
    return settings.isEmpty() ? RecipeReader.targets(tree()) : List.of();
  }

  /// The recipe it describes, made of the verbs of a catalog.
  ///
  /// @throws InvalidInput in one sentence with line and path
  public Recipe bind(Catalog catalog) {
    Node tree = tree();
    for (String setting : settings) {
      tree = Setting.parse(setting).apply(tree);
    }
    return new RecipeReader(catalog, folder).recipe(tree, name);
  }

  private Node tree() {
    return Yaml.read(name, text());
  }

  /// The bytes as they stand in the file.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// @throws InvalidInput when it is not UTF-8
  public String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      int bad = firstBad();
      throw new InvalidInput(
          name, "not UTF-8 text (byte " + bad + ")", "a recipe in YAML", "is it a data file?");
    }
  }

  private int firstBad() {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = java.nio.CharBuffer.allocate(bytes.length + 1);
    decoder.decode(in, out, true);
    return in.position();
  }

  public String name() {
    return name;
  }

  public Path folder() {
    return folder;
  }

  public List<String> settings() {
    return settings;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(settings.toArray());
  }
}
