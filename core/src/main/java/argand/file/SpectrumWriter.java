package argand.file;

import argand.data.Spectrum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/// Writes spectra as one table of text: energies, then each spectrum and, where it is known, its
/// error. Numbers are written so that they are read back bit for bit; a spectrum without a point at
/// an energy has an empty cell there.
public final class SpectrumWriter {
  private SpectrumWriter() {}

  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void csv(Path file, List<Spectrum> spectra) {
    var energies = new TreeSet<Double>();
    var text = new StringBuilder("energy [eV]");
    for (var spectrum : spectra) {
      for (double ev : spectrum.energyEv()) {
        energies.add(ev);
      }
      text.append(',').append(cell(spectrum.name()));
      if (spectrum.sigma().isPresent()) {
        text.append(',').append(cell(spectrum.name() + " sigma"));
      }
    }
    var places = spectra.stream().map(SpectrumWriter::places).toList();
    for (double ev : energies) {
      text.append('\n').append(ev);
      for (int s = 0; s < spectra.size(); s++) {
        var spectrum = spectra.get(s);
        Integer at = places.get(s).get(ev);
        text.append(',').append(at == null ? "" : number(spectrum.values()[at]));
        if (spectrum.sigma().isPresent()) {
          text.append(',').append(at == null ? "" : number(spectrum.sigma().get()[at]));
        }
      }
    }
    write(file, text.append('\n').toString());
  }

  private static HashMap<Double, Integer> places(Spectrum spectrum) {
    var places = new HashMap<Double, Integer>();
    for (int i = 0; i < spectrum.energyEv().length; i++) {
      places.put(spectrum.energyEv()[i], i);
    }
    return places;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String cell(String name) {
    boolean plain = name.indexOf(',') < 0 && name.indexOf('"') < 0 && name.indexOf(';') < 0;
    return plain ? name : '"' + name.replace('"', '\'') + '"';
  }

  private static void write(Path file, String text) {
    Path part =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      Files.write(part, text.getBytes(StandardCharsets.UTF_8));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be written: " + trouble.getMessage(), trouble);
    }
  }
}
