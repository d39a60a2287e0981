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
/// parameters; of a volume the displacement along its slices besides, behind the word `slices`.
/// Lines that begin with # are comments.
final class TransformFile {
  /// Energies within this are the same [eV].
  private static final double SAME = 0.01;

  private static final String SLICES = " slices ";

  private TransformFile() {}

  /// @param slicesPx of volumes; empty for images
  record Kept(List<Transform> transforms, double[] slicesPx) {}

  static void write(Path file, double[] energyEv, Kept kept) {
    var text = new StringBuilder("# energy [eV], family, parameters; output pixel x, counted from");
    text.append(" the image's centre (row, column), was read at T(x) of the image\n");
    text.append("# translation: rows columns; rigid: angle rows columns; scaled_rotation: scale");
    text.append(" angle rows columns; affine: rr rc cr cc rows columns\n");
    for (int e = 0; e < energyEv.length; e++) {
      text.append(
          String.format(Locale.ROOT, "%.4f %s", energyEv[e], kept.transforms.get(e).text()));
      text.append(kept.slicesPx.length == 0 ? "\n" : SLICES + kept.slicesPx[e] + "\n");
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("the transforms cannot be written to " + file, e);
    }
  }

  /// @throws InvalidInput when the file cannot be read, or is not of these energies
  static Kept read(Path file, double[] energyEv) {
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
    var slices = new ArrayList<Double>();
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
      String[] own = (parts.length == 2 ? parts[1] : "").split(SLICES, 2);
      try {
        transforms.add(Transform.parse(own[0]));
        if (own.length == 2) {
          slices.add(Double.parseDouble(own[1].strip()));
        }
      } catch (NumberFormatException e) {
        throw new InvalidInput(where + ": slices", own[1], "a number [slices]", "");
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
    if (!slices.isEmpty() && slices.size() != energyEv.length) {
      throw new InvalidInput(
          file.toString(),
          slices.size() + " displacements along slices",
          "one for each volume, or none for images",
          "");
    }
    return new Kept(transforms, slices.stream().mapToDouble(Double::doubleValue).toArray());
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
