package argand.physics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// The resource `scattering-factors.txt.gz`: f₁ and f₂ of the elements 1 … 92, whose sources its
/// first lines name.
final class ScatteringTables {
  private static final String RESOURCE = "scattering-factors.txt.gz";

  private ScatteringTables() {}

  /// @param number of the element
  /// @param energiesEv of the rows, rising
  /// @param f1 NaN where it is not known
  /// @param f2 pieces between the rows, then above them, without gaps
  record Element(int number, double[] energiesEv, double[] f1, List<LaurentPiece> f2) {
    /// NaN where it is not known.
    double f1(double ev) {
      int last = energiesEv.length - 1;
      if (!(ev >= energiesEv[0] && ev <= energiesEv[last])) {
        return Double.NaN;
      }
      int above = Arrays.binarySearch(energiesEv, ev);
      if (above >= 0) {
        return f1[above];
      }
      int right = -above - 1;
      double share =
          Math.log(ev / energiesEv[right - 1])
              / Math.log(energiesEv[right] / energiesEv[right - 1]);
      return f1[right - 1] + share * (f1[right] - f1[right - 1]);
    }

    /// NaN outside of the tables.
    double f2(double ev) {
      int low = 0;
      int high = f2.size() - 1;
      if (!(ev >= f2.getFirst().fromEv() && ev <= f2.getLast().toEv())) {
        return Double.NaN;
      }
      while (low < high) {
        int middle = (low + high) / 2;
        if (ev <= f2.get(middle).toEv()) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return f2.get(low).value(ev);
    }

    double leastF1Ev() {
      for (int k = 0; k < f1.length; k++) {
        if (!Double.isNaN(f1[k])) {
          return energiesEv[k];
        }
      }
      return Double.POSITIVE_INFINITY;
    }
  }

  /// The text of each element, read once; its numbers are read when they are asked for.
  private static final class Texts {
    static final Map<String, List<String>> OF = read();

    private static Map<String, List<String>> read() {
      var texts = new TreeMap<String, List<String>>();
      try (var in =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(
                      Objects.requireNonNull(
                          ScatteringTables.class.getResourceAsStream(RESOURCE), RESOURCE)),
                  StandardCharsets.US_ASCII))) {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("element ")) {
            lines = new ArrayList<>();
            texts.put(line.split(" ")[1], lines);
          }
          lines.add(line);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return texts;
    }
  }

  /// Of a chemical symbol.
  static Element element(String symbol) {
    List<String> lines =
        Objects.requireNonNull(Texts.OF.get(symbol), () -> "tables without " + symbol);
    String[] head = lines.getFirst().split(" ");
    int number = Integer.parseInt(head[2]);
    var rows = new ArrayList<double[]>();
    var above = new ArrayList<LaurentPiece>();
    double each = f2OfCrossSection(number / Double.parseDouble(head[3]));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(" ");
      if (cells[0].equals("above")) {
        above.add(above(cells, each));
      } else {
        rows.add(
            new double[] {
              Double.parseDouble(cells[0]),
              cells[1].equals("-") ? Double.NaN : Double.parseDouble(cells[1]),
              Double.parseDouble(cells[2])
            });
      }
    }
    var f2 = new ArrayList<LaurentPiece>();
    for (int k = 1; k < rows.size(); k++) {
      double[] a = rows.get(k - 1);
      double[] b = rows.get(k);
      f2.add(LaurentPiece.falling(a[0], a[2], b[0], b[2]));
    }
    f2.addAll(above);
    return new Element(
        number,
        rows.stream().mapToDouble(r -> r[0]).toArray(),
        rows.stream().mapToDouble(r -> r[1]).toArray(),
        List.copyOf(f2));
  }

  /// f₂ = σ_a E/(2 h c r_e) for σ = 1 cm²/g at 1 keV.
  ///
  /// @param molarMass [g/mol]
  private static double f2OfCrossSection(double molarMass) {
    double perAtom = 1e-4 * molarMass / Constants.AVOGADRO;
    return perAtom * 1e3 / (2 * Constants.HC_EV_M * Constants.ELECTRON_RADIUS);
  }

  /// E Σ_n A_n E^−n, n = 1 … 4, E in keV.
  private static LaurentPiece above(String[] cells, double each) {
    return new LaurentPiece(
        1e3 * Double.parseDouble(cells[1]),
        1e3 * Double.parseDouble(cells[2]),
        each * 1e9 * Double.parseDouble(cells[6]),
        each * 1e6 * Double.parseDouble(cells[5]),
        each * 1e3 * Double.parseDouble(cells[4]),
        each * Double.parseDouble(cells[3]),
        0);
  }
}
