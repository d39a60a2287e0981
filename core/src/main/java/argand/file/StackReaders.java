package argand.file;

import argand.array.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// The readers of stacks there are, and which of them reads a file.
final class StackReaders {
  private StackReaders() {}

  static List<StackReader> all() {
    var readers = new ArrayList<StackReader>();
    ServiceLoader.load(StackReader.class).forEach(readers::add);
    return readers;
  }

  /// The reader that the recipe asks for, or the one that claims the file.
  static StackReader of(Path file, ReadStack how) {
    if (!Files.exists(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    List<StackReader> readers = all();
    for (StackReader reader : readers) {
      if (how.format().equals("auto") ? reader.claims(file) : reader.name().equals(how.format())) {
        return reader;
      }
    }
    if (!how.format().equals("auto")) {
      String names = String.join(", ", readers.stream().map(StackReader::name).toList());
      throw new InvalidInput("format", how.format(), "auto or one of " + names, "");
    }
    String titles = String.join(", ", readers.stream().map(StackReader::title).toList());
    throw new FileTrouble(
        file,
        Files.isDirectory(file)
            ? "there are no images in this folder that are known: " + titles
            : "no reader of stacks knows this file; known are " + titles);
  }
}
