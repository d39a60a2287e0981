package argand.figure;

import argand.data.Spectrum;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Spectra as a table of numbers for other programs: comma separated, energies in the first column,
/// then each spectrum and, where known, its standard deviations.
final class SpectraTable {
  private SpectraTable() {}

  /// One file for each set of energies: `name.csv`, `name-2.csv` …
  static void write(List<Spectrum> spectra, Path folder, String name) {
    var groups = new ArrayList<List<Spectrum>>();
    for (var spectrum : spectra) {
      var fitting =
          groups.stream()
              .filter(g -> Arrays.equals(g.getFirst().energyEv(), spectrum.energyEv()))
              .findFirst();
      if (fitting.isPresent()) {
        fitting.get().add(spectrum);
      } else {
        groups.add(new ArrayList<>(List.of(spectrum)));
      }
    }
    for (int g = 0; g < groups.size(); g++) {
      String file = g == 0 ? name + ".csv" : name + "-" + (g + 1) + ".csv";
      Png.write(text(groups.get(g)).getBytes(StandardCharsets.UTF_8), folder.resolve(file));
    }
  }

  static String text(List<Spectrum> spectra) {
    var table = new StringBuilder("energy [eV]");
    for (var spectrum : spectra) {
      table.append(',').append(quoted(spectrum.name()));
      if (spectrum.sigma().isPresent()) {
        table.append(',').append(quoted("σ of " + spectrum.name()));
      }
    }
    table.append('\n');
    double[] energy = spectra.getFirst().energyEv();
    for (int e = 0; e < energy.length; e++) {
      table.append(energy[e]);
      for (var spectrum : spectra) {
        table.append(',').append(spectrum.values()[e]);
        if (spectrum.sigma().isPresent()) {
          table.append(',').append(spectrum.sigma().get()[e]);
        }
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String quoted(String name) {
    return name.matches("[^,\"\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
