package argand.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.function.DoubleUnaryOperator;

/// Two columns of text of the measured spectra, energy [keV] and absorption, read by the test
/// itself.
public final class SharedReferences {
  private SharedReferences() {}

  /// Absorption against energy [eV], straight between its points.
  public static DoubleUnaryOperator spectrum(String name) {
    var points = new ArrayList<double[]>();
    try {
      for (String line : Files.readAllLines(SharedData.file(name))) {
        String[] words = line.strip().split("\\s+");
        if (words.length == 2) {
          points.add(
              new double[] {1000 * Double.parseDouble(words[0]), Double.parseDouble(words[1])});
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return energy -> {
      int i = 0;
      while (i + 2 < points.size() && points.get(i + 1)[0] < energy) {
        i++;
      }
      double[] a = points.get(i);
      double[] b = points.get(i + 1);
      return a[1] + (b[1] - a[1]) * (energy - a[0]) / (b[0] - a[0]);
    };
  }
}
