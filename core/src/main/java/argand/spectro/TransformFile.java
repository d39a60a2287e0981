package argand.spectro;

import argand.array.InvalidInput;
import argand.register.Transform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Transforms of a stack as text: a line for each image with its energy [eV], the family and its
/// parameters; lines that begin with # are comments.
final class TransformFile {
  /// Energies within this are the same [eV].
  private static final double SAME = 0.01;

  private TransformFile() {}

  static void write(Path file, double[] energyEv, List<Transform> transforms) {
    var text = new StringBuilder("# energy [eV], family, parameters; output pixel x, counted from");
    text.append(" the image's centre (row, column), was read at T(x) of the image\n");
    text.append("# translation: rows columns; rigid: angle rows columns; scaled_rotation: scale");
    text.append(" angle rows columns; affine: rr rc cr cc rows columns\n");
    for (int e = 0; e < energyEv.length; e++) {
      text.append(String.format(Locale.ROOT, "%.4f %s%n", energyEv[e], transforms.get(e).text()));
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("the transforms cannot be written to " + file, e);
    }
  }

  /// @throws InvalidInput when the file cannot be read, or is not of these energies
  static List<Transform> read(Path file, double[] energyEv) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InvalidInput(
          "transforms",
          file + ", which cannot be read",
          "a text file that an align step has saved",
          "");
    }
    var transforms = new ArrayList<Transform>();
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String where = file + ", line " + number;
      String[] parts = line.strip().split("\\s+", 2);
      if (transforms.size() == energyEv.length) {
        throw new InvalidInput(
            where, "one transform too many", energyEv.length + " for this stack", "");
      }
      energy(where, parts[0], energyEv[transforms.size()]);
      try {
        transforms.add(Transform.parse(parts.length == 2 ? parts[1] : ""));
      } catch (InvalidInput trouble) {
        throw trouble.at(where);
      }
    }
    if (transforms.size() != energyEv.length) {
      throw new InvalidInput(
          file.toString(),
          transforms.size() + " transforms",
          energyEv.length + ", one for each image of the stack",
          "");
    }
    return transforms;
  }

  private static void energy(String where, String found, double expected) {
    double energy;
    try {
      energy = Double.parseDouble(found);
    } catch (NumberFormatException e) {
      throw new InvalidInput(where + ": energy", found, "a number [eV]", "");
    }
    if (Math.abs(energy - expected) > SAME) {
      throw new InvalidInput(
          where + ": energy",
          energy + " eV",
          expected + " eV, that of the image",
          "the transforms are those of another stack");
    }
  }
}
