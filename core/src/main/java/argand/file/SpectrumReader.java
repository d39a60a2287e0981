package argand.file;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Spectrum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Reads spectra: XDI, Athena projects, columns of text (`.txt`, `.csv`, `.xmu`, `.dat`, …) and our
/// own results, told apart by what is in the file.
public final class SpectrumReader {
  /// No file of spectra is larger than this, packed or unpacked.
  private static final int LARGEST = 256 << 20;

  private SpectrumReader() {}

  /// The spectra of a file in its order; at least one.
  ///
  /// @param note hears what was assumed: the unit of energy, the columns, points left out
  /// @throws FileTrouble when it is missing, damaged, or holds no spectra
  /// @throws InvalidInput when what it holds cannot be right
  public static List<Spectrum> read(Path file, Consumer<String> note) {
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(
          file, Files.isDirectory(file) ? "this is a folder, not a file" : "there is no such file");
    }
    if (Hdf5.looksLikeHdf5(file)) {
      return distinct(kept(file));
    }
    String text = text(file);
    String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    try {
      if (AthenaProject.claims(text)) {
        return distinct(AthenaProject.spectra(file, text, note));
      }
      if (XdiFile.claims(text)) {
        var xdi = XdiFile.of(file, text);
        double[][] columns = xdi.columns(file);
        return distinct(new SpectrumColumns(file, stem, xdi.names(), columns, note).spectra());
      }
      var table = TextTable.of(file, text);
      return distinct(
          new SpectrumColumns(file, stem, table.names(), table.columns(), note).spectra());
    } catch (InvalidInput wrong) {
      throw wrong.what().startsWith(file.toString()) ? wrong : wrong.at(file.toString());
    }
  }

  private static List<Spectrum> kept(Path file) {
    FirstOpening.check(List.of(file));
    try (var h5 = Hdf5.open(file)) {
      if (!h5.has("/entry/found/spectra")) {
        throw new FileTrouble(file, "this HDF5 file is no result of Argand with spectra in it");
      }
    }
    if (ResultReader.product(file) instanceof EnergyStack stack) {
      try (var images = stack.images()) {
        stack.variance().ifPresent(variance -> variance.close());
        var spectra = new ArrayList<>(stack.findings().spectra());
        stack.findings().clusters().ifPresent(clusters -> spectra.addAll(clusters.means()));
        if (spectra.isEmpty()) {
          throw new FileTrouble(
              file, "this result of " + images.count() + " images keeps no spectra");
        }
        return spectra;
      }
    }
    throw new FileTrouble(file, "this result holds no energy stack, so no spectra");
  }

  /// Its text, unpacked where it is packed by gzip; UTF-8, or Latin-1 where it is not that.
  static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new FileTrouble(file, "it is larger than any file of spectra");
      }
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
          bytes = unpacked.readNBytes(LARGEST);
        } catch (IOException damaged) {
          throw new FileTrouble(
              file, "it is packed by gzip and damaged: " + damaged.getMessage(), damaged);
        }
      }
      for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
        if (bytes[i] == 0) {
          throw new FileTrouble(file, "this is no text and no file of spectra");
        }
      }
      String text;
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException latin) {
        text = new String(bytes, StandardCharsets.ISO_8859_1); // every byte is a letter of it
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  /// A number behind the names that come again.
  private static List<Spectrum> distinct(List<Spectrum> spectra) {
    var names = new java.util.HashSet<String>();
    var distinct = new ArrayList<Spectrum>();
    for (var spectrum : spectra) {
      String name = spectrum.name();
      for (int k = 2; !names.add(name); k++) {
        name = spectrum.name() + " (" + k + ")";
      }
      distinct.add(spectrum.named(name));
    }
    return List.copyOf(distinct);
  }
}
